//! One person in one byte a value.

use crate::decision::answer::Answer;
use crate::decision::program::{Atom, Operand, Value, atom_under};

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
    const NO: Self = Self((KNOWN | POSSIBLE) << HALF);
    const NOT_SURE: Self = Self(0);

    /// An atom under an answer.
    pub(crate) fn told(atom: Atom, answer: Answer) -> Self {
        match atom_under(atom, answer) {
            Some(true) => Self::TRUE,
            Some(false) => Self::NO,
            None => Self::NOT_SURE,
        }
    }

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
}

impl Value for Packed {
    /// The byte says it.
    type Open = ();
    const TRUE: Self = Self(KNOWN | POSSIBLE);

    #[inline]
    fn read(self, operand: Operand) -> Self {
        Self(self.0.rotate_left(u32::from(operand.negated) * HALF))
    }

    #[inline]
    fn and(self, other: Self) -> Self {
        Self((self.0 & other.0 & TRUE_HALF) | ((self.0 | other.0) & FALSE_HALF))
    }

    #[inline]
    fn or(self, other: Self) -> Self {
        Self(((self.0 | other.0) & TRUE_HALF) | (self.0 & other.0 & FALSE_HALF))
    }

    #[inline]
    fn gate(&mut self, (): &mut (), gate: Self) {
        if *self == Self::OPEN && gate.is_false() {
            *self = Self::NO;
        }
    }

    #[inline]
    fn follow_up(&mut self, (): &mut (), by: &mut Self, (): &mut ()) {
        if *self == Self::NOT_SURE {
            *self = *by;
        } else if *by == Self::OPEN {
            *by = Self::NO;
        }
    }
}
