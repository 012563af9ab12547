//! A recurrence rule (RFC 5545) as days and times of day, in the form that every calendar reads.
//!
//! Many calendars refuse rules that recur within a day (`MINUTELY`, `HOURLY`,
//! `BYHOUR`). Here such a rule becomes several times of day, each with the same
//! rule of days, so that each can be an event of its own.

use jiff::civil::{Date, Time, Weekday};

/// Days with the times of day on which something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    days: Days,
    /// Of a rule that recurs within a day: the time of each, in order; never empty.
    times: Vec<Time>,
    is_within_day: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Days {
    Every,
    OfWeek(Vec<Weekday>),
    OfMonth(i8),
}

/// When a habit is proposed if the book names no time: in the morning, before the day fills up.
const MORNING: Time = Time::constant(8, 0, 0, 0);

/// The days of a week, as the rules name them.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

impl Default for Recurrence {
    /// Every morning.
    fn default() -> Self {
        Self { days: Days::Every, times: vec![MORNING], is_within_day: false }
    }
}

impl Recurrence {
    /// Reads a rule; none where it recurs in a way that has no such form: every
    /// second week, hours with gaps between them, once a year.
    ///
    /// ```
    /// use care::Recurrence;
    /// use jiff::civil::time;
    /// let breaks = Recurrence::read("FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10;BYDAY=MO,TU").unwrap();
    /// assert_eq!(breaks.rule(), "FREQ=WEEKLY;BYDAY=MO,TU");
    /// assert_eq!(breaks.times(None).len(), 4); // 9:00, 9:30, 10:00, 10:30
    /// assert_eq!(breaks.times(Some(time(8, 0, 0, 0)))[3], Some(time(9, 30, 0, 0)));
    /// assert_eq!(Recurrence::read("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"), None);
    /// ```
    pub fn read(rule: &str) -> Option<Self> {
        let (mut frequency, mut interval) = (None, 1_u16);
        let (mut week, mut month, mut hours, mut minute) = (None, None, None, 0_i8);
        for part in rule.split(';') {
            let (name, value) = part.split_once('=')?;
            match name {
                "FREQ" => frequency = Some(value),
                "INTERVAL" => interval = value.parse().ok()?,
                "BYDAY" => week = Some(days_of_week(value)?),
                "BYMONTHDAY" => month = Some(value.parse().ok().filter(|day| (1..=31).contains(day))?),
                "BYHOUR" => hours = Some(hours_in_a_row(value)?),
                "BYMINUTE" => minute = value.parse().ok()?,
                _ => return None,
            }
        }
        let frequency = frequency?;
        let days = match (frequency, week, month) {
            ("WEEKLY" | "DAILY" | "HOURLY" | "MINUTELY", Some(days), None) => Days::OfWeek(days),
            ("DAILY" | "HOURLY" | "MINUTELY", None, None) => Days::Every,
            ("MONTHLY", None, Some(day)) => Days::OfMonth(day),
            _ => return None,
        };
        let minutes_between = match frequency {
            "MINUTELY" => interval,
            "HOURLY" => interval.checked_mul(60)?,
            _ if interval == 1 => 0,
            _ => return None,
        };
        if minutes_between == 0 {
            let time = match hours {
                Some((first, last)) if first == last => Time::new(first, minute, 0, 0).ok()?,
                Some(_) => return None,
                None => MORNING,
            };
            return Some(Self { days, times: vec![time], is_within_day: false });
        }
        // All day and all night is no habit.
        let (first, last) = hours?;
        let end = i32::from(last) * 60 + 59;
        let start = i32::from(first) * 60 + i32::from(minute);
        let steps = (start..=end).step_by(usize::from(minutes_between));
        let times = steps.map(time_of_minute).collect::<Option<Vec<Time>>>()?;
        Some(Self { days, times, is_within_day: true })
    }

    /// Whether it is done several times on the same day.
    pub fn is_within_day(&self) -> bool {
        self.is_within_day
    }

    /// The times of a day if the first is at `first`, or as the book has them. None
    /// for those that would then be on the next day; the first is always there.
    pub fn times(&self, first: Option<Time>) -> Vec<Option<Time>> {
        let Some(first) = first else { return self.times.iter().copied().map(Some).collect() };
        let shift = minute_of(first) - minute_of(self.times[0]);
        self.times.iter().map(|time| time_of_minute(minute_of(*time) + shift)).collect()
    }

    /// The time of day that the book proposes: of several, the first.
    pub fn first_time(&self) -> Time {
        self.times[0]
    }

    /// The rule of its days alone.
    pub fn rule(&self) -> String {
        match &self.days {
            Days::Every => "FREQ=DAILY".to_owned(),
            Days::OfWeek(days) => {
                let name = |day: &Weekday| WEEKDAYS.iter().find(|(_, known)| known == day).map(|(id, _)| *id);
                let names: Vec<&str> = days.iter().filter_map(name).collect();
                format!("FREQ=WEEKLY;BYDAY={}", names.join(","))
            }
            Days::OfMonth(day) => format!("FREQ=MONTHLY;BYMONTHDAY={day}"),
        }
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

fn minute_of(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// None before midnight and after the last minute of the day.
fn time_of_minute(minute: i32) -> Option<Time> {
    let (hour, minute) = (minute.div_euclid(60), minute.rem_euclid(60));
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

fn days_of_week(value: &str) -> Option<Vec<Weekday>> {
    let day = |name: &str| WEEKDAYS.iter().find(|(id, _)| *id == name).map(|(_, day)| *day);
    value.split(',').map(day).collect()
}

/// The first and the last of hours without a gap.
fn hours_in_a_row(value: &str) -> Option<(i8, i8)> {
    let hours: Option<Vec<i8>> = value.split(',').map(|hour| hour.parse().ok()).collect();
    let hours = hours?;
    let is_run = hours.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let (first, last) = (*hours.first()?, *hours.last()?);
    (is_run && 0 <= first && last < 24).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn breaks_of_a_working_day_are_times_of_day_with_one_rule_of_days() {
        let rule = "FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10,11,12,13,14,15,16;BYDAY=MO,TU,WE,TH,FR";
        let breaks = Recurrence::read(rule).unwrap();
        let times = breaks.times(None);
        assert_eq!(
            (times.len(), times[0], times[15]),
            (16, Some(time(9, 0, 0, 0)), Some(time(16, 30, 0, 0)))
        );
        assert_eq!(breaks.rule(), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
        assert!(breaks.is_on(date(2026, 11, 27)) && !breaks.is_on(date(2026, 11, 28)));
    }

    #[test]
    fn breaks_that_begin_late_do_not_run_into_the_next_day() {
        let breaks = Recurrence::read("FREQ=HOURLY;BYHOUR=9,10,11").unwrap();
        let late = breaks.times(Some(time(22, 30, 0, 0)));
        assert_eq!(late, [Some(time(22, 30, 0, 0)), Some(time(23, 30, 0, 0)), None]);
    }

    #[test]
    fn a_day_of_the_month_is_only_that_day() {
        let monthly = Recurrence::read("FREQ=MONTHLY;BYMONTHDAY=1").unwrap();
        assert!(monthly.is_on(date(2026, 12, 1)) && !monthly.is_on(date(2026, 12, 2)));
        assert_eq!(monthly.times(Some(time(7, 15, 0, 0))), [Some(time(7, 15, 0, 0))]);
    }

    #[test]
    fn what_has_no_such_form_is_refused() {
        for rule in [
            "FREQ=YEARLY",
            "FREQ=WEEKLY",
            "FREQ=DAILY;INTERVAL=2",
            "FREQ=DAILY;BYHOUR=9,10",
            "FREQ=MINUTELY;INTERVAL=30",
            "FREQ=HOURLY;BYHOUR=9,11",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=DAILY;COUNT=3",
            "DAILY",
        ] {
            assert_eq!(Recurrence::read(rule), None, "{rule}");
        }
    }
}
