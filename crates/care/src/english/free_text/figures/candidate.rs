//! A number that could be meant, and the words around it.

use std::ops::Range;

use crate::english::words::{Mark, Word};

/// A number that could be meant.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) value: i64,
    /// From the first to after the last word.
    pub(super) at: Range<usize>,
    /// How plainly it is said, 1 to 5.
    pub(super) weight: u8,
}

/// How far a mark is looked for.
const FURTHEST: usize = 40;

/// The words of a text, looked at by position.
pub(super) struct Words<'w> {
    pub(super) words: &'w [Word],
    /// Whether the writer speaks for somebody else.
    pub(super) is_helper: bool,
}

impl Words<'_> {
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word at a place; empty for marks and outside the text.
    pub(super) fn at(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    /// The word so many places before.
    pub(super) fn before(&self, at: usize, places: usize) -> &str {
        at.checked_sub(places).map_or("", |at| self.at(at))
    }

    /// Whether a statement may begin here.
    pub(super) fn begins(&self, at: usize) -> bool {
        at == 0 || self.words[at - 1].mark != Mark::Word
    }

    /// Whether a statement may end before this place.
    pub(super) fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|word| word.mark != Mark::Word)
    }

    /// From the mark before to the mark after.
    pub(super) fn segment(&self, at: usize) -> Range<usize> {
        let (from, to) = (at.saturating_sub(FURTHEST), self.len().min(at + FURTHEST));
        let is_mark = |word: &Word| word.mark != Mark::Word;
        let start = self.words[from..at].iter().rposition(is_mark).map_or(from, |mark| from + mark + 1);
        let end = self.words[at..to].iter().position(is_mark).map_or(to, |mark| at + mark);
        start..end
    }

    pub(super) fn any(&self, range: Range<usize>, list: &[&str]) -> bool {
        range.into_iter().any(|at| list.contains(&self.at(at)))
    }
}
