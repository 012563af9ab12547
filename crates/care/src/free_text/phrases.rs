//! The phrasings of the book as sets of meanings to look for.

use crate::guideline::{Book, FindingId, FindingKind};
use crate::words::{Concept, Lexicon, Mark};

/// Words that carry no meaning of their own here: which of them a person uses is chance.
const FILLERS: &str = "\
    i me my mine myself the a an is am are was were be been being has have had having it its of in on to \
    at by for with and or so very really just this that these there their his her him he she they we our \
    you your when while as from do does did will would can could feel feels felt feeling get gets got \
    getting go goes going gone went since now still also too some any up out down over off into through \
    keep keeps kept like take takes taking took see bit if left right most quite who what only then than \
    about after before again today yesterday make makes made come comes came coming look looks looking \
    something anything during around last ago week weeks seem seems think";

/// One thing to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) concept: Concept,
    /// It must stand under a "not": "cannot move".
    pub(crate) under_not: bool,
}

/// One phrasing of one finding.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) finding: FindingId,
    /// Never empty; in the order of the phrasing, though any order matches.
    pub(crate) units: Vec<Unit>,
    pub(crate) written: String,
    /// It says that the finding is absent.
    pub(crate) is_fine: bool,
    /// Words of the phrasing that would count against it elsewhere: "might", "partner".
    pub(crate) own_words: Vec<String>,
    /// It stays true for ever once it was: "I had cancer".
    pub(crate) past_counts: bool,
}

/// Verbs that tell of something past, and words that tie it to the last weeks.
const PAST: [&str; 12] =
    ["had", "was", "were", "broke", "took", "lost", "beat", "found", "said", "grew", "removed", "survivor"];
const RECENT: [&str; 8] = ["just", "last", "recently", "new", "weeks", "month", "week", "since"];

/// Every phrasing of a book.
pub(crate) fn of(book: &Book, lexicon: &Lexicon) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for (index, finding) in (0..).zip(&book.findings) {
        // A phrasing alone does not say which option of a choice is meant.
        if finding.kind != FindingKind::YesNo {
            continue;
        }
        let is_past = |says: &String| {
            let has = |list: &[&str]| says.to_lowercase().split(' ').any(|word| list.contains(&word));
            has(&PAST) && !has(&RECENT)
        };
        let past_counts = finding.lasting && finding.says.iter().any(is_past);
        for says in &finding.says {
            phrases.extend(phrase(FindingId(index), says, lexicon, false, past_counts));
        }
    }
    for (finding, fine) in &book.words.fine {
        for says in fine {
            phrases.extend(phrase(*finding, says, lexicon, true, false));
        }
    }
    phrases
}

fn phrase(
    finding: FindingId,
    written: &str,
    lexicon: &Lexicon,
    is_fine: bool,
    past_counts: bool,
) -> Option<Phrase> {
    let words = lexicon.read(written);
    let mut units: Vec<Unit> = Vec::new();
    let mut under_not = false;
    for word in words.iter().filter(|word| word.mark == Mark::Word && word.length > 0) {
        if word.length == 1 && is_negation(&word.text) {
            under_not = true;
            continue;
        }
        let is_filler = word.length == 1 && is_filler(&word.text);
        // "Cannot feel": what is denied is never a mere filler.
        if let Some(concept) = word.concept.filter(|_| !is_filler || under_not && !is_light(&word.text)) {
            let unit = Unit { concept, under_not };
            if !units.contains(&unit) {
                units.push(unit);
            }
            under_not = false;
        }
    }
    // "Cannot" and nothing else says nothing.
    let only_cannot = units.len() == 1
        && words
            .iter()
            .any(|word| word.length == 2 && word.text == "can" && word.concept == Some(units[0].concept));
    if only_cannot {
        return None;
    }
    let own_words = words.into_iter().map(|word| word.text).collect();
    (!units.is_empty()).then(|| Phrase {
        finding,
        units,
        written: written.to_owned(),
        is_fine,
        own_words,
        past_counts,
    })
}

/// Words by which a statement is denied.
pub(crate) fn is_negation(text: &str) -> bool {
    matches!(text, "not" | "no" | "never" | "without" | "nothing" | "nobody")
}

/// Whether a word means nothing by itself.
pub(crate) fn is_filler(text: &str) -> bool {
    FILLERS.split(' ').any(|filler| filler == text)
}

/// Fillers that stay fillers under a "not": "not been able".
fn is_light(text: &str) -> bool {
    !matches!(text, "feel" | "get" | "keep" | "see" | "take" | "go" | "make")
}
