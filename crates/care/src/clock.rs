//! Times as they are typed and shown, by the clock of the person.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, Unit, Zoned, ZonedRound};

/// A time that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// A text that is no time.
    #[error(
        "`{}` is not a time; write it like 14:30, '{today} 14:30' or {today}T14:30{offset}",
        crate::printable(.text)
    )]
    NotATime {
        /// What was given.
        text: String,
        /// The day it is, for the example.
        today: Date,
        /// The offset of the clock of this place now, for the example: `+01:00`.
        offset: String,
    },
    /// A time that the clock of this place shows twice or never.
    #[error(
        "the clocks change around {local}, so that time comes twice or not at all; \
         add the offset, as in {date}T{time}{offset}",
        date = .local.date(),
        time = .local.time()
    )]
    TwiceOrNever {
        /// The time.
        local: DateTime,
        /// An offset of the clock of this place around that time, for the example.
        offset: String,
    },
}

/// A time as it is typed: `14:30` of today, `2026-11-22 14:30` or `2026-11-22T14:30`
/// by the clock of the place of `now`, or with an offset, `2026-11-22T14:30-05:00`.
///
/// # Errors
///
/// A text that is no time, or one that the clock of this place shows twice or
/// never. The name of a time zone without an offset is not looked up, so it is
/// no time either.
///
/// ```
/// use care::read_time;
/// use jiff::{Timestamp, tz::TimeZone};
/// let now = "2026-11-22T18:00:00Z".parse::<Timestamp>()?.to_zoned(TimeZone::UTC);
/// let typed = read_time("14:30", &now).map(|zoned| zoned.timestamp());
/// assert_eq!(typed, Ok("2026-11-22T14:30:00Z".parse()?));
/// assert!(read_time("noon", &now).is_err());
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn read_time(text: &str, now: &Zoned) -> Result<Zoned, TimeError> {
    let text = text.trim();
    let zone = now.time_zone();
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant.to_zoned(zone.clone()));
    }
    // A date alone is not a time. The date is looked for first, because a time of
    // day is read out of a date and time as well.
    let local = if !text.contains(':') || text.contains('[') {
        None
    } else if let Ok(local) = text.parse::<DateTime>() {
        Some(local)
    } else {
        text.parse::<Time>().ok().map(|time| now.date().to_datetime(time))
    };
    let Some(local) = local else {
        let offset = now.strftime("%:z").to_string();
        return Err(TimeError::NotATime { text: text.to_owned(), today: now.date(), offset });
    };
    let ambiguous = zone.to_ambiguous_zoned(local);
    let offset = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
    };
    ambiguous.unambiguous().map_err(|_| TimeError::TwiceOrNever { local, offset: offset_words(offset) })
}

/// An offset as it is typed: `+02:00`.
fn offset_words(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Writes instants as the clock of the person shows them, seen from now.
///
/// ```
/// use care::Clock;
/// use jiff::{Timestamp, tz::TimeZone};
/// let now: Timestamp = "2026-11-22T14:00:00Z".parse()?;
/// let clock = Clock::of(&now.to_zoned(TimeZone::UTC));
/// assert_eq!(clock.words("2026-11-23T08:30:00Z".parse()?), "tomorrow at 08:30");
/// assert_eq!(clock.stamp(now), "2026-11-22T14:00:00+00:00");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Clock {
    zone: TimeZone,
    now: Timestamp,
    today: Date,
}

impl Clock {
    /// The clock of a person for whom it is now this time of this zone.
    pub fn of(now: &Zoned) -> Self {
        Self { zone: now.time_zone().clone(), now: now.timestamp(), today: now.date() }
    }

    /// `today at 14:00`, `tomorrow at 08:30`, `on 24 November at 08:30`. A time to
    /// come is rounded up to the minute, so that nobody is a few seconds early.
    pub fn words(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let time = local.strftime("%H:%M");
        let zone = if self.zone.to_ambiguous_timestamp(local.datetime()).is_ambiguous() {
            local.strftime(" %Z").to_string()
        } else {
            String::new()
        };
        let date = local.date();
        let day = if date == self.today {
            "today".to_owned()
        } else if self.today.tomorrow().is_ok_and(|tomorrow| date == tomorrow) {
            "tomorrow".to_owned()
        } else if self.today.yesterday().is_ok_and(|yesterday| date == yesterday) {
            "yesterday".to_owned()
        } else if date.year() == self.today.year() {
            format!("on {}", date.strftime("%-d %B"))
        } else {
            format!("on {}", date.strftime("%-d %B %Y"))
        };
        format!("{day} at {time}{zone}")
    }

    /// The instant it is seen from.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The same for programs: `2026-11-22T14:00:00-05:00`.
    pub fn stamp(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    fn local(&self, at: Timestamp) -> Zoned {
        let local = at.to_zoned(self.zone.clone());
        if at <= self.now {
            return local;
        }
        let up = local.checked_add(SignedDuration::new(59, 999_999_999)).unwrap_or_else(|_| local.clone());
        let minute = ZonedRound::new().smallest(Unit::Minute).mode(jiff::RoundMode::Trunc);
        up.round(minute).unwrap_or(local)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_york(text: &str) -> Zoned {
        text.parse::<Timestamp>().unwrap().to_zoned(TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap())
    }

    #[test]
    fn a_time_is_read_with_and_without_day_and_offset() {
        let now = new_york("2026-06-15T18:00:00Z");
        let read = |text| read_time(text, &now).map(|zoned| zoned.timestamp().to_string());
        assert_eq!(read("14:30").unwrap(), "2026-06-15T18:30:00Z");
        assert_eq!(read("2026-06-14 14:30").unwrap(), "2026-06-14T18:30:00Z");
        assert_eq!(read("2026-06-14T14:30").unwrap(), "2026-06-14T18:30:00Z");
        assert_eq!(read("2026-06-14T14:30-07:00").unwrap(), "2026-06-14T21:30:00Z");
        for text in ["", "noon", "2026-06-14", "25:00", "1430", "2026-06-14T14:30[Europe/Paris]"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_hour_that_comes_twice_or_never_is_not_guessed() {
        let now = new_york("2026-06-15T18:00:00Z");
        assert!(read_time("2026-11-01 01:30", &now).is_err());
        assert!(read_time("2026-03-08 02:30", &now).is_err());
        assert!(read_time("2026-11-01T01:30-05:00", &now).is_ok());
    }

    #[test]
    fn a_time_to_come_is_rounded_up_and_a_past_one_down() {
        let clock = Clock::of(&new_york("2026-06-15T18:00:30Z"));
        let words = |text: &str| clock.words(text.parse().unwrap());
        assert_eq!(words("2026-06-15T18:05:01Z"), "today at 14:06");
        assert_eq!(words("2026-06-15T18:05:00Z"), "today at 14:05");
        assert_eq!(words("2026-06-15T17:59:59Z"), "today at 13:59");
        assert_eq!(words("2026-06-16T03:59:30Z"), "tomorrow at 00:00");
        assert_eq!(words("2026-06-12T18:00:00Z"), "on 12 June at 14:00");
        assert_eq!(words("2026-11-01T06:30:00Z"), "on 1 November at 01:30 EST");
    }
}
