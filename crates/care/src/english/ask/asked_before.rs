//! Which of the questions that were asked before a new one is like.
//!
//! The book keeps questions in people's own words, each with the passages that answer it
//! (`asked`), and every answer lists some of its own (`asks`). The nearest of them vote for
//! what they show. Likeness is that of two texts by their rare parts (TF-IDF and cosine):
//! words by their stem, two words in a row, four letters in a row for what is misspelt or
//! built alike, and the classes of the book for what is said in other words.

use std::collections::{BTreeMap, HashMap};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxBuildHasher;

use crate::book::RuleId;
use crate::english::ask::evidence::{Evidence, tells};
use crate::english::ask::{Ballot, Shown, number};
use crate::english::words::{Lexicon, Mark, Text, Word};

// The weights below, and those of `ranking` and `ballot`, were chosen with each set of
// questions held out in turn, its own left out of the book: of 893 they answer 766 first and
// 842 among the first three. Half or twice moves that by one in a hundred.

/// What two words in a row count, against the words by themselves.
const PAIR: f64 = 0.25;
/// What four letters in a row count: a word has several.
const LETTERS: f64 = 0.25;
/// What a class of the book counts: a word stands in several.
const CLASS: f64 = 0.3;
/// What the story before a question counts, against the sentence that asks.
const STORY: f64 = 0.5;
/// How much more a rare part counts than its rarity alone: what two questions share that
/// few others have is what they are about.
const RARITY: f64 = 1.3;
/// A text of more parts than this is a story of some 150 words: it is compared by what no more
/// than one in so many questions have, because what most have tells little and costs most.
const LONG: usize = 1000;
const COMMON: usize = 8;
/// How many of the nearest questions have a vote.
const NEAREST: usize = 80;
/// How much more the nearest count than those that are a little like it.
const NEARNESS: f64 = 1.8;

// Chosen with each tuned set held out in turn: of 23 questions whose danger no pattern heard,
// these tell 10, and they see one in 9 of 1,036 that have none.

/// How many of the nearest questions say whether there is a danger.
const NEAREST_DANGERS: usize = 8;
/// What it counts that all of the nearest tell of a danger, against the evidence of the words.
const DANGERS_NEAR: f64 = 4.0;
/// How much must speak for a danger.
const DANGER: f64 = 8.0;
/// A question as like as this to one that was asked before is that question.
const SAME: f64 = 0.8;
/// How like one must be to be the same word for word, but for what no part is made of.
const WORD_FOR_WORD: f64 = 0.99;
/// What questions that nobody asked before have to say.
const OTHERS: f64 = 0.02;

/// Parts of a text in the order of their numbers, each once and with what it counts: sums over them
/// are the same to the last bit wherever they are made.
type Parts = Vec<(u64, f64)>;

/// Questions that were asked before, by their parts.
#[derive(Debug)]
pub(super) struct AskedBefore {
    answered: Vec<Answered>,
    by_part: HashMap<u64, Holders, FxBuildHasher>,
    /// How much a part tells that no question has.
    rarity_of_new: f64,
}

/// What the book has for a question that was asked before.
#[derive(Debug, Default)]
pub(super) struct Answered {
    /// What answers it, the best first.
    pub(super) shows: Vec<Shown>,
    /// The rules about the danger that it tells of. A question with neither is none for
    /// this book.
    pub(super) dangers: Vec<RuleId>,
}

/// Where a part stands.
#[derive(Debug, Default)]
struct Holders {
    /// How much it tells.
    rarity: f64,
    /// How much it speaks for a danger.
    danger: f64,
    /// The questions that have it, and its share of each. A long question adds up hundreds of
    /// thousands of them, so they are kept small.
    questions: Vec<(u32, f32)>,
}

/// What the nearest questions speak for.
#[derive(Debug, Default)]
pub(super) struct Votes {
    pub(super) shown: Ballot,
    /// That it is no question for this book.
    pub(super) none: f64,
    /// What answers the question that this one is, word for word.
    pub(super) same: Option<Shown>,
    /// How like the nearest question is, where the book answers it; else nothing.
    pub(super) nearest_answered: f64,
    /// The same, where that question is none for this book.
    pub(super) nearest_refused: f64,
    /// The rule about the danger that the words speak for.
    pub(super) danger: Option<RuleId>,
}

impl AskedBefore {
    pub(super) fn new<'q>(lexicon: &Lexicon, asked: impl Iterator<Item = (&'q str, Answered)>) -> Self {
        let (texts, answered): (Vec<Parts>, Vec<Answered>) =
            asked.map(|(question, answered)| (parts(lexicon, &lexicon.read(question)), answered)).unzip();
        let mut by_part: HashMap<u64, Holders, FxBuildHasher> = HashMap::default();
        for (question, parts) in (0..).zip(&texts) {
            for (part, counts) in parts {
                by_part.entry(*part).or_default().questions.push((question, short(*counts)));
            }
        }
        let has_danger = |question: u32| !answered[question as usize].dangers.is_empty();
        let dangers = (0..).zip(&texts).filter(|(question, _)| has_danger(*question)).count();
        let mut squares = vec![0.0_f64; texts.len()];
        for holders in by_part.values_mut() {
            let all = holders.questions.len();
            let with = holders.questions.iter().filter(|(question, _)| has_danger(*question)).count();
            holders.rarity = rarity(all, texts.len());
            holders.danger = tells((with, dangers), (all - with, texts.len() - dangers));
            for (_, counts) in &mut holders.questions {
                *counts *= short(holders.rarity);
            }
        }
        for (square, parts) in squares.iter_mut().zip(&texts) {
            let weights = parts.iter().filter_map(|(part, counts)| Some(counts * by_part.get(part)?.rarity));
            *square = weights.map(|weight| weight * weight).sum();
        }
        for (question, share) in by_part.values_mut().flat_map(|holders| &mut holders.questions) {
            *share /= short(squares[*question as usize].sqrt());
        }
        Self { rarity_of_new: rarity(0, texts.len()), answered, by_part }
    }

    /// What the questions that this one is most like speak for.
    pub(super) fn votes(&self, lexicon: &Lexicon, text: &Text) -> Votes {
        let (nearest, evidence) = self.nearest(&parts(lexicon, text));
        let mut votes = Votes { danger: self.danger(&evidence, &nearest), ..Votes::default() };
        if let Some((question, _)) = nearest.first().filter(|(_, like)| *like >= WORD_FOR_WORD) {
            votes.same = self.answered[*question].shows.first().copied();
        }
        if let Some((question, like)) = nearest.first() {
            let Answered { shows, dangers } = &self.answered[*question];
            if !shows.is_empty() {
                votes.nearest_answered = *like;
            } else if dangers.is_empty() {
                votes.nearest_refused = *like;
            }
        }
        for (question, like) in nearest {
            let (answered, vote) = (&self.answered[question], libm::pow(like, NEARNESS));
            if answered.shows.is_empty() && answered.dangers.is_empty() {
                votes.none += vote;
            }
            votes.shown.add_list(&answered.shows, vote);
        }
        votes
    }

    /// The danger that a question tells of: that of one that was asked before, if it is the
    /// same; else if its words and the questions most like it speak for one. It adds to what
    /// the patterns of the signs hear, and takes nothing from it.
    fn danger(&self, evidence: &Evidence, nearest: &[(usize, f64)]) -> Option<RuleId> {
        let of = |(question, _): &(usize, f64)| self.answered[*question].dangers.first().copied();
        if let Some(same) = nearest.first().filter(|(_, like)| *like >= SAME) {
            return of(same);
        }
        let said = |near: &[(usize, f64)]| near.iter().map(|(_, like)| like * like).sum::<f64>();
        let first = &nearest[..nearest.len().min(NEAREST_DANGERS)];
        let with_danger: Vec<(usize, f64)> =
            first.iter().filter(|near| of(near).is_some()).copied().collect();
        let share = said(&with_danger) / (said(first) + OTHERS);
        if evidence.value() + DANGERS_NEAR * share < DANGER {
            return None;
        }
        let mut rules: BTreeMap<RuleId, f64> = BTreeMap::new();
        for near in nearest {
            if let Some(rule) = of(near) {
                *rules.entry(rule).or_insert(0.0) += near.1 * near.1;
            }
        }
        let most = |left: &(RuleId, f64), right: &(RuleId, f64)| {
            left.1.total_cmp(&right.1).then(right.0.cmp(&left.0))
        };
        rules.into_iter().max_by(most).map(|(rule, _)| rule)
    }

    /// The nearest questions, how like each is, 0 to 1, and what speaks for a danger.
    fn nearest(&self, parts: &[(u64, f64)]) -> (Vec<(usize, f64)>, Evidence) {
        let mut like = vec![0.0; self.answered.len()];
        let mut squares = 0.0;
        let mut evidence = Evidence::default();
        let is_long = parts.len() > LONG;
        for (part, counts) in parts {
            let Some(holders) = self.by_part.get(part) else {
                let weight = counts * self.rarity_of_new;
                squares += weight * weight;
                continue;
            };
            evidence.add(holders.danger, *counts);
            if is_long && holders.questions.len() * COMMON > self.answered.len() {
                continue;
            }
            let weight = counts * holders.rarity;
            squares += weight * weight;
            for (question, share) in &holders.questions {
                like[*question as usize] += weight * f64::from(*share);
            }
        }
        let length = squares.sqrt();
        let mut nearest: Vec<(usize, f64)> =
            like.into_iter().enumerate().filter(|(_, like)| *like > 0.0).collect();
        let best_first =
            |left: &(usize, f64), right: &(usize, f64)| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0));
        if nearest.len() > NEAREST {
            nearest.select_nth_unstable_by(NEAREST, best_first);
            nearest.truncate(NEAREST);
        }
        nearest.sort_unstable_by(best_first);
        (nearest.into_iter().map(|(question, like)| (question, like / length)).collect(), evidence)
    }
}

/// A share to seven figures, the same on every machine.
#[allow(clippy::cast_possible_truncation, reason = "shares are small numbers; seven figures are enough")]
fn short(share: f64) -> f32 {
    share as f32
}

/// How much a part tells that so many of all questions have.
fn rarity(have: usize, all: usize) -> f64 {
    libm::pow(libm::log1p(number(all) / number(have + 1)), RARITY)
}

/// The parts of a text, and what each counts: the most that it counts anywhere.
fn parts(lexicon: &Lexicon, text: &Text) -> Parts {
    let stemmer = Stemmer::create(Algorithm::English);
    let weights = weights(&text.words);
    let mut parts = Parts::default();
    let mut letters: Vec<u64> = Vec::new();
    let mut before = None;
    for (word, weight) in text.words.iter().zip(&weights).filter(|(word, _)| word.mark == Mark::Word) {
        let stem = part_of(0, stemmer.stem(&word.text).bytes().map(u64::from));
        parts.push((stem, *weight));
        if let Some(before) = before.replace(stem) {
            parts.push((part_of(1, [before, stem].into_iter()), PAIR * weight));
        }
        // Where a word begins and ends is a letter of its own.
        letters.clear();
        letters.extend(std::iter::once(0).chain(word.text.chars().map(u64::from)).chain([0]));
        parts.extend(letters.windows(4).map(|four| (part_of(2, four.iter().copied()), LETTERS * weight)));
    }
    // A long text has each of its classes many times.
    let classes = text.spans.iter().map(|span| span.class.index() + 1).max().unwrap_or(0);
    let mut heaviest = vec![0.0_f64; classes];
    for span in text.spans.iter().filter(|span| lexicon.is_named(span.class)) {
        let known = &mut heaviest[span.class.index()];
        *known = known.max(weights[span.start]);
    }
    for (class, weight) in heaviest.into_iter().enumerate().filter(|(_, weight)| *weight > 0.0) {
        parts.push((part_of(3, [number_of(class)].into_iter()), CLASS * weight));
    }
    parts.sort_unstable_by(|left, right| left.0.cmp(&right.0).then(right.1.total_cmp(&left.1)));
    parts.dedup_by_key(|(part, _)| *part);
    parts
}

/// A part as a number. Two parts with one number are so rare that they do no harm.
///
/// Not by a hasher of the standard library or of `rustc-hash`: theirs are as wide as a
/// pointer, so a browser would have other numbers.
fn part_of(kind: u64, pieces: impl Iterator<Item = u64>) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = |sum: u64, piece: u64| (sum.rotate_left(29) ^ piece).wrapping_mul(ODD);
    pieces.fold(mixed(0, kind + 1), mixed)
}

fn number_of(index: usize) -> u64 {
    u64::try_from(index).unwrap_or(u64::MAX)
}

/// What each word counts. The sentences that end with a question mark ask, or the last one
/// where none does; what stands around them is the story.
fn weights(words: &[Word]) -> Vec<f64> {
    let has_mark = words.iter().any(|word| word.mark == Mark::Question);
    let mut weights = Vec::with_capacity(words.len());
    for sentence in words.split_inclusive(|word| matches!(word.mark, Mark::Stop | Mark::Question)) {
        let is_last = weights.len() + sentence.len() == words.len();
        let ends_with_mark = sentence.last().is_some_and(|word| word.mark == Mark::Question);
        let asks = if has_mark { ends_with_mark } else { is_last };
        weights.extend(sentence.iter().map(|_| if asks { 1.0 } else { STORY }));
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::{Answered, AskedBefore, STORY, weights};
    use crate::book::RuleId;
    use crate::book::Words;
    use crate::english::ask::Shown;
    use crate::english::passage::Passage;
    use crate::english::words::Lexicon;

    fn answer(index: usize) -> Shown {
        Shown::Passage(Passage::Answer(index))
    }

    fn asked(lexicon: &Lexicon) -> AskedBefore {
        let shows = |index| Answered { shows: vec![answer(index)], ..Answered::default() };
        let danger = Answered { dangers: vec![RuleId(3)], ..Answered::default() };
        let asked = [
            ("how long do I leave the frozen peas on", shows(0)),
            ("when can I lift weights again", shows(1)),
            ("is it normal that my bits are numb", danger),
            ("what shall we cook tonight", Answered::default()),
        ];
        AskedBefore::new(lexicon, asked.into_iter())
    }

    #[test]
    fn the_likest_question_speaks_loudest_also_where_it_is_misspelt() {
        let lexicon = Lexicon::new(&Words::default());
        let asked = asked(&lexicon);
        let votes = |question: &str| asked.votes(&lexicon, &lexicon.read(question));
        let best = |question: &str| votes(question).shown.best_first().next();
        assert_eq!(best("frozen peas for how long?"), Some(answer(0)));
        assert_eq!(best("liftin wieghts again, when"), Some(answer(1)));
        assert!(votes("what to cook").none > votes("frozen peas").none);
        assert_eq!(best("zzz"), None);
        assert_eq!(best(""), None);
    }

    #[test]
    fn a_danger_is_told_where_the_nearest_questions_tell_of_one() {
        let lexicon = Lexicon::new(&Words::default());
        let asked = asked(&lexicon);
        let danger = |question: &str| asked.votes(&lexicon, &lexicon.read(question)).danger;
        assert_eq!(danger("my bits are numb, normal?"), Some(RuleId(3)));
        assert_eq!(danger("can I lift weights with frozen peas on"), None);
    }

    #[test]
    fn a_question_that_was_asked_before_tells_its_danger_whatever_is_like_it() {
        let lexicon = Lexicon::new(&Words::default());
        let harmless =
            ["is it normal that my bits ache", "is it normal that my bits itch", "my bits are sore, normal?"];
        let told = "is it normal that my bits are numb";
        let asked =
            harmless.map(|question| (question, Answered { shows: vec![answer(0)], ..Answered::default() }));
        let danger = (told, Answered { dangers: vec![RuleId(3)], ..Answered::default() });
        let asked = AskedBefore::new(&lexicon, asked.into_iter().chain([danger]));
        let heard = |question: &str| asked.votes(&lexicon, &lexicon.read(question)).danger;
        assert_eq!(heard(told), Some(RuleId(3)));
        assert_eq!(heard(harmless[0]), None);
    }

    #[test]
    fn what_asks_counts_more_than_the_story() {
        let lexicon = Lexicon::new(&Words::default());
        let weigh = |text: &str| weights(&lexicon.read(text).words);
        assert_eq!(weigh("fell. rest? ok"), [STORY, STORY, 1.0, 1.0, STORY]);
        assert_eq!(weigh("fell. rest"), [STORY, STORY, 1.0]);
        assert_eq!(weigh("rest"), [1.0]);
    }
}
