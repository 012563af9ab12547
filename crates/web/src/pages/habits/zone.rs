//! The clock of a place in a calendar file: a VTIMEZONE.
//!
//! A habit at 08:00 stays at 08:00 when the clocks change, so its time carries the
//! name of a zone, and the file says how the clocks of that zone change. Where they
//! do so by the same rule every year, the rule is written, since some calendars
//! read nothing else; where they do not, every change of the coming years is.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::parts::ics::{Lines, local, offset};

/// For how many years changes are looked at and, without a rule, written.
const YEARS: i16 = 12;

/// How far back the first change is looked for: every yearly one is within it.
const DAYS_BEFORE: i64 = 400;

/// A change of the clocks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    /// What the clock showed until then.
    at: DateTime,
    before: Offset,
    after: Offset,
    /// What the time is called from then on.
    name: String,
}

/// A day of every year: the second Sunday in March, the last one in October.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct YearlyDay {
    month: i8,
    /// -1 for the last.
    week: i8,
    day: &'static str,
}

/// Writes the clock of a zone, for times from `from` on.
pub(super) fn write(lines: &mut Lines, name: &str, zone: &TimeZone, from: Timestamp) {
    let start = from.checked_sub(jiff::SignedDuration::from_hours(DAYS_BEFORE * 24)).unwrap_or(from);
    let changes = changes(zone, start);
    lines.part("VTIMEZONE", |lines| {
        lines.text("TZID", name);
        if let Some(yearly) = yearly(&changes) {
            for (change, day) in yearly {
                let YearlyDay { month, week, day } = day;
                let rule = format!("FREQ=YEARLY;BYMONTH={month};BYDAY={week}{day}");
                write_change(lines, &change, Some(&rule));
            }
            return;
        }
        let info = zone.to_offset_info(start);
        let until_then = Change {
            at: Date::constant(1970, 1, 1).at(0, 0, 0, 0),
            before: info.offset(),
            after: info.offset(),
            name: info.abbreviation().to_owned(),
        };
        for change in [until_then].iter().chain(&changes) {
            write_change(lines, change, None);
        }
    });
}

fn write_change(lines: &mut Lines, change: &Change, rule: Option<&str>) {
    // Summer is when the clock is ahead, also where the law has it the other way round.
    let part = if change.before < change.after { "DAYLIGHT" } else { "STANDARD" };
    lines.part(part, |lines| {
        lines.add("DTSTART", &local(change.at));
        if let Some(rule) = rule {
            lines.add("RRULE", rule);
        }
        lines.add("TZOFFSETFROM", &offset(change.before));
        lines.add("TZOFFSETTO", &offset(change.after));
        lines.text("TZNAME", &change.name);
    });
}

/// The changes of the coming years, in order.
fn changes(zone: &TimeZone, start: Timestamp) -> Vec<Change> {
    let last = start.to_zoned(TimeZone::UTC).date().year().saturating_add(YEARS);
    let mut before = zone.to_offset(start);
    let mut changes = Vec::new();
    for transition in zone.following(start) {
        let (after, at) = (transition.offset(), before.to_datetime(transition.timestamp()));
        if at.year() > last {
            break;
        }
        // The name or the law can change without the clock.
        if before != after {
            changes.push(Change { at, before, after, name: transition.abbreviation().to_owned() });
        }
        before = after;
    }
    changes
}

/// The two changes of each year, where every year has the same two.
fn yearly(changes: &[Change]) -> Option<[(Change, YearlyDay); 2]> {
    let (first, second) = (changes.first()?, changes.get(1)?);
    let of = |like: &Change| -> Option<(Change, YearlyDay)> {
        let same: Vec<&Change> = changes
            .iter()
            .filter(|change| (change.before, change.after) == (like.before, like.after))
            .collect();
        let is_same = |change: &&Change| change.at.time() == like.at.time() && change.name == like.name;
        let is_each_year = same.windows(2).all(|pair| pair[0].at.year() + 1 == pair[1].at.year());
        let is_whole = usize::try_from(YEARS).is_ok_and(|years| years <= same.len());
        let day = yearly_day(&same.iter().map(|change| change.at.date()).collect::<Vec<_>>())?;
        (is_each_year && is_whole && same.iter().all(is_same)).then(|| (like.clone(), day))
    };
    let (first, second) = (of(first)?, of(second)?);
    let is_back = (first.0.before, first.0.after) == (second.0.after, second.0.before);
    let is_all = changes.windows(2).all(|pair| pair[0].after == pair[1].before)
        && changes.iter().all(|change| [first.0.after, second.0.after].contains(&change.after));
    (is_back && is_all).then_some([first, second])
}

/// The day of the year that all these dates are.
fn yearly_day(dates: &[Date]) -> Option<YearlyDay> {
    let first = dates.first()?;
    let day = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        .get(usize::try_from(first.weekday().to_monday_zero_offset()).ok()?)?;
    let is_same = |date: &Date| date.month() == first.month() && date.weekday() == first.weekday();
    if !dates.iter().all(is_same) {
        return None;
    }
    let week = |date: &Date| (date.day() - 1) / 7 + 1;
    let is_last = |date: &Date| date.checked_add(7.days()).is_ok_and(|later| later.month() != date.month());
    let week = if dates.iter().all(is_last) {
        -1
    } else if dates.iter().all(|date| week(date) == week(first)) {
        week(first)
    } else {
        return None;
    };
    Some(YearlyDay { month: first.month(), week, day })
}
