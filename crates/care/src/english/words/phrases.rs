//! Phrases of several words, found all at once, and what may stand inside one.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::tokens::Mark;
use super::vocabulary::{StemId, Vocabulary, WordId};
use super::word::{ClassId, Word};

/// How a word of a phrase is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// In any of its forms.
    Stem(StemId),
    /// As it stands: the plural of "pins and needles".
    Form(WordId),
}

/// How many light words may stand between two words of a phrase.
pub(super) const MOST_SKIPPED: usize = 2;

/// Phrases of several words, as a tree: those that begin alike share their beginning, so
/// that looking for all of them costs no more than looking for the longest.
#[derive(Debug)]
pub(super) struct Phrases {
    /// From a place in the tree and a word to the next place; the root is 0.
    next: HashMap<(u32, Key), u32, FxBuildHasher>,
    /// What ends at each place.
    classes: Vec<Vec<ClassId>>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self { next: HashMap::default(), classes: vec![Vec::new()] }
    }
}

impl Phrases {
    pub(super) fn add(&mut self, keys: impl Iterator<Item = Key>, class: ClassId) {
        let mut at = 0;
        for key in keys {
            let fresh = u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
            let next = *self.next.entry((at, key)).or_insert(fresh);
            if next == fresh {
                self.classes.push(Vec::new());
            }
            at = next;
        }
        push_new(&mut self.classes[at as usize], class);
    }

    /// Adds every phrase that begins at a word, with the place after it.
    pub(super) fn find(&self, words: &[Word], at: usize, found: &mut Vec<(usize, ClassId)>) {
        self.find_from(0, 0, words, at, found);
    }

    fn find_from(
        &self,
        place: u32,
        most_skipped: usize,
        words: &[Word],
        from: usize,
        found: &mut Vec<(usize, ClassId)>,
    ) {
        for at in from..=from + most_skipped {
            let Some(word) = words.get(at).filter(|word| word.mark == Mark::Word) else { break };
            for key in [word.stem.map(Key::Stem), word.form.map(Key::Form)].into_iter().flatten() {
                if let Some(next) = self.next.get(&(place, key)) {
                    found.extend(self.classes[*next as usize].iter().map(|class| (at + 1, *class)));
                    self.find_from(*next, MOST_SKIPPED, words, at + 1, found);
                }
            }
            if !is_light(&word.text) {
                break;
            }
        }
    }
}

impl Key {
    /// How this word of a phrase is recognised; the vocabulary keeps it.
    pub(super) fn of(word: &str, vocabulary: &mut Vocabulary) -> Self {
        let (form, stem) = vocabulary.add(word);
        let is_plural =
            word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !vocabulary.is_stem(word);
        if is_plural { Self::Form(form) } else { Self::Stem(stem) }
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
