//! Numbers that are plainly stated: age, days, strength of pain, a fever.

use crate::answers::Answer;
use crate::free_text::clauses::sentence;
use crate::free_text::cues::Cues;
use crate::free_text::phrases::Phrase;
use crate::free_text::{Mention, Proposal, Sense, span_of};
use crate::guideline::{FindingId, FindingKind, Guideline};
use crate::words::{Mark, Word};

/// The names that these findings have in the book; one it does not have is not proposed.
const AGE: &str = "age";
const DAYS: &str = "days_since_onset";
const PAIN: &str = "pain_now";
const FEVER: &str = "fever";

/// Ages, days and pain scores, each at most once and only within the finding's range.
pub(super) fn numbers(guideline: &Guideline, words: &[Word]) -> Vec<Proposal> {
    let readers: [(&str, Reader); 3] = [(AGE, age), (DAYS, days), (PAIN, pain)];
    let read = |(name, read): (&str, Reader)| {
        let finding = guideline.finding_named(name)?;
        let figure = (0..words.len()).find_map(|at| read(words, at))?;
        let FindingKind::Number { min, max, .. } = guideline.finding(finding).kind else { return None };
        (min..=max).contains(&figure.value).then(|| Proposal {
            finding,
            answer: Answer::Number(figure.value),
            span: span_of(words, &figure.positions),
            trigger: figure.pattern.to_owned(),
        })
    };
    readers.into_iter().filter_map(read).collect()
}

/// Reads a figure that begins at a word.
type Reader = fn(&[Word], usize) -> Option<Figure>;

struct Figure {
    value: i64,
    positions: Vec<usize>,
    pattern: &'static str,
}

fn text(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |word| word.text.as_str())
}

/// A whole number in digits or, up to twelve, in words.
fn whole(words: &[Word], at: usize) -> Option<i64> {
    const NAMES: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let text = text(words, at);
    if matches!(text, "a" | "an") {
        return Some(1);
    }
    let named = NAMES.iter().position(|name| *name == text).and_then(|value| i64::try_from(value).ok());
    named.or_else(|| text.parse().ok().filter(|value| (0..1000).contains(value)))
}

/// "I am 44", "44 years old", "a 44-year-old", "he is 80", "aged 44", "daughter of 7".
fn age(words: &[Word], at: usize) -> Option<Figure> {
    let value = whole(words, at).filter(|_| text(words, at).starts_with(char::is_numeric))?;
    let before = at.checked_sub(1).map_or("", |before| text(words, before));
    let after = text(words, at + 1);
    let is_told = |last: usize| Figure { value, positions: vec![at, last], pattern: "an age" };
    if matches!(after, "yo" | "yr" | "yrs" | "years" | "year") && matches!(text(words, at + 2), "old" | "of")
    {
        return Some(is_told(at + 2));
    }
    if matches!(after, "yo" | "y/o") || before == "aged" {
        return Some(is_told(at));
    }
    // "I am 44" only where nothing else follows: not "I am 24 weeks pregnant".
    let ends = words.get(at + 1).is_none_or(|next| next.mark != Mark::Word)
        || matches!(after, "and" | "but" | "with" | "so" | "now" | "has");
    let says_who = matches!(before, "am" | "i") && at > 0
        || before == "is" && at >= 2
        || before == "of"
            && at >= 2
            && matches!(text(words, at - 2), "son" | "daughter" | "boy" | "girl" | "man" | "woman");
    (ends && says_who && value >= 1 && !is_about_strength(words, at)).then(|| is_told(at))
}

fn is_about_strength(words: &[Word], at: usize) -> bool {
    let whole = sentence(words, at);
    words[whole].iter().any(|word| matches!(word.text.as_str(), "pain" | "temperature" | "score" | "weight"))
        && !text(words, at.saturating_sub(2)).starts_with('i')
}

/// "Since yesterday", "three days ago", "for two weeks", "since this morning".
fn days(words: &[Word], at: usize) -> Option<Figure> {
    let figure = |value, last| Some(Figure { value, positions: vec![at, last], pattern: "how long ago" });
    match text(words, at) {
        "since" | "started" | "began" => {
            let next =
                if matches!(text(words, at + 1), "early" | "late" | "about") { at + 2 } else { at + 1 };
            match (text(words, next), text(words, next + 1)) {
                ("yesterday", _) => figure(1, next),
                ("last", "night" | "nite" | "evening") => figure(1, next + 1),
                ("this", "morning" | "afternoon" | "evening") => figure(0, next + 1),
                ("today" | "tonight", _) => figure(0, next),
                _ => None,
            }
        }
        _ => {
            let value = whole(words, at)?;
            let unit = match text(words, at + 1) {
                "day" | "days" => 1,
                "week" | "weeks" => 7,
                "hour" | "hours" | "hr" | "hrs" => 0,
                _ => return None,
            };
            let is_since =
                text(words, at + 2) == "ago" || matches!(text(words, at.wrapping_sub(1)), "for" | "since");
            // "I had an operation two weeks ago" dates something else.
            let whole = sentence(words, at);
            let onset = words[whole].iter().any(|word| {
                matches!(
                    word.text.as_str(),
                    "started"
                        | "began"
                        | "hurts"
                        | "hurt"
                        | "spasm"
                        | "pain"
                        | "ache"
                        | "aches"
                        | "seized"
                        | "locked"
                        | "sore"
                        | "stiff"
                )
            });
            (is_since && onset).then_some(())?;
            figure(value * unit, at + 1)
        }
    }
}

/// "8 out of 10", "8/10", "a pain of 8".
fn pain(words: &[Word], at: usize) -> Option<Figure> {
    let value = whole(words, at).filter(|_| !matches!(text(words, at), "a" | "an"))?;
    let of_ten = match (text(words, at + 1), text(words, at + 2), text(words, at + 3)) {
        ("out", "of", "10" | "ten") => Some(at + 3),
        ("of", "10" | "ten", _) => Some(at + 2),
        _ => None,
    };
    let last = of_ten?;
    (value <= 10).then(|| Figure { value, positions: vec![at, last], pattern: "a pain score" })
}

/// "Temperature of 39", "39.2 fever", "104 F": from 38 C or 100.4 F on.
pub(super) fn fever(guideline: &Guideline, words: &[Word], cues: &Cues<'_>) -> Option<Mention> {
    let finding = guideline.finding_named(FEVER)?;
    let at = (0..words.len()).find(|at| is_fever(words, *at))?;
    let phrase = Phrase::of_pattern(finding, "a temperature");
    let sense = match cues.sense(&[at], &phrase) {
        Sense::Absent => Sense::Unclear, // "not 39" may be 38.5
        sense => sense,
    };
    Some(Mention { finding, sense, span: span_of(words, &[at]), trigger: phrase.written })
}

fn is_fever(words: &[Word], at: usize) -> bool {
    let Ok(degrees) = text(words, at).replace(',', ".").parse::<f64>() else { return false };
    let is_celsius = (38.0..=43.0).contains(&degrees);
    let is_fahrenheit = (100.4..=109.0).contains(&degrees);
    let near = words[at.saturating_sub(3)..words.len().min(at + 4)].iter();
    let is_temperature = |word: &Word| {
        matches!(
            word.text.as_str(),
            "temperature" | "temp" | "fever" | "degrees" | "degree" | "c" | "f" | "celsius" | "fahrenheit"
        )
    };
    (is_celsius || is_fahrenheit) && near.into_iter().any(is_temperature)
}

impl Phrase {
    /// A pattern that is no phrasing of the book: nothing around it belongs to it.
    fn of_pattern(finding: FindingId, written: &str) -> Self {
        Self {
            finding,
            units: Vec::new(),
            written: written.to_owned(),
            is_fine: false,
            own_words: Vec::new(),
            past_counts: false,
        }
    }
}
