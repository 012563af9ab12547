//! When something was or will be, as the clock of a person shows it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{RoundMode, SignedDuration, Timestamp, Unit, Zoned, ZonedRound};

use crate::message::Message;

/// Writes instants as the clock of the person shows them, seen from now.
///
/// ```
/// use tell::Clock;
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
        self.said(at, |day, time| Message::TimeOnDay { day, time })
    }

    /// The same behind "before", "since" and "until": `24 November at 08:30`.
    pub fn words_after(&self, at: Timestamp) -> String {
        self.said(at, |day, time| Message::TimeDay { day, time })
    }

    /// The instant it is seen from.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The same for programs: `2026-11-22T14:00:00-05:00`.
    pub fn stamp(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// A time on paper, which is read on another day: `2026-11-30 11:30`.
    pub fn on_paper(&self, at: Timestamp) -> String {
        self.local(at).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// `other` says a day that is not next to today, with its time.
    fn said<'w>(&self, at: Timestamp, other: impl Fn(Text<'w>, Text<'w>) -> Message<'w>) -> String {
        let local = self.local(at);
        let (date, time) = (local.date(), local.strftime("%H:%M").to_string().into());
        let time: Text<'w> = if self.zone.to_ambiguous_timestamp(local.datetime()).is_ambiguous() {
            let zone = local.strftime("%Z").to_string().into();
            Message::TimeInZone { time, zone }.to_string().into()
        } else {
            time
        };
        let said = if date == self.today {
            Message::TimeToday { time }
        } else if self.today.tomorrow().is_ok_and(|tomorrow| date == tomorrow) {
            Message::TimeTomorrow { time }
        } else if self.today.yesterday().is_ok_and(|yesterday| date == yesterday) {
            Message::TimeYesterday { time }
        } else {
            other(day_seen_from(date, self.today).to_string().into(), time)
        };
        said.to_string()
    }

    /// The day of a time that is past.
    pub(crate) fn date(&self, at: Timestamp) -> Date {
        self.local(at).date()
    }

    fn local(&self, at: Timestamp) -> Zoned {
        let local = at.to_zoned(self.zone.clone());
        if at <= self.now {
            return local;
        }
        let up = local.checked_add(SignedDuration::new(59, 999_999_999)).unwrap_or_else(|_| local.clone());
        let minute = ZonedRound::new().smallest(Unit::Minute).mode(RoundMode::Trunc);
        up.round(minute).unwrap_or(local)
    }
}

type Text<'w> = std::borrow::Cow<'w, str>;

/// `24 November`, and with its year where it is not of this one.
pub(crate) fn day_seen_from(date: Date, today: Date) -> Message<'static> {
    let (day, month) = (date.day().into(), month(date));
    if date.year() == today.year() {
        Message::DayOfMonth { day, month }
    } else {
        Message::DayOfYear { day, month, year: date.year().to_string().into() }
    }
}

/// `Tuesday 24 November`.
pub fn day_of_week(date: Date) -> Message<'static> {
    let weekday = Message::Weekday { number: date.weekday().to_monday_one_offset().into() };
    let day = Message::DayOfMonth { day: date.day().into(), month: month(date) };
    Message::DayOfWeek { weekday: weekday.to_string().into(), day: day.to_string().into() }
}

/// `Tue`.
pub fn weekday_short(date: Date) -> Message<'static> {
    Message::WeekdayShort { number: date.weekday().to_monday_one_offset().into() }
}

fn month(date: Date) -> Text<'static> {
    Message::Month { number: date.month().into() }.to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_york(text: &str) -> Zoned {
        text.parse::<Timestamp>().unwrap().to_zoned(TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap())
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
        let after = |text: &str| clock.words_after(text.parse().unwrap());
        assert_eq!(after("2026-06-12T18:00:00Z"), "12 June at 14:00");
        assert_eq!(after("2025-06-12T18:00:00Z"), "12 June 2025 at 14:00");
        assert_eq!(after("2026-06-15T18:05:00Z"), "today at 14:05");
    }

    #[test]
    fn months_and_weekdays_are_those_of_the_calendar() {
        for month in 1..=12 {
            for day in 1..=28 {
                let date = Date::new(2026, month, day).unwrap();
                assert_eq!(day_of_week(date).to_string(), date.strftime("%A %-d %B").to_string());
                assert_eq!(weekday_short(date).to_string(), date.strftime("%a").to_string());
            }
        }
    }
}
