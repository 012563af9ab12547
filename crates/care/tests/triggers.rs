//! Counts of what stood in a diary before a worse day.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use care::recovery::PainScore;
use care::triggers::{Day, NextDay, Noted, TriggerSeen, triggers_seen};
use jiff::civil::{Date, date};

fn day(on: Date, pain: u8, triggers: &[&str]) -> Day {
    let triggers = triggers.iter().map(|&trigger| Noted::in_words(trigger)).collect();
    Day { on, pain: PainScore::new(pain).unwrap(), triggers }
}

#[test]
fn the_day_after_is_looked_at_with_and_without() {
    let seen = triggers_seen(&[
        day(date(2026, 11, 1), 4, &["Sitting for long"]),
        day(date(2026, 11, 2), 6, &[]),
        day(date(2026, 11, 3), 5, &["sitting for long", "stress"]),
        day(date(2026, 11, 4), 5, &[]),
        // No entry on the 5th.
        day(date(2026, 11, 6), 3, &["Sitting for long"]),
    ]);
    let sitting = TriggerSeen {
        trigger: "Sitting for long".to_owned(),
        days: 3,
        with: NextDay { known: 2, higher: 1 },
        without: NextDay { known: 1, higher: 0 },
    };
    let stress = TriggerSeen {
        trigger: "stress".to_owned(),
        days: 1,
        with: NextDay { known: 1, higher: 0 },
        without: NextDay { known: 2, higher: 1 },
    };
    assert_eq!(seen, [sitting, stress]);
}

#[test]
fn two_entries_of_one_day_are_one_day_in_any_order() {
    let mut days = vec![
        day(date(2026, 12, 31), 2, &["stress"]),
        day(date(2026, 12, 31), 5, &["Stress", "  "]),
        day(date(2027, 1, 1), 4, &[]),
    ];
    let seen = triggers_seen(&days);
    assert_eq!((seen.len(), seen[0].days, seen[0].with), (1, 1, NextDay { known: 1, higher: 0 }));
    days.reverse();
    let backwards = triggers_seen(&days);
    assert_eq!((backwards[0].days, backwards[0].with), (seen[0].days, seen[0].with));
}

#[test]
fn what_is_not_known_is_not_counted() {
    let seen = triggers_seen(&[day(date(2026, 11, 1), 4, &["stress"])]);
    assert_eq!((seen[0].days, seen[0].with), (1, NextDay::default()));
    assert!(triggers_seen(&[]).is_empty());
}
