//! What was done in the last seven days. It counts what was done, never what was not.

use jiff::ToSpan;
use jiff::civil::Date;
use store::HabitChoice;

/// How many days are shown; an older one can no longer be marked.
pub(super) const DAYS: i64 = 7;

/// The last seven days of one habit, ending today.
pub(super) struct Week {
    /// The oldest first; today is the last.
    pub(super) days: Vec<Day>,
    /// How often it was done, in words.
    pub(super) words: String,
    /// Whether it is marked for today.
    pub(super) is_done_today: bool,
    /// Today, as a form sends it.
    pub(super) today: Date,
}

/// One day.
pub(super) struct Day {
    /// As a form sends it.
    pub(super) date: Date,
    /// `Mon`.
    pub(super) short: String,
    /// `Monday 23 November`.
    pub(super) long: String,
    pub(super) is_done: bool,
}

impl Week {
    /// The week of a habit, seen from today.
    pub(super) fn of(choice: &HabitChoice, today: Date) -> Self {
        let days: Vec<Day> = days(today)
            .map(|date| Day {
                date,
                short: tell::weekday_short(date).to_string(),
                long: tell::day_of_week(date).to_string(),
                is_done: choice.done.contains(&date),
            })
            .collect();
        let times = days.iter().filter(|day| day.is_done).count();
        Self { words: words(times), is_done_today: choice.done.contains(&today), days, today }
    }
}

/// The days that are shown, the oldest first.
pub(super) fn days(today: Date) -> impl Iterator<Item = Date> {
    (0..DAYS).rev().filter_map(move |ago| today.checked_sub(ago.days()).ok())
}

fn words(times: usize) -> String {
    match times {
        0 => "Any day is a good day to begin".to_owned(),
        1 => "Once in the last 7 days".to_owned(),
        times => format!("{times} times in the last 7 days"),
    }
}
