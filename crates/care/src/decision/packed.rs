//! One person in one byte a value.

use crate::book::FindingId;
use crate::decision::answer::Answer;
use crate::decision::needed::Needed;
use crate::decision::op::{Atom, Op, Operand, atom_under};

/// What is known and what is still possible of one value, for one person.
///
/// The lower half of the byte says what is true and the upper half what is false, so that "not"
/// swaps the halves, and an "and" keeps of the lower half what both have and of the upper half
/// what either has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packed(u8);

const KNOWN: u8 = 1;
const POSSIBLE: u8 = 2;
/// As far as the halves are apart.
const HALF: u32 = 4;
const TRUE_HALF: u8 = 0b0000_1111;
const FALSE_HALF: u8 = 0b1111_0000;

impl Packed {
    /// Never answered.
    pub(crate) const OPEN: Self = Self(POSSIBLE | POSSIBLE << HALF);
    pub(crate) const TRUE: Self = Self(KNOWN | POSSIBLE);
    pub(crate) const FALSE: Self = Self((KNOWN | POSSIBLE) << HALF);
    const NOT_SURE: Self = Self(0);

    pub(crate) fn is_true(self) -> bool {
        self.0 & KNOWN != 0
    }

    pub(crate) fn can_be_true(self) -> bool {
        self.0 & POSSIBLE != 0
    }

    pub(crate) fn is_false(self) -> bool {
        self.0 & KNOWN << HALF != 0
    }

    pub(crate) fn can_be_false(self) -> bool {
        self.0 & POSSIBLE << HALF != 0
    }

    #[inline]
    fn and(self, other: Self) -> Self {
        Self((self.0 & other.0 & TRUE_HALF) | ((self.0 | other.0) & FALSE_HALF))
    }

    #[inline]
    fn not(self) -> Self {
        Self(self.0.rotate_left(HALF))
    }
}

/// Every value of one person, each as it is and negated: whoever reads it has not to turn it.
#[derive(Clone, Debug)]
pub(crate) struct OnePerson(Vec<Packed>);

impl OnePerson {
    /// Somebody who was asked nothing.
    pub(crate) fn new(slots: usize) -> Self {
        Self(vec![Packed::OPEN; 2 * slots])
    }

    pub(crate) fn of(&self, operand: Operand) -> Packed {
        self.0[at(operand) as usize]
    }

    pub(crate) fn set(&mut self, slot: usize, value: Packed) {
        self.0[2 * slot] = value;
        self.0[2 * slot + 1] = value.not();
    }

    fn atom(&self, slot: u32) -> Packed {
        self.0[2 * slot as usize]
    }
}

/// Where a value is read: each has two places, and the second is the negated one.
fn at(operand: Operand) -> u32 {
    2 * operand.slot + u32::from(operand.negated)
}

/// Atoms and operations, laid out so that one is a few instructions without a jump.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    /// Which atoms are told, and where.
    atoms: Vec<(u32, Atom)>,
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// Both. An "or" is one as well: of what is negated, with a result that is negated.
    And {
        into: u32,
        left: u32,
        right: u32,
    },
    Gate {
        atom: u32,
        gate: u32,
    },
    FollowUp {
        atom: u32,
        by: u32,
    },
}

impl Code {
    /// Lays out the atoms and operations that are needed, or the others.
    pub(crate) fn of(ops: &[Op], atoms: &[Atom], needed: &Needed, wanted: bool) -> Self {
        let told = (0..).zip(atoms).zip(&needed.slots).filter(|(_, needed)| **needed == wanted);
        let told = told.map(|((slot, atom), _)| (slot, *atom));
        // The slot after the atoms is the constant true.
        let mut into = 2 * u32::try_from(atoms.len() + 1).unwrap_or(u32::MAX);
        let mut steps = Vec::new();
        for (op, needed) in ops.iter().zip(&needed.ops) {
            let step = match *op {
                Op::And(left, right) => {
                    into += 2;
                    Step::And { into: into - 2, left: at(left), right: at(right) }
                }
                Op::Or(left, right) => {
                    into += 2;
                    Step::And { into: into - 1, left: at(!left), right: at(!right) }
                }
                Op::NotApplicable { atom, gate } => Step::Gate { atom, gate: at(gate) },
                Op::FollowUp { atom, by } => Step::FollowUp { atom, by },
            };
            if *needed == wanted {
                steps.push(step);
            }
        }
        Self { atoms: told.collect(), steps }
    }

    pub(crate) fn run(&self, person: &mut OnePerson, answer: impl Fn(FindingId) -> Option<Answer>) {
        for (slot, atom) in &self.atoms {
            person.set(*slot as usize, told(*atom, answer(atom.finding())));
        }
        for step in &self.steps {
            match *step {
                Step::And { into, left, right } => {
                    let values = &mut person.0;
                    let value = values[left as usize].and(values[right as usize]);
                    values[into as usize] = value;
                    values[into as usize ^ 1] = value.not();
                }
                Step::Gate { atom, gate } => {
                    // Never answered, and its question does not apply: no. Reckoned and not
                    // chosen, for the same reason as above.
                    let told = person.atom(atom);
                    let closes = person.0[gate as usize].is_false() && told == Packed::OPEN;
                    let turned = (Packed::OPEN.0 ^ Packed::FALSE.0) * u8::from(closes);
                    person.set(atom as usize, Packed(told.0 ^ turned));
                }
                Step::FollowUp { atom, by } => {
                    // In place of "not sure" counts what was told of the follow-up, which
                    // otherwise does not apply.
                    if person.atom(atom) == Packed::NOT_SURE {
                        person.set(atom as usize, person.atom(by));
                    } else if person.atom(by) == Packed::OPEN {
                        person.set(by as usize, Packed::FALSE);
                    }
                }
            }
        }
    }
}

/// An atom under an answer.
#[inline]
fn told(atom: Atom, answer: Option<Answer>) -> Packed {
    match atom {
        // Nearly all of them, and what somebody answers nobody can guess: a value is looked up
        // here and no way through the program is chosen by it.
        Atom::Yes(_) => match answer {
            None => Packed::OPEN,
            Some(Answer::Yes) => Packed::TRUE,
            Some(Answer::No) => Packed::FALSE,
            Some(_) => Packed::NOT_SURE,
        },
        _ => match answer.map(|answer| atom_under(atom, answer)) {
            None => Packed::OPEN,
            Some(Some(true)) => Packed::TRUE,
            Some(Some(false)) => Packed::FALSE,
            Some(None) => Packed::NOT_SURE,
        },
    }
}
