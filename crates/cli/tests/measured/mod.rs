//! How well free text and questions are understood, over the test sets in `tests/data`.
//!
//! Each set is split in two by a hash of its row, once and for all. Errors are
//! looked at and numbers are tuned on one half; of the other only the figures
//! are. It is not a blind test, though: whoever wrote the phrasings of the book
//! had read the whole sets before, so new sentences will fare worse.
#![allow(dead_code, unreachable_pub, reason = "shared by tests, each of which uses a part")]

pub mod free_text;
pub mod questions;

/// Which half of a test set a row is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Its errors are looked at while improving.
    Development,
    /// Only its figures are.
    HeldOut,
}

impl Half {
    pub const ALL: [Self; 2] = [Self::Development, Self::HeldOut];

    /// By FNV-1a over the row's first column.
    pub fn of(row: &str) -> Self {
        let hash = row.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        // The upper bits are the well-mixed ones.
        if (hash >> 40) & 1 == 0 { Self::Development } else { Self::HeldOut }
    }
}

/// The rows of a test set below its head, each as its columns.
pub fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(|line| line.split('\t').collect())
}

/// Names in a comma-separated column.
pub fn names(column: &str) -> Vec<&str> {
    column.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub hits: u32,
    pub of: u32,
}

impl Share {
    pub fn count(&mut self, hit: bool) {
        self.hits += u32::from(hit);
        self.of += 1;
    }

    /// 1 where there is nothing to count.
    pub fn value(self) -> f64 {
        if self.of == 0 { 1.0 } else { f64::from(self.hits) / f64::from(self.of) }
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} ({} of {})", self.value(), self.hits, self.of)
    }
}
