//! What is told about a dose, and what somebody has at hand.

use care::OtherMedicine;
use care::medicine::{Found, Kin, common_packs, counts_together, note_on, time_left};
use care::{Answer, Clock, DoseLog, MedicineClass, Place, SourceId, may_take, standings};
use jiff::tz::TimeZone;

use crate::shelf::{self, HEARTBURN, ULCER, adult, aged, but, dose, guideline, log, new_york};
use crate::support::books;
use crate::{at, told};

fn clock(now: jiff::Timestamp) -> Clock {
    Clock::of(&now.to_zoned(TimeZone::UTC))
}

#[test]
fn only_what_is_open_waits_for_answers() {
    let guideline = guideline();
    let waits = |finding, answer| {
        let answers = but(&guideline, &aged(&guideline, 40), finding, answer);
        let dose = dose(&guideline, "advil", 1);
        may_take(&guideline, "us", &DoseLog::default(), &dose, &answers, at(12, 0)).waits_for_answers()
    };
    assert!(waits(ULCER, None));
    assert!(waits(ULCER, Some(Answer::NotSure)));
    assert!(!waits(HEARTBURN, Some(Answer::Yes)));
    assert!(!waits(ULCER, Some(Answer::Yes)));
    assert!(!waits(ULCER, Some(Answer::No)));
}

#[test]
fn what_decides_is_told_first() {
    let guideline = guideline();
    // Of another kind, and too soon as well.
    let log = log(&guideline, &[(at(8, 0), "aleve", 1), (at(11, 0), "advil", 2)]);
    let verdict = adult(&guideline, &log, "advil", 1, at(12, 0));
    let why = verdict.why(&guideline, &clock(at(12, 0)));
    assert_eq!(told(&verdict).1, ["other_nsaid"]);
    assert_eq!((why.decisive.len(), why.also.len()), (1, 1));
    assert!(why.also[0].text.contains("Leave at least"));
    assert!(!why.is_over && why.open.is_empty());
}

#[test]
fn more_than_is_allowed_is_told_instead_of_the_next_dose() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(8, 0), "tylenol", 7)]);
    let standings = standings(&guideline, "us", &log, at(12, 0));
    let told = standings[0].told(&clock(at(12, 0)));
    assert!(told.is_over && told.next.starts_with("take no more"), "{told:?}");
    assert!(adult(&guideline, &log, "tylenol", 1, at(12, 0)).why(&guideline, &clock(at(12, 0))).is_over);
}

#[test]
fn what_people_get_wrong_is_told_of_packs_and_of_medicines_without_doses() {
    let mut book = shelf::book();
    book.products[0].note = Some("It is ibuprofen.".to_owned());
    book.other_medicines.push(OtherMedicine {
        id: "diclofenac".to_owned(),
        place: Place::default(),
        names: vec!["diclofenac".to_owned()],
        class: MedicineClass::Nsaid,
        shuts: "24 h".parse().unwrap(),
        note: Some("The gel counts too.".to_owned()),
        sources: vec![SourceId(0)],
        claims: Vec::new(),
    });
    let guideline = books::guideline(book);
    let note = |id| note_on(&Found::with_id(&guideline, id).unwrap()).map(|told| told.text);
    assert_eq!(note("advil").as_deref(), Some("It is ibuprofen."));
    assert_eq!(note("diclofenac").as_deref(), Some("The gel counts too."));
    assert_eq!((note("motrin"), note("ibuprofen_us")), (None, None));
}

#[test]
fn the_days_in_a_row_begin_anew_after_a_pause() {
    let guideline = guideline();
    let day = |day| new_york(6, day, 12, 0);
    let log = log(&guideline, &[(day(1), "advil", 1), (day(4), "advil", 1), (day(5), "advil", 1)]);
    let which = |now| standings(&guideline, "us", &log, now)[0].day_in_a_row;
    assert_eq!([day(1), day(4), day(5), day(6), day(7)].map(which), [1, 1, 2, 3, 0]);
}

#[test]
fn each_dose_that_counts_is_listed() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(0, 0), "advil", 1), (at(8, 0), "motrin", 2)]);
    let counts = |now| {
        let dose = dose(&guideline, "advil", 1);
        counts_together(&guideline, "us", &log, &dose, &clock(now))[0].doses.len()
    };
    assert_eq!([at(12, 0), new_york(6, 16, 0, 0), new_york(6, 16, 8, 0)].map(counts), [2, 1, 0]);
}

#[test]
fn the_time_that_is_left_is_rounded_up_to_the_minute() {
    assert_eq!(time_left(at(12, 0), at(14, 13)).as_deref(), Some("2 h 13 min"));
    let second = jiff::SignedDuration::from_secs(1);
    assert_eq!(time_left(at(12, 0) - second, at(12, 0)).as_deref(), Some("1 min"));
    assert_eq!(time_left(at(12, 0), at(12, 0)), None);
}

#[test]
fn the_same_ingredient_is_nearer_kin_than_the_same_kind() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(8, 0), "motrin", 1), (at(9, 0), "aleve", 1)]);
    let kin = |id, now| {
        let standings = standings(&guideline, "us", &log, now);
        Found::with_id(&guideline, id).unwrap().kin_taken(&guideline, &standings, now)
    };
    assert!(matches!(kin("advil", at(12, 0)), Some(Kin::Same { at: taken, .. }) if taken == at(8, 0)));
    assert!(matches!(kin("gel", at(12, 0)), Some(Kin::SameKind { at: taken, .. }) if taken == at(9, 0)));
    assert_eq!(kin("tylenol", at(12, 0)), None);
    assert_eq!(kin("advil", new_york(6, 16, 9, 0)), None);
}

#[test]
fn what_was_taken_last_stands_first_among_the_packs_at_hand() {
    let guideline = guideline();
    let packs = |log: &DoseLog| -> Vec<&str> {
        common_packs(&guideline, "us", log).into_iter().map(|pack| pack.id.as_str()).collect()
    };
    assert_eq!(packs(&DoseLog::default()), ["advil", "motrin", "aleve", "tylenol"]);
    let log = log(&guideline, &[(at(8, 0), "tylenol", 1), (at(9, 0), "nyquil", 1), (at(7, 0), "gel", 1)]);
    assert_eq!(packs(&log), ["nyquil", "tylenol", "gel", "advil", "motrin", "aleve"]);
}

#[test]
fn the_usual_amount_of_a_pack_is_at_least_one() {
    let guideline = guideline();
    let usual = |id| Found::with_id(&guideline, id).unwrap().usual_units(&guideline, "us");
    assert_eq!(["advil", "dual", "headache", "gel", "abroad"].map(usual), [1, 1, 1, 1, 1]);
    assert_eq!(usual("ibuprofen_us"), 200);
}
