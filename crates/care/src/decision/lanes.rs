//! Many people at once: blocks of lanes run through the one program.

use crate::book::{FindingId, Urgency};
use crate::decision::answer::Answer;
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::op::{Operand, atom_under};
use crate::decision::program::Planes;

/// `64 * W` people, each in a lane, with their answers as bits.
///
/// ```no_run
/// # fn example(guideline: &care::Guideline, people: &[care::Answers]) {
/// let mut block = care::Lanes::<8>::new(guideline);
/// for (lane, answers) in people.iter().take(care::Lanes::<8>::COUNT).enumerate() {
///     block.load(lane, answers);
/// }
/// block.run();
/// println!("the first person: {}", block.bounds(0).lower);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Lanes<'g, const W: usize> {
    guideline: &'g Guideline,
    /// What was answered: one value an atom. A run leaves it as it is, so that an
    /// answer changed afterwards also changes what applies.
    answered: Vec<Planes<W>>,
    /// For each atom, the lanes in which it was never answered.
    unanswered: Vec<[u64; W]>,
    /// What is known: one value a slot.
    known: Vec<Planes<W>>,
    /// What may still turn out: the same program, with every open atom both true and false.
    possible: Vec<Planes<W>>,
    /// For each atom, the lanes in which it was never answered and does apply.
    open: Vec<[u64; W]>,
    lower: Levels<W>,
    upper: Levels<W>,
}

/// The urgency that is already certain and the highest that is still possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// No completion of the answers ends below this.
    pub lower: Urgency,
    /// No completion of the answers ends above this.
    pub upper: Urgency,
}

impl<'g, const W: usize> Lanes<'g, W> {
    /// How many people fit in.
    pub const COUNT: usize = 64 * W;

    /// Nobody has answered anything.
    pub fn new(guideline: &'g Guideline) -> Self {
        let program = guideline.program();
        let atoms = program.atoms().len();
        Self {
            guideline,
            answered: vec![Planes::UNKNOWN; atoms],
            unanswered: vec![[u64::MAX; W]; atoms],
            known: vec![Planes::UNKNOWN; program.slots()],
            possible: vec![Planes::UNKNOWN; program.slots()],
            open: vec![[u64::MAX; W]; atoms],
            lower: Levels::NONE,
            upper: Levels::NONE,
        }
    }

    /// Puts one person's answers into a lane, in place of what was there.
    ///
    /// # Panics
    ///
    /// If `lane` is not below [`Lanes::COUNT`].
    pub fn load(&mut self, lane: usize, answers: &Answers) {
        let (word, bit) = position::<W>(lane);
        for planes in &mut self.answered {
            planes.yes[word] &= !bit;
            planes.no[word] &= !bit;
        }
        for unanswered in &mut self.unanswered {
            unanswered[word] |= bit;
        }
        for (finding, answer) in answers.iter() {
            self.set(lane, finding, Some(answer));
        }
    }

    /// Sets or takes back one answer of one lane.
    ///
    /// # Panics
    ///
    /// If `lane` is not below [`Lanes::COUNT`].
    pub fn set(&mut self, lane: usize, finding: FindingId, answer: Option<Answer>) {
        let (word, bit) = position::<W>(lane);
        let program = self.guideline.program();
        for slot in program.atoms_of(finding) {
            let truth = answer.and_then(|answer| atom_under(program.atoms()[slot], answer));
            let planes = &mut self.answered[slot];
            put(&mut planes.yes[word], bit, truth == Some(true));
            put(&mut planes.no[word], bit, truth == Some(false));
            put(&mut self.unanswered[slot][word], bit, answer.is_none());
        }
    }

    /// Copies the answers of one lane into every lane.
    pub fn spread(&mut self, lane: usize) {
        let (word, bit) = position::<W>(lane);
        let fill = |words: &mut [u64; W]| *words = [if words[word] & bit == 0 { 0 } else { u64::MAX }; W];
        for planes in &mut self.answered {
            fill(&mut planes.yes);
            fill(&mut planes.no);
        }
        self.unanswered.iter_mut().for_each(fill);
    }

    /// Runs the program: once over what is known, once over what is still possible.
    pub fn run(&mut self) {
        let program = self.guideline.program();
        self.know();
        for ((possible, known), open) in self.possible.iter_mut().zip(&self.known).zip(&self.open) {
            possible.yes = std::array::from_fn(|word| known.yes[word] | open[word]);
            possible.no = std::array::from_fn(|word| known.no[word] | open[word]);
        }
        // What does not apply was settled by the first run: nothing is left to close.
        program.run(&mut self.possible, &mut vec![[0; W]; self.open.len()]);
        self.level();
    }

    /// Runs the program over what is known only: [`Bounds::lower`] without the
    /// effect of answers that are not sure, which is all a count of fired rules needs.
    pub fn run_known(&mut self) {
        self.know();
        self.lower = Levels::NONE;
        for rule in self.guideline.rules() {
            let fired = self.known(self.guideline.program().rule(rule)).yes;
            self.lower.raise(self.guideline.rule(rule).urgency, fired);
        }
        // What is still possible was not worked out.
        self.upper = Levels::EVERYTHING;
    }

    /// Runs the program over what was answered.
    fn know(&mut self) {
        self.known[..self.answered.len()].copy_from_slice(&self.answered);
        self.open.copy_from_slice(&self.unanswered);
        self.guideline.program().run(&mut self.known, &mut self.open);
    }

    fn level(&mut self) {
        let (mut lower, mut upper) = (Levels::NONE, Levels::NONE);
        for rule in self.guideline.rules() {
            let operand = self.guideline.program().rule(rule);
            let (known, possible) = (self.known(operand), self.possible(operand));
            let rule = self.guideline.rule(rule);
            lower.raise(rule.urgency, known.yes);
            upper.raise(rule.urgency, possible.yes);
            if rule.if_not_sure > Urgency::SelfCare {
                // It can no longer turn out false: at the least it stays open for ever.
                lower.raise(rule.if_not_sure, possible.no.map(|word| !word));
                let undecided = std::array::from_fn(|word| !(known.yes[word] | known.no[word]));
                upper.raise(rule.if_not_sure, undecided);
            }
        }
        (self.lower, self.upper) = (lower, upper);
    }

    /// A lane's bounds, after [`Lanes::run`].
    ///
    /// # Panics
    ///
    /// If `lane` is not below [`Lanes::COUNT`].
    pub fn bounds(&self, lane: usize) -> Bounds {
        Bounds { lower: self.lower.of(lane), upper: self.upper.of(lane) }
    }

    /// What is known of a value, after a run.
    pub fn known(&self, operand: Operand) -> Planes<W> {
        self.known[operand.index()].read(operand)
    }

    /// What a value may still turn out to be, after [`Lanes::run`].
    pub fn possible(&self, operand: Operand) -> Planes<W> {
        self.possible[operand.index()].read(operand)
    }

    /// The lanes in which an atom was never answered and does apply, after a run.
    pub fn open(&self, slot: usize) -> [u64; W] {
        self.open[slot]
    }
}

fn position<const W: usize>(lane: usize) -> (usize, u64) {
    assert!(lane < 64 * W, "lane {lane} of a block of {}", 64 * W);
    (lane / 64, 1 << (lane % 64))
}

fn put(word: &mut u64, bit: u64, on: bool) {
    if on {
        *word |= bit;
    } else {
        *word &= !bit;
    }
}

/// For each urgency, the lanes that reach it.
#[derive(Clone, Copy, Debug)]
struct Levels<const W: usize>([[u64; W]; 5]);

impl<const W: usize> Levels<W> {
    const NONE: Self = Self([[0; W]; 5]);
    const EVERYTHING: Self = Self([[u64::MAX; W]; 5]);

    fn raise(&mut self, urgency: Urgency, lanes: [u64; W]) {
        for (word, lanes) in self.0[urgency as usize].iter_mut().zip(lanes) {
            *word |= lanes;
        }
    }

    fn of(&self, lane: usize) -> Urgency {
        let (word, bit) = position::<W>(lane);
        Urgency::ALL
            .into_iter()
            .rev()
            .find(|urgency| self.0[*urgency as usize][word] & bit != 0)
            .unwrap_or_default()
    }
}
