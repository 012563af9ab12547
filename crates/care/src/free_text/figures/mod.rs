//! Numbers that are plainly stated: age, days, strength of pain, a fever.
//!
//! A text holds many numbers. Each that could be an age, a score or a time is weighed by
//! what stands around it, and the heaviest is taken; where none is heavy enough, none is.

mod age;
mod days;
mod fever;
mod numerals;
mod pain;

use std::ops::Range;

use crate::book::{FindingKind, Role};
use crate::decision::answer::Answer;
use crate::decision::guideline::Guideline;
use crate::free_text::cues::{Cues, Nature};
use crate::free_text::{Proposal, Sense, span_of};
use crate::words::{Mark, Word};

pub(super) use fever::fever;
pub(super) use numerals::{is_childs_age, names};

/// What is read; a finding that the book does not have is not proposed.
const READERS: [(Role, Reader); 3] =
    [(Role::Age, age::candidates), (Role::Days, days::candidates), (Role::Pain, pain::candidates)];

/// Finds the numbers of one kind.
type Reader = fn(&Words<'_>) -> Vec<Candidate>;

/// A number that could be meant.
#[derive(Debug)]
struct Candidate {
    value: i64,
    /// From the first to after the last word.
    at: Range<usize>,
    /// How plainly it is said, 1 to 5.
    weight: u8,
}

/// Ages, days and pain scores, each at most once and only within the finding's range.
/// What is said of someone else, or with an "if", gives none.
pub(super) fn numbers(guideline: &Guideline, words: &[Word], is_helper: bool, cues: &Cues) -> Vec<Proposal> {
    let text = Words { words, is_helper };
    let read = |(role, candidates): (Role, Reader)| {
        let finding = guideline.with_role(role)?;
        let FindingKind::Number { min, max, .. } = guideline.finding(finding).kind else { return None };
        let mut candidates = candidates(&text);
        candidates.retain(|candidate| {
            let sense = cues.sense(std::slice::from_ref(&candidate.at), STATED);
            // "If you answer this, I am 17": an age is what it is.
            let is_supposed = sense == Sense::Supposed && role != Role::Age;
            (min..=max).contains(&candidate.value) && sense != Sense::SomeoneElse && !is_supposed
        });
        let heaviest = candidates.iter().map(|candidate| candidate.weight).max()?;
        candidates.retain(|candidate| candidate.weight == heaviest);
        // Of two times told alike, the pain began with the longer one.
        let longest = candidates.iter().rev().max_by_key(|candidate| candidate.value)?.value;
        let best =
            candidates.into_iter().find(|candidate| role != Role::Days || candidate.value == longest)?;
        Some(Proposal {
            finding,
            answer: Answer::Number(best.value),
            span: span_of(words, std::slice::from_ref(&best.at)),
            trigger: "a number".to_owned(),
        })
    };
    READERS.into_iter().filter_map(read).collect()
}

/// A number that is stated holds whatever was long ago or is over.
const STATED: Nature = Nature { lasts: true, counts_when_gone: true };

/// How far a mark is looked for.
const FURTHEST: usize = 40;

/// The words of a text, looked at by position.
struct Words<'w> {
    words: &'w [Word],
    /// Whether the writer speaks for somebody else.
    is_helper: bool,
}

impl Words<'_> {
    fn len(&self) -> usize {
        self.words.len()
    }

    /// The word at a place; empty for marks and outside the text.
    fn at(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    /// The word so many places before.
    fn before(&self, at: usize, places: usize) -> &str {
        at.checked_sub(places).map_or("", |at| self.at(at))
    }

    /// Whether a statement may begin here.
    fn begins(&self, at: usize) -> bool {
        at == 0 || self.words[at - 1].mark != Mark::Word
    }

    /// Whether a statement may end before this place.
    fn ends(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|word| word.mark != Mark::Word)
    }

    /// From the mark before to the mark after.
    fn segment(&self, at: usize) -> Range<usize> {
        let (from, to) = (at.saturating_sub(FURTHEST), self.len().min(at + FURTHEST));
        let is_mark = |word: &Word| word.mark != Mark::Word;
        let start = self.words[from..at].iter().rposition(is_mark).map_or(from, |mark| from + mark + 1);
        let end = self.words[at..to].iter().position(is_mark).map_or(to, |mark| at + mark);
        start..end
    }

    fn any(&self, range: Range<usize>, list: &[&str]) -> bool {
        range.into_iter().any(|at| list.contains(&self.at(at)))
    }
}
