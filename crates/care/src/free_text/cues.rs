//! What stands around a mention: "no", "if", "last year", "my mother".
//!
//! A cue has a kind, a place and a scope. Scopes end where a new statement
//! begins (`clauses`). A cue that belongs to the phrasing itself does not count
//! against it: the "cannot" of "cannot move my leg".

use std::ops::Range;

use crate::free_text::Sense;
use crate::free_text::clauses::{ends_sentence, sentence, turns};
use crate::free_text::cue_words::{GONE, JUDGEMENT, NOT, NOT_A_DENIAL, PAST, QUESTION, SUPPOSED};
use crate::free_text::persons;
use crate::free_text::phrases::{Phrase, Unit, is_filler};
use crate::words::{Mark, Word};

/// What a cue does to the mentions in its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Not,
    /// As `Not`, where it is open whether the "no" still reaches.
    MaybeNot,
    Gone,
    Past,
    SomeoneElse,
    Asked,
    Supposed,
}

/// One cue with the words it consists of and the words it acts on.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
    pub(super) scope: Range<usize>,
}

/// The cues of a text.
#[derive(Debug)]
pub(crate) struct Cues<'w> {
    words: &'w [Word],
    list: Vec<Cue>,
}

impl<'w> Cues<'w> {
    /// Finds the cues of a text.
    pub(crate) fn of(words: &'w [Word]) -> Self {
        let mut list = Vec::new();
        let mut at = 0;
        while at < words.len() {
            at += denial(words, at, &mut list);
        }
        answered_questions(words, &mut list);
        for at in 0..words.len() {
            let rest = sentence(words, at);
            if let Some(length) = any_at(&SUPPOSED, words, at)
                && !is_even_if(words, at)
            {
                let end = next_but(words, at..rest.end);
                list.push(Cue { kind: Kind::Supposed, at: at..at + length, scope: at..end });
            }
            question(words, at, &mut list);
            if let Some(length) = any_at(&PAST, words, at).or_else(|| year(words, at)) {
                list.push(Cue { kind: Kind::Past, at: at..at + length, scope: statement(words, at) });
            }
            if let Some(length) = any_at(&GONE, words, at) {
                list.push(Cue { kind: Kind::Gone, at: at..at + length, scope: rest.start..at });
            }
        }
        list.extend(persons::cues(words));
        Self { words, list }
    }

    /// The "not" that stands directly before a word, fillers aside.
    pub(crate) fn not_before(&self, words: &[Word], at: usize) -> Option<usize> {
        (0..at).rev().take(5).take_while(|before| words[*before].mark == Mark::Word).find(|before| {
            self.list.iter().any(|cue| {
                matches!(cue.kind, Kind::Not | Kind::MaybeNot)
                    && cue.at.contains(before)
                    && (cue.at.end..at).all(|between| {
                        is_filler(&words[between].text)
                            || matches!(
                                words[between].text.as_str(),
                                "longer" | "able" | "even" | "really" | "properly" | "want" | "no"
                            )
                    })
            })
        })
    }

    /// How a text speaks of the phrasing found at these positions.
    pub(crate) fn sense(&self, positions: &[usize], phrase: &Phrase) -> Sense {
        let own_nots: Vec<usize> = positions
            .iter()
            .filter_map(|at| {
                let word = &self.words[*at];
                let needs_not = |unit: &Unit| unit.under_not && word.concept == Some(unit.concept);
                if is_cannot(self.words, *at) {
                    Some(at + 1)
                } else if phrase.units.iter().any(needs_not) {
                    self.not_before(self.words, *at)
                } else {
                    None
                }
            })
            .collect();
        let counts = |cue: &Cue| match cue.kind {
            Kind::Not | Kind::MaybeNot => !own_nots.iter().any(|not| cue.at.contains(not)),
            _ => !self.belongs(cue, positions, phrase),
        };
        let cues: Vec<&Cue> = self.list.iter().filter(|cue| counts(cue)).collect();
        let has = |kind| {
            cues.iter().any(|cue| cue.kind == kind && positions.iter().any(|at| cue.scope.contains(at)))
        };
        // Two denials of one word cancel out: "not a day without a fever".
        let denied = |at: &usize| {
            let over = cues.iter().filter(|cue| cue.scope.contains(at));
            over.filter(|cue| matches!(cue.kind, Kind::Not | Kind::MaybeNot)).count() % 2 == 1
        };
        if has(Kind::SomeoneElse) {
            Sense::SomeoneElse
        } else if has(Kind::Supposed) {
            Sense::Supposed
        } else if has(Kind::Asked) {
            Sense::Asked
        } else if positions.iter().any(denied) {
            let is_open = positions
                .iter()
                .any(|at| cues.iter().any(|cue| cue.kind == Kind::MaybeNot && cue.scope.contains(at)));
            if is_open { Sense::Unclear } else { Sense::Absent }
        } else if has(Kind::Gone) {
            Sense::Absent
        } else if has(Kind::Past) && !phrase.past_counts {
            Sense::Past
        } else {
            Sense::Present
        }
    }

    /// Whether a cue is part of the phrasing: "might" of "I might be pregnant".
    fn belongs(&self, cue: &Cue, positions: &[usize], phrase: &Phrase) -> bool {
        let (Some(first), Some(last)) = (positions.first(), positions.last()) else { return false };
        let is_near = first.saturating_sub(4) <= cue.at.start && cue.at.start <= last + 3;
        is_near
            && cue.at.clone().all(|at| {
                let word = &self.words[at];
                phrase.own_words.contains(&word.text)
                    || word
                        .concept
                        .is_some_and(|concept| phrase.units.iter().any(|unit| unit.concept == concept))
            })
    }
}

/// Whether "can not" stands here as a meaning of its own.
fn is_cannot(words: &[Word], at: usize) -> bool {
    matches!(words[at].text.as_str(), "can" | "could") && words[at].length == 2
}

/// Reads a denial at a word, if there is one; gives how many words to go on by.
fn denial(words: &[Word], at: usize, list: &mut Vec<Cue>) -> usize {
    // Inside a phrase of the word list it is part of a meaning, as in "no feeling".
    // "Cannot" by itself still denies what follows.
    let is_cannot = at > 0 && is_cannot(words, at - 1);
    if words[at].length != 1 && !is_cannot {
        return 1;
    }
    if let Some(length) = any_at(&NOT_A_DENIAL, words, at) {
        return length;
    }
    let Some(length) = any_at(&NOT, words, at) else { return 1 };
    let is_answer = words.get(at + length).is_none_or(|next| next.mark != Mark::Word);
    if is_answer {
        return length;
    }
    let (end, open_from) = reach(words, at, at + length);
    let cue = |kind, scope| Cue { kind, at: at..at + length, scope };
    list.push(cue(Kind::Not, at + length..open_from.unwrap_or(end)));
    if let Some(open_from) = open_from {
        list.push(cue(Kind::MaybeNot, open_from..end));
    }
    length
}

/// Where the scope of a denial ends, and from where on it is open whether it still reaches.
fn reach(words: &[Word], cue: usize, from: usize) -> (usize, Option<usize>) {
    let end = sentence(words, cue).end;
    let mut open_from = None;
    for at in from..end {
        let joins =
            words[at].mark == Mark::Comma || matches!(words[at].text.as_str(), "and" | "or" | "nor" | "so");
        let is_new_denial = joins
            && (at + 1..(at + 4).min(end)).any(|next| {
                any_at(&NOT, words, next).is_some()
                    && words[next].length == 1
                    && (at + 1..next).all(|between| is_filler(&words[between].text))
            });
        if turns(words, at) || is_new_denial || words[at].text == "nor" || is_fresh_denial(words, at, from) {
            return (at, open_from);
        }
        if words[at].mark == Mark::Comma && open_from.is_none() {
            let in_a_list = words[at..end].iter().any(|word| matches!(word.text.as_str(), "or" | "nor"));
            if !in_a_list {
                // "Not sleeping, shivering": a bare "not" reaches no further than the pause.
                let is_bare = words[cue].text == "not"
                    && cue.checked_sub(1).is_none_or(|before| words[before].mark != Mark::Word);
                if is_bare {
                    return (at, open_from);
                }
                open_from = Some(at);
            }
        }
    }
    (end, open_from)
}

/// "No fever no chills": a second "no" after what the first denies stands by itself,
/// unlike that of "I would not say I have no fever".
fn is_fresh_denial(words: &[Word], at: usize, from: usize) -> bool {
    at > from
        && matches!(words[at].text.as_str(), "no" | "not" | "never")
        && words[at].length == 1
        && words[at - 1].mark == Mark::Word
        && !is_filler(&words[at - 1].text)
        && !matches!(words[at - 1].text.as_str(), "say" | "said" | "that")
}

/// "Chest pain? No.": the answer denies the question.
fn answered_questions(words: &[Word], list: &mut Vec<Cue>) {
    for at in 1..words.len() {
        let is_no = matches!(words[at].text.as_str(), "no" | "nope" | "never" | "none" | "nah");
        let stands_alone = words.get(at + 1).is_none_or(|next| next.mark != Mark::Word);
        if is_no && stands_alone && words[at - 1].mark == Mark::Question {
            let start = words[..at - 1].iter().rposition(ends_sentence).map_or(0, |mark| mark + 1);
            list.push(Cue { kind: Kind::Not, at: at..at + 1, scope: start..at - 1 });
        }
    }
}

fn question(words: &[Word], at: usize, list: &mut Vec<Cue>) {
    let Some(length) = any_at(&QUESTION, words, at) else { return };
    let begins = at == 0
        || words[at - 1].mark != Mark::Word
        || matches!(words[at - 1].text.as_str(), "and" | "so" | "but" | "then" | "or");
    let Some(next) = words.get(at + length) else { return };
    let can_follow = match words[at].text.as_str() {
        "can" | "could" | "does" | "do" | "did" | "will" | "would" | "should" | "has" => next.text != "not",
        "is" | "are" | "am" => matches!(
            next.text.as_str(),
            "it" | "this"
                | "that"
                | "my"
                | "the"
                | "there"
                | "a"
                | "an"
                | "he"
                | "she"
                | "i"
                | "they"
                | "these"
        ),
        "when" => matches!(next.text.as_str(), "is" | "should" | "do" | "does" | "can" | "will" | "would"),
        _ => true,
    };
    // "Why is my leg numb" takes the sign for granted, so "why" is not among the words.
    if !begins || !can_follow {
        return;
    }
    let rest = sentence(words, at);
    let end = (at + 1..rest.end).find(|next| turns(words, *next)).unwrap_or(rest.end);
    let judges = words[at..rest.end].iter().any(|word| JUDGEMENT.contains(&word.text.as_str()));
    let own = words[at..end].iter().any(|word| word.text == "my");
    let kind = if judges || own { Kind::Asked } else { Kind::Supposed };
    list.push(Cue { kind, at: at..at + length, scope: at..end });
}

/// "In 2015".
fn year(words: &[Word], at: usize) -> Option<usize> {
    let is_year =
        |text: &str| text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1930..2100).contains(&year));
    let next = words.get(at + 1)?;
    (matches!(words[at].text.as_str(), "in" | "of" | "around") && is_year(&next.text)).then_some(2)
}

fn is_even_if(words: &[Word], at: usize) -> bool {
    words[at].text == "if" && at > 0 && matches!(words[at - 1].text.as_str(), "even" | "as")
}

/// The statement around a word.
fn statement(words: &[Word], at: usize) -> Range<usize> {
    let rest = sentence(words, at);
    let start = (rest.start + 1..=at).rev().find(|start| turns(words, *start)).unwrap_or(rest.start);
    let end = (at + 1..rest.end).find(|end| turns(words, *end)).unwrap_or(rest.end);
    start..end
}

fn next_but(words: &[Word], range: Range<usize>) -> usize {
    let end = range.end;
    range.clone().skip(1).find(|at| matches!(words[*at].text.as_str(), "but" | "however")).unwrap_or(end)
}

/// How many words one of these takes at a place, if one stands there.
fn any_at(list: &[&str], words: &[Word], at: usize) -> Option<usize> {
    list.iter()
        .filter_map(|cue| {
            let mut length = 0;
            for (offset, part) in cue.split(' ').enumerate() {
                if words.get(at + offset)?.text != part {
                    return None;
                }
                length = offset + 1;
            }
            Some(length)
        })
        .max()
}
