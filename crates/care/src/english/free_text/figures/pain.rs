//! How strong: "8 out of 10", "8/10", "pain is 8", "I'd say six", "was a 7, now a 3".

use super::candidate::{Candidate, Words};
use super::numerals::{Numeral, numeral};
use crate::english::free_text::matching::is_filler;
use crate::english::free_text::persons::is_person;

/// Words after which a number is a score.
const SCORES: &[&str] = &[
    "pain", "lvl", "rate", "score", "scores", "scoring", "scored", "level", "rated", "rates", "rating",
    "severity",
];
const SAYING: &[&str] = &[
    "number",
    "say",
    "says",
    "said",
    "saying",
    "telling",
    "claims",
    "na",
    "dey",
    "call",
    "reckon",
    "reckons",
    "put",
    "puts",
    "make",
    "makes",
    "give",
    "gives",
    "gave",
    "guess",
    "think",
    "maybe",
    "probably",
    "about",
    "around",
    "roughly",
    "like",
    "now",
    "is",
    "a",
    "solid",
    "good",
    "steady",
    "currently",
    "today",
    "at",
    "it",
    "id",
    "so",
    "idk",
    "prob",
    "down",
    "only",
    "just",
    "be",
    "hits",
    "to",
    "the",
    "still",
    "from",
    "was",
    "roughly",
    "strong",
    "big",
    "an",
    "its",
    "it",
    "dropped",
    "mark",
    "sitting",
    "up",
    "gone",
    "him",
    "me",
    "you",
    "proper",
    "call",
    "no",
    "dropping",
];
/// What makes it the score of another time.
const THEN: &[&str] = &[
    "was",
    "first",
    "yesterday",
    "started",
    "start",
    "then",
    "usual",
    "usually",
    "were",
    "worst",
    "begin",
    "began",
    "originally",
    "normally",
    "peak",
    "before",
    "earlier",
    "friday",
    "monday",
    "thursday",
    "saturday",
];
const NOW: &[&str] =
    &["now", "today", "currently", "moment", "right", "present", "rn", "sitting", "morning", "minute"];

/// What a length of time is counted in: "eight, nine hours at a stretch".
const TIMES: &[&str] = &["days", "weeks", "hours", "hrs", "minutes", "mins", "months", "years"];

/// What a number counts where it is no score.
const UNITS: &[&str] = &[
    "days",
    "day",
    "weeks",
    "week",
    "wks",
    "wk",
    "hours",
    "hour",
    "hrs",
    "hr",
    "minutes",
    "mins",
    "min",
    "months",
    "month",
    "years",
    "year",
    "yrs",
    "yr",
    "nights",
    "night",
    "times",
    "time",
    "kids",
    "kid",
    "children",
    "tablets",
    "tablet",
    "pills",
    "paracetamol",
    "ibuprofen",
    "nurofen",
    "am",
    "pm",
    "am.",
    "o'clock",
    "oclock",
    "miles",
    "km",
    "kg",
    "mg",
    "stone",
    "lbs",
    "steps",
    "feet",
    "foot",
    "ft",
    "inches",
    "inch",
    "cups",
    "litres",
    "pints",
    "boxes",
    "bags",
    "units",
    "x",
    "th",
    "a",
    "others",
    "year",
    "y",
    "yo",
    "flights",
    "floors",
    "seconds",
    "legs",
    "sides",
    "arms",
    "hands",
    "people",
    "men",
    "more",
    "less",
    "different",
    "separate",
    "of",
    "disc",
    "discs",
    "th",
    "reps",
    "sets",
    "sessions",
    "doses",
    "pounds",
    "cm",
    "metres",
    "stairs",
    "percent",
    "per",
    "shots",
    "beers",
    "drinks",
    "spot",
    "place",
    "thing",
    "things",
    "one",
    "ones",
    "or",
    "foot",
    "mornings",
    "weeks",
    "fingers",
    "big",
    "small",
    "little",
    "bad",
    "good",
    "hour",
];

pub(super) fn candidates(words: &Words<'_>) -> Vec<Candidate> {
    (0..words.len()).filter_map(|at| score(words, at)).collect()
}

fn score(words: &Words<'_>, at: usize) -> Option<Candidate> {
    let number = numeral(words, at)?;
    let Numeral { end, is_digits, .. } = number;
    let value = number.whole().filter(|_| number.value <= 10.0)?;
    if at > 0 && numeral(words, at - 1).is_some_and(|before| before.end > at) {
        return None;
    }
    let of_ten = of_ten(words, end);
    if is_taken_back(words, of_ten.unwrap_or(end)) || of_ten.is_none() && is_of_a_child(words, at, end) {
        return None;
    }
    if of_ten.is_none() && is_no_score(words, at, number) || of_ten.is_some_and(|end| is_of_doing(words, end))
    {
        return None;
    }
    let last = of_ten.unwrap_or(end);
    let shows = words.at(end) == "fingers"
        && words.any(
            at.saturating_sub(3)..at,
            &["holds", "holding", "shows", "showing", "showed", "held", "up", "me"],
        );
    let base = if of_ten.is_some() || shows { 4 } else { weight(words, at, end, is_digits)? };
    let segment = words.segment(at);
    // What was is not what is, unless the number of now is the one after it.
    let near = at.saturating_sub(4).max(segment.start)..at;
    let near = near
        .clone()
        .rev()
        .find(|before| numeral(words, *before).is_some())
        .map_or(near.start, |known| known + 1)..at;
    let after = last..(last + 4).min(segment.end);
    let after = last..after
        .clone()
        .find(|next| matches!(words.at(*next), "and" | "but" | "then" | "to" | "down"))
        .unwrap_or(after.end);
    let is_followed = (last..(last + 6).min(segment.end)).any(|next| numeral(words, next).is_some());
    let after = if is_followed { last..last } else { after };
    let is_then = words.any(near.clone(), THEN)
        || words.any(after.clone(), THEN)
        || is_where_it_came_from(words, at)
        || is_of_that_time(words, last);
    // "6 now he says 7": the "now" is that of the next number.
    let is_next = |now: usize| {
        matches!(words.at(now + 1), "he" | "she" | "it" | "its" | "i" | "a" | "they" | "about" | "more")
    };
    let after =
        if (last..after.end).any(|at| words.at(at) == "now" && is_next(at)) { last..last } else { after };
    let is_in_the_morning = words.at(last) == "in" && words.any(last + 1..last + 3, &["morning", "mornings"]);
    let after = if is_in_the_morning { last..last } else { after };
    let said_then = words.any(near.clone(), THEN);
    let is_now = words.any(near.clone(), NOW)
        || words.at(last) == "now" && words.at(last + 1) == "and"
        || words.any(segment.start.max(at.saturating_sub(8))..at, &["now"]) && !is_followed && !said_then
        || words.any(after, NOW)
        || words.any(near, &["call", "make", "so", "put", "down"]);
    // "Down from an 8 to a 4": what it came from is never what it is.
    let is_now = is_now && !is_where_it_came_from(words, at);
    let weight = match (is_now, is_then) {
        (true, _) => base + 1,
        (false, true) => base.saturating_sub(2).max(1),
        _ => base,
    };
    Some(Candidate { value, at: at..last, weight })
}

/// "Number two", "the one", "my son (7)", "4.6 cm", "4 in the morning", "eight, nine hours", "took 4".
fn is_no_score(words: &Words<'_>, at: usize, number: Numeral) -> bool {
    let Numeral { value, end, .. } = number;
    let before = words.before(at, 1);
    let is_toilet_or_child = before == "number" && matches!(words.at(at), "one" | "two" | "1" | "2");
    let is_pronoun = words.at(at) == "one"
        && !matches!(before, "a" | "pain" | "to" | "is" | "say" | "says" | "its" | "score" | "it" | "at");
    let is_age = words.begins(at) && words.ends(end) && is_person(words.before(at, 2));
    let is_measured = value.fract() != 0.0 && (value.fract() - 0.5).abs() > f64::EPSILON;
    let is_hour = words.at(end) == "in"
        && words.at(end + 1) == "the"
        && matches!(words.at(end + 2), "morning" | "afternoon" | "evening")
        || before == "at" && matches!(words.at(end), "today" | "tonight");
    let is_first_of_two = words.ends(end)
        && numeral(words, end + 1).is_some_and(|next| {
            next.value > value && next.value <= value + 1.0 && TIMES.contains(&words.at(next.end))
        });
    // "24 plus 3" weeks.
    let is_added = before == "plus";
    let is_taken = words.any(at.saturating_sub(2)..at, &["took", "taken", "take", "popped", "swallowed"]);
    // "Prednisolone, started at 15, now 5": what was more than ten is no score.
    let joined = if matches!(words.before(at, 2), "and" | "then") { 3 } else { 2 };
    let is_a_dose = matches!(before, "now" | "to")
        && at
            .checked_sub(joined)
            .and_then(|known| numeral(words, known))
            .is_some_and(|known| known.value > 10.0);
    is_toilet_or_child
        || is_added
        || is_pronoun
        || is_age
        || is_measured
        || is_hour
        || is_first_of_two
        || is_taken
        || is_a_dose
}

/// "3 out of 10 of what I normally do": how much one can do, and no pain.
fn is_of_doing(words: &Words<'_>, end: usize) -> bool {
    matches!((words.at(end), words.at(end + 1)), ("of" | "on", "what") | ("for", "getting" | "doing"))
}

/// "Seven, no six": the second number is meant.
fn is_taken_back(words: &Words<'_>, end: usize) -> bool {
    let no = if words.ends(end) { end + 1 } else { end };
    let after = if words.ends(no + 1) { no + 2 } else { no + 1 };
    matches!(words.at(no), "no" | "nah") && numeral(words, after).is_some_and(|next| words.ends(next.end))
}

/// "My boy is 7", "Tommy is 7 and has ...", "our youngest is three and a half", "it is nine before I
/// can ...".
fn is_of_a_child(words: &Words<'_>, at: usize, end: usize) -> bool {
    let is_someone = |word: &str| {
        is_person(word) || matches!(word, "youngest" | "oldest" | "eldest" | "middle" | "twins" | "little")
    };
    let does = matches!(
        words.at(end + 1),
        "has"
            | "had"
            | "is"
            | "was"
            | "will"
            | "wont"
            | "can"
            | "cant"
            | "keeps"
            | "says"
            | "he"
            | "she"
            | "got"
    );
    let whose = words.before(at, 2);
    let is_a_name = words.at(end) == "and"
        && does
        && !matches!(
            whose,
            "pain" | "it" | "this" | "that" | "back" | "neck" | "level" | "score" | "now" | ""
        );
    words.before(at, 1) == "is" && (is_someone(whose) || is_a_name)
        || words.at(end) == "before" && matches!(words.at(end + 1), "i" | "he" | "she" | "they")
}

/// "From a 9 to a 5", "3 from an 8": what it came from.
fn is_where_it_came_from(words: &Words<'_>, at: usize) -> bool {
    let before = (1..=3).map(|places| words.before(at, places));
    let mut before = before.skip_while(|word| matches!(*word, "a" | "an" | "about" | "around"));
    before.next() == Some("from")
}

/// "Six then, two now", "6 that time", "9 at first".
fn is_of_that_time(words: &Words<'_>, last: usize) -> bool {
    match (words.at(last), words.at(last + 1)) {
        ("then", _) => words.ends(last + 1),
        ("that", "time" | "day") | ("at", "first") | ("on", "day") | ("last", "night") | ("yesterday", _) => {
            true
        }
        _ => false,
    }
}

/// The place after "out of ten", "/10", "of 10".
fn of_ten(words: &Words<'_>, end: usize) -> Option<usize> {
    let is_ten = |at: usize| matches!(words.at(at), "10" | "ten");
    match (words.at(end), words.at(end + 1)) {
        ("out", "of") if is_ten(end + 2) => Some(end + 3),
        ("marks" | "points" | "point", "out") if is_ten(end + 3) => Some(end + 4),
        ("of" | "outta" | "outa" | "outof" | "outer" | "on" | "over" | "from" | "by", _)
            if is_ten(end + 1) =>
        {
            Some(end + 2)
        }
        _ => None,
    }
}

/// Whether a word after a number may go on with the sentence.
fn may_go_on(after: &str) -> bool {
    is_filler(after)
        || matches!(
            after,
            "today"
                | "flat"
                | "lying"
                | "sitting"
                | "walking"
                | "easily"
                | "maybe"
                | "if"
                | "or"
                | "when"
                | "dropping"
                | "currently"
                | "mate"
                | "this"
                | "he"
                | "she"
        )
}

fn weight(words: &Words<'_>, at: usize, end: usize, is_digits: bool) -> Option<u8> {
    let after = words.at(end);
    let is_about = after == "or" && words.at(end + 1) == "so";
    if matches!(after, "now" | "today" | "currently" | "atm" | "rn")
        && !words.ends(end)
        && words.ends(end + 1)
    {
        return Some(2);
    }
    if UNITS.contains(&after) && !is_about || words.at(at) == "one" && !words.ends(end) {
        return None;
    }
    let before: Vec<&str> =
        (1..=4).take_while(|places| *places <= at).map(|places| words.before(at, places)).collect();
    let near = before.iter().take_while(|word| !word.is_empty());
    let said: Vec<&&str> = near.take_while(|word| SAYING.contains(word) || SCORES.contains(word)).collect();
    let is_score = said.iter().any(|word| SCORES.contains(word));
    if is_score && !matches!(before.first(), Some(&"pain"))
        || before.first() == Some(&"pain") && (is_digits || words.ends(end))
    {
        return Some(3);
    }
    let goes_on = may_go_on(after);
    let is_last = words.ends(end) || goes_on || is_about;
    let is_said = said.iter().any(|word| {
        matches!(
            **word,
            "number"
                | "say"
                | "says"
                | "said"
                | "saying"
                | "telling"
                | "claims"
                | "na"
                | "call"
                | "reckon"
                | "reckons"
                | "put"
                | "give"
                | "gives"
                | "gave"
                | "guess"
                | "make"
                | "a"
                | "an"
                | "is"
                | "now"
                | "id"
                | "solid"
                | "steady"
                | "currently"
                | "today"
                | "so"
                | "lvl"
                | "its"
                | "it"
                | "me"
                | "sitting"
                | "idk"
                | "down"
                | "dropped"
                | "mark"
                | "scores"
        )
    });
    let first = before.first().copied().unwrap_or_default();
    let is_time = first == "from"
        || first == "at" && !said.iter().any(|word| matches!(**word, "put" | "sitting" | "now" | "rate"));
    if is_said && is_last && !is_time {
        return Some(2);
    }
    // "6 for pain", "8 when I move".
    let says_who = matches!(after, "he" | "she" | "i" | "they" | "we")
        && matches!(
            words.at(end + 1),
            "say" | "says" | "said" | "reckon" | "reckons" | "guess" | "think" | "thinks" | "tells" | "told"
        );
    if says_who {
        return Some(2);
    }
    if is_about && matches!(first, "today" | "now") {
        return Some(2);
    }
    if words.begins(at) && is_digits && goes_on && !matches!(after, "of" | "to" | "or") {
        return Some(1);
    }
    // "6." or "Three." all by itself.
    (words.begins(at) && words.ends(end)).then_some(if is_digits { 2 } else { 1 })
}
