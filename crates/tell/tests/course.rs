//! What is said of the course of a spell.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use care::recovery::{CheckIn, Course, Hours, PainScore, PainSeries};
use care::{Book, Cutoff, Guideline, Outcome, Place, Threshold, Urgency};
use tell::{LastEntry, Message, Words, course, course_band};

/// A book with nothing but what every book has. Of the thresholds those that say when a spell
/// is over are as in the real book.
fn guideline() -> Guideline {
    let outcome = |urgency: Urgency| Outcome {
        id: urgency.id().to_owned(),
        urgency,
        place: Place::default(),
        title: String::new(),
        first_call: None,
        actions: Vec::new(),
        also: Vec::new(),
        say: Vec::new(),
        red_lines: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
    };
    let threshold = |cutoff: Cutoff| {
        let value = match cutoff {
            Cutoff::WellUpTo => 1.0,
            Cutoff::WellDays | Cutoff::LongestSilence => 7.0,
            Cutoff::KnownStart => 72.0,
            other => other.range().0,
        };
        Threshold { cutoff, place: Place::default(), value, sources: Vec::new() }
    };
    let (outcomes, thresholds) = (Urgency::ALL.map(outcome).into(), Cutoff::ALL.map(threshold).into());
    Guideline::new(Book { outcomes, thresholds, ..Book::default() }).unwrap()
}

fn lines<'g>(guideline: &'g Guideline, entries: &[(f64, u8)]) -> Vec<Words<'g>> {
    let check_in = |(day, pain): &(f64, u8)| CheckIn {
        at: Hours::from_days(*day).unwrap(),
        pain: PainScore::new(*pain).unwrap(),
        function: None,
        place: None,
    };
    let diary = PainSeries::new(entries.iter().map(check_in).collect()).unwrap();
    course(guideline, &Course::of(guideline, &diary), &diary, LastEntry::now())
}

#[test]
fn a_spell_that_is_over_is_told_with_its_day_and_without_a_band() {
    let guideline = guideline();
    let mut entries = vec![(0.0, 6)];
    entries.extend((5..=11).map(|day| (f64::from(day), 1)));
    let told = lines(&guideline, &entries);
    assert!(told.contains(&Message::CourseOver { day: "day 5".into() }.into()), "{told:?}");
    let is_band = |line: &&Words<'_>| {
        matches!(line, Words::Program(Message::CourseExpected { .. } | Message::CourseExpectedAbout { .. }))
    };
    assert_eq!(told.iter().find(is_band), None);
}

#[test]
fn a_rise_is_told_as_one_and_two_curves_at_one_place_are_one_number() {
    let guideline = guideline();
    let told = lines(&guideline, &[(0.0, 4), (2.0, 6)]);
    assert!(told.contains(&Message::CourseUp { percent: 50 }.into()), "{told:?}");
    let band = care::recovery::Band { fast: 1.0, middle_low: 2.04, middle_high: 2.01, slow: 4.0 };
    let (fast, average, slow) = ("1.0".into(), "2.0".into(), "4.0".into());
    assert_eq!(course_band(&band), Message::CourseExpectedAbout { fast, average, slow });
}

#[test]
fn the_pain_and_the_change_come_first() {
    let guideline = guideline();
    let told = lines(&guideline, &[(0.0, 8), (3.0, 4)]);
    assert_eq!(told[0].to_string(), "Pain now: 4 of 10, day 3 since it began");
    assert_eq!(told[1].to_string(), "50 % down from the start of this spell");
}

#[test]
fn an_old_entry_says_nothing_of_now() {
    let day = |text: &str| text.parse().unwrap();
    let today = day("2026-11-29");
    assert_eq!(LastEntry::on(day("2026-11-28"), today).days(), 1);
    assert_eq!(LastEntry::on(day("2026-11-30"), today).days(), 0);
    assert_ne!(LastEntry::on(day("2025-11-27"), today), LastEntry::on(day("2026-11-27"), today));
}
