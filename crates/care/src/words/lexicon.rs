//! Words to classes: by form, by stem, by phrase, and through small slips of spelling.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::english::is_english;
use super::phrases::{Key, MOST_SKIPPED, Phrases, is_light, is_owner, push_new, stem};
use super::spelling::Speller;
use super::tokens::{Mark, Token, tokens};
use super::{WordClass, Words};

/// One idea: a class of the book, or a single word that stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ClassId(u32);

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
    pub(super) stem: String,
    pub(crate) mark: Mark,
    /// The idea of the longest phrase that begins here; `None` for marks, for words
    /// that the book does not use, and for all but the first word of a phrase.
    pub(crate) concept: Option<ClassId>,
    /// How many words stand for this idea; 0 for the rest of a phrase.
    pub(crate) length: usize,
    /// Whether it was read as another word than the one written.
    pub(crate) corrected: bool,
}

/// A place where words stand for a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    /// Index of the first word.
    pub(crate) start: usize,
    /// Index after the last word.
    pub(crate) end: usize,
    pub(crate) class: ClassId,
    /// Whether a word of it was read as another than the one written.
    pub(crate) corrected: bool,
}

/// A text that was read.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) words: Vec<Word>,
    /// Sorted by where they start.
    pub(crate) spans: Vec<Span>,
}

/// Every word of the book, and what each means.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    names: BTreeMap<String, ClassId>,
    /// For each class those that take it in, itself included.
    within: Vec<Vec<ClassId>>,
    /// Words that count only as they are written.
    forms: BTreeMap<String, Vec<ClassId>>,
    stems: BTreeMap<String, Vec<ClassId>>,
    phrases: Phrases,
    /// Elements such as `<not>+<bowel>+control`, by their first class.
    chains: BTreeMap<ClassId, Vec<(Vec<ClassId>, ClassId)>>,
    /// Whether each class is a word that stands for itself.
    is_plain: Vec<bool>,
    /// Classes whose phrases keep their words to themselves.
    sealed: Vec<ClassId>,
    /// Words that are right as they stand.
    known: BTreeSet<String>,
    speller: Speller,
}

impl Lexicon {
    /// The classes of a book, and no other words yet. A class that takes in one that is
    /// not there does without it.
    pub(crate) fn new(words: &Words) -> Self {
        let mut lexicon = Self::default();
        for class in &words.classes {
            let id = lexicon.fresh(false);
            lexicon.names.insert(class.name.clone(), id);
        }
        for class in &words.classes {
            let Some(id) = lexicon.class(&class.name) else { continue };
            for entry in &class.words {
                match WordClass::taken_in(entry) {
                    None => lexicon.add(entry, id),
                    Some(other) => {
                        if let Some(other) = lexicon.class(other) {
                            lexicon.within[other.index()].push(id);
                        }
                    }
                }
            }
        }
        lexicon.close();
        lexicon.sealed = words.sealed.iter().filter_map(|name| lexicon.class(name)).collect();
        lexicon
    }

    /// The class with this name.
    pub(crate) fn class(&self, name: &str) -> Option<ClassId> {
        self.names.get(name).copied()
    }

    /// Classes within classes within classes.
    fn close(&mut self) {
        for start in 0..self.within.len() {
            let mut all = self.within[start].clone();
            let mut at = 0;
            while at < all.len() {
                for outer in self.within[all[at].index()].clone() {
                    if !all.contains(&outer) {
                        all.push(outer);
                    }
                }
                at += 1;
            }
            self.within[start] = all;
        }
    }

    fn fresh(&mut self, is_plain: bool) -> ClassId {
        let id = ClassId(u32::try_from(self.within.len()).unwrap_or(u32::MAX));
        self.within.push(vec![id]);
        self.is_plain.push(is_plain);
        id
    }

    fn add(&mut self, written: &str, class: ClassId) {
        let is_exact = written.starts_with(EXACTLY);
        let tokens: Vec<Token> =
            tokens(written).into_iter().filter(|token| token.mark == Mark::Word).collect();
        for token in &tokens {
            self.know(&token.text);
        }
        let keys = || tokens.iter().filter(|token| !is_owner(&token.text));
        let Some(first) = keys().next().or(tokens.first()) else { return };
        let rest: Vec<Key> = keys().skip(1).map(|token| Key::of(&token.text)).collect();
        if tokens.len() == 1 || rest.is_empty() {
            if is_exact {
                push_new(self.forms.entry(first.text.clone()).or_default(), class);
            } else {
                push_new(self.stems.entry(stem(&first.text)).or_default(), class);
            }
        } else {
            self.phrases.add(std::iter::once(Key::of(&first.text)).chain(rest), class);
        }
    }

    fn know(&mut self, word: &str) {
        if self.known.insert(word.to_owned()) {
            self.speller.add(word);
        }
    }

    /// The idea of a single word or phrase as it stands in a pattern.
    pub(crate) fn plain(&mut self, written: &str) -> ClassId {
        let name = format!("'{written}");
        if let Some(known) = self.class(&name) {
            return known;
        }
        let id = self.fresh(true);
        self.names.insert(name, id);
        let words: Vec<Token> = tokens(written);
        match &words[..] {
            [word] => {
                self.know(&word.text);
                match Key::of(&word.text) {
                    Key::Form(form) => push_new(self.forms.entry(form).or_default(), id),
                    Key::Stem(of) => push_new(self.stems.entry(of).or_default(), id),
                }
            }
            _ => self.add(written, id),
        }
        id
    }

    /// Classes that stand side by side, in this order.
    pub(crate) fn chain(&mut self, classes: Vec<ClassId>) -> Option<ClassId> {
        let first = *classes.first()?;
        let known =
            self.chains.get(&first).and_then(|chains| chains.iter().find(|(chain, _)| *chain == classes));
        if let Some((_, id)) = known {
            return Some(*id);
        }
        let id = self.fresh(true);
        self.chains.entry(first).or_default().push((classes, id));
        Some(id)
    }

    /// The class that goes by a name, or else the word itself.
    pub(crate) fn class_or_word(&mut self, name: &str) -> ClassId {
        self.class(&name.to_lowercase().replace(' ', "_")).unwrap_or_else(|| self.plain(&name.to_lowercase()))
    }

    /// Another name for something: a brand for its ingredient. A brand is also known by its
    /// first word, unless that is an ordinary one, as in "Baby Aspirin".
    pub(crate) fn alias(&mut self, name: &str, class: ClassId) {
        self.add(name, class);
        let first =
            tokens(name).into_iter().next().filter(|first| first.text.len() >= 4 && !is_english(&first.text));
        if let Some(first) = first {
            self.add(&first.text, class);
        }
    }

    /// Learns the words of a text that a person's words are compared with.
    pub(crate) fn learn(&mut self, text: &str) {
        for token in tokens(text) {
            if token.mark != Mark::Word {
                continue;
            }
            self.know(&token.text);
            let stem = stem(&token.text);
            if !self.stems.contains_key(&stem) {
                let class = self.fresh(true);
                self.stems.insert(stem, vec![class]);
            }
        }
    }

    /// Reads a text: what each word means, as far as the book knows it. Linear in its length.
    pub(crate) fn read(&self, text: &str) -> Text {
        let mut words: Vec<Word> = tokens(text).into_iter().map(|token| self.word(token)).collect();
        let mut spans = Vec::new();
        let mut free_from = 0;
        for at in 0..words.len() {
            let mut longest: Option<(usize, ClassId)> = None;
            for (end, class) in self.starting_at(&words, at) {
                let corrected = words[at..end].iter().any(|word| word.corrected);
                let all = &self.within[class.index()];
                spans.extend(all.iter().map(|class| Span { start: at, end, class: *class, corrected }));
                let is_longer = longest.is_none_or(|(known, best)| {
                    end > known || end == known && self.is_plain(best) && !self.is_plain(class)
                });
                if is_longer && !(end > at + 1 && self.is_plain(class)) {
                    longest = Some((end, class));
                }
            }
            if at < free_from {
                words[at].length = 0;
            } else if let Some((end, class)) = longest {
                words[at].concept = Some(class);
                words[at].length = end - at;
                free_from = end;
            }
        }
        self.seal(words.len(), &mut spans);
        self.join_chains(&words, &mut spans);
        spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end), span.class));
        spans.dedup();
        Text { words, spans }
    }

    /// Takes out what stands within a phrase that keeps its words to itself.
    fn seal(&self, words: usize, spans: &mut Vec<Span>) {
        let mut sealed: Vec<Option<(usize, usize)>> = vec![None; words];
        for span in spans.iter().filter(|span| span.end > span.start + 1 && self.sealed.contains(&span.class))
        {
            for cover in &mut sealed[span.start..span.end] {
                if cover.is_none_or(|(start, end)| end - start < span.end - span.start) {
                    *cover = Some((span.start, span.end));
                }
            }
        }
        spans.retain(|span| {
            sealed[span.start].is_none_or(|(start, end)| {
                span.start < start || span.end > end || span.end - span.start == end - start
            })
        });
    }

    fn is_plain(&self, class: ClassId) -> bool {
        self.is_plain[class.index()]
    }

    fn starting_at(&self, words: &[Word], at: usize) -> Vec<(usize, ClassId)> {
        let word = &words[at];
        if word.mark != Mark::Word {
            return Vec::new();
        }
        let single = self.forms.get(&word.text).into_iter().chain(self.stems.get(&word.stem));
        let mut found: Vec<(usize, ClassId)> = single.flatten().map(|class| (at + 1, *class)).collect();
        self.phrases.find(words, at, &mut found);
        found
    }

    fn join_chains(&self, words: &[Word], spans: &mut Vec<Span>) {
        let mut by_start: BTreeMap<(ClassId, usize), Vec<Span>> = BTreeMap::new();
        for span in spans.iter() {
            by_start.entry((span.class, span.start)).or_default().push(*span);
        }
        let mut joined = Vec::new();
        for first in spans.iter() {
            for (chain, class) in self.chains.get(&first.class).into_iter().flatten() {
                let last = chain[1..].iter().try_fold(*first, |so_far, next| {
                    let mut at = so_far.end;
                    loop {
                        if let Some(found) = by_start.get(&(*next, at)).and_then(|found| found.first()) {
                            break Some(Span {
                                end: found.end,
                                corrected: so_far.corrected || found.corrected,
                                ..so_far
                            });
                        }
                        let is_skipped = words.get(at).is_some_and(|word| is_light(&word.text));
                        if !is_skipped || at >= so_far.end + MOST_SKIPPED {
                            break None;
                        }
                        at += 1;
                    }
                });
                joined.extend(last.map(|last| Span { class: *class, ..last }));
            }
        }
        spans.extend(joined);
    }

    fn word(&self, token: Token) -> Word {
        let Token { span, text, mark } = token;
        let word = |text: String, corrected| Word {
            span: span.clone(),
            stem: stem(&text),
            text,
            mark,
            concept: None,
            length: 1,
            corrected,
        };
        if mark != Mark::Word || text.starts_with(char::is_numeric) || self.known.contains(&text) {
            return word(text, false);
        }
        if self.stems.contains_key(&stem(&text)) {
            return word(text, false);
        }
        match self.speller.meant(&text) {
            Some(meant) => word(meant.to_owned(), true),
            None => word(text, false),
        }
    }
}

/// What begins an entry that counts only as it is written: `=legs`.
const EXACTLY: char = '=';
