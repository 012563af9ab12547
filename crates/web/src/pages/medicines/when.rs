//! When a dose was taken, by the person's own clock.
//!
//! An hour that the clock shows twice is asked about, one that it never shows is
//! refused, and nothing is guessed.

use jiff::{Span, Timestamp, Zoned};
use tell::Clock;

use crate::parts::when::{NoInstant, instant};
use crate::request::Form;
use crate::screen::Problem;

/// Days that can be chosen, today among them.
const DAYS: i64 = 8;

/// What a form says of the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// This is when.
    At(Timestamp),
    /// Nobody knows; it counts as now.
    Unknown(Timestamp),
    /// The clock showed that time twice: which of the two was it?
    Twice(Vec<Choice>),
    /// It is not clear when.
    Unclear(Problem),
}

/// One of some times to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

/// The days to choose from, today first.
pub(super) fn days(now: &Zoned, chosen: &str) -> Vec<Choice> {
    let today = now.date();
    let day = |back: i64| -> Option<Choice> {
        let date = today.checked_sub(Span::new().days(back)).ok()?;
        let label = match back {
            0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            _ => tell::day_of_week(date).to_string(),
        };
        let value = date.to_string();
        Some(Choice { is_chosen: value == chosen, value, label })
    };
    (0..DAYS).filter_map(day).collect()
}

/// Reads `when`, `day`, `time` and, for a time that came twice, `which`.
pub(super) fn read(form: &Form, now: &Zoned) -> When {
    let unclear = |field: &str, message: &str| {
        When::Unclear(Problem { field: field.to_owned(), message: message.to_owned() })
    };
    let time = form.text("taken_at");
    match form.text("when") {
        "now" if time.is_empty() => return When::At(now.timestamp()),
        "now" => {
            return unclear("when_now", "You chose \"just now\" and gave a time as well. Which one is it?");
        }
        "unknown" if time.is_empty() => return When::Unknown(now.timestamp()),
        "unknown" => {
            let message = "You chose \"I do not know when\" and gave a time as well. Which one is it?";
            return unclear("when_now", message);
        }
        "earlier" if time.is_empty() => return unclear("taken_at", "Write the time at which you took it"),
        "earlier" => {}
        _ => return unclear("when_now", "Choose when you took it"),
    }
    match instant(form.text("day"), time, now, DAYS) {
        Ok(at) => When::At(at),
        Err(NoInstant::Day) => unclear("day", "Choose the day on which you took it"),
        Err(NoInstant::Time(message)) => unclear("taken_at", message),
        Err(NoInstant::Twice(both)) => twice(both, now, form.text("which")),
        Err(NoInstant::ToCome(at)) => {
            let words = Clock::of(now).words(at);
            unclear("taken_at", &format!("That is {words}, which is still to come. Choose when you took it"))
        }
    }
}

/// A time that the clock shows twice: the one of the two that was chosen, or both to choose from.
fn twice(both: [Timestamp; 2], now: &Zoned, which: &str) -> When {
    if let Some(at) = both.iter().find(|at| at.to_string() == which) {
        return When::At(*at);
    }
    let choice = |(at, word): (Timestamp, &str)| {
        let local = at.to_zoned(now.time_zone().clone());
        let label = format!("The {word} {}", local.strftime("%H:%M that night (%Z)"));
        Choice { value: at.to_string(), label, is_chosen: false }
    };
    When::Twice(both.into_iter().zip(["first", "second"]).map(choice).collect())
}
