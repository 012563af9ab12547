//! How old: "I am 44", "44 years old", "44F", "38, shearer", "my husband (57)", "hes 61".

use super::candidate::{Candidate, Words};
use super::days::weekday;
use super::numerals::numeral;
use crate::english::free_text::clauses::sentence;
use crate::english::free_text::persons::is_person;

/// What a number counts where it is no age.
const UNITS: &[&str] = &[
    "weeks",
    "week",
    "wks",
    "wk",
    "w",
    "months",
    "month",
    "mths",
    "days",
    "day",
    "nights",
    "night",
    "hours",
    "hour",
    "hrs",
    "hr",
    "minutes",
    "minute",
    "mins",
    "min",
    "seconds",
    "kg",
    "kgs",
    "kilos",
    "kilo",
    "stone",
    "lb",
    "lbs",
    "pounds",
    "cm",
    "feet",
    "ft",
    "foot",
    "inch",
    "inches",
    "percent",
    "of",
    "out",
    "times",
    "time",
    "miles",
    "mile",
    "km",
    "mg",
    "milligrams",
    "milligram",
    "once",
    "twice",
    "daily",
    "ml",
    "tablets",
    "tablet",
    "pills",
    "mcg",
    "over",
    "degrees",
    "degree",
    "c",
    "am",
    "pm",
    "x",
    "reps",
    "units",
    "pints",
    "kids",
    "children",
    "steps",
    "th",
    "st",
    "per",
    "hour",
    "metres",
    "meters",
    "yards",
    "litres",
    "people",
    "persons",
    "years",
    "years'",
    "more",
    "less",
    "ish",
    "grams",
    "g",
    "cups",
    "boxes",
    "bales",
    "pm",
    "heat",
    "bags",
    "men",
    "women",
    "others",
    "different",
];

/// What stands before a number that is no age.
const NOT_BEFORE: &[&str] = &[
    "at",
    "day",
    "week",
    "number",
    "mile",
    "since",
    "for",
    "in",
    "until",
    "till",
    "to",
    "or",
    "from",
    "by",
    "than",
    "room",
    "after",
    "before",
    "every",
    "another",
    "about",
    "under",
    "over",
    "than",
    "level",
    "grade",
    "type",
    "l",
    "t",
    "c",
    "s",
    "last",
    "next",
    "and",
    "score",
    "pain",
    "the",
    "on",
    "around",
    "call",
    "year",
    "past",
    "counted",
    "took",
    "did",
    "like",
    "my",
    "these",
    "those",
    "per",
    "was",
    "half",
    "temp",
    "temperature",
    "bp",
    "x",
    "times",
    "chapter",
    "page",
    "bus",
];

const SEXES: &[&str] = &[
    "f", "m", "male", "female", "man", "woman", "bloke", "guy", "lady", "lad", "girl", "boy", "gent", "fella",
];

pub(super) fn candidates(words: &Words<'_>) -> Vec<Candidate> {
    (0..words.len()).filter_map(|at| age(words, at)).collect()
}

fn age(words: &Words<'_>, at: usize) -> Option<Candidate> {
    // "On the M50": a road.
    let is_road = matches!(words.before(at, 1), "the" | "on" | "a");
    if let Some(value) = age_and_sex(words.at(at)).filter(|_| !is_road).or_else(|| years_in_a_word(words, at))
    {
        return Some(Candidate { value, at: at..at + 1, weight: 5 });
    }
    let number = numeral(words, at)?;
    let value = number.whole().filter(|value| (0..=115).contains(value))?;
    let is_part = at > 0 && numeral(words, at - 1).is_some_and(|before| before.end > at);
    if is_part || number.value.fract() != 0.0 {
        return None;
    }
    let end = number.end;
    if is_no_age(words, at, end, value) {
        return None;
    }
    let weight = weight(words, at, end, value, number.is_digits)?;
    Some(Candidate { value, at: at..end, weight })
}

/// What a number after "is" tells of, and is then nobody's age.
const IS_SOMETHING: &[&str] = &[
    "it",
    "pain",
    "that",
    "this",
    "score",
    "number",
    "temp",
    "temperature",
    "there",
    "worst",
    "now",
    "today",
    "level",
];

/// What is so many years old and nobody: "bad mattress, 15 years old".
const THINGS: &[&str] = &[
    "mattress", "bed", "sofa", "couch", "chair", "seat", "car", "van", "bike", "house", "flat", "shoes",
    "boots", "pillow", "dog", "cat", "horse", "injury", "scan", "xray", "fracture", "scar", "surgery",
    "pack", "tablets",
];

fn weight(words: &Words<'_>, at: usize, end: usize, value: i64, is_digits: bool) -> Option<u8> {
    let (before, before_that) = (words.before(at, 1), words.before(at, 2));
    let after = words.at(end);
    let is_someone_small = matches!(before, "our" | "my" | "a" | "the") && value < 18 && !words.is_helper;
    // "44 years old", "44 yo", "a 44-year-old", "8 y/o".
    let unit = matches!(after, "years" | "year" | "yrs" | "yr" | "y" | "yro" | "yo");
    let old = matches!(words.at(end + 1), "old" | "young" | "or")
        || words.at(end + 1) == "of" && words.at(end + 2) == "age"
        || matches!(after, "yo" | "yro");
    if unit && old && (THINGS.contains(&before) || THINGS.contains(&before_that) && before.is_empty()) {
        return None;
    }
    if unit && old {
        let weight = if words.is_helper && matches!(before, "our" | "my") && value < 18 { 2 } else { 5 };
        return (!is_someone_small).then_some(weight);
    }
    let is_of_someone = |word: &str| is_person(word) || SEXES.contains(&word);
    if matches!(before, "of" | "or") && is_of_someone(before_that) {
        return Some(5);
    }
    if unit && !words.ends(end + 1) {
        return None;
    }
    let is_adult_span = (10..=110).contains(&value);
    if unit {
        // "I have fifty years", "69 yrs." at the beginning.
        // "I have had this longer than my hip, 20 years".
        let lasts = || words.any(words_before(words, at), &["had", "longer", "since"]);
        let is_age = matches!(before, "have" | "has" | "having" | "am" | "im" | "i" | "is")
            || words.begins(at) && !lasts();
        return (is_age && value >= 12).then_some(3);
    }
    if matches!(before, "aged" | "age") && !matches!(words.at(end), "when") {
        return Some(5);
    }
    if matches!(before, "turned" | "turning" | "hit") && is_adult_span && !UNITS.contains(&after) {
        return Some(4);
    }
    if SEXES.contains(&after)
        && is_adult_span
        && (words.begins(at) || matches!(before, "i" | "am" | "a" | "is"))
    {
        return Some(5);
    }
    if UNITS.contains(&after) {
        return None;
    }
    if is_adult_span && value >= 30 && is_time_of_life(words, at) {
        return Some(3);
    }
    // "I am 44", "he is 80", "shes 45", "my dad is 68".
    let says_who = matches!(
        before,
        "am" | "im" | "i" | "he" | "she" | "hes" | "shes" | "theyre" | "is" | "be" | "being"
    );
    let is_it = before == "is" && IS_SOMETHING.contains(&before_that);
    if says_who
        && !is_it
        && (is_adult_span && value >= 11
            || value < 11 && matches!(before, "is" | "he" | "she") && words.is_helper && is_child(words, at))
    {
        let is_subject = before != "is"
            || at < 3
            || matches!(before_that, "he" | "she" | "who" | "husband" | "wife" | "they")
            || is_person(before_that)
            || is_named(words, at);
        return is_subject.then_some(if before == "is" { 3 } else { 4 });
    }
    if matches!(before, "just" | "only" | "now" | "nearly" | "almost")
        && matches!(before_that, "i" | "am" | "im" | "he" | "she" | "is")
        && (value >= 11 || words.is_helper && is_child(words, at))
    {
        return Some(3);
    }
    // "Two kids, 4 and 7".
    if words.at(end) == "and" && numeral(words, end + 1).is_some() && is_of_someone(before) {
        return None;
    }
    // "my husband 42", "my wife (32)", "a lad of 12", "gent of 83".
    if is_of_someone(before) || before.is_empty() && at >= 2 && is_of_someone(before_that) {
        // "Great aunt 97" beside a writer who says of whom the text is.
        let is_relative = is_person(before) && !SEXES.contains(&before) && !words.is_helper;
        return (value >= 1 && is_digits || value >= 11).then_some(if is_relative { 2 } else { 4 });
    }
    // "38, shearer": a number that stands for itself.
    if value < 11 || NOT_BEFORE.contains(&before) && !words.begins(at) {
        return None;
    }
    let is_alone = words.begins(at) && words.ends(end);
    let is_first = at == 0 || at <= 3 && words.begins(at);
    match (is_alone, is_first, words.begins(at)) {
        (true, true, _) => Some(4),
        (true, false, _) => Some(3),
        (false, true, _) if value >= 14 => Some(3),
        (false, false, true) if is_digits && value >= 16 => Some(1),
        _ if matches!(after, "here") || after == "now" && words.ends(end + 1) => Some(3),
        _ if is_digits && at <= 4 && value >= 16 => Some(1),
        _ if words.ends(end) && is_digits && words.is_helper && at <= 25 && value >= 16 => Some(1),
        _ if words.ends(end) && is_digits && at <= 6 && value >= 16 => Some(2),
        _ => None,
    }
}

/// What stands before it in its sentence.
fn words_before(words: &Words<'_>, at: usize) -> std::ops::Range<usize> {
    sentence(words.words, at).start..at
}

/// What is said like an age and is none.
fn is_no_age(words: &Words<'_>, at: usize, end: usize, value: i64) -> bool {
    let is_hot = words.at(end) == "in" && words.any(end..end + 4, &["shade", "heat", "sun"])
        || words.before(at, 1) == "of"
            && words.any(at.saturating_sub(3)..at, &["temp", "temperature", "fever"]);
    // "180 over 110", "72 to 61 kilos", "twenty odd years", "20 fags".
    let is_measured =
        matches!(words.before(at, 1), "of" | "over" | "to") && at > 1 && numeral(words, at - 2).is_some()
            || words.at(end) == "to" && numeral(words, end + 1).is_some()
            || matches!(
                words.at(end),
                "odd" | "fags" | "cigarettes" | "cigs" | "smokes" | "puffs" | "k" | "kilometres"
            );
    // "The tattoo, three years old now": who writes is no small child.
    let is_a_things = value < 5
        && !words.is_helper
        && matches!(words.at(end), "years" | "year")
        && words.at(end + 1) == "old";
    is_hot
        || is_measured
        || is_a_things
        || is_likened(words, at)
        || is_yet_to_come(words, at, end)
        || words.at(end) == "plus"
}

/// "58 next month", "he will be 80 in March", "54 on Friday".
fn is_yet_to_come(words: &Words<'_>, at: usize, end: usize) -> bool {
    let is_past = words.before(at, 1) == "turned";
    match words.at(end) {
        "next" => matches!(words.at(end + 1), "month" | "week" | "year"),
        "in" => MONTHS.contains(&words.at(end + 1)),
        // "60 this Sunday so still 59", "54 on Friday".
        "on" | "this" => !is_past && weekday(words.at(end + 1)).is_some(),
        _ => false,
    }
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// "The bones of a 40 year old", "walking like a 90 year old": somebody else is that old.
fn is_likened(words: &Words<'_>, at: usize) -> bool {
    matches!(words.before(at, 1), "a" | "an")
        && match words.before(at, 2) {
            "like" | "than" | "as" => true,
            "of" => !is_person(words.before(at, 3)),
            _ => false,
        }
}

/// "For the first time at 55", "at 68 can a cough do it", "I am over 65".
fn is_time_of_life(words: &Words<'_>, at: usize) -> bool {
    match (words.before(at, 2), words.before(at, 1)) {
        (told, "at") => {
            words.begins(at - 1)
                || matches!(told, "first" | "time" | "life" | "pain" | "ache" | "back" | "spasm")
        }
        (told, "over") => matches!(told, "i" | "im" | "am" | "he" | "she" | "is"),
        _ => false,
    }
}

/// "2yo", "72yrs"; of a child only where the text is about it.
fn years_in_a_word(words: &Words<'_>, at: usize) -> Option<i64> {
    let text = words.at(at);
    let digits = ["yo", "yrs", "yr"].iter().find_map(|unit| text.strip_suffix(unit))?;
    digits.parse().ok().filter(|age| (if words.is_helper { 0 } else { 14 }..=110).contains(age))
}

/// "f44" or "m31", "44f", "28m".
fn age_and_sex(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['f', 'm']).or_else(|| text.strip_suffix(['f', 'm']))?;
    digits.parse().ok().filter(|age| digits.len() == 2 && (16..100).contains(age))
}

fn is_child(words: &Words<'_>, at: usize) -> bool {
    let near = at.saturating_sub(6)..at;
    words.any(
        near,
        &[
            "son",
            "daughter",
            "boy",
            "girl",
            "lad",
            "kid",
            "child",
            "grandson",
            "granddaughter",
            "nephew",
            "niece",
            "fella",
            "wean",
            "bairn",
            "baby",
            "toddler",
            "wee",
            "little",
            "grandchild",
            "he",
            "she",
        ],
    )
}

/// "Grandad's 88", "my nan is 88".
fn is_named(words: &Words<'_>, at: usize) -> bool {
    (2..=4).any(|places| is_person(words.before(at, places)))
}
