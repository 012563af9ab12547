//! Finding the patterns in a text.

use std::borrow::Cow;
use std::ops::Range;

use crate::english::free_text::clauses::{ends_sentence, is_aside, turns};
use crate::english::free_text::patterns::{Meaning, Pattern};
use crate::english::words::{ClassId, Mark, Span, Text, Word};

/// One pattern found in a text.
#[derive(Clone, Debug)]
pub(super) struct Found<'p> {
    pub(super) pattern: &'p Pattern,
    /// The words of each of its parts.
    pub(super) parts: Vec<Range<usize>>,
}

/// How many words a pattern is looked for ahead: what is further apart belongs together no more.
const FURTHEST: usize = 30;

/// Patterns by the rarest of their parts: only where that stands are the others looked for.
#[derive(Debug)]
pub(super) struct PatternIndex {
    patterns: Vec<Pattern>,
    by_rarest: Vec<Vec<usize>>,
    /// How much each pattern asks for: the rarer each of its parts is among all, the more.
    weights: Vec<f64>,
}

impl PatternIndex {
    pub(super) fn new(patterns: Vec<Pattern>) -> Self {
        let classes = patterns.iter().flat_map(|pattern| &pattern.elements);
        let most = classes.map(|class| class.index() + 1).max().unwrap_or(0);
        let mut uses = vec![0; most];
        for pattern in &patterns {
            for (at, class) in pattern.elements.iter().enumerate() {
                uses[class.index()] += usize::from(!pattern.elements[..at].contains(class));
            }
        }
        let mut by_rarest = vec![Vec::new(); most];
        for (index, pattern) in patterns.iter().enumerate() {
            if let Some(rarest) = pattern.elements.iter().min_by_key(|class| uses[class.index()]) {
                by_rarest[rarest.index()].push(index);
            }
        }
        let all = count(patterns.len());
        let rarity = |class: &ClassId| libm::log1p(all / count(uses[class.index()].max(1)));
        let weights = patterns.iter().map(|pattern| pattern.elements.iter().map(rarity).sum()).collect();
        Self { patterns, by_rarest, weights }
    }

    /// The most that a pattern with each meaning asks for, of those that stand in a text. A
    /// word that was read as another one counts.
    pub(super) fn nearest(&self, text: &Text) -> Vec<(Meaning, f64)> {
        let place = Place::of_text(text);
        let mut nearest: Vec<(Meaning, f64)> = Vec::new();
        for rarest in place.places.classes() {
            for index in self.by_rarest.get(rarest).into_iter().flatten() {
                let (pattern, weight) = (&self.patterns[*index], self.weights[*index]);
                let known = nearest.iter().position(|(meaning, _)| *meaning == pattern.meaning);
                // What asks for less than one that was found says nothing new.
                if known.is_some_and(|known| nearest[known].1 >= weight) || !place.is_met(pattern, rarest) {
                    continue;
                }
                match known {
                    Some(known) => nearest[known].1 = weight,
                    None => nearest.push((pattern.meaning, weight)),
                }
            }
        }
        nearest
    }

    /// Every pattern.
    pub(super) fn all(&self) -> &[Pattern] {
        &self.patterns
    }

    /// Every place where a pattern stands, in the order of the text. A word that was read as
    /// another one than the one written counts only for the findings that `may_be_guessed`.
    pub(super) fn find(&self, text: &Text, may_be_guessed: impl Fn(&Pattern) -> bool) -> Vec<Found<'_>> {
        let place = Place::of_text(text);
        let mut found = Vec::new();
        for rarest in place.places.classes() {
            for index in self.by_rarest.get(rarest).into_iter().flatten() {
                let pattern = &self.patterns[*index];
                let is_barred = |span: &Span| span.corrected && !may_be_guessed(pattern);
                for first in place.beginnings(pattern, rarest).iter().copied() {
                    if let Some(parts) = place.of(pattern, first, is_barred)
                        && !place.is_excluded(pattern, text.spans[first].start)
                        && parts.iter().all(|part| belongs(&text.words, part, &parts))
                        && (pattern.is_wide || may_be_guessed(pattern) || is_close(&text.words, &parts))
                    {
                        found.push((first, *index, parts));
                    }
                }
            }
        }
        found.sort_unstable_by_key(|(first, pattern, _)| (*first, *pattern));
        found
            .into_iter()
            .map(|(_, pattern, parts)| Found { pattern: &self.patterns[pattern], parts })
            .collect()
    }
}

/// Counts here are far below 2^32.
fn count(of: usize) -> f64 {
    u32::try_from(of).map_or(f64::from(u32::MAX), f64::from)
}

/// For each class that stands in a text where it does, as indices of its spans: all in one
/// list, by class, so that a long text needs no list for each.
struct Places {
    spans: Vec<usize>,
    /// From where to where in the list each class has its places; most have none.
    of_class: Vec<(u32, u32)>,
    /// The indices of those that have some.
    there: Vec<usize>,
}

impl Places {
    fn of(spans: &[Span]) -> Self {
        let last = spans.iter().map(|span| span.class.index() + 1).max().unwrap_or(0);
        let mut of_class = vec![(0_u32, 0_u32); last];
        for span in spans {
            of_class[span.class.index()].1 += 1;
        }
        let mut there = Vec::new();
        let mut from = 0;
        for (class, (start, end)) in of_class.iter_mut().enumerate().filter(|(_, (_, count))| *count > 0) {
            there.push(class);
            (*start, from) = (from, from + *end);
            *end = *start;
        }
        let mut by_class = vec![0; spans.len()];
        for (at, span) in spans.iter().enumerate() {
            let end = &mut of_class[span.class.index()].1;
            by_class[*end as usize] = at;
            *end += 1;
        }
        Self { spans: by_class, of_class, there }
    }

    /// Every class that stands in the text, by its index.
    fn classes(&self) -> impl Iterator<Item = usize> + '_ {
        self.there.iter().copied()
    }

    /// Where a class stands, in the order of the text; nowhere where it does not.
    fn get(&self, class: ClassId) -> &[usize] {
        self.at(class.index())
    }

    fn at(&self, class: usize) -> &[usize] {
        self.of_class.get(class).map_or(&[], |(from, to)| &self.spans[*from as usize..*to as usize])
    }
}

struct Place<'t> {
    text: &'t Text,
    sentences: Vec<usize>,
    costs: Vec<usize>,
    places: Places,
}

impl<'t> Place<'t> {
    fn of_text(text: &'t Text) -> Self {
        let (sentences, costs) = (sentences(&text.words), costs(&text.words));
        Self { text, sentences, costs, places: Places::of(&text.spans) }
    }

    /// Whether a pattern stands anywhere, with the rarest of its parts as given.
    fn is_met(&self, pattern: &Pattern, rarest: usize) -> bool {
        self.beginnings(pattern, rarest).iter().any(|first| {
            self.of(pattern, *first, |_| false).is_some()
                && !self.is_excluded(pattern, self.text.spans[*first].start)
        })
    }

    /// The spans with which a pattern may begin: a part of it, with the rarest part at or
    /// after it and within reach.
    fn beginnings(&self, pattern: &Pattern, rarest: usize) -> Cow<'_, [usize]> {
        let spans = &self.text.spans;
        if pattern.elements.len() == 1 {
            return Cow::Borrowed(self.places.at(rarest));
        }
        // Most patterns lack a part, and are left before anything is kept for them.
        if pattern.elements.iter().any(|class| self.places.get(*class).is_empty()) {
            return Cow::Borrowed(&[]);
        }
        let mut beginnings = Vec::new();
        for rare in self.places.at(rarest) {
            let reached_from = spans[*rare].start.saturating_sub(FURTHEST);
            for part in pattern.elements.iter().map(|class| self.places.get(*class)) {
                let from = part.partition_point(|at| spans[*at].start < reached_from);
                beginnings.extend(part[from..].iter().take_while(|at| *at <= rare));
            }
        }
        beginnings.sort_unstable();
        beginnings.dedup();
        Cow::Owned(beginnings)
    }

    /// The nearest place of a pattern that begins with the span at `first`.
    fn of(
        &self,
        pattern: &Pattern,
        first: usize,
        is_barred: impl Fn(&Span) -> bool,
    ) -> Option<Vec<Range<usize>>> {
        let spans = &self.text.spans;
        if is_barred(&spans[first]) {
            return None;
        }
        let start = spans[first].start;
        if pattern.elements.len() == 1 {
            return Some(std::iter::once(start..spans[first].end).collect());
        }
        let last_sentence = self.sentences[start] + usize::from(pattern.is_wide);
        let most = if pattern.is_wide { usize::MAX } else { slack(pattern.elements.len()) };
        let begins = pattern.elements.iter().position(|class| *class == spans[first].class)?;
        // Which part stands where, without the first: most places lack the second, and then
        // nothing is kept.
        let mut rest: Vec<(usize, usize)> = Vec::new();
        let mut end = spans[first].end;
        let mut gap = 0;
        while rest.len() + 1 < pattern.elements.len() {
            // The nearest of what is missing; of those that begin alike the longest.
            let is_missing = |at: usize| at != begins && rest.iter().all(|(known, _)| *known != at);
            let missing = pattern.elements.iter().enumerate().filter(|(at, _)| is_missing(*at));
            let nearest = missing.filter_map(|(at, class)| {
                let places = self.places.get(*class);
                let from = places.partition_point(|place| spans[*place].start < end);
                let place = places[from..].iter().find(|place| !is_barred(&spans[**place]))?;
                Some((*place, at))
            });
            let (place, at) = nearest.min()?;
            let span = &spans[place];
            if span.start > start + FURTHEST || self.sentences[span.start] > last_sentence {
                return None;
            }
            gap += self.costs[span.start] - self.costs[end];
            if gap > most {
                return None;
            }
            rest.push((at, place));
            end = span.end;
        }
        let places = std::iter::once(first).chain(rest.into_iter().map(|(_, place)| place));
        Some(places.map(|place| spans[place].start..spans[place].end).collect())
    }

    /// Whether something that must not stand in the sentence does.
    fn is_excluded(&self, pattern: &Pattern, at: usize) -> bool {
        if pattern.excluded.is_empty() {
            return false;
        }
        let sentence = self.sentences[at];
        let from = self.sentences.partition_point(|number| *number < sentence);
        let to = self.sentences.partition_point(|number| *number <= sentence);
        let spans = &self.text.spans;
        let near = spans.partition_point(|span| span.start < from.max(at.saturating_sub(FURTHEST)))
            ..spans.partition_point(|span| span.start < to.min(at + FURTHEST));
        spans[near].iter().any(|span| !span.corrected && pattern.excluded.contains(&span.class))
    }
}

/// Whether a bare "no" among the parts stands next to another one: the "no" of "baby moves a
/// lot and I have no bleeding" says nothing of the baby. Any other part belongs.
fn belongs(words: &[Word], part: &Range<usize>, parts: &[Range<usize>]) -> bool {
    let is_bare = part.len() == 1
        && parts.len() > 1
        && matches!(
            words[part.start].text.as_str(),
            "no" | "not" | "never" | "without" | "less" | "zero" | "nae"
        );
    let is_part = |at: usize| parts.iter().any(|other| other != part && other.contains(&at));
    let is_passed = |at: &usize| {
        let word = &words[*at];
        word.mark == Mark::Word && is_filler(&word.text) && !is_part(*at)
    };
    let after = (part.end..words.len()).take(FURTHEST).find(|at| !is_passed(at));
    let before = (0..part.start).rev().take(FURTHEST).find(|at| !is_passed(at));
    !is_bare || after.is_some_and(is_part) || before.is_some_and(is_part)
}

/// How many words, whatever they mean, may stand between the parts of a danger.
const MOST_BETWEEN: usize = 10;

/// Whether the parts of a danger stand close: not so far apart that only small words filled the
/// gap, nor with two new statements between them.
fn is_close(words: &[Word], parts: &[Range<usize>]) -> bool {
    let start = parts.iter().map(|part| part.start).min().unwrap_or(0);
    let end = parts.iter().map(|part| part.end).max().unwrap_or(start);
    let is_between = |at: &usize| !parts.iter().any(|part| part.contains(at));
    let between = || (start..end).filter(is_between);
    between().count() <= MOST_BETWEEN && between().filter(|at| turns(words, *at)).count() < 2
}

/// For each word, the number of its sentence.
fn sentences(words: &[Word]) -> Vec<usize> {
    let mut number = 0;
    words
        .iter()
        .map(|word| {
            let own = number;
            number += usize::from(ends_sentence(word));
            own
        })
        .collect()
}

/// How many words of other meaning may stand between the parts of a pattern.
fn slack(parts: usize) -> usize {
    match parts {
        0 | 1 => 0,
        2 => 3,
        3 => 4,
        _ => 5,
    }
}

/// What all the words before each word cost together.
fn costs(words: &[Word]) -> Vec<usize> {
    let mut sum = 0;
    let mut costs = vec![0];
    for at in 0..words.len() {
        sum += cost(words, at);
        costs.push(sum);
    }
    costs
}

/// How far a word in between sets its neighbours apart.
fn cost(words: &[Word], at: usize) -> usize {
    let word = &words[at];
    let is_beside_an_aside =
        |at: usize| words.get(at).is_some_and(|word| word.mark == Mark::Word) && is_aside(words, at);
    match word.mark {
        Mark::Comma if is_beside_an_aside(at + 1) || at > 0 && is_beside_an_aside(at - 1) => 0,
        Mark::Comma => 1,
        Mark::Stop | Mark::Question => usize::from(u8::MAX),
        Mark::Word => usize::from(!is_filler(&word.text)),
    }
}

/// Words that carry no meaning of their own here: which of them a person uses is chance.
const FILLERS: [&str; 145] = [
    "a",
    "abeg",
    "about",
    "after",
    "again",
    "ago",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "anything",
    "are",
    "around",
    "as",
    "at",
    "be",
    "been",
    "before",
    "being",
    "bit",
    "both",
    "by",
    "came",
    "can",
    "come",
    "comes",
    "coming",
    "could",
    "dey",
    "did",
    "do",
    "does",
    "don",
    "down",
    "even",
    "ever",
    "feel",
    "feeling",
    "feels",
    "felt",
    "for",
    "from",
    "get",
    "gets",
    "getting",
    "go",
    "goes",
    "going",
    "gone",
    "got",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "him",
    "his",
    "i",
    "in",
    "innit",
    "into",
    "is",
    "it",
    "its",
    "just",
    "keep",
    "keeps",
    "kena",
    "kept",
    "la",
    "lah",
    "last",
    "leh",
    "like",
    "look",
    "looking",
    "looks",
    "lor",
    "made",
    "make",
    "makes",
    "me",
    "meh",
    "mine",
    "most",
    "my",
    "myself",
    "na",
    "never",
    "no",
    "not",
    "now",
    "of",
    "off",
    "on",
    "only",
    "or",
    "out",
    "over",
    "quite",
    "really",
    "seem",
    "seems",
    "sha",
    "she",
    "since",
    "so",
    "some",
    "something",
    "still",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "think",
    "this",
    "through",
    "to",
    "today",
    "too",
    "up",
    "very",
    "was",
    "we",
    "went",
    "were",
    "wey",
    "what",
    "when",
    "while",
    "who",
    "whole",
    "will",
    "with",
    "would",
    "yesterday",
    "you",
    "your",
];

/// Whether a word means nothing by itself.
pub(super) fn is_filler(text: &str) -> bool {
    FILLERS.binary_search(&text).is_ok()
}
