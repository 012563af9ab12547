//! Finding the phrasings in a text.

use crate::free_text::clauses::{is_aside, statements};
use crate::free_text::cues::Cues;
use crate::free_text::phrases::{Phrase, Unit, is_filler, is_negation};
use crate::free_text::{Mention, Sense, span_of};
use crate::guideline::Book;
use crate::words::{Mark, Word};

/// One phrasing found in a text.
struct Found<'p> {
    phrase: &'p Phrase,
    /// Where its units stand, sorted.
    positions: Vec<usize>,
    sense: Sense,
}

/// Every mention of a finding. Of two phrasings at the same place the fuller one counts:
/// "both legs numb" is not also "leg numb".
pub(crate) fn mentions(book: &Book, phrases: &[Phrase], words: &[Word], cues: &Cues<'_>) -> Vec<Mention> {
    let statements = statements(words);
    let mut found: Vec<Found<'_>> = Vec::new();
    for phrase in phrases {
        for positions in places(phrase, words, &statements, cues) {
            let mut sense = cues.sense(&positions, phrase);
            if phrase.is_fine {
                // "I cannot pee normally" is not fine, and no more than that.
                sense = if sense == Sense::Present { Sense::Absent } else { Sense::Unclear };
            }
            found.push(Found { phrase, positions, sense });
        }
    }
    let is_fuller = |fuller: &Found<'_>, found: &Found<'_>| {
        fuller.positions.len() > found.positions.len()
            && found.positions.iter().all(|at| fuller.positions.contains(at))
            && is_alike(book, fuller, found)
            && (fuller.sense == found.sense
                || fuller.phrase.finding == found.phrase.finding
                || fuller.phrase.is_fine)
    };
    let mut mentions: Vec<Mention> = Vec::new();
    for (index, one) in found.iter().enumerate() {
        let beaten = found.iter().enumerate().any(|(other, fuller)| other != index && is_fuller(fuller, one));
        if beaten && !is_meant_too(book, one) {
            continue;
        }
        let mention = Mention {
            finding: one.phrase.finding,
            sense: one.sense,
            span: span_of(words, &one.positions),
            trigger: one.phrase.written.clone(),
        };
        let is_known = |known: &Mention| {
            known.finding == mention.finding && known.sense == mention.sense && known.span == mention.span
        };
        if !mentions.iter().any(is_known) {
            mentions.push(mention);
        }
    }
    mentions
}

/// A danger sign does not hide where it hurts, nor the other way round.
fn is_alike(book: &Book, fuller: &Found<'_>, found: &Found<'_>) -> bool {
    let is_danger = |found: &Found<'_>| book.findings[found.phrase.finding.index()].danger;
    is_danger(fuller) == is_danger(found)
}

/// A lasting illness stays meant inside a longer phrasing: "on dialysis and my back hurts".
fn is_meant_too(book: &Book, found: &Found<'_>) -> bool {
    book.findings[found.phrase.finding.index()].lasting && found.sense == Sense::Present
}

/// Where a phrasing stands: each place as the sorted positions of its units.
fn places(phrase: &Phrase, words: &[Word], statements: &[usize], cues: &Cues<'_>) -> Vec<Vec<usize>> {
    let mut places: Vec<Vec<usize>> = Vec::new();
    for start in 0..words.len() {
        if !phrase.units.iter().any(|unit| is_at(*unit, words, start, cues)) {
            continue;
        }
        if let Some(place) = place_from(phrase, words, statements, cues, start)
            && places.last() != Some(&place)
        {
            places.push(place);
        }
    }
    places
}

fn is_at(unit: Unit, words: &[Word], at: usize, cues: &Cues<'_>) -> bool {
    words[at].concept == Some(unit.concept) && (!unit.under_not || cues.not_before(words, at).is_some())
}

/// How many words of other meaning may stand between the units of a phrasing.
fn slack(units: usize) -> usize {
    match units {
        0 | 1 => 0,
        2 => 2,
        3 => 3,
        _ => 4,
    }
}

/// The nearest place that begins with the word at `start`.
fn place_from(
    phrase: &Phrase,
    words: &[Word],
    statements: &[usize],
    cues: &Cues<'_>,
    start: usize,
) -> Option<Vec<usize>> {
    let mut missing: Vec<Unit> = phrase.units.clone();
    let mut positions = Vec::new();
    let mut gap = 0;
    for at in start..words.len() {
        if statements[at] != statements[start] {
            return None;
        }
        if words[at].length == 0 {
            continue;
        }
        if let Some(unit) = missing.iter().position(|unit| is_at(*unit, words, at, cues)) {
            missing.remove(unit);
            positions.push(at);
            if missing.is_empty() {
                return Some(positions);
            }
        } else {
            gap += cost(words, at);
            if gap > slack(phrase.units.len()) {
                return None;
            }
        }
    }
    None
}

/// How far a word in between sets its neighbours apart.
fn cost(words: &[Word], at: usize) -> usize {
    let word = &words[at];
    let is_beside_an_aside =
        |at: usize| words.get(at).is_some_and(|word| word.mark == Mark::Word) && is_aside(words, at);
    match word.mark {
        Mark::Comma if is_beside_an_aside(at + 1) || at > 0 && is_beside_an_aside(at - 1) => 0,
        Mark::Comma => 2,
        Mark::Stop | Mark::Question => usize::from(u8::MAX),
        Mark::Word if word.length == 1 && (is_filler(&word.text) || is_negation(&word.text)) => 0,
        Mark::Word => 1,
    }
}
