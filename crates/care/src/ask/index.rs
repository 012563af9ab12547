//! Comparing a question with the passages.

use std::collections::{BTreeMap, BTreeSet};

use crate::ask::passages::Document;
use crate::ask::{Hit, Passage};
use crate::words::{Concept, Mark, Word};

/// How fast a word stops counting more for standing there more often (BM25's k1).
const SATURATION: f64 = 1.2;
/// How much a long passage is held back (BM25's b).
const LENGTH: f64 = 0.5;
/// A word of a title or a listed phrasing against one of the text.
const TITLE: f64 = 3.0;
const ASKS: f64 = 1.5;
const TEXT: f64 = 1.0;
/// What the nearest listed phrasing adds, against the words of the whole passage.
const PHRASING: f64 = 2.0;
/// How much of a question must be found in a passage for it to be an answer, by weight of its words.
const COVERED: f64 = 0.62;
/// A word read as another one is a guess.
const GUESSED: f64 = 0.8;

/// Words of a question that say nothing of what it is about.
const SMALL_TALK: &[&str] = &[
    "i", "me", "my", "mine", "you", "your", "he", "she", "it", "its", "they", "we", "us", "a", "an", "the",
    "is", "am", "are", "was", "were", "be", "been", "being", "do", "does", "did", "have", "has", "had",
    "can", "could", "will", "would", "should", "shall", "may", "might", "must", "of", "in", "on", "at", "to",
    "for", "with", "by", "from", "as", "and", "or", "but", "if", "so", "that", "this", "these", "those",
    "there", "then", "than", "what", "which", "who", "whom", "how", "when", "where", "please", "really",
    "just", "like", "get", "got", "gets", "go", "any", "some", "ok", "okay", "tell", "into", "about",
    "because", "lately", "even", "way", "thing", "things", "someone", "somebody", "anybody", "anyone",
    "actually", "also", "im", "um", "well", "very", "not", "up", "out", "off", "down", "now", "make",
    "makes", "made", "come", "one", "need", "needed",
];

/// The passages with how often each word stands in how many of them.
#[derive(Debug)]
pub(super) struct Index {
    documents: Vec<Indexed>,
    /// In how many passages a word stands.
    spread: BTreeMap<Concept, usize>,
    average_length: f64,
}

#[derive(Debug)]
struct Indexed {
    passage: Passage,
    /// How much each word counts here, by where and how often it stands.
    counts: BTreeMap<Concept, f64>,
    asks: Vec<BTreeSet<Concept>>,
    length: f64,
}

/// A word of a question.
#[derive(Clone, Copy)]
struct Term {
    concept: Option<Concept>,
    weight: f64,
    trust: f64,
}

impl Index {
    pub(super) fn new(documents: Vec<Document>) -> Self {
        let documents: Vec<Indexed> = documents.into_iter().map(Indexed::of).collect();
        let mut spread = BTreeMap::new();
        for concept in documents.iter().flat_map(|document| document.counts.keys()) {
            *spread.entry(*concept).or_insert(0) += 1;
        }
        let total: f64 = documents.iter().map(|document| document.length).sum();
        let average_length = total / number(documents.len().max(1));
        Self { documents, spread, average_length }
    }

    /// The best passages, or none where too little of the question is found in any.
    pub(super) fn search(&self, words: &[Word], most: usize) -> Vec<Hit> {
        let terms = self.terms(words);
        let asked: f64 = terms.iter().map(|term| term.weight).sum();
        if asked <= 0.0 {
            return Vec::new();
        }
        let mut hits: Vec<(Hit, f64)> = self
            .documents
            .iter()
            .map(|document| {
                let (score, covered) = self.compare(document, &terms);
                (Hit { passage: document.passage, score }, covered / asked)
            })
            .filter(|(hit, _)| hit.score > 0.0)
            .collect();
        hits.sort_by(|(left, _), (right, _)| {
            right.score.total_cmp(&left.score).then(left.passage.cmp(&right.passage))
        });
        // The first that covers enough of the question leads; what it does not cover, nothing else may lead.
        let Some(first) = hits.iter().take(3).position(|(_, covered)| *covered >= COVERED) else {
            return Vec::new();
        };
        hits.into_iter().skip(first).take(most).map(|(hit, _)| hit).collect()
    }

    fn terms(&self, words: &[Word]) -> Vec<Term> {
        let mut seen = BTreeSet::new();
        words
            .iter()
            .filter(|word| word.mark == Mark::Word && word.length > 0)
            .filter(|word| word.length > 1 || !SMALL_TALK.contains(&word.text.as_str()))
            .filter(|word| word.concept.is_none_or(|concept| seen.insert(concept)))
            .map(|word| Term {
                concept: word.concept,
                weight: self.weight(word.concept),
                trust: if word.corrected { GUESSED } else { 1.0 },
            })
            .collect()
    }

    /// How much a word tells: rare words more. A word that the book never uses tells the most.
    fn weight(&self, concept: Option<Concept>) -> f64 {
        let spread = concept.and_then(|concept| self.spread.get(&concept)).copied().unwrap_or(0);
        let (all, spread) = (number(self.documents.len()), number(spread));
        ((all - spread + 0.5) / (spread + 0.5)).ln_1p()
    }

    /// How well a passage fits, and how much of the question is found in it.
    fn compare(&self, document: &Indexed, terms: &[Term]) -> (f64, f64) {
        let norm = SATURATION * (1.0 - LENGTH + LENGTH * document.length / self.average_length);
        let (mut score, mut covered) = (0.0, 0.0);
        for term in terms {
            let count =
                term.concept.and_then(|concept| document.counts.get(&concept)).copied().unwrap_or(0.0);
            if count > 0.0 {
                score += term.weight * term.trust * count * (SATURATION + 1.0) / (count + norm);
                covered += term.weight;
            }
        }
        (score + PHRASING * self.nearest_phrasing(document, terms), covered)
    }

    /// The weight of what the question shares with the nearest phrasing, less for what either has alone.
    fn nearest_phrasing(&self, document: &Indexed, terms: &[Term]) -> f64 {
        let asked: f64 = terms.iter().map(|term| term.weight).sum();
        let likeness = |ask: &BTreeSet<Concept>| {
            let shared: f64 = terms
                .iter()
                .filter(|term| term.concept.is_some_and(|concept| ask.contains(&concept)))
                .map(|term| term.weight * term.trust)
                .sum();
            let whole: f64 = ask.iter().map(|concept| self.weight(Some(*concept))).sum();
            if shared > 0.0 { shared * 2.0 * shared / (asked + whole) } else { 0.0 }
        };
        document.asks.iter().map(likeness).fold(0.0, f64::max)
    }
}

impl Indexed {
    fn of(document: Document) -> Self {
        let mut counts: BTreeMap<Concept, f64> = BTreeMap::new();
        let mut add = |concepts: &[Concept], weight: f64| {
            for concept in concepts {
                *counts.entry(*concept).or_insert(0.0) += weight;
            }
        };
        add(&document.title, TITLE);
        document.asks.iter().for_each(|ask| add(ask, ASKS));
        add(&document.text, TEXT);
        let asked: usize = document.asks.iter().map(Vec::len).sum();
        let length = number(document.title.len() + document.text.len() + asked);
        let asks = document.asks.into_iter().map(|ask| ask.into_iter().collect()).collect();
        Self { passage: document.passage, counts, asks, length }
    }
}

/// Counts here are far below 2^32.
fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
