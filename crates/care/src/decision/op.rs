//! What a program is made of.

use std::ops::Not;

use crate::book::{FindingId, OptionIndex};
use crate::decision::answer::Answer;

/// What one input bit stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Atom {
    /// A yes/no finding is yes.
    Yes(FindingId),
    /// A number is at least this.
    AtLeast(FindingId, i64),
    /// A number is below this. Not the opposite of [`Atom::AtLeast`] where the
    /// question does not apply: without a number, both are false.
    Below(FindingId, i64),
    /// A choice is this option.
    Is(FindingId, OptionIndex),
}

impl Atom {
    /// The finding it tests.
    pub fn finding(self) -> FindingId {
        match self {
            Self::Yes(finding)
            | Self::AtLeast(finding, _)
            | Self::Below(finding, _)
            | Self::Is(finding, _) => finding,
        }
    }
}

/// A slot, read as it is or negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operand {
    /// Which slot.
    pub slot: u32,
    /// Planes swapped.
    pub negated: bool,
}

impl Operand {
    pub(crate) fn of(slot: u32) -> Self {
        Self { slot, negated: false }
    }

    /// The slot as an index.
    pub fn index(self) -> usize {
        self.slot as usize
    }
}

impl Not for Operand {
    type Output = Self;

    fn not(self) -> Self {
        Self { negated: !self.negated, ..self }
    }
}

/// One operation of the program, in the order of execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// A new slot: both.
    And(Operand, Operand),
    /// A new slot: either.
    Or(Operand, Operand),
    /// No new slot: where the gate is known false and the atom was never
    /// answered, the atom does not apply, which counts as no.
    NotApplicable {
        /// An atom's slot.
        atom: u32,
        /// The question's `only_if`.
        gate: Operand,
    },
    /// No new slot: where the atom was answered "not sure", the answer to the
    /// follow-up counts in its place; where it was not, the follow-up does not apply.
    FollowUp {
        /// The slot of a yes/no finding.
        atom: u32,
        /// The slot of the finding that settles its "not sure".
        by: u32,
    },
}

/// The truth of an atom under an answer: `None` if the answer does not say.
pub(crate) fn atom_under(atom: Atom, answer: Answer) -> Option<bool> {
    match (atom, answer) {
        (Atom::Yes(_), Answer::Yes) => Some(true),
        (Atom::Yes(_), Answer::No) => Some(false),
        (Atom::AtLeast(_, threshold), Answer::Number(value)) => Some(value >= threshold),
        (Atom::Below(_, threshold), Answer::Number(value)) => Some(value < threshold),
        (Atom::Is(_, option), Answer::Option(chosen)) => Some(option == chosen),
        _ => None,
    }
}
