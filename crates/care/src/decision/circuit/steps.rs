//! From the program to the steps of a block.

use crate::book::{FindingId, RuleId, Urgency};
use crate::decision::guideline::Guideline;
use crate::decision::needed::Needed;
use crate::decision::op::{Atom, Op, Operand};

/// The rules of a book as steps over blocks of people, and where each answer is read.
///
/// It is made once for a book and owns what it needs of it.
#[derive(Clone, Debug)]
pub struct Circuit {
    /// For each of its inputs, in their order, what it tests.
    inputs: Vec<Input>,
    steps: Vec<Step>,
    slots: usize,
    rules: Vec<Levels>,
    /// Where each input lies once gates and follow-ups had their say; only where nothing is
    /// overwritten afterwards.
    settled: Option<Vec<Place>>,
}

/// What is left after a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// What the rules say: slots are used again.
    Rules,
    /// Every value, from which [`Work::find_missing`](super::Work::find_missing) goes back to the
    /// questions.
    Everything,
}

/// One input of a circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// What its bits say of a person.
    pub atom: Atom,
    /// The finding to ask for while it is open; none that is worked out from a diary.
    pub(crate) asked: Option<FindingId>,
    /// The finding to ask for where it is answered and open all the same: a "not sure".
    pub(crate) followed_up_by: Option<FindingId>,
}

/// The urgency of a rule that holds, and of one that cannot be ruled out for ever.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Levels {
    pub(crate) urgency: Urgency,
    pub(crate) if_not_sure: Urgency,
}

/// Where a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// An input, as it was told.
    Input(u32),
    /// A slot.
    Slot(u32),
}

/// A value, as it is or negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) place: Place,
    pub(crate) negated: bool,
}

/// One step over a block.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Both parts.
    And { into: u32, left: Read, right: Read },
    /// Either part.
    Or { into: u32, left: Read, right: Read },
    /// An open atom counts as no where its gate is known to be false.
    Gate { into: u32, atom: Place, gate: Read, input: u32 },
    /// An atom that is not sure counts as its follow-up.
    FollowUp { into: u32, atom: Place, by: Place },
    /// What a rule says.
    Rule { rule: usize, value: Read },
}

/// The slot of the constant true.
const TRUTH: u32 = 0;

impl Circuit {
    /// Lays out the program of a book.
    pub fn new(guideline: &Guideline, keeps: Keeps) -> Self {
        let needed = guideline.program().needed_by_rules();
        let mut layout = Layout::new(guideline, needed);
        layout.walk(needed);
        let Layout { mut inputs, mut steps, mut places, values, .. } = layout;
        steps = in_order_of_need(&steps, values);
        inputs = in_order_of_reading(&inputs, &mut steps, &mut places);
        let (slots, settled) = match keeps {
            Keeps::Rules => (share_slots(&mut steps, values), None),
            Keeps::Everything => {
                let slot_of = |input: &Input| slot_of(guideline, input.atom);
                (values, Some(inputs.iter().map(|input| places[slot_of(input)]).collect()))
            }
        };
        let rules = guideline.rules().map(|id| {
            let rule = guideline.rule(id);
            Levels { urgency: rule.urgency, if_not_sure: rule.if_not_sure }
        });
        Self { inputs, steps, slots, rules: rules.collect(), settled }
    }

    /// What it reads, in the order of the planes of a block.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// How many rules it has: all of the book, in reading order.
    pub fn rules(&self) -> usize {
        self.rules.len()
    }

    /// How many steps a block takes.
    pub fn length(&self) -> usize {
        self.steps.len()
    }

    /// How many values are kept at the same time.
    pub fn slots(&self) -> usize {
        self.slots
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub(crate) fn levels(&self) -> &[Levels] {
        &self.rules
    }

    /// Where each input lies in the end; `None` where slots are used again.
    pub(crate) fn settled(&self) -> Option<&[Place]> {
        self.settled.as_deref()
    }
}

/// The slot of an atom of the program.
fn slot_of(guideline: &Guideline, atom: Atom) -> usize {
    let program = guideline.program();
    let mut slots = program.atoms_of(atom.finding());
    slots.find(|slot| program.atoms()[*slot] == atom).unwrap_or_default()
}

/// Lays out the steps, each with a slot of its own.
struct Layout<'g> {
    guideline: &'g Guideline,
    inputs: Vec<Input>,
    steps: Vec<Step>,
    /// Where each slot of the program lies by now.
    places: Vec<Place>,
    /// Which input each atom is.
    input_of: Vec<u32>,
    values: usize,
}

impl<'g> Layout<'g> {
    fn new(guideline: &'g Guideline, needed: &Needed) -> Self {
        let program = guideline.program();
        let mut places = vec![Place::Slot(TRUTH); program.slots()];
        let (mut inputs, mut input_of) = (Vec::new(), vec![0; program.atoms().len()]);
        for (slot, atom) in program.atoms().iter().enumerate().filter(|(slot, _)| needed.slots[*slot]) {
            input_of[slot] = number(inputs.len());
            places[slot] = Place::Input(input_of[slot]);
            let finding = atom.finding();
            inputs.push(Input {
                atom: *atom,
                asked: guideline.asked_by(finding).map(|_| finding),
                followed_up_by: guideline.followed_up_by(finding),
            });
        }
        // The first value is the constant.
        Self { guideline, inputs, steps: Vec::new(), places, input_of, values: 1 }
    }

    fn walk(&mut self, needed: &Needed) {
        let program = self.guideline.program();
        let mut ready: Vec<Vec<RuleId>> = vec![Vec::new(); program.slots()];
        for rule in self.guideline.rules() {
            ready[program.rule(rule).index()].push(rule);
        }
        let first = program.atoms().len() + 1;
        let mut slot = first;
        for (op, is_needed) in program.ops().iter().zip(&needed.ops) {
            let filled = match op {
                Op::And(..) | Op::Or(..) => {
                    slot += 1;
                    Some(slot - 1)
                }
                Op::NotApplicable { .. } | Op::FollowUp { .. } => None,
            };
            if *is_needed {
                self.lay(*op, filled);
            }
            // Said as soon as it is known, so that its slot is free for the next value.
            for rule in filled.map(|slot| std::mem::take(&mut ready[slot])).unwrap_or_default() {
                self.say(rule);
            }
        }
        // Rules of one atom or none: each atom is settled by now.
        for rule in ready.into_iter().flatten() {
            self.say(rule);
        }
    }

    fn lay(&mut self, op: Op, filled: Option<usize>) {
        let into = number(self.values);
        let (step, slot) = match (op, filled) {
            (Op::And(left, right), Some(slot)) => {
                (Step::And { into, left: self.read(left), right: self.read(right) }, slot)
            }
            (Op::Or(left, right), Some(slot)) => {
                (Step::Or { into, left: self.read(left), right: self.read(right) }, slot)
            }
            (Op::NotApplicable { atom, gate }, _) => {
                let slot = atom as usize;
                let (gate, input) = (self.read(gate), self.input_of[slot]);
                (Step::Gate { into, atom: self.places[slot], gate, input }, slot)
            }
            (Op::FollowUp { atom, by }, _) => {
                let slot = atom as usize;
                (Step::FollowUp { into, atom: self.places[slot], by: self.places[by as usize] }, slot)
            }
            (Op::And(..) | Op::Or(..), None) => return,
        };
        self.values += 1;
        self.steps.push(step);
        self.places[slot] = Place::Slot(into);
    }

    fn say(&mut self, rule: RuleId) {
        let value = self.read(self.guideline.program().rule(rule));
        self.steps.push(Step::Rule { rule: rule.index(), value });
    }

    fn read(&self, operand: Operand) -> Read {
        Read { place: self.places[operand.index()], negated: operand.negated }
    }
}

/// The same steps, each as late as can be: a value is worked out when the first rule needs it
/// and seldom waits for a later one.
fn in_order_of_need(steps: &[Step], values: usize) -> Vec<Step> {
    let mut filled_by = vec![None; values];
    for (place, step) in steps.iter().enumerate() {
        if let Some(value) = step.fills() {
            filled_by[value as usize] = Some(place);
        }
    }
    let mut ordered = Vec::with_capacity(steps.len());
    let mut waiting: Vec<usize> = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        if step.fills().is_some() {
            continue;
        }
        waiting.push(place);
        while let Some(place) = waiting.last().copied() {
            let step = steps[place];
            // A value is taken out once it is worked out.
            let needed = step.reads().into_iter().find_map(|value| filled_by[value as usize]);
            if let Some(needed) = needed {
                waiting.push(needed);
                continue;
            }
            waiting.pop();
            if let Some(value) = step.fills() {
                filled_by[value as usize] = None;
            }
            ordered.push(step);
        }
    }
    ordered
}

/// The inputs in the order in which the steps read them first, and the steps and places with
/// their new numbers: a block is then read from its beginning to its end, as memory likes it.
fn in_order_of_reading(inputs: &[Input], steps: &mut [Step], places: &mut [Place]) -> Vec<Input> {
    let mut order: Vec<u32> = Vec::with_capacity(inputs.len());
    let mut number_of: Vec<Option<u32>> = vec![None; inputs.len()];
    let read = steps.iter().flat_map(Step::parts).filter_map(|place| match place {
        Place::Input(input) => Some(input),
        Place::Slot(_) => None,
    });
    // One that no step reads comes last.
    for input in read.chain(0..number(inputs.len())) {
        let place = &mut number_of[input as usize];
        if place.is_none() {
            *place = Some(number(order.len()));
            order.push(input);
        }
    }
    let renumber = |input: &mut u32| *input = number_of[*input as usize].unwrap_or(*input);
    let rename = |place: &mut Place| {
        if let Place::Input(input) = place {
            renumber(input);
        }
    };
    places.iter_mut().for_each(rename);
    for step in steps {
        if let Step::Gate { input, .. } = step {
            renumber(input);
        }
        step.parts_mut().into_iter().for_each(rename);
    }
    order.into_iter().map(|input| inputs[input as usize]).collect()
}

/// Gives each value a slot that holds nothing any more, and says how many are enough.
fn share_slots(steps: &mut [Step], values: usize) -> usize {
    let mut last_read = vec![0; values];
    for (time, step) in steps.iter().enumerate() {
        for slot in step.reads() {
            last_read[slot as usize] = time;
        }
    }
    let mut slot_of = vec![TRUTH; values];
    let (mut free, mut slots) = (Vec::new(), 1);
    for (time, step) in steps.iter_mut().enumerate() {
        let value = step.fills();
        let done: Vec<u32> = step
            .reads()
            .into_iter()
            .filter(|read| *read != TRUTH && last_read[*read as usize] == time)
            .map(|read| slot_of[read as usize])
            .collect();
        let into = value.map(|value| {
            // Not one that this step still reads: they are given back below.
            let slot = free.pop().unwrap_or_else(|| {
                slots += 1;
                number(slots - 1)
            });
            slot_of[value as usize] = slot;
            slot
        });
        step.rename(|value| slot_of[value as usize], into);
        for slot in done {
            if !free.contains(&slot) {
                free.push(slot);
            }
        }
    }
    slots
}

impl Step {
    fn parts(&self) -> [Place; 2] {
        match *self {
            Self::And { left, right, .. } | Self::Or { left, right, .. } => [left.place, right.place],
            Self::Gate { atom, gate, .. } => [atom, gate.place],
            Self::FollowUp { atom, by, .. } => [atom, by],
            Self::Rule { value, .. } => [value.place, value.place],
        }
    }

    /// The slots that it reads.
    fn reads(&self) -> Vec<u32> {
        let slot = |place| match place {
            Place::Slot(slot) => Some(slot),
            Place::Input(_) => None,
        };
        self.parts().into_iter().filter_map(slot).collect()
    }

    fn fills(&self) -> Option<u32> {
        match *self {
            Self::And { into, .. }
            | Self::Or { into, .. }
            | Self::Gate { into, .. }
            | Self::FollowUp { into, .. } => Some(into),
            Self::Rule { .. } => None,
        }
    }

    /// The same parts, to be renamed; a rule has one, which stands alone.
    fn parts_mut(&mut self) -> Vec<&mut Place> {
        match self {
            Self::And { left, right, .. } | Self::Or { left, right, .. } => {
                vec![&mut left.place, &mut right.place]
            }
            Self::Gate { atom, gate, .. } => vec![atom, &mut gate.place],
            Self::FollowUp { atom, by, .. } => vec![atom, by],
            Self::Rule { value, .. } => vec![&mut value.place],
        }
    }

    fn rename(&mut self, slot_of: impl Fn(u32) -> u32, new: Option<u32>) {
        for place in self.parts_mut() {
            if let Place::Slot(slot) = place {
                *slot = slot_of(*slot);
            }
        }
        match self {
            Self::And { into, .. }
            | Self::Or { into, .. }
            | Self::Gate { into, .. }
            | Self::FollowUp { into, .. } => *into = new.unwrap_or(*into),
            Self::Rule { .. } => {}
        }
    }
}

/// Slots are numbered with 32 bits: a book with more conditions than that does not fit in memory.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
