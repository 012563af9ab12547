//! Comparing a question with the passages.

use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxBuildHasher;

use crate::english::ask::number;
use crate::english::ask::passages::Document;
use crate::english::passage::{Passage, SMALL_TALK};
use crate::english::words::{ClassId, Lexicon, Mark, Word};

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
/// No word tells more than this, and one that the book never uses tells as much.
const MOST: f64 = 5.5;
/// What a word of small talk tells, against another.
const SMALL: f64 = 0.25;
/// A word read as another one is a guess.
const GUESSED: f64 = 0.8;

type ByConcept<T> = HashMap<ClassId, T, FxBuildHasher>;

#[derive(Debug)]
struct Indexed {
    passage: Passage,
    /// The title and the listed phrasings, each by itself.
    phrasings: Vec<Phrasing>,
    length: f64,
}

/// One way in which a passage is asked for.
#[derive(Debug)]
struct Phrasing {
    words: BTreeSet<ClassId>,
    /// How much all its words tell.
    weight: f64,
}

/// A word of a question.
#[derive(Clone, Copy)]
struct Term {
    concept: Option<ClassId>,
    weight: f64,
    trust: f64,
    is_small: bool,
}

/// How a passage compares with a question.
#[derive(Clone, Copy)]
pub(super) struct Fit {
    pub(super) passage: Passage,
    pub(super) score: f64,
    /// The share of the question's words that are found in it, by what they tell, 0 to 1.
    pub(super) covered: f64,
}

/// The passages with how often each word stands in how many of them.
#[derive(Debug)]
pub(super) struct Index {
    documents: Vec<Indexed>,
    /// For each word the passages that have it, by index, and how much it counts there, by
    /// where and how often it stands.
    counts: ByConcept<Vec<(usize, f64)>>,
    /// How much each word of the passages tells.
    weights: ByConcept<f64>,
    /// How much a word tells that stands in none.
    unknown: f64,
    small: BTreeSet<ClassId>,
    average_length: f64,
}

impl Index {
    pub(super) fn new(documents: Vec<Document>, lexicon: &Lexicon) -> Self {
        let mut counts: ByConcept<Vec<(usize, f64)>> = ByConcept::default();
        for (index, document) in documents.iter().enumerate() {
            for (concept, count) in document.counts() {
                counts.entry(concept).or_default().push((index, count));
            }
        }
        let mut documents: Vec<Indexed> = documents.into_iter().map(Indexed::of).collect();
        let total: f64 = documents.iter().map(|document| document.length).sum();
        let average_length = total / number(documents.len().max(1));
        let small: BTreeSet<ClassId> =
            lexicon.read(SMALL_TALK).words.iter().filter_map(|word| word.concept).collect();
        // Rare words tell more.
        let tells = |spread: usize| {
            let (all, spread) = (number(documents.len()), number(spread));
            libm::log1p((all - spread + 0.5) / (spread + 0.5)).min(MOST)
        };
        let weight = |(concept, counts): (&ClassId, &Vec<(usize, f64)>)| {
            let weight = tells(counts.len()) * if small.contains(concept) { SMALL } else { 1.0 };
            (*concept, weight)
        };
        let unknown = tells(0);
        let weights: ByConcept<f64> = counts.iter().map(weight).collect();
        for phrasing in documents.iter_mut().flat_map(|document| &mut document.phrasings) {
            phrasing.weight = phrasing.words.iter().filter_map(|concept| weights.get(concept)).sum();
        }
        Self { documents, counts, weights, unknown, small, average_length }
    }

    /// The passages that a question is most like, the best first: by its words, as far as
    /// they cover it, and by the nearest phrasing.
    pub(super) fn best(&self, words: &[Word], most: usize) -> Vec<Fit> {
        let terms = self.terms(words);
        let by_concept: ByConcept<&Term> =
            terms.iter().filter_map(|term| Some((term.concept?, term))).collect();
        let compared =
            self.documents.iter().zip(self.by_words(&terms)).map(|(document, (by_words, covered))| {
                let (shared, like) = nearest_phrasing(document, &terms, &by_concept);
                Fit {
                    passage: document.passage,
                    score: by_words * covered + PHRASING * shared * like,
                    covered,
                }
            });
        let mut best: Vec<Fit> = compared.filter(|fit| fit.score > 0.0).collect();
        best.sort_by(|left, right| right.score.total_cmp(&left.score).then(left.passage.cmp(&right.passage)));
        best.truncate(most);
        best
    }

    fn terms(&self, words: &[Word]) -> Vec<Term> {
        let mut seen = BTreeSet::new();
        words
            .iter()
            .filter(|word| word.mark == Mark::Word && word.length > 0)
            .filter(|word| !word.text.starts_with(char::is_numeric))
            .filter(|word| word.concept.is_none_or(|concept| seen.insert(concept)))
            .map(|word| Term {
                concept: word.concept,
                weight: self.weight(word.concept),
                trust: if word.corrected { GUESSED } else { 1.0 },
                is_small: word.concept.is_some_and(|concept| self.small.contains(&concept)),
            })
            .collect()
    }

    fn weight(&self, concept: Option<ClassId>) -> f64 {
        match concept {
            Some(concept) if self.small.contains(&concept) => {
                self.weights.get(&concept).copied().unwrap_or(self.unknown * SMALL)
            }
            _ => concept.and_then(|concept| self.weights.get(&concept)).copied().unwrap_or(self.unknown),
        }
    }

    /// How like a question each passage is by its words, and how much of it they cover.
    fn by_words(&self, terms: &[Term]) -> Vec<(f64, f64)> {
        let mut asked = 0.0;
        let mut scores = vec![(0.0, 0.0); self.documents.len()];
        for term in terms.iter().filter(|term| !term.is_small) {
            asked += term.weight;
            let counts = term.concept.and_then(|concept| self.counts.get(&concept));
            for (document, count) in counts.into_iter().flatten() {
                let length = self.documents[*document].length / self.average_length;
                let norm = SATURATION * (1.0 - LENGTH + LENGTH * length);
                let (score, covered) = &mut scores[*document];
                *score += term.weight * term.trust * count * (SATURATION + 1.0) / (count + norm);
                *covered += term.weight;
            }
        }
        if asked > 0.0 {
            for (_, covered) in &mut scores {
                *covered /= asked;
            }
        }
        scores
    }
}

/// The weight of the words shared with the nearest phrasing, and how like it the question is.
fn nearest_phrasing(document: &Indexed, terms: &[Term], by_concept: &ByConcept<&Term>) -> (f64, f64) {
    let asked: f64 = terms.iter().map(|term| term.weight).sum();
    let likeness = |phrasing: &Phrasing| {
        let terms = phrasing.words.iter().filter_map(|concept| by_concept.get(concept));
        let shared: f64 = terms.map(|term| term.weight * term.trust).sum();
        if shared > 0.0 { (shared, 2.0 * shared / (asked + phrasing.weight)) } else { (0.0, 0.0) }
    };
    document
        .phrasings
        .iter()
        .map(likeness)
        .max_by(|left, right| (left.0 * left.1).total_cmp(&(right.0 * right.1)))
        .unwrap_or((0.0, 0.0))
}

impl Document {
    /// How much each word counts, by where and how often it stands.
    fn counts(&self) -> ByConcept<f64> {
        let mut counts: ByConcept<f64> = ByConcept::default();
        let mut add = |concepts: &[ClassId], weight: f64| {
            for concept in concepts {
                *counts.entry(*concept).or_insert(0.0) += weight;
            }
        };
        add(&self.title, TITLE);
        self.asks.iter().for_each(|ask| add(ask, ASKS));
        add(&self.text, TEXT);
        counts
    }
}

impl Indexed {
    fn of(document: Document) -> Self {
        let asked: usize = document.asks.iter().map(Vec::len).sum();
        let length = number(document.title.len() + document.text.len() + asked);
        let phrasings = document.asks.into_iter().chain([document.title]);
        let phrasings = phrasings.filter(|words| !words.is_empty());
        let phrasings =
            phrasings.map(|words| Phrasing { words: words.into_iter().collect(), weight: 0.0 }).collect();
        Self { passage: document.passage, phrasings, length }
    }
}
