//! When a habit is done: the part of the recurrence rules of RFC 5545 that every calendar reads
//! alike, as days and times of day.
//!
//! Many calendars refuse rules that recur within a day (`MINUTELY`, `HOURLY`,
//! `BYHOUR`). Here such a rule becomes several times of day, each with the same
//! rule of days, so that each can be an event of its own.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

/// Days with the times of day on which something is done.
///
/// ```
/// use care::Recurrence;
/// use jiff::civil::time;
/// let breaks: Recurrence = "FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10;BYDAY=MO,TU".parse()?;
/// assert_eq!(breaks.words(), "every 30 minutes from 9:00 to 11:00, on Monday and Tuesday");
/// assert_eq!(breaks.rule(), "FREQ=WEEKLY;BYDAY=MO,TU");
/// assert_eq!(breaks.times(None).len(), 4); // 9:00, 9:30, 10:00, 10:30
/// assert_eq!(breaks.times(Some(time(8, 0, 0, 0)))[3], Some(time(9, 30, 0, 0)));
/// assert!("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO".parse::<Recurrence>().is_err());
/// # Ok::<(), care::BadRecurrence>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Recurrence {
    frequency: Frequency,
    /// Of a rule that recurs within a day: how many minutes or hours lie between two times.
    interval: u16,
    days: Days,
    /// The first and the last hour, where it names any.
    hours: Option<(i8, i8)>,
    /// The minute of the first time.
    minute: i8,
}

/// A rule that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct BadRecurrence {
    message: String,
    help: String,
}

impl BadRecurrence {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// What to do about it.
    pub fn help(&self) -> &str {
        &self.help
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frequency {
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Days {
    Every,
    OfWeek(Vec<Weekday>),
    OfMonth(i8),
}

/// When a habit is proposed if the book names no time: in the morning, before the day fills up.
const MORNING: i8 = 8;

const FREQUENCIES: [(&str, Frequency); 5] = [
    ("MINUTELY", Frequency::Minutely),
    ("HOURLY", Frequency::Hourly),
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
];

/// The days of a week, as the rules and as people name them.
const WEEKDAYS: [(&str, Weekday, &str); 7] = [
    ("MO", Weekday::Monday, "Monday"),
    ("TU", Weekday::Tuesday, "Tuesday"),
    ("WE", Weekday::Wednesday, "Wednesday"),
    ("TH", Weekday::Thursday, "Thursday"),
    ("FR", Weekday::Friday, "Friday"),
    ("SA", Weekday::Saturday, "Saturday"),
    ("SU", Weekday::Sunday, "Sunday"),
];

const PARTS: [&str; 6] = ["FREQ", "INTERVAL", "BYDAY", "BYHOUR", "BYMINUTE", "BYMONTHDAY"];

impl Default for Recurrence {
    /// Every morning.
    fn default() -> Self {
        Self { frequency: Frequency::Daily, interval: 1, days: Days::Every, hours: None, minute: 0 }
    }
}

impl Recurrence {
    /// Whether it is done several times on the same day.
    pub fn is_within_day(&self) -> bool {
        matches!(self.frequency, Frequency::Minutely | Frequency::Hourly)
    }

    /// The times of a day if the first is at `first`, or as the book has them. None
    /// for those that would then be on the next day; the first is always there.
    pub fn times(&self, first: Option<Time>) -> Vec<Option<Time>> {
        let proposed = minute_of(self.first_time());
        let shift = first.map_or(0, minute_of) - first.map_or(0, |_| proposed);
        let between = match self.frequency {
            Frequency::Minutely => i32::from(self.interval),
            Frequency::Hourly => i32::from(self.interval) * 60,
            Frequency::Daily | Frequency::Weekly | Frequency::Monthly => i32::MAX,
        };
        let end = self.hours.map_or(proposed, |(_, last)| i32::from(last) * 60 + 59);
        let times = std::iter::successors(Some(proposed), |minute| minute.checked_add(between));
        times.take_while(|minute| *minute <= end).map(|minute| time_of_minute(minute + shift)).collect()
    }

    /// The time of day that the book proposes: of several, the first.
    pub fn first_time(&self) -> Time {
        let hour = self.hours.map_or(MORNING, |(first, _)| first);
        Time::new(hour, self.minute, 0, 0).unwrap_or_default()
    }

    /// The rule of its days alone.
    pub fn rule(&self) -> String {
        match &self.days {
            Days::Every => "FREQ=DAILY".to_owned(),
            Days::OfWeek(days) => format!("FREQ=WEEKLY;BYDAY={}", ids_of(days)),
            Days::OfMonth(day) => format!("FREQ=MONTHLY;BYMONTHDAY={day}"),
        }
    }

    /// Its days alone, as a person reads them: `every day`, `on Monday to Friday`.
    pub fn days_words(&self) -> String {
        match &self.days {
            Days::Every => "every day".to_owned(),
            Days::OfWeek(days) => format!("on {}", days_in_words(days)),
            Days::OfMonth(day) => format!("on day {day} of each month"),
        }
    }

    /// Its days and times, as a person reads them.
    ///
    /// ```
    /// use care::Recurrence;
    /// let words = |rule: &str| rule.parse::<Recurrence>().map(|rule| rule.words());
    /// assert_eq!(words("FREQ=DAILY")?, "every day");
    /// assert_eq!(words("FREQ=WEEKLY;BYDAY=MO,WE,FR")?, "on Monday, Wednesday and Friday");
    /// assert_eq!(words("FREQ=MONTHLY;BYMONTHDAY=1")?, "on day 1 of each month");
    /// # Ok::<(), care::BadRecurrence>(())
    /// ```
    pub fn words(&self) -> String {
        let first = self.first_time().strftime("%-H:%M");
        let unit = match self.frequency {
            Frequency::Minutely => "minute",
            Frequency::Hourly => "hour",
            Frequency::Daily | Frequency::Weekly | Frequency::Monthly => {
                let at = self.hours.map(|_| format!(" at {first}")).unwrap_or_default();
                return format!("{}{at}", self.days_words());
            }
        };
        let every = if self.interval == 1 { unit.to_owned() } else { format!("{} {unit}s", self.interval) };
        let to = self.hours.map_or(24, |(_, last)| last + 1);
        let days = if self.days == Days::Every { String::new() } else { format!(", {}", self.days_words()) };
        format!("every {every} from {first} to {to}:00{days}")
    }

    /// Whether it is done on this day.
    pub fn is_on(&self, date: Date) -> bool {
        match &self.days {
            Days::Every => true,
            Days::OfWeek(days) => days.contains(&date.weekday()),
            Days::OfMonth(day) => date.day() == *day,
        }
    }
}

impl fmt::Display for Recurrence {
    /// The rule, with its parts in one order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = FREQUENCIES.iter().find(|(_, known)| *known == self.frequency);
        write!(f, "FREQ={}", frequency.map_or("DAILY", |(id, _)| id))?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if let Some((first, last)) = self.hours {
            let hours: Vec<String> = (first..=last).map(|hour| hour.to_string()).collect();
            write!(f, ";BYHOUR={}", hours.join(","))?;
        }
        if self.minute != 0 {
            write!(f, ";BYMINUTE={}", self.minute)?;
        }
        match &self.days {
            Days::Every => Ok(()),
            Days::OfWeek(days) => write!(f, ";BYDAY={}", ids_of(days)),
            Days::OfMonth(day) => write!(f, ";BYMONTHDAY={day}"),
        }
    }
}

impl From<Recurrence> for String {
    fn from(rule: Recurrence) -> Self {
        rule.to_string()
    }
}

impl TryFrom<String> for Recurrence {
    type Error = BadRecurrence;

    fn try_from(rule: String) -> Result<Self, BadRecurrence> {
        rule.parse()
    }
}

impl FromStr for Recurrence {
    type Err = BadRecurrence;

    /// Reads a rule. One that recurs in a way that has no days and times here is refused: every
    /// second week, hours with gaps between them, once a year.
    fn from_str(rule: &str) -> Result<Self, BadRecurrence> {
        let mut read = Self::default();
        let (mut week, mut month, mut seen) = (None, None, Vec::new());
        for part in rule.split(';') {
            let Some((name, value)) = part.split_once('=') else {
                let help = "write it like \"FREQ=WEEKLY;BYDAY=MO,TH\"";
                return Err(BadRecurrence::new(format!("`{part}` is no part of a schedule"), help));
            };
            if !PARTS.contains(&name) {
                let help = format!("the parts are {}", PARTS.join(", "));
                return Err(BadRecurrence::new(format!("a schedule has no part `{name}`"), help));
            }
            if seen.contains(&name) {
                return Err(BadRecurrence::new(format!("`{name}` is given twice"), "give each part once"));
            }
            if seen.is_empty() && name != "FREQ" {
                let help = "write it like \"FREQ=DAILY\"";
                return Err(BadRecurrence::new("a schedule starts with `FREQ`", help));
            }
            seen.push(name);
            match name {
                "FREQ" => read.frequency = one_of(name, value, &FREQUENCIES)?,
                "INTERVAL" => read.interval = number(name, value, 1, 1_000)?,
                "BYDAY" => {
                    let days = WEEKDAYS.map(|(id, day, _)| (id, day));
                    let read = value.split(',').map(|day| one_of(name, day, &days));
                    week = Some(read.collect::<Result<Vec<Weekday>, _>>()?);
                }
                "BYMONTHDAY" => month = Some(number(name, value, 1, 31)?),
                "BYHOUR" => read.hours = Some(hours_in_a_row(name, value)?),
                _ => read.minute = number(name, value, 0, 59)?,
            }
        }
        read.days = match (read.frequency, week, month) {
            (Frequency::Monthly, None, Some(day)) => Days::OfMonth(day),
            (Frequency::Monthly, ..) => return Err(no_form("a month needs one `BYMONTHDAY` and no `BYDAY`")),
            (_, _, Some(_)) => return Err(no_form("`BYMONTHDAY` goes with `FREQ=MONTHLY`")),
            (_, Some(days), None) => Days::OfWeek(days),
            (Frequency::Weekly, None, None) => return Err(no_form("a week needs `BYDAY`")),
            (_, None, None) => Days::Every,
        };
        match read.hours {
            // All day and all night is no habit.
            None if read.is_within_day() => Err(no_form("what recurs within a day needs `BYHOUR`")),
            Some((first, last)) if !read.is_within_day() && first != last => {
                Err(no_form("several hours of a day are written as `FREQ=HOURLY` or `FREQ=MINUTELY`"))
            }
            _ if !read.is_within_day() && read.interval != 1 => {
                Err(no_form("`INTERVAL` goes with `FREQ=HOURLY` or `FREQ=MINUTELY`"))
            }
            _ => Ok(read),
        }
    }
}

fn no_form(help: &str) -> BadRecurrence {
    BadRecurrence::new("this schedule has no days and times that every calendar reads alike", help)
}

fn one_of<T: Copy>(name: &str, value: &str, known: &[(&str, T)]) -> Result<T, BadRecurrence> {
    let found = known.iter().find(|(id, _)| *id == value).map(|(_, meaning)| *meaning);
    found.ok_or_else(|| {
        let ids: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
        not_allowed(name, value, &format!("use one of {}", ids.join(", ")))
    })
}

fn number<T: Copy + FromStr + PartialOrd + fmt::Display>(
    name: &str,
    value: &str,
    low: T,
    high: T,
) -> Result<T, BadRecurrence> {
    let help = format!("use whole numbers from {low} to {high}");
    let number = value.parse().ok().filter(|number| low <= *number && *number <= high);
    number.ok_or_else(|| not_allowed(name, value, &help))
}

fn not_allowed(name: &str, value: &str, help: &str) -> BadRecurrence {
    BadRecurrence::new(format!("`{value}` is not allowed for `{name}`"), help)
}

/// The first and the last of hours without a gap.
fn hours_in_a_row(name: &str, value: &str) -> Result<(i8, i8), BadRecurrence> {
    let hours = value.split(',').map(|hour| number(name, hour, 0, 23)).collect::<Result<Vec<i8>, _>>()?;
    let is_run = hours.windows(2).all(|pair| pair[1] == pair[0] + 1);
    match (hours.first(), hours.last()) {
        (Some(first), Some(last)) if is_run => Ok((*first, *last)),
        _ => Err(no_form("list hours in a row")),
    }
}

fn ids_of(days: &[Weekday]) -> String {
    let id = |day: &Weekday| WEEKDAYS.iter().find(|(_, known, _)| known == day).map(|(id, ..)| *id);
    days.iter().filter_map(id).collect::<Vec<_>>().join(",")
}

/// `Monday`, `Monday and Friday`, `Monday to Friday`.
fn days_in_words(days: &[Weekday]) -> String {
    let name = |day: &Weekday| WEEKDAYS.iter().find(|(_, known, _)| known == day).map(|(.., name)| *name);
    let names: Vec<&str> = days.iter().filter_map(name).collect();
    let is_run = days.windows(2).all(|pair| pair[1] == pair[0].wrapping_add(1) && pair[1] != Weekday::Monday);
    match names.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, .., last] if names.len() > 3 && is_run => format!("{first} to {last}"),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

fn minute_of(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// None before midnight and after the last minute of the day.
fn time_of_minute(minute: i32) -> Option<Time> {
    let (hour, minute) = (minute.div_euclid(60), minute.rem_euclid(60));
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn read(rule: &str) -> Recurrence {
        rule.parse().unwrap()
    }

    #[test]
    fn breaks_of_a_working_day_are_times_of_day_with_one_rule_of_days() {
        let breaks = read("FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10,11,12,13,14,15,16;BYDAY=MO,TU,WE,TH,FR");
        let times = breaks.times(None);
        assert_eq!(
            (times.len(), times[0], times[15]),
            (16, Some(time(9, 0, 0, 0)), Some(time(16, 30, 0, 0)))
        );
        assert_eq!(breaks.rule(), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
        assert_eq!(breaks.words(), "every 30 minutes from 9:00 to 17:00, on Monday to Friday");
        assert!(breaks.is_on(date(2026, 11, 27)) && !breaks.is_on(date(2026, 11, 28)));
    }

    #[test]
    fn breaks_that_begin_late_do_not_run_into_the_next_day() {
        let breaks = read("FREQ=HOURLY;BYHOUR=9,10,11");
        let late = breaks.times(Some(time(22, 30, 0, 0)));
        assert_eq!(late, [Some(time(22, 30, 0, 0)), Some(time(23, 30, 0, 0)), None]);
        assert_eq!(breaks.words(), "every hour from 9:00 to 12:00");
    }

    #[test]
    fn a_day_of_the_month_is_only_that_day() {
        let monthly = read("FREQ=MONTHLY;BYMONTHDAY=1");
        assert!(monthly.is_on(date(2026, 12, 1)) && !monthly.is_on(date(2026, 12, 2)));
        assert_eq!(monthly.times(Some(time(7, 15, 0, 0))), [Some(time(7, 15, 0, 0))]);
    }

    #[test]
    fn a_rule_is_printed_as_it_was_read() {
        for rule in [
            "FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=MO,WE,FR",
            "FREQ=MONTHLY;BYMONTHDAY=1",
            "FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10;BYDAY=MO",
            "FREQ=HOURLY;BYHOUR=9,10;BYMINUTE=15",
            "FREQ=DAILY;BYHOUR=7;BYMINUTE=30",
        ] {
            assert_eq!(read(rule).to_string(), rule);
        }
        assert_eq!(read("FREQ=DAILY;BYHOUR=7;BYMINUTE=30").words(), "every day at 7:30");
        assert_eq!(Recurrence::default().times(None), [Some(time(8, 0, 0, 0))]);
    }

    #[test]
    fn what_no_calendar_would_read_or_has_no_such_form_is_refused() {
        for rule in [
            "",
            "DAILY",
            "BYDAY=MO;FREQ=WEEKLY",
            "FREQ=OFTEN",
            "FREQ=YEARLY",
            "FREQ=WEEKLY",
            "FREQ=WEEKLY;BYDAY=MON",
            "FREQ=WEEKLY;BYDAY=",
            "FREQ=WEEKLY;BYDAY=MO;BYMONTHDAY=1",
            "FREQ=DAILY;INTERVAL=2",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;BYHOUR=9,10",
            "FREQ=DAILY;BYHOUR=24",
            "FREQ=DAILY;FREQ=WEEKLY",
            "FREQ=DAILY;COUNT=3",
            "FREQ=MINUTELY;INTERVAL=30",
            "FREQ=HOURLY;BYHOUR=9,11",
            "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO",
        ] {
            assert!(rule.parse::<Recurrence>().is_err(), "{rule}");
        }
    }
}
