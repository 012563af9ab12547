//! Words to classes: by form, by stem, by phrase, and through small slips of spelling.

use std::collections::HashMap;
use std::sync::OnceLock;

use rustc_hash::FxBuildHasher;

use super::english::is_english;
use super::phrases::{Key, MOST_SKIPPED, Phrases, is_light, is_owner, push_new};
use super::spelling::Speller;
use super::tokens::{Mark, Token, tokens};
use super::vocabulary::{StemId, Vocabulary, WordId};
use super::word::{ClassId, Word};
use crate::book::{WordClass, Words};

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

impl Text {
    /// Whether a class stands anywhere in it.
    pub(crate) fn has(&self, class: ClassId) -> bool {
        self.spans.iter().any(|span| span.class == class)
    }
}

/// Every word of the book, and what each means.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    names: HashMap<String, ClassId, FxBuildHasher>,
    /// For each class those that take it in, itself included.
    within: Vec<Vec<ClassId>>,
    vocabulary: Vocabulary,
    /// For each word what it means only as it is written.
    by_form: Vec<Vec<ClassId>>,
    /// For each stem what its forms mean.
    by_stem: Vec<Vec<ClassId>>,
    phrases: Phrases,
    /// Elements such as `<not>+<bowel>+control`, by their first class.
    chains: Vec<Vec<(Vec<ClassId>, ClassId)>>,
    /// Whether each class is a word that stands for itself.
    is_plain: Vec<bool>,
    /// Whether the phrases of each class keep their words to themselves.
    is_sealed: Vec<bool>,
    /// Made when the first word comes that nobody knows.
    speller: OnceLock<Speller>,
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
        for class in words.sealed.iter().filter_map(|name| lexicon.names.get(name)) {
            lexicon.is_sealed[class.index()] = true;
        }
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
        self.chains.push(Vec::new());
        self.is_plain.push(is_plain);
        self.is_sealed.push(false);
        id
    }

    fn add(&mut self, written: &str, class: ClassId) {
        let is_exact = written.starts_with(EXACTLY);
        let mut tokens = tokens(written);
        tokens.retain(|token| token.mark == Mark::Word);
        for token in &tokens {
            self.know(&token.text);
        }
        let mut keys = tokens.iter().filter(|token| !is_owner(&token.text)).map(|token| token.text.as_str());
        let Some(first) = keys.next().or(tokens.first().map(|token| token.text.as_str())) else { return };
        let rest: Vec<&str> = keys.collect();
        if rest.is_empty() {
            let key = self.know(first);
            self.means(if is_exact { Key::Form(key.0) } else { Key::Stem(key.1) }, class);
        } else {
            let words = std::iter::once(first).chain(rest);
            self.phrases.add(words.map(|word| Key::of(word, &mut self.vocabulary)), class);
        }
    }

    fn means(&mut self, key: Key, class: ClassId) {
        match key {
            Key::Form(form) => push_new(&mut self.by_form[form.index()], class),
            Key::Stem(stem) => push_new(&mut self.by_stem[stem.index()], class),
        }
    }

    /// Keeps a word as one that is right as it stands.
    fn know(&mut self, word: &str) -> (WordId, StemId) {
        let (form, stem) = self.vocabulary.add(word);
        if self.by_form.len() <= form.index() {
            self.by_form.resize_with(form.index() + 1, Vec::new);
        }
        if self.by_stem.len() <= stem.index() {
            self.by_stem.resize_with(stem.index() + 1, Vec::new);
        }
        (form, stem)
    }

    /// The idea of a single word or phrase as it stands in a pattern.
    pub(crate) fn plain(&mut self, written: &str) -> ClassId {
        let name = format!("'{written}");
        if let Some(known) = self.class(&name) {
            return known;
        }
        let id = self.fresh(true);
        self.names.insert(name, id);
        match &tokens(written)[..] {
            [word] => {
                self.know(&word.text);
                let key = Key::of(&word.text, &mut self.vocabulary);
                self.means(key, id);
            }
            _ => self.add(written, id),
        }
        id
    }

    /// Classes that stand side by side, in this order.
    pub(crate) fn chain(&mut self, classes: Vec<ClassId>) -> Option<ClassId> {
        let first = *classes.first()?;
        let known = self.chains[first.index()].iter().find(|(chain, _)| *chain == classes);
        if let Some((_, id)) = known {
            return Some(*id);
        }
        let id = self.fresh(true);
        self.chains[first.index()].push((classes, id));
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
            let (_, stem) = self.know(&token.text);
            if self.by_stem[stem.index()].is_empty() {
                let class = self.fresh(true);
                self.by_stem[stem.index()].push(class);
            }
        }
    }

    /// Reads a text: what each word means, as far as the book knows it. Linear in its length.
    pub(crate) fn read(&self, text: &str) -> Text {
        let tokens = tokens(text);
        let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
        let mut may_begin = true;
        for token in tokens {
            let is_name = !may_begin && is_capital(&text[token.span.clone()]);
            may_begin = matches!(token.mark, Mark::Stop | Mark::Question);
            words.push(self.word(token, is_name));
        }
        let mut spans = Vec::new();
        let mut starting = Vec::new();
        let mut free_from = 0;
        for at in 0..words.len() {
            let mut longest: Option<(usize, ClassId)> = None;
            starting.clear();
            self.starting_at(&words, at, &mut starting);
            for (end, class) in starting.iter().copied() {
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
        sort(&mut spans);
        self.join_chains(&words, &mut spans);
        Text { words, spans }
    }

    /// Takes out what stands within a phrase that keeps its words to itself.
    fn seal(&self, words: usize, spans: &mut Vec<Span>) {
        let mut sealed: Vec<Option<(usize, usize)>> = vec![None; words];
        for span in
            spans.iter().filter(|span| span.end > span.start + 1 && self.is_sealed[span.class.index()])
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

    /// Whether it is a class of the book, not a word that stands for itself.
    pub(crate) fn is_named(&self, class: ClassId) -> bool {
        !self.is_plain(class)
    }

    fn is_plain(&self, class: ClassId) -> bool {
        self.is_plain[class.index()]
    }

    fn starting_at(&self, words: &[Word], at: usize, found: &mut Vec<(usize, ClassId)>) {
        let word = &words[at];
        if word.mark != Mark::Word {
            return;
        }
        let form = word.form.and_then(|form| self.by_form.get(form.index()));
        let stem = word.stem.and_then(|stem| self.by_stem.get(stem.index()));
        found.extend(form.into_iter().chain(stem).flatten().map(|class| (at + 1, *class)));
        self.phrases.find(words, at, found);
    }

    /// Adds the chains of classes; the spans are sorted before and after.
    fn join_chains(&self, words: &[Word], spans: &mut Vec<Span>) {
        let from: Vec<usize> = (0..=words.len())
            .scan(0, |from, at| {
                *from += spans[*from..].partition_point(|span| span.start < at);
                Some(*from)
            })
            .collect();
        let starting = |at: usize| from.get(at..at + 2).map_or(&spans[..0], |ends| &spans[ends[0]..ends[1]]);
        let mut is_there = vec![false; self.within.len()];
        for span in spans.iter() {
            is_there[span.class.index()] = true;
        }
        let mut joined = Vec::new();
        for first in spans.iter() {
            for (chain, class) in &self.chains[first.class.index()] {
                // Most chains lack a part.
                if !chain[1..].iter().all(|class| is_there[class.index()]) {
                    continue;
                }
                let last = chain[1..].iter().try_fold(*first, |so_far, next| {
                    for at in so_far.end..=so_far.end + MOST_SKIPPED {
                        if let Some(found) = starting(at).iter().find(|span| span.class == *next) {
                            let corrected = so_far.corrected || found.corrected;
                            return Some(Span { end: found.end, corrected, ..so_far });
                        }
                        if !words.get(at).is_some_and(|word| is_light(&word.text)) {
                            break;
                        }
                    }
                    None
                });
                joined.extend(last.map(|last| Span { class: *class, ..last }));
            }
        }
        if !joined.is_empty() {
            spans.extend(joined);
            sort(spans);
        }
    }

    /// A word of a text; a name is taken as it is.
    fn word(&self, token: Token, is_name: bool) -> Word {
        let Token { span, text, mark } = token;
        let bare = |text: String, form, stem, corrected| Word {
            span: span.clone(),
            text,
            form,
            stem,
            mark,
            concept: None,
            length: 1,
            corrected,
        };
        if mark != Mark::Word {
            return bare(text, None, None, false);
        }
        if let Some((form, stem)) = self.vocabulary.find(&text) {
            return bare(text, Some(form), Some(stem), false);
        }
        let stem = self.vocabulary.stem(&text);
        let is_used = stem.is_some_and(|stem| !self.by_stem[stem.index()].is_empty());
        if is_used || is_name || text.starts_with(char::is_numeric) {
            return bare(text, None, stem, false);
        }
        let meant = self.speller.get_or_init(|| Speller::new(self.vocabulary.words())).meant(&text);
        match meant.and_then(|meant| Some((meant, self.vocabulary.find(meant)?))) {
            Some((meant, (form, stem))) => bare(meant.to_owned(), Some(form), Some(stem), true),
            None => bare(text, None, stem, false),
        }
    }
}

/// "Arthur": inside a sentence such a word is a name, and no slip for "arthritis".
fn is_capital(written: &str) -> bool {
    let mut letters = written.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

/// By where they start, the longest first, each once.
fn sort(spans: &mut Vec<Span>) {
    // They come in order, or in two runs that are; only those of one place must be put in order.
    spans.sort_by_key(|span| span.start);
    for here in spans.chunk_by_mut(|left, right| left.start == right.start) {
        here.sort_unstable_by_key(|span| (std::cmp::Reverse(span.end), span.class));
    }
    spans.dedup();
}

/// What begins an entry that counts only as it is written: `=legs`.
const EXACTLY: char = '=';
