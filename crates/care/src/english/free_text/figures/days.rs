//! How long ago it began: "three days ago", "since yesterday", "day 3", "on Monday, now it is Thursday".

use super::candidate::{Candidate, Words};
use super::numerals::{Numeral, count, numeral};
use crate::english::free_text::clauses::{part, sentence};

/// What makes a sentence about the start of this pain.
const ONSET: &[&str] = &[
    "start",
    "started",
    "starts",
    "began",
    "begun",
    "begin",
    "hurts",
    "hurt",
    "hurting",
    "spasm",
    "spasms",
    "spasmed",
    "pain",
    "pains",
    "painful",
    "ache",
    "aches",
    "aching",
    "seized",
    "locked",
    "locking",
    "sore",
    "stiff",
    "back",
    "neck",
    "went",
    "tweaked",
    "pulled",
    "twinge",
    "cramp",
    "cramps",
    "cramped",
    "agony",
    "stuck",
    "rigid",
    "happened",
    "knot",
    "crick",
    "grabbed",
    "popped",
    "pinged",
    "twisted",
    "bent",
    "lifted",
    "lifting",
    "fell",
    "felt",
    "put",
    "done",
    "gave",
    "gone",
    "caught",
    "clamped",
    "snapped",
    "came",
    "kicked",
    "strained",
    "wrenched",
    "moved",
    "carried",
    "been",
    "slipped",
    "jarred",
    "clicked",
    "tightened",
    "clenched",
    "landed",
    "crashed",
    "had",
    "got",
    "bothering",
    "stab",
    "stabbed",
    "jolt",
    "twang",
    "sneezed",
    "throbbing",
];

/// What happens at one moment when a pain begins: with "today" it says that it began today.
const EVENTS: &[&str] = &[
    "started",
    "began",
    "happened",
    "seized",
    "locked",
    "spasm",
    "spasmed",
    "went",
    "gone",
    "tweaked",
    "pulled",
    "twinge",
    "cramp",
    "cramps",
    "cramped",
    "grabbed",
    "popped",
    "pinged",
    "twisted",
    "bent",
    "lifted",
    "lifting",
    "fell",
    "gave",
    "caught",
    "clamped",
    "snapped",
    "came",
    "kicked",
    "strained",
    "wrenched",
    "slipped",
    "jarred",
    "clicked",
    "tightened",
    "clenched",
    "landed",
    "crashed",
    "sneezed",
    "woke",
    "stuck",
    "bending",
    "reached",
    "reaching",
    "missed",
    "knot",
    "crick",
    "cricked",
];

/// What the pain is in, or what it is: with an event in one statement it tells how it began.
const HURT: &[&str] = &[
    "back",
    "neck",
    "spine",
    "lumbar",
    "waist",
    "pain",
    "pains",
    "spasm",
    "spasms",
    "ache",
    "muscle",
    "shoulder",
    "it",
    "blades",
    "throbbing",
];

/// Parts of a day that "since" and "from" begin with: "since lunchtime".
const DAYTIMES: &[&str] = &[
    "lunch",
    "lunchtime",
    "breakfast",
    "dinner",
    "dinnertime",
    "tea",
    "teatime",
    "supper",
    "noon",
    "midday",
    "midnight",
    "dawn",
    "morning",
    "mornin",
    "afternoon",
    "evening",
];

/// What a pain does to someone for so long: "killing me ten days".
const HURTING: &[&str] = &[
    "killing",
    "hurting",
    "bothering",
    "paining",
    "troubling",
    "bugging",
    "plaguing",
    "giving",
    "had",
    "got",
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
    "quit",
    "chemo",
    "flight",
    "married",
    "diagnosed",
    "infection",
    "scan",
    "mri",
    "discharged",
    "statin",
    "tablets",
    "prescribed",
    "died",
    "retired",
    "holiday",
    "appointment",
    "doctor",
    "gp",
    "tooth",
    "catheter",
    "stent",
    "bite",
    "infected",
    "hospital",
    "haloperidol",
    "tramadol",
    "pill",
    "course",
    "divorced",
    "turned",
    "bloods",
    "doubled",
    "flew",
    "job",
    "cancer",
    "smoking",
    "smoked",
    "stopped",
    "drinking",
    "replaced",
    "plaster",
    "cast",
    "boot",
    "brace",
    "flu",
    "cold",
    "virus",
    "covid",
    "bug",
    "nail",
    "naproxen",
    "ibuprofen",
    "diclofenac",
    "codeine",
    "physio",
    "broke",
    "delivered",
    "postpartum",
    "section",
    "caesarean",
    "bypass",
    "gallbladder",
    "endoscopy",
    "drip",
    "dengue",
    "admitted",
    "lanced",
    "abscess",
    "boil",
    "camera",
    "sepsis",
    "poisoning",
    "valium",
    "methadone",
    "fentanyl",
    "clonazepam",
    "prednisone",
    "gout",
    "dose",
    "doses",
    "atorvastatin",
    "panadol",
    "paracetamol",
    "tylenol",
    "tramadol",
    "pills",
    "hip",
    "knee",
    "dexa",
    "menses",
    "cycle",
    "nap",
    "finished",
    "scoped",
    "arthroscopy",
    "keyhole",
    "implant",
    "augmentin",
    "amoxicillin",
    "penicillin",
    "flucloxacillin",
    "doxycycline",
    "stitches",
    "biopsy",
    "vaccine",
    "vaccinated",
    "transfusion",
    "colonoscopy",
    "angiogram",
    "pacemaker",
    "miscarriage",
    "miscarried",
    "ran",
    "partum",
    "chickenpox",
    "pox",
    "shingles",
    "wedding",
    "due",
    "drained",
    "puncture",
    "needle",
    "antidepressant",
    "amitriptyline",
    "script",
    "barbed",
    "lines",
    "stick",
    "inhaler",
    "motion",
    "motions",
];

/// Signs that may begin later than the pain: "no feeling there since last night".
const OTHER_SIGNS: &[&str] = &[
    "wee",
    "weed",
    "pee",
    "peed",
    "urine",
    "dribble",
    "bleeding",
    "blood",
    "spotting",
    "sick",
    "vomiting",
    "vomited",
    "puking",
    "spewing",
    "spewed",
    "throwing",
    "kicked",
    "eyelid",
    "eye",
    "eyes",
    "face",
    "head",
    "dizzy",
    "swollen",
    "swelling",
    "swelled",
    "confused",
    "speech",
    "headache",
    "sight",
    "fever",
    "shivering",
    "numb",
    "tingling",
    "foot",
    "feet",
    "toes",
    "calf",
    "leg",
    "legs",
    "hand",
    "hands",
    "buttons",
    "erection",
    "rash",
    "blisters",
    "feeling",
    "pad",
    "loo",
    "stomach",
    "belly",
    "tummy",
    "wiped",
    "willy",
    "baby",
    "bump",
    "sensation",
    "voice",
    "water",
    "drink",
    "drinking",
    "drank",
    "eaten",
    "slept",
    "sleeping",
    "weight",
    "toilet",
    "bathroom",
    "mouth",
    "lips",
    "points",
    "freckles",
    "bumps",
    "spots",
    "nappies",
    "nut",
    "nuts",
    "testicle",
    "text",
    "fingers",
    "puffs",
    "ants",
];

/// What is so long, or is measured in it, and is no pain: "nine hours behind the wheel".
const TIMES_OF_DAY: &[&str] =
    &["hours", "hour", "hr", "hrs", "h", "minutes", "mins", "minute", "min", "seconds"];

/// What says that a part of a text is about the pain.
const OF_THE_PAIN: &[&str] =
    &["back", "neck", "spine", "waist", "pain", "pains", "painful", "spasm", "spasms", "ache", "aching"];

/// What says that something began, whatever it is.
const BEGINS: &[&str] = &[
    "started",
    "began",
    "begun",
    "came",
    "went",
    "happened",
    "this",
    "these",
    "stiff",
    "stiffness",
    "sore",
    "hurts",
    "hurting",
    "agony",
    "going",
    "now",
    "seized",
    "locked",
];

/// What may last for years, or begin so long ago.
const HURTS_LONG: &[&str] = &[
    "back",
    "neck",
    "spine",
    "waist",
    "pain",
    "pains",
    "painful",
    "spasm",
    "spasms",
    "ache",
    "aches",
    "aching",
    "hurts",
    "hurting",
    "sore",
    "stiff",
    "stiffness",
    "started",
    "began",
    "begun",
    "start",
    "bother",
    "bothering",
    "problem",
    "trouble",
    "sciatica",
    "this",
    "it",
];

/// What compares or repeats and dates nothing.
const NOT_BEFORE: &[&str] = &[
    "than", "like", "every", "each", "per", "as", "next", "until", "till", "another", "within", "from", "by",
    "inside", "in",
];

/// Words of somebody who expects a child.
const WITH_CHILD: &[&str] =
    &["pregnant", "preggers", "baby", "bump", "midwife", "contractions", "waters", "trimester", "braxton"];

/// A whole story says when it began; a sentence may date something else.
const LONG_TEXT: usize = 30;

pub(super) fn candidates(words: &Words<'_>) -> Vec<Candidate> {
    let today = today(words);
    (0..words.len()).filter_map(|at| told(words, at, today)).collect()
}

fn told(words: &Words<'_>, at: usize, today: Option<(i64, usize)>) -> Option<Candidate> {
    let (value, end, mut weight) = day_count(words, at)
        .or_else(|| ago(words, at))
        .or_else(|| named(words, at))
        .or_else(|| hour(words, at))
        .or_else(|| weekday_told(words, at, today))?;
    // "That was like nine days ago", "sore for like two weeks" compare nothing.
    let is_hedged = words.before(at, 1) == "like" && (weight >= 3 || is_led(words.before(at, 2)));
    if NOT_BEFORE.contains(&words.before(at, 1)) && words.before(at, 1) != "from" && !is_hedged {
        return None;
    }
    let whole = sentence(words.words, at);
    let near = whole.start.max(at.saturating_sub(20))..whole.end.min(end + 20);
    let own = part(words.words, at);
    let tells_how_it_began = words.any(own.clone(), HURT) && words.any(own.clone(), EVENTS);
    let dates_other = words.any(whole.start.max(at.saturating_sub(7))..whole.end.min(end + 5), OTHER_EVENTS);
    let dates_a_sign = words.any(own.clone(), OTHER_SIGNS) && !words.any(own, OF_THE_PAIN);
    if (dates_other || dates_a_sign) && !(tells_how_it_began && weight >= 3) {
        weight = weight.checked_sub(3)?;
    }
    // A sentence by itself is about the pain only where it says so.
    let is_short = words.len() < LONG_TEXT;
    let is_of_the_pain = words.any(whole.clone(), OF_THE_PAIN) || words.any(whole, BEGINS);
    let is_clock = !DAYTIMES.contains(&words.at(at)) && hour(words, at).is_some();
    // "2 days, seven out of ten": what stands first says how long.
    let is_first = at == 0 && words.ends(end);
    if is_short && !is_of_the_pain && !is_clock && !is_first && weight < 3 {
        return None;
    }
    if words.any(near, ONSET) {
        weight += 1;
    }
    if tells_how_it_began {
        weight += 1;
    }
    // What lasts for years is seldom the spasm, and what was years ago is another one.
    if value >= 90 {
        weight = weight.checked_sub(2)?;
    }
    // "A carer for nine years" tells of no pain.
    if value >= 365 && !words.any(part(words.words, at), HURTS_LONG) {
        return None;
    }
    let is_ago = matches!(words.at(end.saturating_sub(1)), "ago" | "back" | "syne");
    if value >= 365 && is_ago && !words.any(part(words.words, at), &["started", "began", "begun", "start"]) {
        return None;
    }
    let least = if is_short { 2 } else { 1 };
    if weight < least
        || words.any(at.saturating_sub(3)..at, &["was", "previous", "before", "ago"]) && weight < 3
    {
        return None;
    }
    Some(Candidate { value, at: at..end, weight })
}

/// "Day 3", "day three of it", "my 3rd day".
fn day_count(words: &Words<'_>, at: usize) -> Option<(i64, usize, u8)> {
    let ordinal = match words.at(at) {
        "1st" | "first" => 1,
        "2nd" | "second" => 2,
        "3rd" | "third" => 3,
        "4th" | "fourth" => 4,
        "5th" | "fifth" => 5,
        "6th" | "sixth" => 6,
        "7th" | "seventh" => 7,
        "8th" | "eighth" => 8,
        "9th" | "ninth" => 9,
        "10th" | "tenth" => 10,
        _ => 0,
    };
    if ordinal > 0
        && matches!(words.at(at + 1), "day")
        && matches!(
            words.before(at, 1),
            "my" | "the" | "on" | "its" | "is" | "now" | "" | "this" | "his" | "her" | "na"
        )
        // "Sore only the first day", "8 the first day, now 5".
        && !(ordinal == 1 && matches!(words.before(at, 1), "the" | "on" | ""))
    {
        return Some((ordinal, at + 2, 3));
    }
    if words.at(at) == "day"
        && !matches!(words.before(at, 1), "a" | "per" | "every" | "one" | "each" | "all" | "other")
    {
        let number = count(words, at + 1).filter(|_| !matches!(words.at(at + 1), "a" | "an"))?;
        let is_count = words.ends(number.end)
            || matches!(words.at(number.end), "of" | "now" | "and" | "with" | "since" | "here" | "today");
        return is_count.then_some((number.whole()?, number.end, 3));
    }
    None
}

/// How far a pregnancy is, or how old a child: "7 weeks along", "im 7 weeks gone",
/// "my 5 month old", "36 weeks, back locked, bump like a drum".
fn is_of_a_child(words: &Words<'_>, at: usize, unit_at: usize, number: f64) -> bool {
    let (unit, end) = (words.at(unit_at), unit_at + 1);
    let (before, after) = (words.before(at, 1), words.at(end));
    // "Eight months gone"; "it healed up two week gone" is how others say "ago".
    let is_with_child = after == "gone"
        && (matches!(before, "am" | "im" | "i" | "is" | "she") || matches!(unit, "weeks" | "wks" | "months"));
    let is_a_childs_age = after == "old" && matches!(before, "my" | "our" | "a" | "the" | "his" | "her");
    let is_far_on = matches!(unit, "weeks" | "wks")
        && (4.0..=42.0).contains(&number)
        && words.begins(at)
        && words.ends(end)
        && words.any(0..words.len(), WITH_CHILD);
    is_with_child
        || is_a_childs_age
        || is_far_on
        || matches!(after, "preg" | "pregnant" | "preggers" | "along" | "postpartum")
}

/// "Three days ago", "for two weeks", "been 3 wks now", "five days back", "2 hrs ago".
fn ago(words: &Words<'_>, at: usize) -> Option<(i64, usize, u8)> {
    let (number, unit_at) = if matches!(words.at(at), "fortnight") {
        (1.0, at)
    } else if matches!(
        words.at(at),
        "minutes" | "mins" | "moments" | "hours" | "seconds" | "hour" | "hr" | "hrs" | "minute" | "min"
    ) {
        return (words.at(at + 1) == "ago").then_some((0, at + 2, 3));
    } else {
        let number = count(words, at)?;
        (number.value, if words.at(number.end) == "good" { number.end + 1 } else { number.end })
    };
    // "Four times a day" is a habit.
    let is_rate = matches!(
        words.before(at, 1),
        "times" | "x" | "twice" | "once" | "hours" | "hrs" | "each" | "pack" | "packs" | "cans" | "pints"
    );
    if matches!(words.at(at), "a" | "an") && is_rate {
        return None;
    }
    if at > 0 && words.at(at) != "a" && count(words, at - 1).is_some_and(|before| before.end > at) {
        return None;
    }
    let unit = words.at(unit_at);
    let days = days_of(words, number, unit_at)?;
    let end = unit_at + 1;
    let after = words.at(end);
    let before = |places| words.before(at, places);
    if is_of_a_child(words, at, unit_at, number) {
        return None;
    }
    // "A drive of nine hours".
    if before(1) == "of" && TIMES_OF_DAY.contains(&unit) && after != "this" {
        return None;
    }
    let value = number_of_days(days);
    if after == "ago" && words.at(end + 1) == "yesterday" {
        return Some((value + 1, end + 2, 3));
    }
    let is_gradual =
        words.any(at.saturating_sub(4)..at, &["built", "building", "crept", "grew", "gradually"]);
    if before(1) == "over" && is_gradual {
        return Some((value, end, 3));
    }
    if matches!(after, "ago" | "back" | "since" | "syne" | "running" | "straight" | "in")
        && !(after == "in" && !words.ends(end + 1) && !matches!(words.at(end + 1), "now" | "and"))
        || after == "of" && matches!(words.at(end + 1), "this" | "it")
        || words.before(at, 1) == "before" && after != "i"
    {
        let is_dated = matches!(after, "ago" | "back" | "syne");
        return Some((value, if is_dated { end + 1 } else { end }, 3));
    }
    // "Five days on it is no better", "going on ten days", "today makes eight days".
    if after == "on" && (words.ends(end + 1) || matches!(words.at(end + 1), "it" | "its" | "and"))
        || (before(2), before(1)) == ("going", "on")
        || matches!((before(2), before(1)), ("today", "make" | "makes"))
    {
        return Some((value, end, 3));
    }
    if matches!(after, "now" | "already" | "noo")
        || matches!(after, "gone" | "before" | "old") && words.ends(end + 1) && days >= 1.0
        || matches!(after, "gone" | "before") && matches!(words.at(end + 1), "since" | "now")
    {
        return Some((value, end, 3));
    }
    // "It is five days", "now five days it is".
    if before(1) == "is" && matches!(before(2), "it" | "this" | "now") && days >= 1.0 && words.ends(end) {
        return Some((value, end, 2));
    }
    // "I am one week with a stiff neck".
    if after == "with" && matches!(before(1), "am" | "im" | "i") {
        return Some((value, end, 3));
    }
    if is_led(before(1)) && before(1) != "since"
        || before(1) == "since"
        || is_hedge(before(1)) && is_led(before(2))
    {
        let is_habit = matches!(after, "a" | "at" | "every" | "per" | "on") || TIMES_OF_DAY.contains(&unit);
        return (!is_habit).then_some((value, end, 2));
    }
    // "Ten hours in the seat", "an hour to get going": how long something takes.
    let is_long_while = TIMES_OF_DAY.contains(&unit) && !words.ends(end);
    // "One day good, one day bad".
    if is_long_while || matches!((words.at(at), unit), ("one", "day")) {
        return None;
    }
    // "3 days." all by itself, or after what hurts.
    let begins = words.begins(at) || matches!(before(1), "so" | "now" | "and");
    let stands_alone = begins
        && !matches!(
            after,
            "later" | "old" | "pregnant" | "gone" | "before" | "off" | "a" | "at" | "every" | "on" | "of"
        )
        || matches!(before(1), "about" | "bout" | "roughly" | "around" | "nearly" | "almost")
            && words.ends(end)
        || after == "of" && unit != "hours" && words.any(end + 1..end + 4, ONSET)
        || matches!(before(1), "me" | "him" | "her" | "us") && words.any(at.saturating_sub(4)..at, HURTING)
        || words.ends(end)
            && words.any(
                words.segment(at).start..at,
                &["pain", "ache", "hurts", "hurting", "back", "neck", "stiff", "sore"],
            );
    (stands_alone && days > 0.0).then_some((value, end, 2))
}

/// "For", "past": what leads on to how long it has lasted.
fn is_led(word: &str) -> bool {
    matches!(
        word,
        "for" | "since" | "past" | "last" | "been" | "has" | "these" | "going" | "nearly" | "almost"
    )
}

/// "About", "just": what stands between that and the number.
fn is_hedge(word: &str) -> bool {
    matches!(
        word,
        "about"
            | "nearly"
            | "almost"
            | "over"
            | "like"
            | "maybe"
            | "the"
            | "these"
            | "a"
            | "around"
            | "only"
            | "just"
            | "is"
            | "good"
            | "roughly"
            | "half"
    )
}

/// How many days so many of a unit are: "2 weeks", "half an hour".
fn days_of(words: &Words<'_>, number: f64, unit_at: usize) -> Option<f64> {
    match words.at(unit_at) {
        "day" | "days" | "dys" | "night" | "nights" | "mornings" | "arvos" | "evenings" | "d" => Some(number),
        "week" | "weeks" | "wk" | "wks" => Some(number * 7.0),
        "fortnight" | "fortnights" => Some(number * 14.0),
        "month" | "months" | "mth" | "mths" | "mnths" => Some(number * 30.0),
        "year" | "years" | "yr" | "yrs" if !matches!(words.at(unit_at + 1), "old" | "of" | "young") => {
            Some(number * 365.0)
        }
        "hour" | "hours" | "hr" | "hrs" | "h" => Some(number / 24.0),
        "minutes" | "mins" | "minute" | "min" | "seconds" => Some(0.0),
        _ => None,
    }
}

#[allow(clippy::cast_possible_truncation, reason = "at most a thousand years")]
fn number_of_days(days: f64) -> i64 {
    days.clamp(0.0, 365_000.0).floor() as i64
}

/// "Since 1 am", "since half eight", "woke at 4": a time of this day or night.
fn hour(words: &Words<'_>, at: usize) -> Option<(i64, usize, u8)> {
    // "Since the morning".
    let led_at = 1 + usize::from(words.before(at, 1) == "the" && words.before(at, 2) == "since");
    let is_led = matches!(words.before(at, led_at), "since" | "from" | "woke" | "woken");
    // "It went at lunchtime".
    let is_at = matches!(words.before(at, 1), "at" | "happened") && is_when_it_began(words, at);
    if DAYTIMES.contains(&words.at(at)) && (is_led || is_at) && words.at(at + 1) != "yesterday" {
        return Some((0, at + 1, 2));
    }
    if !is_led {
        return None;
    }
    let from = if matches!(words.at(at), "at" | "about" | "around" | "half") { at + 1 } else { at };
    let number = count(words, from).filter(|number| (1.0..=24.0).contains(&number.value))?;
    let is_clock = from > at && words.at(at) != "about" && words.at(at) != "around"
        || matches!(words.at(number.end), "am" | "pm" | "oclock" | "o");
    is_clock.then_some((0, number.end, 2))
}

/// "Since yesterday", "this morning", "last night", "just now".
fn named(words: &Words<'_>, at: usize) -> Option<(i64, usize, u8)> {
    let begins = matches!(words.before(at, 1), "since" | "started" | "began" | "from" | "happened" | "until");
    let begins_early = matches!(words.before(at, 1), "early" | "late" | "only" | "just")
        && matches!(words.before(at, 2), "since" | "started" | "began");
    // "That was yesterday" dates what was told before.
    let was_at = 1 + usize::from(words.before(at, 1) == "the");
    let is_that =
        words.before(at, was_at) == "was" && matches!(words.before(at, was_at + 1), "that" | "it" | "this");
    let lift = if is_that { 2 } else { u8::from(begins || begins_early) };
    let (value, end) = match (words.at(at), words.at(at + 1), words.at(at + 2)) {
        ("day", "before" | "afore", "yesterday") | ("night", "before", "last") => (2, at + 3),
        ("woke", "up" | "with", _) if words.any(at..at + 6, &["today", "morning"]) => (0, at + 2),
        ("woke", ..) if has_just_woken(words, at) => (0, at + 1),
        ("yesterday" | "yday" | "ystrdy" | "yest" | "yesterdays", ..) => {
            if matches!(words.before(at, 1), "before" | "afore")
                || words.any(at.saturating_sub(3)..at, &["than", "like"])
            {
                return None;
            }
            (1, at + 1)
        }
        ("last", "night" | "nite" | "evening", _) => (1, at + 2),
        (
            "this",
            "morning" | "mornin" | "forenoon" | "lunchtime" | "afternoon" | "evening" | "arvo" | "am",
            _,
        )
        | ("earlier", "today", _)
        | ("just", "now" | "happened", _) => (0, at + 2),
        ("today" | "tonight" | "2nite" | "tonite", ..)
            if lift > 0 || is_when_it_began(words, at) || is_at_a_time(words, at) =>
        {
            (0, at + 1)
        }
        ("last", "week", _) => (7, at + 2),
        ("last", "month", _) => (30, at + 2),
        _ => return None,
    };
    let is_score = words.any(at.saturating_sub(2)..end + 2, &["10", "worse", "better", "same"])
        || is_scored(words, at, end);
    Some((value, end, if is_score { lift } else { 1 + lift }))
}

/// "Locked since I woke up": this morning, where the sentence tells no other day.
fn has_just_woken(words: &Words<'_>, at: usize) -> bool {
    let whole = sentence(words.words, at);
    let is_since = words.any(at.saturating_sub(2)..at, &["since"]);
    let tells_a_day = |at: usize| weekday(words.at(at)).is_some() || DAYS_TOLD.contains(&words.at(at));
    is_since && !whole.into_iter().any(tells_a_day)
}

/// What says that some other day is meant, or a habit.
const DAYS_TOLD: &[&str] = &[
    "ago",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "yesterday",
    "last",
    "every",
    "each",
    "mornings",
    "always",
    "usually",
    "often",
    "most",
];

/// "Around 3am today": a time of day stands before.
fn is_at_a_time(words: &Words<'_>, at: usize) -> bool {
    matches!(words.before(at, 1), "am" | "pm" | "noon" | "lunchtime" | "oclock" | "clock")
}

/// "A 3 today", "yesterday 4": how strong it was then.
fn is_scored(words: &Words<'_>, at: usize, end: usize) -> bool {
    let is_score = |number: Option<Numeral>| number.is_some_and(|number| number.value <= 10.0);
    // "Since about 5 this morning" is a time of day.
    let is_hour =
        matches!(words.before(at, 2), "since" | "at" | "about" | "around" | "from" | "half" | "till");
    let stands_before = at > 0 && !is_hour && is_score(numeral(words, at - 1));
    let after = numeral(words, end);
    stands_before || is_score(after) && after.is_some_and(|number| words.ends(number.end))
}

/// Whether something that begins a pain stands near a "today".
fn is_when_it_began(words: &Words<'_>, at: usize) -> bool {
    let whole = sentence(words.words, at);
    words.any(whole.start.max(at.saturating_sub(8))..whole.end.min(at + 8), EVENTS)
}

/// Monday is 0.
pub(super) fn weekday(text: &str) -> Option<i64> {
    const DAYS: [&[&str]; 7] = [
        &["monday", "mon", "mondays", "monday's"],
        &["tuesday", "tues", "tue", "tuesdays"],
        &["wednesday", "weds", "wed", "wednesdays"],
        &["thursday", "thurs", "thur", "thu", "thursdays"],
        &["friday", "fri", "fridays"],
        &["saturday", "sat", "saturdays"],
        &["sunday", "sun", "sundays"],
    ];
    DAYS.iter().position(|names| names.contains(&text)).and_then(|day| i64::try_from(day).ok())
}

/// Which weekday it is today, where the text says so, and where: "today being Sunday",
/// "its Wednesday today", "now Tuesday".
fn today(words: &Words<'_>) -> Option<(i64, usize)> {
    let is_today = |word: &str| matches!(word, "today" | "todays" | "now" | "tday" | "currently");
    let is_link = |word: &str| {
        matches!(
            word,
            "is" | "being"
                | "its"
                | "it"
                | "a"
                | "was"
                | "weekday"
                | "the"
                | "na"
                | "only"
                | "just"
                | "and"
                | "this"
                | ""
        )
    };
    let days = || (0..words.len()).filter_map(|at| weekday(words.at(at)).map(|day| (day, at)));
    let said_before = |at: usize| {
        let near = (1..=3).take_while(|places| *places <= at).map(|places| words.before(at, places));
        let mut near = near.skip_while(|word| is_link(word) && !is_today(word));
        near.next().is_some_and(is_today)
    };
    let it_is = |at: usize| {
        matches!(words.before(at, 1), "its")
            || matches!((words.before(at, 2), words.before(at, 1)), ("it", "is" | "only" | "now") | (_, "it"))
            || (words.before(at, 2), words.before(at, 1)) == ("this", "is") && words.ends(at + 1)
    };
    let said_after = |at: usize| {
        is_today(words.at(at + 1)) && (words.ends(at + 2) || words.at(at + 1) == "today")
            || words.at(at + 1) == "the" && words.at(at + 2) == "noo"
            || matches!(words.at(at + 1), "evening" | "morning" | "night") && is_today(words.at(at + 2))
    };
    days().find(|(_, at)| said_before(*at)).or_else(|| days().find(|(_, at)| it_is(*at) || said_after(*at)))
}

/// "On Monday", where today is known.
fn weekday_told(words: &Words<'_>, at: usize, today: Option<(i64, usize)>) -> Option<(i64, usize, u8)> {
    let (today, today_at) = today?;
    let day = weekday(words.at(at)).filter(|_| at != today_at)?;
    if weekday(words.before(at, 1)).is_some() {
        return None;
    }
    let value = (today - day).rem_euclid(7);
    let is_led = matches!(
        words.before(at, 1),
        "on" | "since" | "from" | "last" | "started" | "late" | "was" | "began"
    );
    let is_short = matches!(words.at(at), "sat" | "sun" | "wed" | "mon");
    // "Did deadlifts wed, its fri", but not "the sun came out".
    if value == 0 || is_short && !is_led && !words.ends(at + 1) {
        return None;
    }
    Some((value, at + 1, if is_led { 3 } else { 2 }))
}
