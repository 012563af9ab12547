//! What is said of painkillers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../care/tests/medicine/shelf.rs"]
#[allow(dead_code, reason = "each test file uses its own part")]
mod shelf;
#[path = "../../care/tests/support/mod.rs"]
mod support;

use care::medicine::{Found, find};
use care::{
    Count, MedicineClass, OtherMedicine, PackUnit, Place, Region, SourceId, Taken, after_taking, standings,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use shelf::{adult, dose, guideline, log, new_york};
use support::books;
use tell::Clock;
use tell::medicine::{
    amount, because, counts_together, described, limits_of, note_on, of_pack, standing, time_left, warning,
    why,
};

fn at(hour: i8, minute: i8) -> Timestamp {
    new_york(6, 15, hour, minute)
}

fn clock(now: Timestamp) -> Clock {
    Clock::of(&now.to_zoned(TimeZone::UTC))
}

#[test]
fn what_decides_is_told_first() {
    let guideline = guideline();
    // Of another kind, and too soon as well.
    let log = log(&guideline, &[(at(8, 0), "aleve", 1), (at(11, 0), "advil", 2)]);
    let verdict = adult(&guideline, &log, "advil", 1, at(12, 0));
    let why = why(&guideline, &verdict, &clock(at(12, 0)));
    assert_eq!(verdict.because()[0].id(), "other_nsaid");
    assert_eq!((why.decisive.len(), why.also.len()), (1, 1));
    assert!(why.also[0].text.to_string().contains("Leave at least"));
    assert!(!why.is_over && why.open.is_empty());
}

#[test]
fn more_than_is_allowed_is_told_instead_of_the_next_dose() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(8, 0), "tylenol", 7)]);
    let standings = standings(&guideline, "us", &log, at(12, 0));
    let clock = clock(at(12, 0));
    let told = standing(&guideline, &standings[0], &clock);
    assert!(told.is_over && told.next.to_string().starts_with("take no more"), "{told:?}");
    let verdict = adult(&guideline, &log, "tylenol", 1, at(12, 0));
    assert!(why(&guideline, &verdict, &clock).is_over);
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
    let note = |id| note_on(&Found::with_id(&guideline, id).unwrap()).map(|told| told.text.to_string());
    assert_eq!(note("advil").as_deref(), Some("It is ibuprofen."));
    assert_eq!(note("diclofenac").as_deref(), Some("The gel counts too."));
    assert_eq!((note("motrin"), note("ibuprofen_us")), (None, None));
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
    let left = |now, until| time_left(now, until).map(|left| left.to_string());
    assert_eq!(left(at(12, 0), at(14, 13)).as_deref(), Some("2 h 13 min"));
    let second = jiff::SignedDuration::from_secs(1);
    assert_eq!(left(at(12, 0) - second, at(12, 0)).as_deref(), Some("1 min"));
    assert_eq!(left(at(12, 0), at(12, 0)), None);
}

#[test]
fn a_dose_is_described_with_its_pack_and_what_it_holds() {
    let guideline = guideline();
    let region =
        |id: &str| -> &Region { guideline.book().regions.iter().find(|region| region.id == id).unwrap() };
    let advil = find(&guideline, region("us"), "advil").unwrap();
    assert_eq!(amount(&advil, Count::whole(2)).to_string(), "2 tablets");
    let described = described(&guideline, region("us"), &advil, &dose(&guideline, "advil", 2));
    assert_eq!(described.to_string(), "advil, 2 tablets (400 mg of ibuprofen); limits: US");
}

#[test]
fn a_part_of_a_unit_is_one_and_more_are_many() {
    let words = |unit, count: &str| of_pack(unit, Count::read(count).unwrap()).to_string();
    for (unit, count, said) in [
        (PackUnit::Tablet, "1", "1 tablet"),
        (PackUnit::Tablet, "0.5", "½ tablet"),
        (PackUnit::Tablet, "1.5", "1½ tablets"),
        (PackUnit::Patch, "2", "2 patches"),
        (PackUnit::Dose, "0", "0 doses"),
    ] {
        assert_eq!(words(unit, count), said);
    }
}

#[test]
fn the_limits_of_a_pack_stand_in_one_line() {
    let guideline = guideline();
    let limits =
        |id: &str| limits_of(guideline.book().products.iter().find(|product| product.id == id).unwrap());
    assert_eq!(limits("headache").as_deref(), Some("1 tablet at one time, 3 tablets in any 24 hours"));
    assert_eq!(limits("advil"), None);
}

#[test]
fn too_much_is_said_with_its_amounts() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(6, 0), "tylenol", 8)]);
    let verdict = adult(&guideline, &log, "tylenol", 1, at(14, 0));
    let sentence = because(&guideline, &verdict.because()[0], &clock(at(14, 0))).to_string();
    assert!(sentence.contains("4,000 mg") && sentence.contains("3,000 mg"), "{sentence}");
}

#[test]
fn an_early_dose_is_said_to_the_minute() {
    let guideline = guideline();
    let taken = Taken::new(at(12, 0), &dose(&guideline, "advil", 1));
    let before = log(&guideline, &[(at(9, 0), "advil", 1)]);
    let warnings = after_taking(&guideline, "us", &before, &taken, at(12, 0));
    let said = warning(&guideline, &warnings[0], &clock(at(12, 0))).to_string();
    assert!(said.starts_with("This is 1 h too close"), "{said}");
}

/// "on" stands before a day, and not behind "before" and "since".
#[test]
fn a_day_behind_before_or_since_has_no_on() {
    let guideline = guideline();
    let (first, now) = (new_york(6, 10, 9, 0), new_york(6, 10, 12, 0));
    let log = log(&guideline, &[(first, "aleve", 1)]);
    let verdict = adult(&guideline, &log, "advil", 1, now);
    let said = because(&guideline, &verdict.because()[0], &clock(new_york(6, 13, 12, 0))).to_string();
    assert_eq!(
        said,
        "You took naproxen on 10 June at 13:00. It is the same kind of painkiller as ibuprofen, and two of the \
         kind can make you bleed. Take no ibuprofen before 11 June at 13:00."
    );
}
