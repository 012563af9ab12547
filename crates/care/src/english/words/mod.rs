//! Words as people write them: split, stemmed, misspelt, or in other words.
//!
//! Everything that reads a person's own words goes through a [`Lexicon`]: it
//! finds the classes of the book in a text, so that "wee", "urinate" and "peeing"
//! are one.

mod english;
mod lexicon;
mod phrases;
mod spelling;
mod spellings;
mod tokens;
mod vocabulary;
mod word;

pub(crate) use lexicon::{Lexicon, Span, Text};
pub(crate) use tokens::Mark;
pub(crate) use word::{ClassId, Word};
