//! Words as people write them: split, stemmed, misspelt, or in other words.
//!
//! Everything that reads a person's own words goes through a [`Lexicon`]: it
//! turns a text into concepts, so that "wee", "urinate" and "peeing" are one.

mod lexicon;
mod spelling;
mod tokens;

use crate::guideline::FindingId;

pub(crate) use lexicon::{Concept, Lexicon, Word};
pub(crate) use spelling::distance;
pub(crate) use tokens::Mark;

/// How people say things, from `words.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Words that mean the same.
    pub same: Vec<SameWords>,
    /// How people say that a finding is absent without a "no": "my leg is strong".
    pub fine: Vec<(FindingId, Vec<String>)>,
    /// Ordinary words that are right as they stand and look like words of the book.
    pub correct: Vec<String>,
}

/// Words and phrases that mean the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SameWords {
    /// The plainest of them.
    pub word: String,
    /// The others; a phrase of several words counts as one.
    pub also: Vec<String>,
}
