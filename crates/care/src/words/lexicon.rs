//! Words to concepts: by stem, by synonym, and through small slips of spelling.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use super::Words;
use super::spelling::{slip, sound};
use super::tokens::{Mark, Token, tokens};

/// A meaning: all the words and phrases that stand for it share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Concept(u32);

/// One word or mark of a text that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
    /// As written, in lower case; corrected where it was a slip. Empty for marks.
    pub(crate) text: String,
    pub(crate) mark: Mark,
    /// What it means; `None` for marks, for words that the book does not use,
    /// and for all but the first word of a phrase.
    pub(crate) concept: Option<Concept>,
    /// How many words stand for this concept; 0 for the rest of a phrase.
    pub(crate) length: usize,
    /// Whether it was read as another word than the one written.
    pub(crate) corrected: bool,
}

/// Every word of the book, and what each means.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Stem to concept.
    stems: BTreeMap<String, Concept>,
    /// Phrases of several words, by their first stem; longest first.
    phrases: BTreeMap<String, Vec<(Vec<String>, Concept)>>,
    /// Words that are right as they stand.
    known: BTreeSet<String>,
    /// What a slip may have been meant to be.
    targets: BTreeSet<String>,
    concepts: u32,
}

impl Lexicon {
    /// The words that mean the same, and no others yet.
    pub(crate) fn new(words: &Words) -> Self {
        let mut lexicon = Self {
            stems: BTreeMap::new(),
            phrases: BTreeMap::new(),
            known: words.correct.iter().cloned().collect(),
            targets: BTreeSet::new(),
            concepts: 0,
        };
        for group in &words.same {
            let concept = lexicon.fresh();
            for written in std::iter::once(&group.word).chain(&group.also) {
                lexicon.add(written, concept);
            }
        }
        lexicon
    }

    fn fresh(&mut self) -> Concept {
        self.concepts += 1;
        Concept(self.concepts)
    }

    fn add(&mut self, written: &str, concept: Concept) {
        let tokens = tokens(written);
        for token in &tokens {
            self.known.insert(token.text.clone());
            self.targets.insert(token.text.clone());
        }
        let mut stems: Vec<String> = tokens.iter().map(|token| stem(&token.text)).collect();
        if stems.len() == 1 {
            self.stems.entry(stems.remove(0)).or_insert(concept);
        } else if let Some(first) = stems.first() {
            let phrases = self.phrases.entry(first.clone()).or_default();
            phrases.push((stems, concept));
            phrases.sort_by_key(|(stems, _)| std::cmp::Reverse(stems.len()));
        }
    }

    /// Another name for something that already has one: a brand for its ingredient.
    pub(crate) fn alias(&mut self, name: &str, of: &str) {
        self.learn(of);
        if let Some(concept) = self.stems.get(&stem(&of.to_lowercase())).copied() {
            self.add(name, concept);
        }
    }

    /// Learns the words of a text that a person's words are compared with:
    /// slips are corrected towards them.
    pub(crate) fn learn(&mut self, text: &str) {
        for token in tokens(text) {
            self.learn_token(&token);
            if token.text.len() > 3 {
                self.targets.insert(token.text);
            }
        }
    }

    /// Learns the words of a text as right, without correcting slips towards them.
    pub(crate) fn recognise(&mut self, text: &str) {
        for token in tokens(text) {
            self.learn_token(&token);
        }
    }

    fn learn_token(&mut self, token: &Token) {
        if token.mark != Mark::Word {
            return;
        }
        let stem = stem(&token.text);
        if !self.stems.contains_key(&stem) {
            let concept = self.fresh();
            self.stems.insert(stem, concept);
        }
        self.known.insert(token.text.clone());
    }

    /// Reads a text: what each word means, as far as the book knows it.
    pub(crate) fn read(&self, text: &str) -> Vec<Word> {
        let mut words: Vec<Word> = tokens(text).into_iter().map(|token| self.word(token)).collect();
        let stems: Vec<String> = words.iter().map(|word| stem(&word.text)).collect();
        let mut at = 0;
        while at < words.len() {
            let phrase = self
                .phrases
                .get(&stems[at])
                .and_then(|phrases| phrases.iter().find(|(phrase, _)| stems[at..].starts_with(phrase)));
            let length = match phrase {
                Some((phrase, concept)) => {
                    words[at].concept = Some(*concept);
                    words[at].length = phrase.len();
                    for rest in &mut words[at + 1..at + phrase.len()] {
                        rest.concept = None;
                        rest.length = 0;
                    }
                    phrase.len()
                }
                None => 1,
            };
            at += length;
        }
        words
    }

    fn word(&self, token: Token) -> Word {
        let Token { span, text, mark } = token;
        if mark != Mark::Word {
            return Word { span, text, mark, concept: None, length: 1, corrected: false };
        }
        let is_number = text.starts_with(char::is_numeric);
        let meant = if is_number || self.known.contains(&text) { None } else { self.correction(&text) };
        let corrected = meant.is_some();
        let text = meant.unwrap_or(text);
        let concept = self.stems.get(&stem(&text)).copied();
        Word { span, text, mark, concept, length: 1, corrected }
    }

    /// The word that was meant, where the one written is not known in any form.
    fn correction(&self, written: &str) -> Option<String> {
        if self.stems.contains_key(&stem(written)) {
            return None;
        }
        let (first, heard) = (written.chars().next(), sound(written));
        self.targets
            .iter()
            .filter_map(|word| {
                // A slip in the first letter is rare, and would let many other words in.
                let other_first = usize::from(word.chars().next() != first);
                let other_sound = sound(word) != heard;
                slip(written, word).map(|edits| (edits + 2 * other_first, other_sound, word))
            })
            .filter(|(edits, ..)| *edits <= 2)
            .min()
            .map(|(.., word)| word.clone())
    }
}

/// The stem of a lower-case word: "numbness" and "numb" share one.
fn stem(word: &str) -> String {
    if word.is_empty() {
        return String::new();
    }
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::SameWords;
    use super::{Lexicon, Words};

    fn lexicon() -> Lexicon {
        let same = |word: &str, also: &[&str]| SameWords {
            word: word.to_owned(),
            also: also.iter().map(ToString::to_string).collect(),
        };
        let words = Words {
            same: vec![same("pee", &["wee", "urine", "pass water"]), same("fever", &["temperature"])],
            ..Words::default()
        };
        let mut lexicon = Lexicon::new(&words);
        lexicon.learn("numbness between the legs");
        lexicon
    }

    #[test]
    fn words_that_mean_the_same_are_one_concept() {
        let lexicon = lexicon();
        let concept = |text| lexicon.read(text)[0].concept;
        assert!(concept("pee").is_some());
        for other in ["weeing", "urine", "pass water", "passing water"] {
            assert_eq!(concept(other), concept("pee"), "{other}");
        }
        assert_eq!(concept("numb"), concept("numbness"));
        assert_ne!(concept("fever"), concept("pee"));
    }

    #[test]
    fn slips_are_read_as_the_word_that_was_meant_and_other_words_stay() {
        let lexicon = lexicon();
        let words = lexicon.read("feevr temprature elephant");
        assert_eq!(words[0].text, "fever");
        assert_eq!(words[1].text, "temperature");
        assert_eq!((words[2].concept, words[2].corrected), (None, false));
    }
}
