//! The guard of medicines on the real book, and `unclench dose` from outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "dose/laws.rs"]
mod laws;
#[path = "../../care/tests/medicine/limits.rs"]
mod limits;
#[path = "dose/pharmacist.rs"]
mod pharmacist;
#[path = "dose/program.rs"]
mod program;
#[path = "dose/rows.rs"]
mod rows;
mod support;

use care::{Answers, Because, Dose, DoseLog, DoseWarning, Taken, after_taking, may_take, medicine_for};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rows::{ROWS, Row, WARNINGS};
use serde_json::{Map, Value, json};
use support::guideline;
use tell::Clock;

/// A person of 44 with a plain spasm, to whom nothing else applies.
pub(crate) fn plain() -> Map<String, Value> {
    support::plain_spasm(&[("alcohol", json!("little"))])
}

/// The plain person with other answers; `"-"` takes an answer back.
fn but(changes: &[(&str, &str)]) -> Answers {
    let mut answers = plain();
    for (name, answer) in changes {
        if *answer == "-" {
            answers.remove(*name).unwrap();
        } else {
            let value = answer.parse::<i64>().map_or_else(|_| json!(answer), |number| json!(number));
            answers.insert((*name).to_owned(), value);
        }
    }
    Answers::from_json(guideline(), &Value::Object(answers)).unwrap()
}

/// A pack by its id, or an ingredient.
fn dose(region: &str, what: &str, amount: u32) -> Dose {
    let product = guideline().book().products.iter().find(|product| product.id == what);
    product
        .map_or_else(
            || Dose::of_ingredient(medicine_for(guideline(), region, what).unwrap(), amount),
            |product| Dose::of_product(product, amount),
        )
        .unwrap()
}

fn now() -> Timestamp {
    "2026-11-22T18:00:00Z".parse().unwrap()
}

/// Doses so many minutes ago.
fn log(region: &str, before: &[(i64, &str, u32)]) -> DoseLog {
    let at = |minutes: i64| now().checked_sub(SignedDuration::from_mins(minutes)).unwrap();
    before
        .iter()
        .map(|(minutes, what, amount)| Taken::new(at(*minutes), &dose(region, what, *amount)))
        .collect()
}

fn clock() -> Clock {
    Clock::of(&now().to_zoned(TimeZone::UTC))
}

/// A reason as a person reads it.
fn sentence(because: &Because<'_>) -> String {
    tell::medicine::because(guideline(), because, &clock()).to_string()
}

/// A warning as a person reads it.
fn warned(warning: &DoseWarning<'_>) -> String {
    tell::medicine::warning(guideline(), warning, &clock()).to_string()
}

fn wrong(row: &Row) -> Option<String> {
    let Row { name, region, asks, before, answers, .. } = row;
    let dose = dose(region, asks.0, asks.1);
    let verdict = may_take(guideline(), region, &log(region, before), &dose, &but(answers), now());
    let decisive = verdict.because().iter().filter(|because| because.level() == verdict.level());
    let kinds: Vec<&str> = decisive.clone().map(Because::id).collect();
    let said: Vec<String> = decisive.map(|because| sentence(because)).collect();
    let fits = verdict.level().id() == row.verdict
        && row.because.iter().all(|kind| kinds.contains(kind))
        && row.says.is_none_or(|words| said.iter().any(|sentence| sentence.contains(words)));
    (!fits).then(|| format!("{name}: {} {kinds:?} {said:#?}", verdict.level().id()))
}

#[test]
fn every_row_of_the_dose_table_holds() {
    let wrong: Vec<String> = ROWS.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), ROWS.len(), wrong.join("\n"));
}

#[test]
fn every_row_of_the_warning_table_holds() {
    for row in WARNINGS {
        let taken = Taken::new(now(), &dose(row.region, row.takes.0, row.takes.1));
        let warnings = after_taking(guideline(), row.region, &log(row.region, row.before), &taken, now());
        let kinds: Vec<&str> = warnings.iter().map(DoseWarning::id).collect();
        assert_eq!(kinds, row.warns, "{}", row.name);
    }
}

#[test]
fn every_claim_that_a_row_names_is_in_the_book() {
    let claims = ROWS.iter().flat_map(|row| row.claims).chain(WARNINGS.iter().flat_map(|row| row.claims));
    for claim in claims {
        assert!(guideline().book().claims.iter().any(|known| known.id == *claim), "{claim}");
    }
}

#[test]
fn every_reason_on_the_real_book_has_a_source_and_a_sentence() {
    for row in ROWS {
        let dose = dose(row.region, row.asks.0, row.asks.1);
        let answers = but(row.answers);
        let verdict = may_take(guideline(), row.region, &log(row.region, row.before), &dose, &answers, now());
        for because in verdict.because() {
            assert!(!sentence(because).is_empty(), "{}: {}", row.name, because.id());
            // What the book lacks has no source; everything it says has one.
            let of_the_book = !matches!(because, Because::NoLimitsHere { .. } | Because::FutureDose { .. });
            assert!(
                !of_the_book || !because.sources(guideline()).is_empty(),
                "{}: {}",
                row.name,
                because.id()
            );
        }
    }
}

#[test]
fn every_sentence_of_the_guard_can_be_read_in_pain() {
    let mut sentences: Vec<String> = Vec::new();
    for row in ROWS {
        let dose = dose(row.region, row.asks.0, row.asks.1);
        let log = log(row.region, row.before);
        let verdict = may_take(guideline(), row.region, &log, &dose, &but(row.answers), now());
        // The sentences of the book itself are measured by `unclench check`.
        let of_the_book = |because: &&Because<'_>| {
            matches!(because, Because::Blocked { .. } | Because::Cautioned { .. } | Because::Open { .. })
        };
        let own = verdict.because().iter().filter(|because| !of_the_book(because));
        sentences.extend(own.map(|because| sentence(because)));
    }
    for row in WARNINGS {
        let taken = Taken::new(now(), &dose(row.region, row.takes.0, row.takes.1));
        let log = log(row.region, row.before);
        let warnings = after_taking(guideline(), row.region, &log, &taken, now());
        sentences.extend(warnings.iter().map(|warning| warned(warning)));
    }
    sentences.sort();
    sentences.dedup();
    // Names of medicines are long words that the person knows from the pack.
    let plain = |sentence: &String| {
        [
            "acetaminophen",
            "Acetaminophen",
            "ibuprofen",
            "Ibuprofen",
            "paracetamol",
            "Paracetamol",
            "naproxen sodium",
            "naproxen",
            "pharmacist",
        ]
        .iter()
        .fold(sentence.clone(), |text, name| text.replace(name, "it"))
    };
    let grade = |sentence: &String| compiler::reading::Counts::of([plain(sentence).as_str()]).grade();
    let hard: Vec<(f64, &String)> = sentences
        .iter()
        .map(|sentence| (grade(sentence), sentence))
        .filter(|(grade, _)| *grade > 8.0)
        .collect();
    assert!(hard.is_empty(), "{hard:#?}");
}

#[test]
fn nothing_on_the_shelf_is_allowed_to_somebody_of_whom_nothing_is_known() {
    let book = guideline().book();
    let nobody = Answers::none(guideline());
    for product in &book.products {
        for region in ["us", "uk"] {
            let dose = Dose::of_product(product, 1).unwrap();
            let verdict = may_take(guideline(), region, &DoseLog::default(), &dose, &nobody, now());
            // The daily dose from a doctor is not judged, whoever asks.
            if verdict.level() == care::DoseLevel::NotJudged {
                assert!(product.contains.iter().all(|(_, amount)| *amount <= 100), "{}", product.id);
                continue;
            }
            assert!(verdict.level() >= care::DoseLevel::AskFirst, "{} in {region}: {verdict:?}", product.id);
        }
    }
}

#[test]
fn every_medicine_of_the_book_can_be_counted() {
    let book = guideline().book();
    for medicine in &book.medicines {
        assert!(medicine.single_usual <= medicine.single_most, "{}", medicine.id);
        assert!(medicine.single_most <= medicine.max_24h, "{}", medicine.id);
        assert!(medicine.max_days > 0, "{}", medicine.id);
    }
    for product in &book.products {
        for (ingredient, _) in &product.contains {
            let known = book.medicines.iter().any(|medicine| medicine.ingredient == *ingredient);
            assert!(known, "{}: {ingredient}", product.id);
        }
    }
}
