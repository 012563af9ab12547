//! Whether the person who writes speaks of someone else.

use std::ops::Range;

use crate::free_text::clauses::{sentence, turns};
use crate::free_text::cues::{Cue, Kind};
use crate::words::Word;

/// People one writes about.
pub(crate) const PERSONS: [&str; 49] = [
    "mother",
    "mum",
    "mom",
    "mummy",
    "dad",
    "daddy",
    "father",
    "parents",
    "sister",
    "brother",
    "wife",
    "husband",
    "partner",
    "boyfriend",
    "girlfriend",
    "uncle",
    "aunt",
    "auntie",
    "cousin",
    "grandad",
    "granddad",
    "grandpa",
    "grandfather",
    "grandma",
    "gran",
    "granny",
    "grandmother",
    "friend",
    "neighbour",
    "neighbor",
    "colleague",
    "coworker",
    "boss",
    "son",
    "daughter",
    "kid",
    "kids",
    "child",
    "children",
    "nephew",
    "niece",
    "flatmate",
    "roommate",
    "family",
    "relative",
    "relatives",
    "toddler",
    "mate",
    "sibling",
];

/// Where someone else is spoken of.
///
/// None if the whole text asks on behalf of someone with a sore back: "my
/// husband's back hurts and he has a fever" is about the one who needs help.
pub(super) fn cues(words: &[Word]) -> Vec<Cue> {
    if asks_for_someone(words) {
        return Vec::new();
    }
    (0..words.len())
        .filter(|at| is_person(&words[*at].text))
        .filter_map(|at| scope(words, at).map(|scope| Cue { kind: Kind::SomeoneElse, at: at..at + 1, scope }))
        .collect()
}

fn is_person(text: &str) -> bool {
    PERSONS.contains(&text)
}

fn scope(words: &[Word], at: usize) -> Option<Range<usize>> {
    let whole = sentence(words, at);
    if words[at].text == "family" {
        return Some(whole); // "cancer runs in my family"
    }
    // Only who does or has something counts: not "lifting my son".
    let start = if at > whole.start && is_determiner(&words[at - 1].text) { at - 1 } else { at };
    let is_subject = start == whole.start
        || turns(words, start)
        || matches!(
            words[start - 1].text.as_str(),
            "and" | "but" | "that" | "because" | "since" | "when" | ""
        );
    if !is_subject {
        return None;
    }
    let end = (at + 1..whole.end).find(|next| turns_to_the_writer(words, *next)).unwrap_or(whole.end);
    Some(start..end)
}

fn is_determiner(text: &str) -> bool {
    matches!(text, "my" | "the" | "a" | "our" | "his" | "her" | "their" | "one" | "ex")
}

/// A new statement about "I" or "my" begins here.
fn turns_to_the_writer(words: &[Word], at: usize) -> bool {
    if !turns(words, at) {
        return false;
    }
    let subject = if matches!(words[at].text.as_str(), "i" | "my") { at } else { at + 1 };
    match words.get(subject).map(|word| word.text.as_str()) {
        Some("i") => true,
        Some("my") => words.get(subject + 1).is_some_and(|next| !is_person(&next.text)),
        _ => false,
    }
}

fn asks_for_someone(words: &[Word]) -> bool {
    let Some(person) = words.iter().position(|word| is_person(&word.text)) else { return false };
    let speaks_of_self = words.iter().enumerate().any(|(at, word)| match word.text.as_str() {
        "i" | "me" | "myself" => true,
        "my" | "our" => !words.get(at + 1).is_some_and(|next| is_person(&next.text)),
        _ => false,
    });
    let is_past =
        words.get(person + 1).is_some_and(|next| matches!(next.text.as_str(), "had" | "was" | "could"));
    let has_back = words.iter().any(|word| matches!(word.text.as_str(), "back" | "neck" | "spine"));
    !speaks_of_self && !is_past && has_back
}
