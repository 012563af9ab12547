//! Where one statement ends and the next begins.

use crate::english::words::{Mark, Word};

/// Words that begin a statement of their own wherever they stand.
const TURNS: [&str; 12] = [
    "but", "however", "though", "although", "except", "apart", "because", "yet", "whereas", "unless",
    "until", "despite",
];

/// Who or what a new statement is about.
const SUBJECTS: [&str; 24] = [
    "i",
    "he",
    "she",
    "it",
    "they",
    "we",
    "you",
    "my",
    "his",
    "her",
    "their",
    "our",
    "the",
    "there",
    "this",
    "that",
    "both",
    "now",
    "everyone",
    "everybody",
    "someone",
    "somebody",
    "these",
    "those",
];

/// Words after which "I" does not begin a new statement: "I was never told I have ...".
const REPORTS: [&str; 15] = [
    "told", "say", "said", "think", "thought", "that", "know", "where", "when", "if", "than", "as", "which",
    "while", "whenever",
];

/// Whether a mark ends a sentence.
pub(crate) fn ends_sentence(word: &Word) -> bool {
    matches!(word.mark, Mark::Stop | Mark::Question)
}

/// How far a sentence is looked for on either side: who writes without stops still says
/// one thing after the other, and the cost of reading grows with the length alone.
const FURTHEST: usize = 60;

/// Where the sentence around a word begins and ends, marks excluded.
pub(crate) fn sentence(words: &[Word], at: usize) -> std::ops::Range<usize> {
    let from = at.saturating_sub(FURTHEST);
    let to = words.len().min(at + FURTHEST);
    let start = words[from..at].iter().rposition(ends_sentence).map_or(from, |mark| from + mark + 1);
    let end = words[at..to].iter().position(ends_sentence).map_or(to, |mark| at + mark);
    start..end
}

/// Whether a new statement begins at this word.
pub(crate) fn turns(words: &[Word], at: usize) -> bool {
    let text = words[at].text.as_str();
    let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
    if TURNS.contains(&text) {
        return !is_aside(words, at);
    }
    let joined = words[at].mark == Mark::Comma || text == "and" || text == "so" || text == "plus";
    if joined {
        let next = words.get(at + 1);
        return next.is_some_and(|next| {
            SUBJECTS.contains(&next.text.as_str())
                || words[at].mark == Mark::Comma && begins_with_something(words, at + 1)
                || (words[at].mark == Mark::Comma
                    && matches!(
                        next.text.as_str(),
                        "and" | "so" | "plus" | "also" | "just" | "only" | "then"
                    ))
        });
    }
    matches!(text, "i" | "he" | "she" | "they" | "we")
        && at > 0
        && words[at - 1].mark == Mark::Word
        && !REPORTS.contains(&before)
        && !is_start_of_sentence(words, at)
        && !matches!(
            before,
            "and"
                | "so"
                | "plus"
                | "but"
                | "can"
                | "do"
                | "should"
                | "am"
                | "how"
                | "what"
                | "may"
                | "could"
                | "will"
                | "would"
                | "did"
                | "have"
                | "until"
                | "all"
                | "since"
                | "time"
                | "because"
                | "though"
                | "although"
                | "or"
                | "ago"
                | "later"
                | "then"
                | "yesterday"
                | "today"
                | "morning"
                | "night"
                | "years"
        )
}

/// "No lifting, a deep ache came in the loin": what came is a statement of its own, unlike
/// the next of a list ("no fever, a cough or chills").
fn begins_with_something(words: &[Word], at: usize) -> bool {
    let rest = words[at + 1..].iter().take(4).take_while(|word| word.mark == Mark::Word);
    matches!(words[at].text.as_str(), "a" | "an" | "some")
        && rest.map(|word| word.text.as_str()).any(|text| {
            matches!(
                text,
                "came"
                    | "comes"
                    | "started"
                    | "began"
                    | "went"
                    | "goes"
                    | "shot"
                    | "hit"
                    | "keeps"
                    | "has"
                    | "is"
                    | "spread"
                    | "runs"
            )
        })
}

/// "My foot, however, drags": a word between two pauses turns nothing.
pub(crate) fn is_aside(words: &[Word], at: usize) -> bool {
    let is_comma = |word: Option<&Word>| word.is_some_and(|word| word.mark == Mark::Comma);
    is_comma(at.checked_sub(1).and_then(|before| words.get(before))) && is_comma(words.get(at + 1))
}

/// The statement around a word.
fn statement(words: &[Word], at: usize) -> std::ops::Range<usize> {
    let rest = sentence(words, at);
    let start = (rest.start + 1..=at).rev().find(|start| turns(words, *start)).unwrap_or(rest.start);
    let end = (at + 1..rest.end).find(|end| turns(words, *end)).unwrap_or(rest.end);
    start..end
}

/// The part of a statement between two pauses.
pub(crate) fn part(words: &[Word], at: usize) -> std::ops::Range<usize> {
    let whole = statement(words, at);
    let is_pause = |at: &usize| words[*at].mark == Mark::Comma;
    let start = (whole.start..at).rev().find(is_pause).map_or(whole.start, |pause| pause + 1);
    let end = (at..whole.end).find(is_pause).unwrap_or(whole.end);
    start..end
}

fn is_start_of_sentence(words: &[Word], at: usize) -> bool {
    at == 0 || words[at - 1].mark != Mark::Word
}
