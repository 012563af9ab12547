//! Words by number, each kept once together with its stem, so that reading a text compares
//! numbers and takes the stem only of words that the book does not use.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxBuildHasher;

/// A word as it is written, in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct WordId(u32);

/// What the forms of a word share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct StemId(u32);

impl WordId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

impl StemId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

type Numbers = HashMap<Box<str>, u32, FxBuildHasher>;

/// Every word that the book uses.
pub(super) struct Vocabulary {
    words: Numbers,
    /// For each word its stem.
    stem_of: Vec<StemId>,
    stems: Numbers,
    stemmer: Stemmer,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            words: Numbers::default(),
            stem_of: Vec::new(),
            stems: Numbers::default(),
            stemmer: Stemmer::create(Algorithm::English),
        }
    }
}

impl std::fmt::Debug for Vocabulary {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Vocabulary of {} words", self.words.len())
    }
}

impl Vocabulary {
    /// Keeps a lower-case word, once.
    pub(super) fn add(&mut self, word: &str) -> (WordId, StemId) {
        if let Some(known) = self.find(word) {
            return known;
        }
        let stem = self.stemmed(word);
        let stem = number(&mut self.stems, &stem);
        let id = number(&mut self.words, word);
        self.stem_of.push(StemId(stem));
        (WordId(id), StemId(stem))
    }

    /// A word that the book uses, with its stem.
    pub(super) fn find(&self, word: &str) -> Option<(WordId, StemId)> {
        let id = WordId(*self.words.get(word)?);
        Some((id, self.stem_of[id.index()]))
    }

    /// The stem that a word has in common with one of the book.
    pub(super) fn stem(&self, word: &str) -> Option<StemId> {
        match self.find(word) {
            Some((_, stem)) => Some(stem),
            None => self.stems.get(&*self.stemmed(word)).copied().map(StemId),
        }
    }

    /// Whether a word is its own stem.
    pub(super) fn is_stem(&self, word: &str) -> bool {
        self.stemmed(word) == word
    }

    /// Every word, in no particular order.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(|word| &**word)
    }

    /// "numbness" and "numb" share one, and so do "wet myself" and "wet himself".
    fn stemmed<'w>(&self, word: &'w str) -> std::borrow::Cow<'w, str> {
        if REFLEXIVE.contains(&word) {
            return REFLEXIVE[0].into();
        }
        if let Some((_, stem)) = APART.iter().find(|(known, _)| *known == word) {
            return (*stem).into();
        }
        if word.is_empty() {
            return word.into();
        }
        self.stemmer.stem(word)
    }
}

fn number(numbers: &mut Numbers, text: &str) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.entry(text.into()).or_insert(next)
}

/// Words that the stemmer takes for others: "several" for "severe", "lunges" for "lungs",
/// "evening" for "even". Each with the stem that it has here.
const APART: [(&str, &str); 54] = [
    ("several", "several"),
    ("evening", "evening"),
    ("evenings", "evening"),
    ("hardly", "hardly"),
    ("barely", "barely"),
    ("scarcely", "scarcely"),
    ("quite", "quite"),
    ("lately", "lately"),
    ("mostly", "mostly"),
    ("nearly", "nearly"),
    ("currently", "currently"),
    ("rarely", "rarely"),
    ("poorly", "poorly"),
    ("likely", "likely"),
    ("lively", "lively"),
    ("literally", "literally"),
    ("mouthful", "mouthful"),
    ("mouthfuls", "mouthful"),
    ("handful", "handful"),
    ("handfuls", "handful"),
    ("lunge", "lunge"),
    ("lunges", "lunge"),
    ("lunged", "lunge"),
    ("lunging", "lunge"),
    ("leggings", "leggings"),
    ("tights", "tights"),
    ("miner", "miner"),
    ("miners", "miner"),
    ("commodity", "commodity"),
    ("commodities", "commodity"),
    ("hospitality", "hospitality"),
    ("business", "business"),
    ("businesses", "business"),
    ("operating", "operating"),
    ("operator", "operator"),
    ("operators", "operator"),
    ("alcoholic", "alcoholic"),
    ("alcoholics", "alcoholic"),
    ("alcoholism", "alcoholism"),
    ("miserable", "miserable"),
    ("positive", "positive"),
    ("heroine", "heroine"),
    ("organise", "organise"),
    ("organised", "organise"),
    ("organising", "organise"),
    ("organisation", "organisation"),
    ("butted", "butted"),
    ("butting", "butting"),
    ("fitness", "fitness"),
    ("wedding", "wedding"),
    ("weddings", "wedding"),
    ("range", "range"),
    ("careless", "careless"),
    ("costly", "costly"),
];

const REFLEXIVE: [&str; 11] = [
    "myself",
    "yourself",
    "himself",
    "herself",
    "themselves",
    "themself",
    "ourselves",
    "yourselves",
    "itself",
    "meself",
    "hisself",
];

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn forms_of_one_word_share_a_stem_also_where_only_one_is_known() {
        let mut words = Vocabulary::default();
        let (numb, stem) = words.add("numb");
        assert_eq!(words.add("numb"), (numb, stem));
        assert_eq!(words.stem("numbness"), Some(stem));
        assert_eq!(words.find("numbness"), None);
        assert_eq!(words.stem("weak"), None);
    }

    #[test]
    fn whose_self_it_is_makes_no_difference() {
        let mut words = Vocabulary::default();
        let (_, stem) = words.add("myself");
        assert_eq!(words.stem("herself"), Some(stem));
    }
}
