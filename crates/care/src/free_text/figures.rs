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
/// What is said of someone else, or with an "if", gives none.
pub(super) fn numbers(guideline: &Guideline, words: &[Word], cues: &Cues<'_>) -> Vec<Proposal> {
    let readers: [(&str, Reader); 3] = [(AGE, age), (DAYS, days), (PAIN, pain)];
    let read = |(name, read): (&str, Reader)| {
        let finding = guideline.finding_named(name)?;
        let FindingKind::Number { min, max, .. } = guideline.finding(finding).kind else { return None };
        let is_meant = |figure: &Figure| {
            let phrase = Phrase::of_pattern(finding, figure.pattern);
            let sense = cues.sense(&figure.positions, &phrase);
            (min..=max).contains(&figure.value) && !matches!(sense, Sense::SomeoneElse | Sense::Supposed)
        };
        let figure = (0..words.len()).filter_map(|at| read(words, at)).find(is_meant)?;
        Some(Proposal {
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

/// The word so many places before; empty at the start of the text.
fn text_before(words: &[Word], at: usize, places: usize) -> &str {
    at.checked_sub(places).map_or("", |at| text(words, at))
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

/// "I am 44", "44 years old", "44yo", "44F", "a 44-year-old", "he is 80", "aged 44", "turned 60".
fn age(words: &[Word], at: usize) -> Option<Figure> {
    if let Some(value) = age_and_sex(text(words, at)) {
        return Some(Figure { value, positions: vec![at], pattern: "an age" });
    }
    let value = whole(words, at).filter(|_| text(words, at).starts_with(char::is_numeric))?;
    let (before, after) = (text_before(words, at, 1), text(words, at + 1));
    let is_told = |last: usize| Figure { value, positions: vec![at, last], pattern: "an age" };
    if matches!(after, "yo" | "yr" | "yrs" | "years" | "year")
        && matches!(text(words, at + 2), "old" | "of" | "young")
    {
        return Some(is_told(at + 2));
    }
    if matches!(after, "yo" | "yro" | "y/o")
        || after == "y" && text(words, at + 2) == "or" && text(words, at + 3) == "o"
    {
        return Some(is_told(at));
    }
    let is_sex = matches!(after, "f" | "m" | "male" | "female") && value >= 16;
    let begins = at == 0 || words[at - 1].mark != Mark::Word || matches!(before, "i" | "am" | "a");
    if matches!(before, "aged" | "age" | "turned" | "turning") || is_sex && begins {
        return Some(is_told(at));
    }
    // "I am 44" only where no unit follows: not "I am 24 weeks pregnant", "I am 80 kg".
    let has_unit = matches!(
        after,
        "weeks"
            | "week"
            | "wks"
            | "wk"
            | "months"
            | "month"
            | "days"
            | "day"
            | "hours"
            | "hrs"
            | "minutes"
            | "kg"
            | "kilos"
            | "kilo"
            | "stone"
            | "st"
            | "lb"
            | "lbs"
            | "pounds"
            | "cm"
            | "feet"
            | "ft"
            | "foot"
            | "percent"
            | "of"
            | "out"
            | "times"
            | "st."
            | "miles"
            | "km"
            | "mg"
            | "tablets"
            | "pills"
            | "over"
    );
    let says_who = matches!(before, "am" | "i" | "im") && at > 0
        || matches!(before, "just" | "only" | "now" | "about" | "nearly" | "almost")
            && matches!(text_before(words, at, 2), "i" | "am")
        || before == "is" && at >= 2
        || before == "of"
            && at >= 2
            && matches!(
                text_before(words, at, 2),
                "son" | "daughter" | "boy" | "girl" | "man" | "woman" | "lady"
            );
    let is_age = (1..=120).contains(&value) && (value >= 12 || !matches!(before, "am" | "i" | "im"));
    (!has_unit && says_who && is_age && !is_about_strength(words, at)).then(|| is_told(at))
}

/// "f44" or "m31".
fn age_and_sex(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['f', 'm'])?;
    digits.parse().ok().filter(|age| digits.len() == 2 && (16..100).contains(age))
}

fn is_about_strength(words: &[Word], at: usize) -> bool {
    let whole = sentence(words, at);
    let near = at.saturating_sub(4).max(whole.start)..at;
    words[near].iter().any(|word| {
        matches!(word.text.as_str(), "pain" | "temperature" | "temp" | "score" | "weight" | "fever")
    })
}

/// What makes a sentence about the start of this pain.
const ONSET: &[&str] = &[
    "start", "started", "starts", "began", "begun", "hurts", "hurt", "hurting", "spasm", "spasms", "pain",
    "pains", "painful", "ache", "aches", "aching", "seized", "locked", "locking", "sore", "stiff", "back",
    "neck", "gone", "went", "tweaked", "pulled", "twinge", "cramp", "cramps", "agony", "stuck", "rigid",
    "happened", "knot", "crick",
];

/// What dates something else.
const OTHER_EVENTS: &[&str] = &[
    "operation",
    "operated",
    "surgery",
    "op",
    "antibiotic",
    "antibiotics",
    "birth",
    "born",
    "baby",
    "epidural",
    "injection",
    "jab",
    "period",
    "pregnant",
    "pregnancy",
    "steroid",
    "steroids",
    "stopped",
    "quit",
    "chemo",
    "flight",
    "holiday",
    "married",
    "diagnosed",
    "infection",
    "took",
    "scan",
    "mri",
    "discharged",
];

/// "Since yesterday", "three days ago", "for two weeks", "since this morning", "two days now".
fn days(words: &[Word], at: usize) -> Option<Figure> {
    let (value, last, needs_onset) = since(words, at).or_else(|| ago(words, at))?;
    let whole = sentence(words, at);
    let has = |list: &[&str]| words[whole.clone()].iter().any(|word| list.contains(&word.text.as_str()));
    if has(OTHER_EVENTS) || needs_onset && !has(ONSET) {
        return None;
    }
    Some(Figure { value, positions: vec![at, last], pattern: "how long ago" })
}

/// A day with a name; whether the sentence must say what began then.
fn since(words: &[Word], at: usize) -> Option<(i64, usize, bool)> {
    let begins = matches!(text(words, at), "since" | "started" | "began" | "from");
    let next = if !begins {
        at
    } else if matches!(text(words, at + 1), "early" | "late" | "about" | "just") {
        at + 2
    } else {
        at + 1
    };
    let (value, last) = match (text(words, next), text(words, next + 1)) {
        ("day", "before") if text(words, next + 2) == "yesterday" => (2, next + 2),
        ("yesterday", _) => (1, next),
        ("last", "night" | "nite" | "evening") => (1, next + 1),
        ("this", "morning" | "afternoon" | "evening") | ("earlier", "today") => (0, next + 1),
        ("today" | "tonight", _) => (0, next),
        _ => return None,
    };
    // "Day before yesterday" is not "yesterday".
    if !begins
        && matches!(
            text_before(words, at, 1),
            "before" | "since" | "until" | "till" | "early" | "late" | "just" | "about" | "from" | "than"
        )
    {
        return None;
    }
    Some((value, last, !begins))
}

/// So many days, weeks, months or years ago, or for so long.
fn ago(words: &[Word], at: usize) -> Option<(i64, usize, bool)> {
    let couple = matches!(text(words, at), "couple" | "few");
    let (value, unit_at) = if couple {
        let unit_at = if text(words, at + 1) == "of" { at + 2 } else { at + 1 };
        (if text(words, at) == "few" { 3 } else { 2 }, unit_at)
    } else if text(words, at) == "fortnight" {
        (14, at)
    } else {
        (whole(words, at)?, at + 1)
    };
    let days = match text(words, unit_at) {
        "day" | "days" | "night" | "nights" => value,
        "week" | "weeks" | "wk" | "wks" => value * 7,
        "month" | "months" | "mth" | "mths" => value * 30,
        "year" | "years" | "yr" | "yrs" if text(words, unit_at + 1) != "old" => value * 365,
        "hour" | "hours" | "hr" | "hrs" | "minutes" | "mins" | "minute" => 0,
        "fortnight" => 14,
        _ => return None,
    };
    let after = text(words, unit_at + 1);
    let before = |places| text_before(words, at, places);
    let is_led = |word: &str| matches!(word, "for" | "since" | "past" | "last" | "in");
    let is_since = matches!(after, "ago" | "now" | "already" | "straight" | "back")
        || is_led(before(1)) && before(1) != "in"
        || matches!(
            before(1),
            "about" | "nearly" | "almost" | "over" | "like" | "maybe" | "the" | "these" | "a" | "around"
        ) && is_led(before(2));
    is_since.then_some((days, unit_at, true))
}

/// "8 out of 10", "8/10", "a pain of 8", "pain is 8", "pain level 8".
fn pain(words: &[Word], at: usize) -> Option<Figure> {
    let value = whole(words, at).filter(|value| *value <= 10 && !matches!(text(words, at), "a" | "an"))?;
    let of_ten = match (text(words, at + 1), text(words, at + 2), text(words, at + 3)) {
        ("out", "of", "10" | "ten") => Some(at + 3),
        ("of" | "outta" | "outof", "10" | "ten", _) => Some(at + 2),
        _ => None,
    };
    let has_unit = words.get(at + 1).is_some_and(|next| {
        next.mark == Mark::Word
            && !matches!(next.text.as_str(), "and" | "but" | "when" | "now" | "if" | "at" | "with" | "or")
    });
    let after_pain =
        (1..=4).take_while(|places| *places <= at).find(|places| text_before(words, at, *places) == "pain");
    let is_of_pain = after_pain.is_some_and(|places| {
        (1..places).all(|between| {
            matches!(
                text_before(words, at, between),
                "is" | "of"
                    | "level"
                    | "score"
                    | "a"
                    | "an"
                    | "about"
                    | "at"
                    | "around"
                    | "maybe"
                    | "like"
                    | "now"
            )
        })
    });
    let last = of_ten.or_else(|| (is_of_pain && !has_unit).then_some(at))?;
    Some(Figure { value, positions: vec![at, last], pattern: "a pain score" })
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
