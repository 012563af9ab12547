//! The conditions of a book as a flat program of bitwise operations.
//!
//! Every lane is a person. Every value has two planes, *known true* and *known
//! false*; a lane with neither bit set is unknown (Kleene's third value). "And"
//! is `true = a.true & b.true, false = a.false | b.false`, "or" is its mirror
//! image, and "not" swaps the planes, which costs nothing: an operand carries a
//! flag. One evaluator runs one person on a page or many at once; for millions,
//! `circuit` lays the same operations out once more.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::book::{
    BlockKind, Book, Comparison, Condition, ConditionId, FindingId, QuestionId, RemedyId, RuleId, Urgency,
};
use crate::decision::answer::Answer;
use crate::decision::needed::Needed;
use crate::decision::op::{Atom, Op, Operand};
use crate::decision::packed::{Code, OnePerson, Packed};

/// The conditions of a book, ready to run.
///
/// Slots `0..atoms` are the inputs; each [`Op::And`] and [`Op::Or`] fills the next slot.
#[derive(Clone, Debug)]
pub struct Program {
    atoms: Vec<Atom>,
    /// The atoms of each finding: `atoms[first..first + count]`.
    atoms_of: Vec<std::ops::Range<u32>>,
    ops: Vec<Op>,
    /// The operation that fills each slot; `None` for atoms and the constant.
    filled_by: Vec<Option<Op>>,
    slots: usize,
    rules: Vec<RuleAt>,
    /// What the rules rest on.
    needed_by_rules: Needed,
    /// The same operations for one person: those that the rules need, and the others.
    for_one: [Code; 2],
    gates: Vec<Option<Operand>>,
    offers: Vec<Option<Operand>>,
    /// Every condition of the book by its name, those above as well.
    conditions: HashMap<ConditionId, Operand, FxBuildHasher>,
    avoids: Vec<Option<Operand>>,
    truth: Operand,
}

/// Where a rule's condition ends up, and what it adds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleAt {
    pub(crate) operand: Operand,
    pub(crate) urgency: Urgency,
    pub(crate) if_not_sure: Urgency,
}

/// The two planes of one value over `64 * W` lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planes<const W: usize> {
    /// Lanes where it is known to be true.
    pub yes: [u64; W],
    /// Lanes where it is known to be false.
    pub no: [u64; W],
}

impl<const W: usize> Planes<W> {
    /// Unknown in every lane.
    pub const UNKNOWN: Self = Self { yes: [0; W], no: [0; W] };

    /// As an operand reads it.
    #[inline]
    #[must_use]
    pub fn read(self, operand: Operand) -> Self {
        if operand.negated { Self { yes: self.no, no: self.yes } } else { self }
    }
}

impl Program {
    /// Compiles every condition of a book whose parts fit together.
    pub(crate) fn compile(book: &Book, followed_up_by: &[Option<FindingId>]) -> Self {
        let mut assembler = Assembler::new(book);
        assembler.derived();
        let gates = (0..)
            .zip(&book.questions)
            .map(|(index, question)| {
                let gate = question.only_if.as_ref().map(|gate| assembler.condition(&gate.condition));
                if let Some(gate) = gate {
                    assembler.gate(QuestionId(index), gate);
                }
                // What this question asks for is used by later questions and by rules only.
                for finding in &question.shows {
                    if let Some(by) = followed_up_by[finding.index()] {
                        assembler.follow_up(*finding, by);
                    }
                }
                gate
            })
            .collect();
        let rules = book.rules.iter().map(|rule| RuleAt {
            operand: assembler.condition(&rule.when),
            urgency: rule.urgency,
            if_not_sure: rule.if_not_sure,
        });
        let rules: Vec<RuleAt> = rules.collect();
        // Those of remedies come last, so that certificates name the answers that they always named.
        let others = book.conditions().filter(|(id, _)| id.block.kind() != BlockKind::Remedy);
        let mut conditions: HashMap<ConditionId, Operand, FxBuildHasher> =
            others.map(|(id, condition)| (id, assembler.condition(condition))).collect();
        let mut optional = |condition: &Option<Condition>| {
            condition.as_ref().map(|condition| assembler.condition(condition))
        };
        let offers = book.remedies.iter().map(|remedy| optional(&remedy.offer)).collect();
        let avoids = book.remedies.iter().map(|remedy| optional(&remedy.avoid)).collect();
        let of_remedies = book.conditions().filter(|(id, _)| id.block.kind() == BlockKind::Remedy);
        conditions.extend(of_remedies.map(|(id, condition)| (id, assembler.condition(condition))));
        let truth = assembler.truth();
        let of_rules = rules.iter().map(|rule| rule.operand);
        let needed_by_rules = Needed::by(of_rules, &assembler.ops, assembler.slots());
        let for_one =
            [true, false].map(|needed| Code::of(&assembler.ops, &assembler.atoms, &needed_by_rules, needed));
        let mut filled_by = vec![None; assembler.atoms.len() + 1];
        filled_by.extend(assembler.ops.iter().filter_map(|op| match op {
            Op::And(..) | Op::Or(..) => Some(Some(*op)),
            Op::NotApplicable { .. } | Op::FollowUp { .. } => None,
        }));
        Self {
            filled_by,
            slots: assembler.slots(),
            atoms: assembler.atoms,
            atoms_of: assembler.atoms_of,
            ops: assembler.ops,
            rules,
            needed_by_rules,
            for_one,
            gates,
            offers,
            conditions,
            avoids,
            truth,
        }
    }

    /// What each input slot stands for.
    pub fn atoms(&self) -> &[Atom] {
        &self.atoms
    }

    /// The input slots of a finding; empty if no condition uses it.
    pub fn atoms_of(&self, finding: FindingId) -> std::ops::Range<usize> {
        let range = &self.atoms_of[finding.index()];
        range.start as usize..range.end as usize
    }

    /// The operations, in the order of execution.
    pub fn ops(&self) -> &[Op] {
        &self.ops
    }

    /// The operation that fills a slot; `None` for an atom and the constant.
    pub fn filled_by(&self, slot: usize) -> Option<Op> {
        self.filled_by[slot]
    }

    /// How many slots a run needs.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// Where a rule's condition ends up.
    pub fn rule(&self, rule: RuleId) -> Operand {
        self.rules[rule.index()].operand
    }

    /// Every rule, in reading order.
    pub(crate) fn rules(&self) -> &[RuleAt] {
        &self.rules
    }

    /// What the rules rest on.
    pub(crate) fn needed_by_rules(&self) -> &Needed {
        &self.needed_by_rules
    }

    /// Everything about somebody that the rules need.
    pub(crate) fn run_one(&self, answer: impl Fn(FindingId) -> Option<Answer>) -> OnePerson {
        let mut person = OnePerson::new(self.slots);
        person.set(self.truth.index(), Packed::TRUE);
        self.for_one[0].run(&mut person, answer);
        person
    }

    /// What [`Program::run_one`] left out.
    pub(crate) fn run_one_to_the_end(
        &self,
        person: &mut OnePerson,
        answer: impl Fn(FindingId) -> Option<Answer>,
    ) {
        self.for_one[1].run(person, answer);
    }

    /// Where a question's `only_if` ends up.
    pub fn gate(&self, question: QuestionId) -> Option<Operand> {
        self.gates[question.index()]
    }

    /// Where a condition of the book ends up; `None` where the book has none.
    pub fn operand(&self, condition: ConditionId) -> Option<Operand> {
        self.conditions.get(&condition).copied()
    }

    /// Where a remedy's `offer` ends up; always true without one.
    pub fn offer(&self, remedy: RemedyId) -> Operand {
        self.offers[remedy.index()].unwrap_or(self.truth)
    }

    /// Where a remedy's `avoid` ends up; always false without one.
    pub fn avoid(&self, remedy: RemedyId) -> Operand {
        self.avoids[remedy.index()].unwrap_or(!self.truth)
    }

    /// Runs every operation over a block of lanes.
    ///
    /// `slots` holds at least [`Program::slots`] values, the atoms filled in;
    /// `open` says in which lanes an atom was never answered. Atoms that do not
    /// apply are set to false and are no longer open afterwards.
    pub fn run<const W: usize>(&self, slots: &mut [Planes<W>], open: &mut [[u64; W]]) {
        self.run_for(None, slots, open);
    }

    /// The same, no further than one value needs: what is filled after it says nothing.
    pub(crate) fn run_for<const W: usize>(
        &self,
        operand: Option<Operand>,
        slots: &mut [Planes<W>],
        open: &mut [[u64; W]],
    ) {
        slots[self.truth.index()] = Planes { yes: [u64::MAX; W], no: [0; W] };
        let mut next = self.atoms.len() + 1;
        // An atom may turn out not to apply until the last operation.
        let last = operand.map(Operand::index).filter(|slot| next <= *slot).unwrap_or(usize::MAX);
        for op in &self.ops {
            if last < next {
                break;
            }
            match *op {
                Op::And(left, right) => {
                    let (left, right) = (slots[left.index()].read(left), slots[right.index()].read(right));
                    let result = &mut slots[next];
                    for word in 0..W {
                        result.yes[word] = left.yes[word] & right.yes[word];
                        result.no[word] = left.no[word] | right.no[word];
                    }
                    next += 1;
                }
                Op::Or(left, right) => {
                    let (left, right) = (slots[left.index()].read(left), slots[right.index()].read(right));
                    let result = &mut slots[next];
                    for word in 0..W {
                        result.yes[word] = left.yes[word] | right.yes[word];
                        result.no[word] = left.no[word] & right.no[word];
                    }
                    next += 1;
                }
                Op::NotApplicable { atom, gate } => {
                    let gate = slots[gate.index()].read(gate);
                    let (atom, open) = (&mut slots[atom as usize], &mut open[atom as usize]);
                    for ((no, open), gate) in atom.no.iter_mut().zip(open).zip(gate.no) {
                        let lanes = gate & *open;
                        *no |= lanes;
                        *open &= !lanes;
                    }
                }
                Op::FollowUp { atom, by } => {
                    let (atom, by) = (atom as usize, by as usize);
                    #[expect(clippy::needless_range_loop, reason = "two rows of two tables step together")]
                    for word in 0..W {
                        let settled = slots[atom].yes[word] | slots[atom].no[word];
                        let not_sure = !(settled | open[atom][word]);
                        let unanswered = open[by][word];
                        slots[atom].yes[word] |= not_sure & slots[by].yes[word];
                        slots[atom].no[word] |= not_sure & slots[by].no[word];
                        open[atom][word] |= not_sure & unanswered;
                        slots[by].no[word] |= !not_sure & unanswered;
                        open[by][word] &= not_sure;
                    }
                }
            }
        }
    }
}

/// Builds the program; equal parts share a slot.
struct Assembler<'b> {
    book: &'b Book,
    atoms: Vec<Atom>,
    atoms_of: Vec<std::ops::Range<u32>>,
    ops: Vec<Op>,
    filled: u32,
    shared: HashMap<Op, u32, FxBuildHasher>,
    /// Rules that a condition referred to. Rules may refer to rules, and each is built once.
    rules: Vec<Option<Operand>>,
}

impl<'b> Assembler<'b> {
    fn new(book: &'b Book) -> Self {
        let (atoms, atoms_of) = atoms(book);
        // The slot after the atoms is the constant true.
        let filled = slot_number(atoms.len()) + 1;
        Self {
            book,
            atoms,
            atoms_of,
            ops: Vec::new(),
            filled,
            shared: HashMap::default(),
            rules: vec![None; book.rules.len()],
        }
    }

    fn slots(&self) -> usize {
        self.filled as usize
    }

    fn truth(&self) -> Operand {
        Operand::of(slot_number(self.atoms.len()))
    }

    fn atom(&self, atom: Atom) -> Operand {
        let range = &self.atoms_of[atom.finding().index()];
        let slot = range
            .clone()
            .find(|slot| self.atoms[*slot as usize] == atom)
            .unwrap_or_else(|| unreachable!("every atom of every condition was collected"));
        Operand::of(slot)
    }

    fn push(&mut self, op: Op) -> Operand {
        let slot = *self.shared.entry(op).or_insert_with(|| {
            self.ops.push(op);
            self.filled += 1;
            self.filled - 1
        });
        Operand::of(slot)
    }

    fn and(&mut self, left: Operand, right: Operand) -> Operand {
        let truth = self.truth();
        if left == truth || right == !truth || left == right {
            right
        } else if right == truth || left == !truth {
            left
        } else {
            self.push(Op::And(left.min(right), left.max(right)))
        }
    }

    fn or(&mut self, left: Operand, right: Operand) -> Operand {
        let truth = self.truth();
        if left == !truth || right == truth || left == right {
            right
        } else if right == !truth || left == truth {
            left
        } else {
            self.push(Op::Or(left.min(right), left.max(right)))
        }
    }

    /// What is computed from a diary does not apply without one: a gate that is always closed.
    fn derived(&mut self) {
        let gate = !self.truth();
        for (finding, atoms) in self.book.findings.iter().zip(&self.atoms_of) {
            if finding.derived.is_some() {
                self.ops.extend(atoms.clone().map(|atom| Op::NotApplicable { atom, gate }));
            }
        }
    }

    fn gate(&mut self, question: QuestionId, gate: Operand) {
        let book = self.book;
        for finding in &book.questions[question.index()].shows {
            for atom in self.atoms_of[finding.index()].clone() {
                self.ops.push(Op::NotApplicable { atom, gate });
            }
        }
    }

    fn follow_up(&mut self, finding: FindingId, by: FindingId) {
        let slot = |finding: FindingId| self.atoms_of[finding.index()].clone().next();
        // A finding that no condition uses needs no follow-up.
        if let (Some(atom), Some(by)) = (slot(finding), slot(by)) {
            self.ops.push(Op::FollowUp { atom, by });
        }
    }

    fn condition(&mut self, condition: &Condition) -> Operand {
        match condition {
            Condition::Yes(finding) => self.atom(Atom::Yes(*finding)),
            Condition::Is(finding, option) => self.atom(Atom::Is(*finding, *option)),
            Condition::Compare(finding, comparison, value) => {
                let truth = self.truth();
                thresholds(*finding, *comparison, *value)
                    .into_iter()
                    .flatten()
                    .fold(truth, |all, atom| self.and(all, self.atom(atom)))
            }
            Condition::And(parts) => {
                let truth = self.truth();
                parts.iter().fold(truth, |all, part| {
                    let part = self.condition(part);
                    self.and(all, part)
                })
            }
            Condition::Or(parts) => {
                let falsehood = !self.truth();
                parts.iter().fold(falsehood, |any, part| {
                    let part = self.condition(part);
                    self.or(any, part)
                })
            }
            Condition::Not(inner) => !self.condition(inner),
            Condition::Rule(rule) => {
                if let Some(known) = self.rules[rule.index()] {
                    return known;
                }
                let book = self.book;
                let operand = self.condition(&book.rules[rule.index()].when);
                self.rules[rule.index()] = Some(operand);
                operand
            }
            Condition::AtLeast(needed, parts) => {
                let parts: Vec<Operand> = parts.iter().map(|part| self.condition(part)).collect();
                self.at_least(*needed, &parts)
            }
        }
    }

    /// `counts[k]` = "at least k of the parts so far": one row of Pascal's triangle a part.
    fn at_least(&mut self, needed: usize, parts: &[Operand]) -> Operand {
        if needed > parts.len() {
            return !self.truth();
        }
        let mut counts = vec![!self.truth(); needed + 1];
        counts[0] = self.truth();
        for part in parts {
            for k in (1..=needed).rev() {
                let one_more = self.and(counts[k - 1], *part);
                counts[k] = self.or(counts[k], one_more);
            }
        }
        counts[needed]
    }
}

/// The threshold atoms that are all true where a number compares so with `value`.
fn thresholds(finding: FindingId, comparison: Comparison, value: i64) -> [Option<Atom>; 2] {
    let above = value.saturating_add(1);
    let at_least = |value| Some(Atom::AtLeast(finding, value));
    let below = |value| Some(Atom::Below(finding, value));
    match comparison {
        Comparison::GreaterOrEqual => [at_least(value), None],
        Comparison::Greater => [at_least(above), None],
        Comparison::Less => [below(value), None],
        Comparison::LessOrEqual => [below(above), None],
        Comparison::Equal => [at_least(value), below(above)],
    }
}

/// Every distinct test that any condition makes, grouped by finding in reading order.
fn atoms(book: &Book) -> (Vec<Atom>, Vec<std::ops::Range<u32>>) {
    let mut used: Vec<Vec<Atom>> = vec![Vec::new(); book.findings.len()];
    for (_, condition) in book.conditions() {
        condition.walk(&mut |part| {
            let mut note = |atom: Atom| {
                let atoms = &mut used[atom.finding().index()];
                if !atoms.contains(&atom) {
                    atoms.push(atom);
                }
            };
            match part {
                Condition::Yes(finding) => note(Atom::Yes(*finding)),
                Condition::Is(finding, option) => note(Atom::Is(*finding, *option)),
                Condition::Compare(finding, comparison, value) => {
                    thresholds(*finding, *comparison, *value).into_iter().flatten().for_each(note);
                }
                _ => {}
            }
        });
    }
    for (id, finding) in (0..).map(FindingId).zip(&book.findings) {
        if finding.follows_up.is_some() {
            used[id.index()] = vec![Atom::Yes(id)];
        }
    }
    let mut atoms = Vec::new();
    let atoms_of = used
        .into_iter()
        .map(|of_finding| {
            let start = slot_number(atoms.len());
            atoms.extend(of_finding);
            start..slot_number(atoms.len())
        })
        .collect();
    (atoms, atoms_of)
}

/// Slots are numbered with 32 bits: a book with more conditions than that does not fit in memory.
fn slot_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
