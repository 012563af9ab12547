//! Times as they are typed, by the clock of the person.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset};
use jiff::{SignedDuration, Timestamp, Zoned};

/// A time that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// A text that is no time.
    #[error("`{}` is not a time", crate::printable(.text))]
    NotATime {
        /// What was given.
        text: String,
        /// The day it is, for the example.
        today: Date,
        /// The offset of the clock of this place now, for the example: `+01:00`.
        offset: String,
    },
    /// A time that the clock of this place shows twice.
    #[error("the clocks are put back around {local}, so that time comes twice")]
    Twice {
        /// The time.
        local: DateTime,
        /// The two instants at which the clock shows it.
        both: [Timestamp; 2],
        /// The offset of the first of them, for the example.
        offset: String,
    },
    /// A time that the clock of this place never shows.
    #[error("the clocks go forward over {local}, so that time does not come")]
    Never {
        /// The time.
        local: DateTime,
        /// The offset of the clock of this place before that time, for the example.
        offset: String,
    },
}

/// A time as it is typed: `14:30` of today, `yesterday 14:30`, `2026-11-22 14:30` or
/// `2026-11-22T14:30` by the clock of the place of `now`, or with an offset,
/// `2026-11-22T14:30-05:00`; `now`, and `2 hours ago`.
///
/// # Errors
///
/// A text that is no time, or one that the clock of this place shows twice or
/// never: nothing is guessed. A day alone is no time. The name of a time zone without an
/// offset is not looked up, so it is no time either.
///
/// ```
/// use care::read_time;
/// use jiff::{Timestamp, tz::TimeZone};
/// let now = "2026-11-22T18:00:00Z".parse::<Timestamp>()?.to_zoned(TimeZone::UTC);
/// let typed = |text| read_time(text, &now).map(|zoned| zoned.timestamp());
/// assert_eq!(typed("14:30"), Ok("2026-11-22T14:30:00Z".parse()?));
/// assert_eq!(typed("yesterday 8:15"), Ok("2026-11-21T08:15:00Z".parse()?));
/// assert_eq!(typed("2 hours ago"), Ok("2026-11-22T16:00:00Z".parse()?));
/// assert!(typed("noon").is_err());
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn read_time(text: &str, now: &Zoned) -> Result<Zoned, TimeError> {
    let text = text.trim();
    let zone = now.time_zone();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant.to_zoned(zone.clone()));
    }
    if let Some(instant) = before(text).and_then(|time| now.timestamp().checked_sub(time).ok()) {
        return Ok(instant.to_zoned(zone.clone()));
    }
    let Some(local) = local(text, now.date()) else {
        let offset = now.strftime("%:z").to_string();
        return Err(TimeError::NotATime { text: text.to_owned(), today: now.date(), offset });
    };
    let ambiguous = zone.to_ambiguous_zoned(local);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { before, .. } => Err(TimeError::Never { local, offset: offset_words(before) }),
        AmbiguousOffset::Fold { before, after } => {
            let both = [before, after].map(|offset| offset.to_timestamp(local).unwrap_or_default());
            Err(TimeError::Twice { local, both, offset: offset_words(before) })
        }
        AmbiguousOffset::Unambiguous { offset } => {
            let instant = offset.to_timestamp(local).unwrap_or_default();
            Ok(instant.to_zoned(zone.clone()))
        }
    }
}

/// `now`, or a time of the clock before it: `20 minutes ago`, `an hour ago`.
fn before(text: &str) -> Option<SignedDuration> {
    let text = text.to_lowercase();
    if text == "now" {
        return Some(SignedDuration::ZERO);
    }
    let mut words = text.strip_suffix("ago")?.split_whitespace();
    let (count, unit) = (words.next()?, words.next()?);
    let count = match count {
        "a" | "an" | "one" => 1,
        count => count.parse::<u16>().ok()?,
    };
    let minutes = match unit {
        "minute" | "minutes" | "min" => 1,
        "hour" | "hours" | "h" => 60,
        _ => return None,
    };
    words.next().is_none().then(|| SignedDuration::from_mins(i64::from(count) * minutes))
}

/// A time of day, with its day or without.
fn local(text: &str, today: Date) -> Option<DateTime> {
    // A day alone is no time, and the name of a zone is not looked up.
    if !text.contains(':') || text.contains('[') {
        return None;
    }
    if let Ok(local) = text.parse::<DateTime>() {
        return Some(local);
    }
    let (day, time) = text.rsplit_once(char::is_whitespace).unwrap_or(("today", text));
    let day = day.trim_end().to_lowercase();
    let day = match day.strip_suffix(" at").unwrap_or(&day) {
        "today" | "at" => today,
        "yesterday" => today.yesterday().ok()?,
        date => date.parse().ok()?,
    };
    // `8:30` is `08:30`.
    let zero = if time.find(':') == Some(1) { "0" } else { "" };
    let is_time = time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
    is_time.then(|| format!("{zero}{time}").parse::<Time>().ok())?.map(|time| day.to_datetime(time))
}

/// An offset as it is typed: `+02:00`.
fn offset_words(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn new_york(text: &str) -> Zoned {
        text.parse::<Timestamp>().unwrap().to_zoned(TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap())
    }

    #[test]
    fn a_time_is_read_with_and_without_day_and_offset() {
        let now = new_york("2026-06-15T18:00:00Z");
        let read = |text| read_time(text, &now).map(|zoned| zoned.timestamp().to_string());
        for (text, instant) in [
            ("14:30", "2026-06-15T18:30:00Z"),
            ("8:05", "2026-06-15T12:05:00Z"),
            ("14:30:15", "2026-06-15T18:30:15Z"),
            ("today 14:30", "2026-06-15T18:30:00Z"),
            ("Today at 8:05", "2026-06-15T12:05:00Z"),
            ("yesterday 14:30", "2026-06-14T18:30:00Z"),
            ("2026-06-14 14:30", "2026-06-14T18:30:00Z"),
            ("2026-06-14 8:05", "2026-06-14T12:05:00Z"),
            ("2026-06-14T14:30", "2026-06-14T18:30:00Z"),
            ("2026-06-14T14:30-07:00", "2026-06-14T21:30:00Z"),
            ("now", "2026-06-15T18:00:00Z"),
            ("20 minutes ago", "2026-06-15T17:40:00Z"),
            ("an hour ago", "2026-06-15T17:00:00Z"),
            ("30 h ago", "2026-06-14T12:00:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(instant), "{text}");
        }
        for text in [
            "",
            "noon",
            "today",
            "2026-06-14",
            "25:00",
            "1430",
            "8.30",
            "14:30 today",
            "tomorrow 14:30",
            "2026-06-14T14:30[Europe/Paris]",
            "ago",
            "2 days ago",
            "-2 hours ago",
            "2 hours and a bit ago",
            "99999 hours ago",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_hour_that_comes_twice_or_never_is_not_guessed() {
        let now = new_york("2026-06-15T18:00:00Z");
        let both =
            ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"].map(|at| at.parse::<Timestamp>().unwrap());
        let twice = read_time("2026-11-01 01:30", &now);
        assert!(matches!(twice, Err(TimeError::Twice { both: found, .. }) if found == both), "{twice:?}");
        let never = read_time("2026-03-08 02:30", &now);
        assert!(matches!(never, Err(TimeError::Never { .. })), "{never:?}");
        assert!(read_time("2026-11-01T01:30-05:00", &now).is_ok());
        // By the hours that have passed, and not by what the clock showed.
        let after = new_york("2026-11-01T07:00:00Z");
        let ago = read_time("2 hours ago", &after).unwrap();
        assert_eq!(ago.timestamp().to_string(), "2026-11-01T05:00:00Z");
    }
}
