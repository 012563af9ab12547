//! The guard: may another dose be taken, and what to say of one that was.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "medicine/at_hand.rs"]
mod at_hand;
#[path = "medicine/laws.rs"]
mod laws;
#[path = "medicine/limits.rs"]
mod limits;
#[path = "medicine/names.rs"]
mod names;
#[path = "medicine/shelf.rs"]
mod shelf;
mod support;

use care::medicine::next_question;
use care::{
    Answer, Because, ClassWords, Dose, DoseError, DoseLevel, DoseLog, DoseVerdict, MedicineClass, Place,
    SourceId, Taken, Urgency, after_taking, conditions_of, may_take, medicine_for, next_about, standings,
};
use jiff::{SignedDuration, Timestamp};
use shelf::{DANGER, HEARTBURN, PREGNANCY, ULCER, adult, aged, but, dose, guideline, log, new_york};

const NOON: (i8, i8) = (6, 15);

fn at(hour: i8, minute: i8) -> Timestamp {
    new_york(NOON.0, NOON.1, hour, minute)
}

/// The level, and the names of the reasons at that level.
fn told(verdict: &DoseVerdict<'_>) -> (DoseLevel, Vec<&'static str>) {
    let decisive = verdict.because().iter().filter(|because| because.level() == verdict.level());
    let mut ids: Vec<&str> = decisive.map(care::Because::id).collect();
    ids.dedup();
    (verdict.level(), ids)
}

/// What a person with one other answer is told about one tablet, with an empty log.
fn person(product: &str, finding: u16, answer: Option<Answer>) -> (DoseLevel, Vec<&'static str>) {
    let guideline = guideline();
    let answers = but(&guideline, &aged(&guideline, 40), finding, answer);
    let dose = dose(&guideline, product, 1);
    told(&may_take(&guideline, "us", &DoseLog::default(), &dose, &answers, at(12, 0)))
}

#[test]
fn a_healthy_adult_may_take_up_to_the_most_at_once() {
    let guideline = guideline();
    let verdict = adult(&guideline, &DoseLog::default(), "advil", 1, at(8, 0));
    assert_eq!(verdict, DoseVerdict::Allowed { up_to: care::Count::whole(2), next: at(12, 0) });
    let too_many = adult(&guideline, &DoseLog::default(), "advil", 3, at(8, 0));
    assert_eq!(told(&too_many), (DoseLevel::Never, vec!["too_much_at_once"]));
}

#[test]
fn two_brands_of_one_ingredient_are_counted_together() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(0, 0), "motrin", 2), (at(5, 0), "advil", 2), (at(10, 0), "motrin", 1)]);
    let verdict = adult(&guideline, &log, "advil", 2, at(14, 0));
    let DoseVerdict::Wait { until, because } = &verdict else { panic!("{verdict:?}") };
    assert_eq!(*until, new_york(6, 16, 0, 0));
    assert_eq!(because[0].id(), "daily_limit");
    assert_eq!(adult(&guideline, &log, "advil", 1, at(14, 0)).level(), DoseLevel::Allowed);
}

#[test]
fn a_cold_remedy_counts_towards_the_daily_limit() {
    let guideline = guideline();
    let log =
        log(&guideline, &[(at(0, 0), "tylenol", 2), (at(6, 0), "nyquil", 1), (at(12, 0), "tylenol", 2)]);
    // 1,000 + 650 + 1,000 mg, and 500 more would be over 3,000.
    let verdict = adult(&guideline, &log, "tylenol", 1, at(18, 0));
    assert_eq!(told(&verdict), (DoseLevel::Wait, vec!["daily_limit"]));
}

#[test]
fn the_hour_that_is_skipped_in_spring_allows_no_early_dose() {
    let guideline = guideline();
    let log = log(&guideline, &[(new_york(3, 8, 0, 30), "advil", 1)]);
    // Four hours later by the clock on the wall, three hours later in truth.
    let verdict = adult(&guideline, &log, "advil", 1, new_york(3, 8, 4, 30));
    assert!(
        matches!(verdict, DoseVerdict::Wait { until, .. } if until == new_york(3, 8, 5, 30)),
        "{verdict:?}"
    );
}

#[test]
fn the_hour_that_comes_twice_in_autumn_makes_nobody_wait_longer() {
    let guideline = guideline();
    let log = log(&guideline, &[(new_york(11, 1, 0, 30), "advil", 1)]);
    assert_eq!(adult(&guideline, &log, "advil", 1, new_york(11, 1, 3, 30)).level(), DoseLevel::Allowed);
    assert_eq!(adult(&guideline, &log, "advil", 1, new_york(11, 1, 3, 29)).level(), DoseLevel::Wait);
}

#[test]
fn a_clock_that_was_set_back_allows_nothing_until_it_is_put_right() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(12, 0), "advil", 1)]);
    for product in ["advil", "aleve", "gel"] {
        let verdict = adult(&guideline, &log, product, 1, new_york(6, 13, 12, 0));
        assert_eq!(told(&verdict), (DoseLevel::AskFirst, vec!["future_dose"]), "{product}");
    }
    // A dose of another kind is not concerned.
    assert_eq!(adult(&guideline, &log, "tylenol", 1, new_york(6, 13, 12, 0)).level(), DoseLevel::Allowed);
}

#[test]
fn doses_written_down_out_of_order_count_at_their_time() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(10, 0), "advil", 1), (at(6, 0), "advil", 1)]);
    assert_eq!(adult(&guideline, &log, "advil", 1, at(13, 59)).level(), DoseLevel::Wait);
    assert_eq!(adult(&guideline, &log, "advil", 1, at(14, 0)).level(), DoseLevel::Allowed);
}

#[test]
fn two_anti_inflammatories_never_also_through_the_skin() {
    let guideline = guideline();
    for (first, second) in [("advil", "aleve"), ("gel", "advil"), ("advil", "gel"), ("headache", "advil")] {
        let log = log(&guideline, &[(at(0, 0), first, 1)]);
        let verdict = adult(&guideline, &log, second, 1, at(23, 59));
        assert_eq!(told(&verdict), (DoseLevel::Never, vec!["other_nsaid"]), "{second} after {first}");
        let next_day = adult(&guideline, &log, second, 1, new_york(6, 16, 0, 0));
        assert_eq!(next_day.level(), DoseLevel::Allowed, "{second} a day after {first}");
    }
    let both = adult(&guideline, &DoseLog::default(), "both_kinds", 1, at(12, 0));
    assert_eq!(told(&both), (DoseLevel::Never, vec!["two_nsaids_in_one"]));
}

#[test]
fn a_pack_counts_for_each_of_its_ingredients() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(8, 0), "dual", 2)]);
    assert_eq!(told(&adult(&guideline, &log, "tylenol", 1, at(13, 0))), (DoseLevel::Wait, vec!["too_soon"]));
    assert_eq!(
        told(&adult(&guideline, &log, "aleve", 1, at(13, 0))),
        (DoseLevel::Never, vec!["other_nsaid"])
    );
    assert_eq!(adult(&guideline, &log, "advil", 1, at(12, 0)).level(), DoseLevel::Allowed);
}

#[test]
fn days_in_a_row_end_with_a_question_to_a_clinician() {
    let guideline = guideline();
    let days = [(12, 8), (13, 7), (14, 8)].map(|(day, hour)| (new_york(6, day, hour, 0), "tylenol", 1));
    let log = log(&guideline, &days);
    assert_eq!(adult(&guideline, &log, "tylenol", 1, at(7, 59)).level(), DoseLevel::Allowed);
    let verdict = adult(&guideline, &log, "tylenol", 1, at(8, 0));
    assert_eq!(told(&verdict), (DoseLevel::AskFirst, vec!["too_many_days"]));
    assert_eq!(adult(&guideline, &log, "tylenol", 1, new_york(6, 16, 8, 0)).level(), DoseLevel::Allowed);
}

#[test]
fn waiting_past_the_last_day_means_asking() {
    let guideline = guideline();
    let days = [(12, 8), (13, 7), (14, 8)].map(|(day, hour)| (new_york(6, day, hour, 0), "tylenol", 1));
    let mut log = log(&guideline, &days);
    log.push(Taken::new(at(4, 0), &dose(&guideline, "tylenol", 1)));
    // The pause ends at 10:00, and the three days end at 8:00.
    assert_eq!(told(&adult(&guideline, &log, "tylenol", 1, at(5, 0))).0, DoseLevel::AskFirst);
}

#[test]
fn what_blocks_never_and_what_is_not_known_asks_first() {
    assert_eq!(person("advil", ULCER, Some(Answer::Yes)), (DoseLevel::Never, vec!["blocked"]));
    assert_eq!(person("advil", ULCER, Some(Answer::NotSure)), (DoseLevel::AskFirst, vec!["open"]));
    assert_eq!(person("advil", ULCER, None), (DoseLevel::AskFirst, vec!["open"]));
    assert_eq!(person("advil", ULCER, Some(Answer::No)).0, DoseLevel::Allowed);
    assert_eq!(person("advil", HEARTBURN, Some(Answer::Yes)), (DoseLevel::AskFirst, vec!["cautioned"]));
    assert_eq!(person("tylenol", ULCER, Some(Answer::Yes)).0, DoseLevel::Allowed);
    // It counts for each ingredient of the pack.
    assert_eq!(person("dual", ULCER, Some(Answer::Yes)).0, DoseLevel::Never);
}

#[test]
fn an_emergency_gets_no_advice_on_medicines() {
    assert_eq!(person("tylenol", DANGER, Some(Answer::Yes)), (DoseLevel::Never, vec!["emergency"]));
    assert_eq!(person("tylenol", DANGER, Some(Answer::NotSure)), (DoseLevel::Never, vec!["emergency"]));
    assert_eq!(person("tylenol", DANGER, None), (DoseLevel::AskFirst, vec!["danger_open"]));
}

#[test]
fn children_and_pregnancy_always_ask_first() {
    let age = |age: i64| person("tylenol", shelf::AGE, Some(Answer::Number(age)));
    assert_eq!(age(11), (DoseLevel::Never, vec!["too_young"]));
    assert_eq!(age(12), (DoseLevel::AskFirst, vec!["child"]));
    assert_eq!(age(15), (DoseLevel::AskFirst, vec!["child"]));
    assert_eq!(age(16).0, DoseLevel::Allowed);
    assert_eq!(person("tylenol", shelf::AGE, None), (DoseLevel::AskFirst, vec!["child"]));
    for answer in [Some(Answer::Yes), Some(Answer::NotSure), None] {
        assert_eq!(person("tylenol", PREGNANCY, answer), (DoseLevel::AskFirst, vec!["pregnancy"]));
    }
}

#[test]
fn a_pregnancy_that_is_not_asked_about_is_none() {
    let mut book = shelf::book();
    let shows = &mut book.questions[0].shows;
    shows.retain(|finding| finding.0 != PREGNANCY);
    let under_60 = support::books::compare(shelf::AGE, care::Comparison::Less, 60);
    book.questions
        .push(support::books::only_if(under_60, support::books::question("pregnancy", &[PREGNANCY])));
    let guideline = support::books::guideline(book);
    let level = |age| {
        let answers = but(&guideline, &aged(&guideline, age), PREGNANCY, None);
        may_take(&guideline, "us", &DoseLog::default(), &dose(&guideline, "tylenol", 1), &answers, at(12, 0))
            .level()
    };
    assert_eq!(level(70), DoseLevel::Allowed);
    assert_eq!(level(40), DoseLevel::AskFirst);
}

#[test]
fn more_than_a_whole_day_at_once_is_never_allowed() {
    let mut book = shelf::book();
    book.medicines[0].max_24h = 300;
    let guideline = support::books::guideline(book);
    let verdict = adult(&guideline, &DoseLog::default(), "advil", 2, at(12, 0));
    assert_eq!(told(&verdict), (DoseLevel::Never, vec!["too_much_at_once"]));
}

#[test]
fn what_the_book_has_no_limits_for_asks_first() {
    let guideline = guideline();
    let told = |product| told(&adult(&guideline, &DoseLog::default(), product, 1, at(12, 0)));
    assert_eq!(told("abroad"), (DoseLevel::AskFirst, vec!["no_limits_here"]));
    assert_eq!(told("nyquil"), (DoseLevel::AskFirst, vec!["other_ingredients"]));
    assert_eq!(told("knee_gel"), (DoseLevel::Never, vec!["not_for_back"]));
}

#[test]
fn an_unknown_medicine_in_the_log_may_be_of_the_same_kind() {
    let guideline = guideline();
    let unknown = Taken::restore(at(8, 0), None, vec![("mystery".to_owned(), 10)]).unwrap();
    let log: DoseLog = [unknown].into_iter().collect();
    let verdict = adult(&guideline, &log, "advil", 1, at(12, 0));
    assert_eq!(told(&verdict), (DoseLevel::AskFirst, vec!["unknown_in_log"]));
    assert_eq!(adult(&guideline, &log, "tylenol", 1, at(12, 0)).level(), DoseLevel::Allowed);
}

#[test]
fn more_than_the_limit_already_calls_for_help() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(6, 0), "tylenol", 8)]);
    let verdict = adult(&guideline, &log, "tylenol", 1, at(14, 0));
    assert_eq!(told(&verdict), (DoseLevel::Never, vec!["already_over"]));
    let [Because::AlreadyOver { medicine, taken, .. }, ..] = verdict.because() else { panic!("{verdict:?}") };
    assert_eq!((*taken, medicine.max_24h), (4_000, 3_000));
}

#[test]
fn exactly_the_limit_is_not_over_it() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(6, 0), "tylenol", 6)]);
    let verdict = adult(&guideline, &log, "tylenol", 1, at(14, 0));
    assert_eq!(told(&verdict), (DoseLevel::Wait, vec!["daily_limit"]));
    assert_eq!(warned(&[(at(6, 0), "tylenol", 4)], "tylenol", 2), [""; 0]);
    // Exactly a day apart is apart.
    assert_eq!(warned(&[(new_york(6, 14, 12, 0), "aleve", 1)], "advil", 1), [""; 0]);
    assert_eq!(warned(&[(new_york(6, 14, 12, 1), "aleve", 1)], "advil", 1), ["other_nsaid"]);
}

#[test]
fn a_dose_written_down_late_counts_with_those_after_it() {
    let after = [(at(20, 0), "tylenol", 5)];
    assert_eq!(warned(&after, "tylenol", 2), ["out_of_order", "over_daily_limit"]);
}

#[test]
fn an_amount_that_is_not_known_cannot_be_counted() {
    let guideline = guideline();
    let product = |id| guideline.book().products.iter().find(|product| product.id == id).unwrap();
    assert!(matches!(Dose::of_product(product("empty"), 1), Err(DoseError::NothingCounted(_))));
    assert!(matches!(Dose::of_product(product("advil"), 0), Err(DoseError::Amount { .. })));
    assert!(Dose::of_product(product("advil"), Dose::MOST_UNITS).is_ok());
    assert!(Dose::of_product(product("advil"), Dose::MOST_UNITS + 1).is_err());
    let ibuprofen = medicine_for(&guideline, "us", "ibuprofen").unwrap();
    assert!(Dose::of_ingredient(ibuprofen, 0).is_err());
    assert!(Taken::restore(at(8, 0), None, vec![("ibuprofen".to_owned(), 0)]).is_err());
    assert!(Taken::restore(at(8, 0), None, Vec::new()).is_err());
}

/// The warnings after a dose at noon.
fn warned(before: &[(Timestamp, &str, u32)], product: &str, units: u32) -> Vec<&'static str> {
    let guideline = guideline();
    let taken = Taken::new(at(12, 0), &dose(&guideline, product, units));
    let warnings = after_taking(&guideline, "us", &log(&guideline, before), &taken, at(12, 0));
    warnings.iter().map(care::DoseWarning::id).collect()
}

#[test]
fn a_dose_that_was_taken_is_logged_with_its_warnings() {
    assert_eq!(warned(&[], "advil", 1), [""; 0]);
    assert_eq!(warned(&[(at(9, 0), "advil", 1)], "advil", 1), ["too_soon"]);
    assert_eq!(warned(&[(at(8, 0), "advil", 1)], "advil", 1), [""; 0]);
    assert_eq!(warned(&[(at(8, 0), "motrin", 1)], "advil", 1), ["same_ingredient"]);
    assert_eq!(warned(&[(at(8, 0), "aleve", 1)], "advil", 1), ["other_nsaid"]);
    assert_eq!(warned(&[], "advil", 3), ["too_much_at_once"]);
    assert_eq!(warned(&[(at(6, 0), "tylenol", 5)], "tylenol", 2), ["over_daily_limit"]);
    assert_eq!(warned(&[], "abroad", 1), ["no_limits_here"]);
    // Written down late: a dose before it and one after it are both too close.
    assert_eq!(
        warned(&[(at(10, 0), "advil", 1), (at(13, 0), "advil", 1)], "advil", 1),
        ["out_of_order", "too_soon", "too_soon"]
    );
}

#[test]
fn a_dose_in_the_future_is_kept_and_said() {
    let guideline = guideline();
    let taken = Taken::new(at(13, 0), &dose(&guideline, "advil", 1));
    let warnings = after_taking(&guideline, "us", &DoseLog::default(), &taken, at(12, 0));
    assert_eq!(warnings, [care::DoseWarning::InFuture]);
}

#[test]
fn an_early_dose_is_said_to_the_minute() {
    let guideline = guideline();
    let taken = Taken::new(at(12, 0), &dose(&guideline, "advil", 1));
    let before = log(&guideline, &[(at(9, 0), "advil", 1)]);
    let warnings = after_taking(&guideline, "us", &before, &taken, at(12, 0));
    let [care::DoseWarning::TooSoon { early_by, .. }] = warnings[..] else { panic!("{warnings:?}") };
    assert_eq!(early_by, SignedDuration::from_hours(1));
}

#[test]
fn the_log_knows_the_next_dose_of_each_ingredient() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(6, 0), "tylenol", 2), (at(8, 0), "advil", 2), (at(9, 0), "tylenol", 1)]);
    let standings = standings(&guideline, "us", &log, at(10, 0));
    let shown: Vec<_> =
        standings.iter().map(|standing| (&*standing.ingredient, standing.total_24h, standing.next)).collect();
    assert_eq!(shown, [("acetaminophen", 1500, Some(at(15, 0))), ("ibuprofen", 400, Some(at(12, 0)))]);
    assert_eq!(standings[1].no_other_nsaid_before, Some(new_york(6, 16, 8, 0)));
}

#[test]
fn the_next_anti_inflammatory_waits_for_the_other_one_too() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(8, 0), "aleve", 1), (at(9, 0), "advil", 1), (at(13, 0), "tylenol", 1)]);
    let standings = standings(&guideline, "us", &log, at(12, 0));
    let next = |index: usize| (standings[index].next, standings[index].total_24h);
    assert_eq!(next(0), (Some(new_york(6, 16, 9, 0)), 220));
    assert_eq!(next(1), (Some(new_york(6, 16, 8, 0)), 200));
    // What is still to come has no next, and is no total yet.
    assert_eq!(next(2), (None, 0));
    assert_eq!(standings[2].in_future, Some(at(13, 0)));
}

#[test]
fn the_questions_come_from_the_conditions_of_the_medicine() {
    let guideline = guideline();
    let mut answers = aged(&guideline, 40);
    let dose = dose(&guideline, "advil", 1);
    assert_eq!(next_about(&guideline, &answers, conditions_of(&guideline, "us", &dose)), None);
    answers = but(&guideline, &answers, ULCER, None);
    let ask = next_about(&guideline, &answers, conditions_of(&guideline, "us", &dose)).unwrap();
    assert_eq!(ask.findings, [care::FindingId(ULCER)]);
}

#[test]
fn where_danger_is_open_it_is_asked_about_also_when_help_is_needed_today() {
    let mut book = shelf::book();
    book.medicine_classes.push(ClassWords {
        class: MedicineClass::Nsaid,
        place: Place::default(),
        name: "an anti-inflammatory".to_owned(),
        ask_first_from: Some(Urgency::SameDay),
        ask_first_because: Some("See somebody first.".to_owned()),
        sources: vec![SourceId(0)],
    });
    let today = support::books::yes(HEARTBURN);
    book.rules.push(support::books::rule("today", today, Urgency::SameDay, Urgency::SameDay));
    let guideline = support::books::guideline(book);
    let today = but(&guideline, &aged(&guideline, 40), HEARTBURN, Some(Answer::Yes));
    let open = but(&guideline, &today, DANGER, None);
    for product in ["advil", "tylenol"] {
        let dose = dose(&guideline, product, 1);
        let kinds = |answers| {
            let verdict = may_take(&guideline, "us", &DoseLog::default(), &dose, answers, at(12, 0));
            verdict.because().iter().any(|because| because.id() == "danger_open")
        };
        assert!(kinds(&open), "{product}");
        let ask = next_question(&guideline, "us", &dose, &open).unwrap();
        assert_eq!(ask.findings, [care::FindingId(DANGER)], "{product}");
        assert!(!kinds(&today), "{product}");
        assert_eq!(next_question(&guideline, "us", &dose, &today), None, "{product}");
    }
}
