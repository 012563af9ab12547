//! Laws of the guard over random books, logs, people and clocks.

use care::{Answer, DoseLevel, DoseLog, DoseVerdict, Guideline, Seconds, Taken, may_take, medicine_for};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::limits::{DAY, broken_limit, by_ingredient};
use crate::shelf::{self, AGE, DANGER, FINDINGS, HEARTBURN, LIVER, PREGNANCY, ULCER, adult, aged, but, dose};
use crate::support::cases;

const PRODUCTS: [&str; 7] = ["advil", "motrin", "aleve", "tylenol", "dual", "headache", "gel"];

/// A night in which the clocks go forward, and one in which they go back.
fn clock_changes() -> [Timestamp; 2] {
    [shelf::new_york(3, 7, 20, 0), shelf::new_york(10, 31, 20, 0)]
}

/// The shelf with limits drawn at random.
fn any_shelf() -> impl Strategy<Value = Guideline> {
    let limits = (1_u32..4, 1_u32..13, 1_u32..6, 1_u32..5);
    proptest::collection::vec(limits, 5).prop_map(|limits| {
        let mut book = shelf::book();
        for (medicine, (doses, hours, day, days)) in book.medicines.iter_mut().zip(limits) {
            medicine.single_most = medicine.single_usual * doses;
            medicine.max_24h = medicine.single_most + medicine.single_usual * day;
            medicine.interval = Seconds::new(hours * 3600).unwrap();
            medicine.max_days = days;
        }
        Guideline::new(book).unwrap()
    })
}

/// Seconds until the next try, mostly forwards; which product; how many of it.
fn tries(count: usize) -> impl Strategy<Value = Vec<(i64, &'static str, u32)>> {
    let forwards =
        prop_oneof![4 => 0_i64..6 * 3600, 2 => 6 * 3600_i64..30 * 3600, 1 => 48 * 3600_i64..60 * 3600];
    let pause = prop_oneof![
        8 => forwards,
        // Whole hours meet the limits exactly.
        3 => (0_i64..26).prop_map(|hours| hours * 3600),
        1 => -50_i64 * 3600..0,
    ];
    proptest::collection::vec((pause, prop::sample::select(&PRODUCTS[..]), 1_u32..4), 1..count)
}

fn start() -> impl Strategy<Value = Timestamp> {
    prop::sample::select(clock_changes().to_vec())
}

fn seconds(at: Timestamp, by: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(by)).unwrap()
}

/// Tries each in turn and takes what is allowed.
fn accepted(guideline: &Guideline, start: Timestamp, tries: &[(i64, &str, u32)]) -> DoseLog {
    let (mut log, mut now) = (DoseLog::default(), start);
    for (pause, product, units) in tries {
        now = seconds(now, *pause);
        if let DoseVerdict::Allowed { .. } = adult(guideline, &log, product, *units, now) {
            log.push(Taken::new(now, &dose(guideline, product, *units)));
        }
    }
    log
}

/// Takes everything, allowed or not, and says when the last was taken.
fn all_taken(guideline: &Guideline, start: Timestamp, tries: &[(i64, &str, u32)]) -> (DoseLog, Timestamp) {
    let (mut log, mut now) = (DoseLog::default(), start);
    for (pause, product, units) in tries {
        now = seconds(now, pause.abs());
        log.push(Taken::new(now, &dose(guideline, product, *units)));
    }
    (log, now)
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn no_sequence_of_allowed_doses_breaks_a_limit_in_any_window(
        guideline in any_shelf(), start in start(), tries in tries(60),
    ) {
        let log = accepted(&guideline, start, &tries);
        prop_assert_eq!(broken_limit(&guideline, "us", &log), None, "{:?}", log);
    }

    #[test]
    fn a_dose_that_is_allowed_breaks_no_window_that_it_ends(
        guideline in any_shelf(), start in start(), before in tries(12), pause in 0_i64..DAY,
        product in prop::sample::select(&PRODUCTS[..]), units in 1_u32..4,
    ) {
        // Whatever was taken before, allowed or not: this dose adds no breach of its own.
        let (log, last) = all_taken(&guideline, start, &before);
        let now = seconds(last, pause);
        if let DoseVerdict::Allowed { .. } = adult(&guideline, &log, product, units, now) {
            for (ingredient, amount) in dose(&guideline, product, units).amounts() {
                let medicine = medicine_for(&guideline, "us", ingredient).unwrap();
                let taken = by_ingredient(&log).remove(ingredient).unwrap_or_default();
                let since = now.as_second() - DAY;
                let in_a_day: u32 = taken.iter().filter(|(at, _)| *at > since).map(|(_, amount)| amount).sum();
                prop_assert!(in_a_day + amount <= medicine.max_24h);
            }
        }
    }

    #[test]
    fn a_wait_ends_exactly_when_it_says(
        guideline in any_shelf(), start in start(), before in tries(10), pause in 0_i64..DAY,
        product in prop::sample::select(&PRODUCTS[..]), units in 1_u32..3,
    ) {
        let (log, last) = all_taken(&guideline, start, &before);
        let now = seconds(last, pause);
        if let DoseVerdict::Wait { until, because } = adult(&guideline, &log, product, units, now) {
            prop_assert!(until > now);
            prop_assert!(!because.is_empty());
            let level = |at| adult(&guideline, &log, product, units, at).level();
            prop_assert_eq!(level(until), DoseLevel::Allowed);
            prop_assert_eq!(level(seconds(until, -1)), DoseLevel::Wait);
        }
    }

    #[test]
    fn up_to_is_the_most_and_next_is_the_first(
        guideline in any_shelf(), start in start(), before in tries(6), pause in 0_i64..3 * DAY,
        product in prop::sample::select(&PRODUCTS[..]),
    ) {
        let (mut log, last) = all_taken(&guideline, start, &before);
        let now = seconds(last, pause);
        if let DoseVerdict::Allowed { up_to, next } = adult(&guideline, &log, product, 1, now) {
            let level = |units| adult(&guideline, &log, product, units, now).level();
            let up_to = up_to.as_whole().unwrap();
            prop_assert_eq!(level(up_to), DoseLevel::Allowed);
            prop_assert_ne!(level(up_to + 1), DoseLevel::Allowed);
            log.push(Taken::new(now, &dose(&guideline, product, 1)));
            let too_early = adult(&guideline, &log, product, 1, seconds(next, -1)).level();
            prop_assert_ne!(too_early, DoseLevel::Allowed);
            // At `next` only the days in a row may still speak against it.
            let because = adult(&guideline, &log, product, 1, next);
            prop_assert!(because.because().iter().all(|reason| reason.id() == "too_many_days"), "{:?}", because);
        }
    }

    #[test]
    fn two_anti_inflammatories_are_never_allowed_within_a_day(
        pause in 0_i64..DAY, first in 0_usize..3, apart in 1_usize..3, units in 1_u32..3,
    ) {
        let kinds = [["advil", "motrin", "dual"].as_slice(), &["aleve"], &["headache"]];
        let second = (first + apart) % kinds.len();
        let guideline = shelf::guideline();
        for one in kinds[first] {
            for other in kinds[second] {
                let log = shelf::log(&guideline, &[(clock_changes()[1], one, 1)]);
                let verdict = adult(&guideline, &log, other, units, seconds(clock_changes()[1], pause));
                prop_assert_eq!(verdict.level(), DoseLevel::Never, "{} after {}", other, one);
            }
        }
    }

    #[test]
    fn what_is_not_known_never_allows_a_dose(
        unknown in 0_usize..6, not_sure: bool, product in prop::sample::select(&PRODUCTS[..]),
        others in proptest::collection::vec(0_usize..3, 6),
    ) {
        let guideline = shelf::guideline();
        let mut answers = aged(&guideline, 40);
        let possible = [Some(Answer::No), Some(Answer::NotSure), None];
        for (finding, choice) in (0..).zip(others) {
            if finding != AGE {
                answers = but(&guideline, &answers, finding, possible[choice]);
            }
        }
        let unknown = u16::try_from(unknown).unwrap();
        // The only findings that a dose does not depend on.
        let of_no_matter = |finding| match product {
            "tylenol" => finding == ULCER,
            "dual" | "headache" => false,
            _ => finding == LIVER,
        };
        let unknown = if of_no_matter(unknown) { DANGER } else { unknown };
        answers = but(&guideline, &answers, unknown, not_sure.then_some(Answer::NotSure));
        let dose = dose(&guideline, product, 1);
        let verdict = may_take(&guideline, "us", &DoseLog::default(), &dose, &answers, clock_changes()[0]);
        prop_assert!(verdict.level() >= DoseLevel::AskFirst, "{} {:?}", FINDINGS[usize::from(unknown)], verdict);
    }

    #[test]
    fn more_danger_never_makes_a_verdict_milder(
        answered in proptest::collection::vec(0_usize..3, 6), more in 1_usize..6,
        age in prop::sample::select(vec![8_i64, 14, 40]),
        product in prop::sample::select(&PRODUCTS[..]), before in tries(5), pause in 0_i64..DAY,
    ) {
        let guideline = shelf::guideline();
        let (log, last) = all_taken(&guideline, clock_changes()[0], &before);
        let now = seconds(last, pause);
        let worse = [Answer::No, Answer::NotSure, Answer::Yes];
        let mut answers = aged(&guideline, age);
        for (finding, choice) in (0..).zip(&answered) {
            if [PREGNANCY, DANGER, ULCER, HEARTBURN, LIVER].contains(&finding) {
                answers = but(&guideline, &answers, finding, Some(worse[*choice]));
            }
        }
        let level = |answers| may_take(&guideline, "us", &log, &dose(&guideline, product, 1), &answers, now).level();
        let finding = u16::try_from(more).unwrap();
        let levels = worse.map(|answer| level(but(&guideline, &answers, finding, Some(answer))));
        prop_assert!(levels[0] <= levels[1] && levels[1] <= levels[2], "{levels:?} for {}", FINDINGS[more]);
    }
}
