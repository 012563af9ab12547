//! Logs as a strict pharmacist would try them: names and amounts as people type them,
//! what was taken, what a clinician said of it, and what must come out.
//!
//! Every kind of danger has one row in which it fires, one in which it nearly does,
//! and one in which something is not known.

use care::medicine::{Amount, find};
use care::{Because, DoseLog, DoseVerdict, DoseWarning, Region, Taken, after_taking, may_take};
use jiff::{SignedDuration, Timestamp};

use crate::support::guideline;
use crate::{but, clock, now, sentence, warned};

/// Something in a log, in the order in which it is written down.
#[derive(Clone, Copy)]
enum Line {
    /// So many hours ago: a name and an amount.
    Took(f64, &'static str, &'static str),
    /// Nobody knows when.
    Sometime(&'static str, &'static str),
    /// So many hours ago a clinician cleared an ingredient.
    Cleared(f64, &'static str),
}

use Line::{Cleared, Sometime, Took};

struct Case {
    name: &'static str,
    region: &'static str,
    log: &'static [Line],
    asks: (&'static str, &'static str),
    who: &'static [(&'static str, &'static str)],
    verdict: &'static str,
    /// Kinds that must be among the reasons.
    because: &'static [&'static str],
    /// Words that must be said, and words that must not.
    says: &'static [&'static str],
    never_says: &'static [&'static str],
}

const fn case(
    name: &'static str,
    region: &'static str,
    log: &'static [Line],
    asks: (&'static str, &'static str),
    verdict: &'static str,
    because: &'static [&'static str],
) -> Case {
    Case { name, region, log, asks, who: &[], verdict, because, says: &[], never_says: &[] }
}

impl Case {
    const fn who(self, who: &'static [(&'static str, &'static str)]) -> Self {
        Self { who, ..self }
    }

    const fn says(self, says: &'static [&'static str]) -> Self {
        Self { says, ..self }
    }

    const fn never_says(self, never_says: &'static [&'static str]) -> Self {
        Self { never_says, ..self }
    }
}

const US: &str = "us";
const UK: &str = "uk";
const CA: &str = "ca";

const HEART: &[(&str, &str)] = &[
    ("heart_or_pressure", "yes"),
    ("heart_or_stroke", "yes"),
    ("other_medicines", "yes"),
    ("low_dose_aspirin", "yes"),
];

const STOP: &[&str] = &["heart attack", "Take none", "Take no more"];

const CASES: &[Case] = &[
    // Daily low-dose aspirin: not judged, never told to stop.
    case("81 mg for a heart patient", US, &[], ("aspirin", "81mg"), "not_judged", &[])
        .who(HEART)
        .says(&["Take it as your doctor said"])
        .never_says(STOP),
    case("75 mg in the UK for a heart patient", UK, &[], ("aspirin", "75 mg"), "not_judged", &[]).who(HEART),
    case("100 mg is the most that is daily", US, &[], ("aspirin", "100mg"), "not_judged", &[]).who(HEART),
    case("81 mg after one ibuprofen", US, &[Took(1.0, "advil", "1")], ("aspirin", "81mg"), "not_judged", &[]),
    case("81 mg by its other name", US, &[], ("acetylsalicylic acid", "81 mg"), "not_judged", &[]),
    case("81 mg in pregnancy", US, &[], ("aspirin", "81mg"), "not_judged", &[])
        .who(&[("pregnant_or_birth", "yes"), ("pregnancy_stage", "weeks_20_to_29")]),
    case("81 mg by somebody of whom little is known", US, &[], ("aspirin", "81mg"), "not_judged", &[])
        .who(&[("heart_or_stroke", "not sure"), ("low_dose_aspirin", "not sure"), ("age", "-")]),
    case("101 mg is judged", US, &[], ("aspirin", "101mg"), "ask_first", &["cautioned"]).who(HEART),
    case(
        "four of 81 mg at once are a dose against pain",
        US,
        &[],
        ("aspirin", "324mg"),
        "ask_first",
        &["cautioned"],
    )
    .who(HEART)
    .says(&["daily"]),
    case(
        "a second 81 mg of the day is still daily",
        US,
        &[Took(3.0, "aspirin", "81mg")],
        ("aspirin", "81mg"),
        "not_judged",
        &[],
    ),
    case(
        "a fourth 81 mg of the day is judged",
        US,
        &[Took(3.0, "aspirin", "81mg"), Took(2.0, "aspirin", "81mg"), Took(1.0, "aspirin", "81mg")],
        ("aspirin", "81mg"),
        "ask_first",
        &["cautioned"],
    )
    .who(HEART),
    case("81 mg for a child with a fever", US, &[], ("aspirin", "81mg"), "never", &["too_young"])
        .who(&[("age", "9"), ("fever", "yes")]),
    case(
        "ibuprofen after the daily aspirin, which nobody told of",
        US,
        &[Took(2.0, "aspirin", "81mg")],
        ("advil", "1"),
        "ask_first",
        &["cautioned"],
    )
    .says(&["Keep taking the aspirin"])
    .never_says(&["the same kind of painkiller"]),
    case(
        "ibuprofen after a painkiller dose of aspirin",
        US,
        &[Took(2.0, "aspirin", "325mg")],
        ("advil", "1"),
        "never",
        &["other_nsaid"],
    ),
    case(
        "aspirin against pain after the daily one waits for nothing but asks",
        US,
        &[Took(1.0, "aspirin", "81mg")],
        ("aspirin", "325mg"),
        "ask_first",
        &["cautioned"],
    )
    .says(&["Keep taking the daily one"]),
    // Too much.
    case(
        "6 g of paracetamol in 9 hours, asked 20 hours later",
        UK,
        &[
            Took(29.0, "paracetamol", "1500mg"),
            Took(26.0, "paracetamol", "1500mg"),
            Took(23.0, "paracetamol", "1500mg"),
            Took(20.0, "paracetamol", "1500mg"),
        ],
        ("paracetamol", "500mg"),
        "never",
        &["overdose"],
    )
    .says(&["Get help now", "6,000 mg"]),
    case(
        "8 tablets in a day are no overdose",
        UK,
        &[
            Took(22.0, "paracetamol", "1000mg"),
            Took(16.0, "paracetamol", "1000mg"),
            Took(10.0, "paracetamol", "1000mg"),
            Took(5.0, "paracetamol", "1000mg"),
        ],
        ("paracetamol", "500mg"),
        "wait",
        &["daily_limit"],
    ),
    case(
        "9 tablets in a day are one",
        UK,
        &[
            Took(22.0, "paracetamol", "1000mg"),
            Took(16.0, "paracetamol", "1000mg"),
            Took(10.0, "paracetamol", "1000mg"),
            Took(5.0, "paracetamol", "1500mg"),
        ],
        ("paracetamol", "500mg"),
        "never",
        &["overdose"],
    ),
    case(
        "between our limit and the overdose: a call today, and shut",
        US,
        &[Took(8.0, "acetaminophen", "1000mg"), Took(7.0, "acetaminophen", "2500mg")],
        ("tylenol extra strength", "1"),
        "never",
        &["already_over"],
    )
    .says(&["today", "3,500 mg"]),
    case(
        "and it stays shut when the day is over",
        US,
        &[Took(80.0, "acetaminophen", "1000mg"), Took(79.0, "acetaminophen", "2500mg")],
        ("acetaminophen", "500mg"),
        "never",
        &["already_over"],
    ),
    case(
        "a little too much on two days running",
        US,
        &[
            Took(44.0, "acetaminophen", "1000mg"),
            Took(38.0, "acetaminophen", "1000mg"),
            Took(32.0, "acetaminophen", "1500mg"),
            Took(14.0, "acetaminophen", "1000mg"),
            Took(8.0, "acetaminophen", "1000mg"),
            Took(2.0, "acetaminophen", "1500mg"),
        ],
        ("acetaminophen", "500mg"),
        "never",
        &["overdose"],
    )
    .says(&["more than one day"]),
    case(
        "after an overdose nothing else is advised either",
        UK,
        &[Took(6.0, "paracetamol", "10000mg")],
        ("ibuprofen", "200mg"),
        "never",
        &["overdose"],
    ),
    case(
        "an overdose of ibuprofen shuts naproxen for weeks",
        US,
        &[Took(400.0, "ibuprofen", "3200mg")],
        ("aleve", "1"),
        "never",
        &["already_over"],
    )
    .says(&["the same kind"]),
    case(
        "and not acetaminophen",
        US,
        &[Took(400.0, "ibuprofen", "3200mg")],
        ("acetaminophen", "650mg"),
        "allowed",
        &[],
    ),
    case(
        "cleared by a clinician",
        UK,
        &[Took(60.0, "paracetamol", "6000mg"), Cleared(10.0, "acetaminophen")],
        ("paracetamol", "500mg"),
        "allowed",
        &[],
    ),
    case(
        "cleared before it was too much",
        UK,
        &[Cleared(70.0, "acetaminophen"), Took(60.0, "paracetamol", "6000mg")],
        ("paracetamol", "500mg"),
        "never",
        &["overdose"],
    ),
    case(
        "cleared, and then a dose that nobody had told of",
        UK,
        &[
            Took(60.0, "paracetamol", "5000mg"),
            Cleared(50.0, "acetaminophen"),
            Took(62.0, "paracetamol", "3000mg"),
        ],
        ("paracetamol", "500mg"),
        "never",
        &["overdose"],
    ),
    case(
        "cleared for another ingredient",
        UK,
        &[Took(60.0, "paracetamol", "6000mg"), Cleared(10.0, "ibuprofen")],
        ("paracetamol", "500mg"),
        "never",
        &["overdose"],
    ),
    case(
        "hidden in a cold remedy",
        UK,
        &[
            Took(10.0, "night nurse capsules", "2"),
            Took(6.0, "lemsip max", "2"),
            Took(3.0, "paracetamol", "1000mg"),
            Took(1.0, "night nurse capsules", "2"),
        ],
        ("paracetamol", "500mg"),
        "never",
        &["overdose"],
    ),
    case(
        "20 tablets at once are asked about",
        UK,
        &[],
        ("paracetamol", "10g"),
        "never",
        &["too_much_at_once"],
    ),
    // A wait stands in the headline also where someone must be asked.
    case(
        "co-codamol, then a headache pack with the same in it",
        UK,
        &[Took(2.0, "co-codamol 8/500", "2")],
        ("anadin extra", "2"),
        "ask_first",
        &["other_ingredients", "too_soon"],
    )
    .says(&["Not before"]),
    case("the same pack alone has none", UK, &[], ("anadin extra", "2"), "ask_first", &["other_ingredients"])
        .never_says(&["Not before"]),
    // Other anti-inflammatories by any name.
    case(
        "diclofenac tablets, then ibuprofen",
        US,
        &[Took(3.0, "diclofenac", "1")],
        ("advil", "1"),
        "never",
        &["other_nsaid"],
    )
    .says(&["If a doctor gave you"]),
    case(
        "with its strength",
        UK,
        &[Took(3.0, "Diclofenac 50 mg tablets", "1")],
        ("ibuprofen", "200mg"),
        "never",
        &["other_nsaid"],
    ),
    case(
        "Arcoxia after 30 hours",
        UK,
        &[Took(30.0, "Arcoxia", "1")],
        ("ibuprofen", "200mg"),
        "never",
        &["other_nsaid"],
    ),
    case("Celebrex after 25 hours", US, &[Took(25.0, "celebrex", "1")], ("advil", "1"), "allowed", &[]),
    case("Mobic, time not known", US, &[Sometime("Mobic", "1")], ("advil", "1"), "never", &["other_nsaid"]),
    case(
        "indometacin by its US name",
        US,
        &[Took(1.0, "indomethacin", "1")],
        ("aleve", "1"),
        "never",
        &["other_nsaid"],
    ),
    case(
        "piroxicam stays for days",
        UK,
        &[Took(60.0, "Feldene", "1")],
        ("ibuprofen", "200mg"),
        "never",
        &["other_nsaid"],
    ),
    case(
        "no name, but an anti-inflammatory",
        US,
        &[Took(5.0, "anti-inflammatory", "1")],
        ("advil", "1"),
        "never",
        &["other_nsaid"],
    ),
    case(
        "and acetaminophen beside it",
        US,
        &[Took(3.0, "diclofenac", "1")],
        ("acetaminophen", "650mg"),
        "allowed",
        &[],
    ),
    case("asked about by itself", US, &[], ("meloxicam", "1"), "ask_first", &["no_dose"])
        .says(&["no dose for", "as the doctor said"]),
    case(
        "asked about after ibuprofen",
        US,
        &[Took(2.0, "advil", "1")],
        ("meloxicam", "1"),
        "ask_first",
        &["other_nsaid", "no_dose"],
    )
    .never_says(&["Take no meloxicam"]),
    // A pack has limits of its own.
    case("three of a pack of two", US, &[], ("Advil Dual Action", "3"), "never", &["pack_most"]),
    case("two of it", US, &[], ("Advil Dual Action", "2"), "allowed", &[]),
    case(
        "two of it after 7 hours",
        US,
        &[Took(7.0, "Advil Dual Action", "2")],
        ("Advil Dual Action", "2"),
        "wait",
        &["too_soon"],
    )
    .says(&["8 h"]),
    case(
        "two of it after 8 hours",
        US,
        &[Took(8.0, "Advil Dual Action", "2")],
        ("Advil Dual Action", "2"),
        "allowed",
        &[],
    ),
    case(
        "a seventh of it in a day",
        US,
        &[
            Took(23.0, "Advil Dual Action", "2"),
            Took(15.0, "Advil Dual Action", "2"),
            Took(8.0, "Advil Dual Action", "2"),
        ],
        ("Advil Dual Action", "1"),
        "wait",
        &["pack_daily_limit"],
    ),
    case(
        "another pack of it after 7 hours",
        US,
        &[Took(7.0, "Tylenol 8 HR", "1")],
        ("Tylenol Extra Strength", "1"),
        "wait",
        &["too_soon"],
    )
    .says(&["8 h"]),
    case(
        "the label dose of it is not forbidden by the pack",
        US,
        &[],
        ("Tylenol 8 HR", "2"),
        "ask_first",
        &["too_much_at_once"],
    )
    .never_says(&["is too much"]),
    // On the skin.
    case(
        "a second patch after 2 hours",
        US,
        &[Took(2.0, "lidocaine patch", "1")],
        ("menthol patch", "1"),
        "wait",
        &["worn"],
    ),
    case(
        "a second patch after 12 hours",
        US,
        &[Took(12.0, "lidocaine patch", "1")],
        ("menthol patch", "1"),
        "allowed",
        &[],
    ),
    case(
        "a second patch, and one that is written down for later",
        US,
        &[Took(-2.0, "lidocaine patch", "1")],
        ("menthol patch", "1"),
        "ask_first",
        &["future_dose"],
    ),
    case(
        "a second patch, time of the first not known",
        US,
        &[Sometime("lidocaine patch", "1")],
        ("menthol patch", "1"),
        "wait",
        &["worn"],
    ),
    case(
        "a tablet beside a numbing patch",
        US,
        &[Took(2.0, "lidocaine patch", "1")],
        ("advil", "1"),
        "allowed",
        &[],
    ),
    // Help is needed today.
    case("an NSAID with signs of a kidney infection", US, &[], ("advil", "1"), "ask_first", &["help_soon"])
        .who(&[("urine_or_side_pain", "yes"), ("kidney_infection_signs", "yes")]),
    case("acetaminophen then", US, &[], ("acetaminophen", "650mg"), "allowed", &[])
        .who(&[("urine_or_side_pain", "yes"), ("kidney_infection_signs", "yes")]),
    case("an NSAID, not sure of that", US, &[], ("advil", "1"), "ask_first", &[])
        .who(&[("urine_or_side_pain", "yes"), ("kidney_infection_signs", "not sure")]),
    case("an NSAID with a fever", UK, &[], ("ibuprofen", "400mg"), "ask_first", &["help_soon"])
        .who(&[("fever", "yes")]),
    // When nobody knows when.
    case("ibuprofen some time", US, &[Sometime("advil", "1")], ("advil", "1"), "wait", &["too_soon"]),
    case("and long before", US, &[Took(30.0, "advil", "1")], ("advil", "1"), "allowed", &[]),
    // Where the book has no doses for the country, too much is too much all the same.
    case(
        "20 g of aspirin in Canada, yesterday",
        CA,
        &[Took(12.0, "aspirin", "20000mg")],
        ("acetaminophen", "500mg"),
        "never",
        &["overdose"],
    ),
    case(
        "4.5 g of aspirin in Canada shuts it",
        CA,
        &[Took(30.0, "aspirin", "4500mg")],
        ("aspirin", "650mg"),
        "never",
        &["already_over", "no_limits_here"],
    ),
    case("an ulcer, and no doses for the country", CA, &[], ("aspirin", "650mg"), "never", &["blocked"])
        .who(&[("stomach_trouble", "yes"), ("ulcer_or_bleed", "yes")]),
    case(
        "seven doses of another anti-inflammatory, a day and a half ago",
        UK,
        &[Took(36.0, "diclofenac", "7")],
        ("ibuprofen", "400mg"),
        "never",
        &["other_nsaid"],
    ),
    case("six of them", UK, &[Took(36.0, "diclofenac", "6")], ("ibuprofen", "400mg"), "allowed", &[]),
    case(
        "a plaster with ibuprofen in it, ten hours on",
        UK,
        &[Took(10.0, "nurofen medicated plaster", "1")],
        ("ibuprofen", "400mg"),
        "never",
        &["other_nsaid"],
    ),
    // Halves.
    case(
        "half a tablet, then one and a half",
        US,
        &[Took(5.0, "advil", "1/2")],
        ("advil", "1,5"),
        "allowed",
        &[],
    ),
    case("two and a half at once", US, &[], ("advil", "2,5"), "never", &["too_much_at_once"])
        .says(&["500 mg"]),
    case("paracetamol by the tablet in the UK", UK, &[], ("paracetamol", "2"), "allowed", &[]),
    case("three of them", UK, &[], ("paracetamol", "3"), "never", &["too_much_at_once"]),
];

fn region(id: &str) -> &'static Region {
    guideline().book().regions.iter().find(|region| region.id == id).unwrap()
}

fn ago(hours: f64) -> Timestamp {
    #[allow(clippy::cast_possible_truncation, reason = "hours of a test")]
    let minutes = (hours * 60.0) as i64;
    now().checked_sub(SignedDuration::from_mins(minutes)).unwrap()
}

fn dose(region_id: &str, name: &str, amount: &str) -> care::Dose {
    let found = find(guideline(), region(region_id), name).unwrap_or_else(|error| panic!("{error}"));
    let found = found.in_region(guideline(), region_id);
    let amount: Amount = amount.parse().unwrap();
    found.dose(amount).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn log(region_id: &str, lines: &[Line]) -> DoseLog {
    let mut log = DoseLog::default();
    for line in lines {
        match line {
            Took(hours, name, amount) => log.push(Taken::new(ago(*hours), &dose(region_id, name, amount))),
            Sometime(name, amount) => {
                log.push(Taken::new(now(), &dose(region_id, name, amount)).at_unknown_time());
            }
            Cleared(hours, ingredient) => log.clear(ago(*hours), *ingredient),
        }
    }
    log
}

fn wrong(case: &Case) -> Option<String> {
    let dose = dose(case.region, case.asks.0, case.asks.1);
    let log = log(case.region, case.log);
    let verdict = may_take(guideline(), case.region, &log, &dose, &but(case.who), now());
    let kinds: Vec<&str> = verdict.because().iter().map(Because::id).collect();
    let mut said: Vec<String> = verdict.because().iter().map(|because| sentence(because)).collect();
    said.push(tell::medicine::heading(&verdict, &clock()).to_string());
    if let DoseVerdict::Daily { medicine } = &verdict {
        said.extend(medicine.daily.as_ref().map(|daily| daily.says.clone()));
    }
    let fits = verdict.level().id() == case.verdict
        && case.because.iter().all(|kind| kinds.contains(kind))
        && case.says.iter().all(|words| said.iter().any(|sentence| sentence.contains(words)))
        && case.never_says.iter().all(|words| said.iter().all(|sentence| !sentence.contains(words)));
    (!fits).then(|| format!("{}: {} {kinds:?} {said:#?}", case.name, verdict.level().id()))
}

#[test]
fn fifty_logs_of_a_pharmacist_show_nothing_dangerous() {
    assert!(CASES.len() >= 50, "{}", CASES.len());
    let wrong: Vec<String> = CASES.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), CASES.len(), wrong.join("\n"));
}

/// A log, a dose that was then taken, and the kinds of warnings that must come, in order.
type Logged = (&'static str, &'static str, &'static [Line], Line, &'static [&'static str]);

const LOGGED: &[Logged] = &[
    (
        "a daily aspirin is logged without a word",
        US,
        &[Took(2.0, "advil", "1")],
        Took(0.0, "aspirin", "81mg"),
        &[],
    ),
    (
        "ibuprofen after it is no second anti-inflammatory",
        US,
        &[Took(2.0, "aspirin", "81mg")],
        Took(0.0, "advil", "1"),
        &[],
    ),
    (
        "a painkiller dose of aspirin is",
        US,
        &[Took(2.0, "advil", "1")],
        Took(0.0, "aspirin", "325mg"),
        &["other_nsaid"],
    ),
    ("20 tablets at once", UK, &[], Took(0.0, "paracetamol", "20"), &["overdose", "too_much_at_once"]),
    (
        "the same spread out",
        UK,
        &[Took(6.0, "paracetamol", "3"), Took(3.0, "paracetamol", "3")],
        Took(0.0, "paracetamol", "3"),
        &["overdose", "too_much_at_once", "too_soon"],
    ),
    (
        "a little over our limit",
        US,
        &[Took(6.0, "acetaminophen", "2500mg")],
        Took(0.0, "acetaminophen", "650mg"),
        &["over_daily_limit"],
    ),
    (
        "a dose days after an overdose",
        UK,
        &[Took(72.0, "paracetamol", "6000mg")],
        Took(0.0, "paracetamol", "500mg"),
        &["still_shut"],
    ),
    (
        "diclofenac after ibuprofen",
        US,
        &[Took(2.0, "advil", "1")],
        Took(0.0, "diclofenac", "1"),
        &["no_dose", "other_nsaid"],
    ),
    ("diclofenac by itself", US, &[], Took(0.0, "diclofenac", "1"), &["no_dose"]),
    ("the label dose of 8-hour tablets", US, &[], Took(0.0, "Tylenol 8 HR", "2"), &["too_much_at_once"]),
    (
        "a patch on another",
        US,
        &[Took(2.0, "lidocaine patch", "1")],
        Took(0.0, "menthol patch", "1"),
        &["worn"],
    ),
    (
        "40 doses of something without amounts",
        UK,
        &[],
        Took(0.0, "diclofenac", "40"),
        &["many_doses", "no_dose"],
    ),
    (
        "an overdose where the book has no doses",
        CA,
        &[],
        Took(0.0, "aspirin", "20000mg"),
        &["overdose", "no_limits_here"],
    ),
    ("time not known", US, &[Took(2.0, "advil", "1")], Sometime("advil", "1"), &["time_unknown"]),
    ("too many of a pack", US, &[], Took(0.0, "Advil Dual Action", "3"), &["pack_most"]),
    ("half a tablet", US, &[], Took(0.0, "advil", "half a tablet"), &[]),
];

#[test]
fn what_is_logged_is_warned_about_as_it_should_be() {
    for (name, region_id, before, line, warns) in LOGGED {
        let taken = log(region_id, &[*line]).doses()[0].clone();
        let warnings = after_taking(guideline(), region_id, &log(region_id, before), &taken, now());
        let kinds: Vec<&str> = warnings.iter().map(DoseWarning::id).collect();
        assert_eq!(kinds, *warns, "{name}");
        let said: Vec<String> = warnings.iter().map(|warning| warned(warning)).collect();
        assert!(said.iter().all(|sentence| !sentence.is_empty()), "{name}");
    }
}

#[test]
fn every_anti_inflammatory_can_be_written_down_by_any_name() {
    for name in [
        "diclofenac",
        "etoricoxib",
        "celecoxib",
        "meloxicam",
        "indometacin",
        "indomethacin",
        "ketoprofen",
        "mefenamic acid",
        "piroxicam",
        "nabumetone",
        "etodolac",
        "ketorolac",
        "flurbiprofen",
        "dexketoprofen",
        "nimesulide",
        "aceclofenac",
        "sulindac",
        "tenoxicam",
        "lornoxicam",
        "Cataflam",
        "Arcoxia",
        "Mobic",
        "Celebrex",
        "Ponstan",
        "Toradol",
        "Feldene",
        "Voltaren 50 mg tablets",
        "voltarol tablets",
        "diclofenac 12.5 mg",
        "diclofenac sodium SR 75mg",
        "acetylsalicylic acid",
        "ASA",
        "Aspirin Protect",
        "Naprosyn",
    ] {
        for region_id in [US, UK] {
            let found = find(guideline(), region(region_id), name);
            let found = found.unwrap_or_else(|error| panic!("{name} in {region_id}: {error}"));
            let is_skin = found.ingredients().iter().any(|ingredient| ingredient.contains("gel"));
            assert!(!is_skin, "{name} in {region_id}: {}", found.id());
        }
    }
}

#[test]
fn no_suggestion_names_another_ingredient_or_strength() {
    for name in [
        "Migraleve",
        "Motrin 800",
        "Tylenol Cold",
        "voltarol 13 hour",
        "Aleve 500",
        "Advil 400",
        "Disprol",
        "Nurofen 300",
        "Solpadeine Maxi",
        "Excedrin 500",
        "diclofenac gel 5 %",
        "ibuprofen 800",
        "Tylenol Sinus",
        "Robaxin",
        "Panadeine",
        "Brufenol",
    ] {
        for region_id in [US, UK] {
            if let Err(care::medicine::UnknownMedicine::Unknown { did_you_mean, .. }) =
                find(guideline(), region(region_id), name)
            {
                assert!(did_you_mean.is_empty(), "{name} in {region_id}: {did_you_mean:?}");
            }
        }
    }
}
