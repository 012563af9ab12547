//! One word of a text that was read, and the idea that it stands for.

use std::ops::Range;

use super::tokens::Mark;
use super::vocabulary::{StemId, WordId};

/// One idea: a class of the book, or a single word that stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ClassId(pub(super) u32);

impl ClassId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One word or mark of a text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
    /// As written, in lower case; corrected where it was a slip. Empty for marks.
    pub(crate) text: String,
    /// The same word in the book; `None` where the book does not use it, as for the next.
    pub(super) form: Option<WordId>,
    pub(super) stem: Option<StemId>,
    pub(crate) mark: Mark,
    /// The idea of the longest phrase that begins here; `None` for marks, for words
    /// that the book does not use, and for all but the first word of a phrase.
    pub(crate) concept: Option<ClassId>,
    /// How many words stand for this idea; 0 for the rest of a phrase.
    pub(crate) length: usize,
    /// Whether it was read as another word than the one written.
    pub(crate) corrected: bool,
}
