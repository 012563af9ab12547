//! When an entry is about: now, or an earlier time of the last two weeks.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, Zoned};

use crate::parts::when::{NoInstant, instant};
use crate::request::Form;
use crate::screen::Problem;

/// The part of the form that says when, as it was filled in.
#[derive(Debug, Default)]
pub(crate) struct When {
    pub(crate) is_earlier: bool,
    /// As chosen: a date, which stays that day where the form is sent after midnight.
    pub(crate) day: String,
    /// As typed: `14:30`.
    pub(crate) time: String,
    pub(crate) error: Option<String>,
}

/// How far back an entry may be: what is older is remembered too badly to be scored.
const DAYS_BACK: i64 = 14;

/// What is taken for the time of a day before today, where none is given.
const NOON: &str = "12:00";

/// A day that can be chosen.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Day {
    /// In the form.
    pub(crate) value: String,
    /// On the screen: `Friday 20 November`.
    pub(crate) words: String,
}

/// The id of the field for the time.
const TIME: &str = "about_time";

impl When {
    /// Reads it as it was filled in.
    pub(crate) fn read(form: &Form) -> Self {
        Self {
            is_earlier: form.text("when") == "earlier",
            day: form.text("day").to_owned(),
            time: form.text(TIME).to_owned(),
            error: None,
        }
    }

    /// The days that can be chosen, today first.
    pub(crate) fn days(now: &Zoned) -> Vec<Day> {
        let today = now.date();
        let days = (0..=DAYS_BACK).map(|back| (back, today.saturating_sub(back.days())));
        let words = |back, day: Date| match back {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            _ => tell::day_of_week(day).to_string(),
        };
        days.map(|(back, day)| Day { value: day.to_string(), words: words(back, day) }).collect()
    }

    /// The instant it means by the person's own clock. A time that this clock showed twice, or
    /// never, is refused.
    pub(crate) fn instant(&mut self, now: &Zoned) -> Result<Timestamp, Problem> {
        if !self.is_earlier {
            return Ok(now.timestamp());
        }
        let day = if self.day.is_empty() { "today" } else { &self.day };
        let is_today = day == "today" || day == now.date().to_string();
        // Who looks back on another day remembers the day, and seldom the hour.
        let time = if self.time.is_empty() && !is_today { NOON } else { &self.time };
        instant(day, time, now, DAYS_BACK).map_err(|no| {
            let message = match no {
                NoInstant::Day => "Choose a day of the last two weeks",
                NoInstant::Time(message) => message,
                NoInstant::Twice(_) => {
                    "The clocks were put back that night, so this time came twice. Choose a time before or after"
                }
                NoInstant::ToCome(_) => "This time is still to come. Choose an earlier one, or \"now\"",
            };
            self.error = Some(message.to_owned());
            Problem { field: TIME.to_owned(), message: message.to_owned() }
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZoneDatabase;

    use super::*;

    fn instant(now: &str, day: &str, time: &str) -> Result<String, String> {
        let zone = TimeZoneDatabase::bundled().get("Europe/London").expect("the zone exists");
        let now = now.parse::<Timestamp>().expect("the time is right").to_zoned(zone);
        let form: Form = [("when", "earlier"), ("day", day), ("about_time", time)].into_iter().collect();
        let mut when = When::read(&form);
        when.instant(&now).map(|at| at.to_string()).map_err(|problem| problem.message)
    }

    #[test]
    fn an_earlier_time_is_read_by_the_clock_of_the_person() {
        let now = "2026-06-10T09:00:00Z";
        assert_eq!(instant(now, "today", "8:30").as_deref(), Ok("2026-06-10T07:30:00Z"));
        assert_eq!(instant(now, "yesterday", "21:15").as_deref(), Ok("2026-06-09T20:15:00Z"));
        assert_eq!(instant(now, "2026-05-27", "21:15").as_deref(), Ok("2026-05-27T20:15:00Z"));
    }

    #[test]
    fn every_day_of_the_last_two_weeks_can_be_chosen_and_no_other() {
        let now = "2026-06-10T09:00:00Z";
        let zone = TimeZoneDatabase::bundled().get("Europe/London").expect("the zone exists");
        let days = When::days(&now.parse::<Timestamp>().expect("the time is right").to_zoned(zone));
        assert_eq!(days.len(), 15);
        assert_eq!(days[1], Day { value: "2026-06-09".into(), words: "yesterday".into() });
        assert_eq!(days[2], Day { value: "2026-06-08".into(), words: "Monday 8 June".into() });
        for day in days {
            assert!(instant(now, &day.value, "08:00").is_ok(), "{day:?}");
        }
        for day in ["2026-05-26", "2026-06-11", "2025-06-09", "never", "-1"] {
            assert!(instant(now, day, "08:00").is_err_and(|message| message.contains("two weeks")), "{day}");
        }
    }

    #[test]
    fn another_day_needs_no_time() {
        let now = "2026-06-10T09:00:00Z";
        assert_eq!(instant(now, "2026-06-07", "").as_deref(), Ok("2026-06-07T11:00:00Z"));
        assert!(instant(now, "2026-06-10", "").is_err());
    }

    #[test]
    fn a_time_to_come_or_no_time_is_refused() {
        let now = "2026-06-10T09:00:00Z";
        assert!(instant(now, "today", "10:30").is_err_and(|message| message.contains("still to come")));
        for time in ["", "noon", "25:00", "8.30", "830"] {
            assert!(instant(now, "today", time).is_err(), "{time}");
        }
    }

    #[test]
    fn an_hour_that_the_clocks_show_twice_or_skip_is_not_guessed() {
        // Back at 2 on 25 October, forward at 1 on 29 March.
        let twice = instant("2026-10-25T09:00:00Z", "today", "01:30");
        assert!(twice.is_err_and(|message| message.contains("came twice")));
        let never = instant("2026-03-29T09:00:00Z", "today", "01:30");
        assert!(never.is_err_and(|message| message.contains("no clock showed it")));
    }
}
