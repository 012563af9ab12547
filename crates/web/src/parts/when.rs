//! A day and a time of day as two fields of a form say them: read in one way for the diary and
//! for doses. Nothing is guessed.

use care::{TimeError, read_time};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, Zoned};

/// What a day and a time do not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoInstant {
    /// The day is none that can be chosen.
    Day,
    /// The time is none, or no clock of the person showed it: what to do about it.
    Time(&'static str),
    /// The clock of the person showed it twice.
    Twice([Timestamp; 2]),
    /// It is still to come.
    ToCome(Timestamp),
}

const NO_TIME: &str = "Write the time as hours and minutes, such as 08:30 or 21:15";
const NEVER: &str =
    "The clocks went forward over that time, so no clock showed it. Choose a time before or after";

/// The instant of a day, `today`, `yesterday` or a date of so many days back, and a time of day
/// by the person's own clock.
pub(crate) fn instant(day: &str, time: &str, now: &Zoned, days_back: i64) -> Result<Timestamp, NoInstant> {
    let today = now.date();
    let day: Date = match day {
        "today" => Ok(today),
        "yesterday" => today.yesterday(),
        date => date.parse(),
    }
    .map_err(|_| NoInstant::Day)?;
    if day < today.saturating_sub(days_back.days()) || today < day {
        return Err(NoInstant::Day);
    }
    // The field holds a time of day and nothing else.
    if !time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
        return Err(NoInstant::Time(NO_TIME));
    }
    match read_time(&format!("{day} {time}"), now) {
        Ok(at) if now.timestamp() < at.timestamp() => Err(NoInstant::ToCome(at.timestamp())),
        Ok(at) => Ok(at.timestamp()),
        Err(TimeError::Twice { both, .. }) => Err(NoInstant::Twice(both)),
        Err(TimeError::Never { .. }) => Err(NoInstant::Time(NEVER)),
        Err(TimeError::NotATime { .. }) => Err(NoInstant::Time(NO_TIME)),
    }
}
