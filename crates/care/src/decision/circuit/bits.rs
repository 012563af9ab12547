//! Bits of many people side by side.

#![expect(clippy::inline_always, reason = "compiled again for each width of vectors, inside its caller")]

use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

/// One bit for each of 512 people: a register of the widest machines, and several of narrower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(align(64))]
pub struct Bits(pub [u64; Bits::WORDS]);

impl Bits {
    /// How many words of 64 people.
    pub const WORDS: usize = 8;
    /// How many people.
    pub const PEOPLE: usize = 64 * Self::WORDS;
    /// Nobody.
    pub const NONE: Self = Self([0; Self::WORDS]);
    /// Everybody.
    pub const ALL: Self = Self([u64::MAX; Self::WORDS]);
}

impl Default for Bits {
    fn default() -> Self {
        Self::NONE
    }
}

impl BitAnd for Bits {
    type Output = Self;

    #[inline(always)]
    fn bitand(mut self, other: Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word &= other;
        }
        self
    }
}

impl BitOr for Bits {
    type Output = Self;

    #[inline(always)]
    fn bitor(mut self, other: Self) -> Self {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word |= other;
        }
        self
    }
}

impl BitOrAssign for Bits {
    #[inline(always)]
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

impl Not for Bits {
    type Output = Self;

    #[inline(always)]
    fn not(mut self) -> Self {
        for word in &mut self.0 {
            *word = !*word;
        }
        self
    }
}

/// What 512 people told of one atom, in two planes: yes has both bits, no has none, an open
/// question has the first and "not sure" the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// It is so, or was never answered: it may still be so.
    pub yes_or_open: Bits,
    /// It is so, or the person is not sure: it can no longer be found false.
    pub yes_or_unsure: Bits,
}

impl Told {
    /// Nobody was asked.
    pub const OPEN: Self = Self { yes_or_open: Bits::ALL, yes_or_unsure: Bits::NONE };

    /// Who was never asked.
    #[inline(always)]
    pub fn open(self) -> Bits {
        self.yes_or_open & !self.yes_or_unsure
    }
}

/// What is to be said of one condition for 512 people.
///
/// Written so that all four planes of an "and" are the "and" of those of its parts, and the same
/// of "or"; "not" turns each pair over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// It is known to be true.
    pub is_true: Bits,
    /// It is not known to be false.
    pub is_not_false: Bits,
    /// Some answers to open questions would make it true.
    pub can_be_true: Bits,
    /// No answers to open questions would make it false.
    pub never_false: Bits,
}

impl Value {
    pub(crate) const TRUE: Self =
        Self { is_true: Bits::ALL, is_not_false: Bits::ALL, can_be_true: Bits::ALL, never_false: Bits::ALL };

    #[inline(always)]
    pub(crate) fn of(told: Told) -> Self {
        Self {
            is_true: told.yes_or_open & told.yes_or_unsure,
            is_not_false: told.yes_or_open | told.yes_or_unsure,
            can_be_true: told.yes_or_open,
            never_false: told.yes_or_unsure,
        }
    }

    /// As an atom: what was told and what became of it through gates and follow-ups.
    #[inline(always)]
    pub(crate) fn told(self) -> Told {
        Told { yes_or_open: self.can_be_true, yes_or_unsure: self.never_false }
    }
}

impl BitAnd for Value {
    type Output = Self;

    #[inline(always)]
    fn bitand(self, other: Self) -> Self {
        Self {
            is_true: self.is_true & other.is_true,
            is_not_false: self.is_not_false & other.is_not_false,
            can_be_true: self.can_be_true & other.can_be_true,
            never_false: self.never_false & other.never_false,
        }
    }
}

impl BitOr for Value {
    type Output = Self;

    #[inline(always)]
    fn bitor(self, other: Self) -> Self {
        Self {
            is_true: self.is_true | other.is_true,
            is_not_false: self.is_not_false | other.is_not_false,
            can_be_true: self.can_be_true | other.can_be_true,
            never_false: self.never_false | other.never_false,
        }
    }
}

impl Not for Value {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        Self {
            is_true: !self.is_not_false,
            is_not_false: !self.is_true,
            can_be_true: !self.never_false,
            never_false: !self.can_be_true,
        }
    }
}
