//! Passages as the ideas that they speak of.

use crate::book::Book;
use crate::english::passage::{Passage, Written, written};
use crate::english::words::{ClassId, Lexicon, Mark};

/// One passage, ready to be compared.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) passage: Passage,
    /// What it is called.
    pub(super) title: Vec<ClassId>,
    /// The phrasings of the question it answers, each by itself.
    pub(super) asks: Vec<Vec<ClassId>>,
    /// What it says.
    pub(super) text: Vec<ClassId>,
}

/// Every passage of a book.
pub(super) fn of(book: &Book, lexicon: &Lexicon) -> Vec<Document> {
    let all = |texts: &[&str]| texts.iter().flat_map(|text| concepts(lexicon, text)).collect();
    written(book)
        .into_iter()
        .map(|Written { passage, titles, asks, texts }| Document {
            passage,
            title: all(&titles),
            asks: asks.iter().map(|ask| concepts(lexicon, ask)).collect(),
            text: all(&texts),
        })
        .collect()
}

fn concepts(lexicon: &Lexicon, text: &str) -> Vec<ClassId> {
    lexicon
        .read(text)
        .words
        .iter()
        .filter(|word| word.mark == Mark::Word)
        .filter_map(|word| word.concept)
        .collect()
}
