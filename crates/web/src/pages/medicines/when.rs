//! When a dose was taken, by the person's own clock.
//!
//! An hour that the clock shows twice is asked about, one that it never shows is
//! refused, and nothing is guessed.

use care::{Clock, TimeError, read_time};
use jiff::civil::{Date, DateTime};
use jiff::tz::AmbiguousOffset;
use jiff::{Span, Timestamp, Zoned};

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
            _ => date.strftime("%A %-d %B").to_string(),
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
    let day: Option<Date> = form.text("day").parse().ok();
    let Some(day) = day.filter(|day| (0..=DAYS).contains(&days_since(now, *day))) else {
        return unclear("day", "Choose the day on which you took it");
    };
    let at = match read_time(&format!("{day} {time}"), now) {
        Ok(at) => at.timestamp(),
        Err(TimeError::TwiceOrNever { local, .. }) => match twice(local, now, form.text("which")) {
            Ok(at) => at,
            Err(unclear) => return unclear,
        },
        Err(TimeError::NotATime { .. }) => return unclear("taken_at", "Write the time like 14:30"),
    };
    if at > now.timestamp() {
        let words = Clock::of(now).words(at);
        let message = format!("That is {words}, which is still to come. Choose when you took it");
        return When::Unclear(Problem { field: "taken_at".to_owned(), message });
    }
    When::At(at)
}

fn days_since(now: &Zoned, day: Date) -> i64 {
    now.date().since(day).map_or(-1, |span| i64::from(span.get_days()))
}

/// A time that the clock shows twice, or never.
fn twice(local: DateTime, now: &Zoned, which: &str) -> Result<Timestamp, When> {
    let zone = now.time_zone();
    let AmbiguousOffset::Fold { before, after } = zone.to_ambiguous_zoned(local).offset() else {
        let message =
            "The clocks went forward over that time, so no clock showed it. Choose a time before or after";
        return Err(When::Unclear(Problem { field: "taken_at".to_owned(), message: message.to_owned() }));
    };
    let choice = |offset: jiff::tz::Offset, word: &str| -> Option<(Timestamp, Choice)> {
        let at = offset.to_timestamp(local).ok()?;
        let name = at.to_zoned(zone.clone()).strftime("%Z").to_string();
        let label = format!("The {word} {} that night ({name})", local.time().strftime("%H:%M"));
        Some((at, Choice { value: at.to_string(), label, is_chosen: false }))
    };
    let choices: Vec<(Timestamp, Choice)> =
        [choice(before, "first"), choice(after, "second")].into_iter().flatten().collect();
    match choices.iter().find(|(_, choice)| choice.value == which) {
        Some((at, _)) => Ok(*at),
        None => Err(When::Twice(choices.into_iter().map(|(_, choice)| choice).collect())),
    }
}
