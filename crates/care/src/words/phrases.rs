//! Phrases of several words, found all at once, and what may stand inside one.

use std::collections::BTreeMap;

use rust_stemmers::{Algorithm, Stemmer};

use super::lexicon::{ClassId, Word};
use super::tokens::Mark;

/// How a word of a phrase is recognised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// In any of its forms.
    Stem(String),
    /// As it stands: the plural of "pins and needles".
    Form(String),
}

/// How many light words may stand between two words of a phrase.
pub(super) const MOST_SKIPPED: usize = 2;

/// Phrases of several words, as a tree: those that begin alike share their beginning, so
/// that looking for all of them costs no more than looking for the longest.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// From a place in the tree and a word to the next place; the root is 0.
    next: BTreeMap<(u32, Key), u32>,
    /// What ends at each place but the root.
    classes: BTreeMap<u32, Vec<ClassId>>,
    places: u32,
}

impl Phrases {
    pub(super) fn add(&mut self, keys: impl Iterator<Item = Key>, class: ClassId) {
        let mut at = 0;
        for key in keys {
            at = *self.next.entry((at, key)).or_insert_with(|| {
                self.places += 1;
                self.places
            });
        }
        push_new(self.classes.entry(at).or_default(), class);
    }

    /// Adds every phrase that begins at a word, with the place after it.
    pub(super) fn find(&self, words: &[Word], at: usize, found: &mut Vec<(usize, ClassId)>) {
        let mut open = vec![(0, at)];
        while let Some((place, from)) = open.pop() {
            let most = if place == 0 { 0 } else { MOST_SKIPPED };
            for at in from..=from + most {
                let Some(word) = words.get(at).filter(|word| word.mark == Mark::Word) else { break };
                for key in [Key::Stem(word.stem.clone()), Key::Form(word.text.clone())] {
                    if let Some(next) = self.next.get(&(place, key)) {
                        let ended = self.classes.get(next).into_iter().flatten();
                        found.extend(ended.map(|class| (at + 1, *class)));
                        open.push((*next, at + 1));
                    }
                }
                if !is_light(&word.text) {
                    break;
                }
            }
        }
    }
}

impl Key {
    pub(super) fn of(word: &str) -> Self {
        let stem = stem(word);
        let is_plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && stem != word;
        if is_plural { Self::Form(word.to_owned()) } else { Self::Stem(stem) }
    }
}

pub(super) fn push_new(classes: &mut Vec<ClassId>, class: ClassId) {
    if !classes.contains(&class) {
        classes.push(class);
    }
}

/// Words that say whose something is, or nothing.
pub(super) fn is_owner(text: &str) -> bool {
    matches!(text, "my" | "his" | "her" | "their" | "your" | "our" | "the" | "a" | "an")
}

/// Words that may stand inside a phrase without changing it.
pub(super) fn is_light(text: &str) -> bool {
    is_owner(text)
        || matches!(
            text,
            "just"
                | "really"
                | "very"
                | "so"
                | "totally"
                | "completely"
                | "all"
                | "quite"
                | "even"
                | "still"
                | "now"
                | "properly"
                | "fully"
                | "actually"
                | "literally"
                | "pretty"
                | "bit"
                | "little"
                | "of"
                | "this"
                | "that"
                | "any"
                | "me"
                | "like"
                | "kinda"
                | "sorta"
                | "bloody"
                | "whole"
        )
}

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

/// The stem of a lower-case word: "numbness" and "numb" share one, and so do "wet myself"
/// and "wet himself".
pub(super) fn stem(word: &str) -> String {
    if REFLEXIVE.contains(&word) {
        return REFLEXIVE[0].to_owned();
    }
    if word.is_empty() {
        return String::new();
    }
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}
