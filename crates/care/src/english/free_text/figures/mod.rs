//! Numbers that are plainly stated: age, days, strength of pain, a fever.
//!
//! A text holds many numbers. Each that could be an age, a score or a time is weighed by
//! what stands around it, and the heaviest is taken; where none is heavy enough, none is.

mod age;
mod candidate;
mod days;
mod fever;
pub(super) mod numerals;
mod pain;

use crate::book::{FindingKind, Role};
use crate::decision::answer::Answer;
use crate::decision::guideline::Guideline;
use crate::english::free_text::cues::{Cues, Nature};
use crate::english::free_text::{Proposal, Sense, span_of};
use crate::english::words::Word;

use candidate::{Candidate, Words};

pub(super) use fever::fever;

/// What is read; a finding that the book does not have is not proposed.
const READERS: [(Role, Reader); 3] =
    [(Role::Age, age::candidates), (Role::Days, days::candidates), (Role::Pain, pain::candidates)];

/// Finds the numbers of one kind.
type Reader = fn(&Words<'_>) -> Vec<Candidate>;

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
            (min..=max).contains(&candidate.value)
                && !matches!(sense, Sense::SomeoneElse | Sense::OfAThing)
                && !is_supposed
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
