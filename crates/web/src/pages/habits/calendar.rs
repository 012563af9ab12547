//! `GET /habits/calendar.ics`: what was chosen, for any calendar (RFC 5545).
//!
//! Each time of day is an event of its own, because many calendars refuse rules
//! that recur within a day. Its id stays the same for as long as the record has the
//! habit, so that a file read in again changes what is there, and what was stopped
//! is in it as cancelled, which takes it out of the calendar.

use care::habits::rests;
use care::{Finished, Habit, Recurrence, hex};
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use sha2::{Digest, Sha256};
use store::{Event, HabitChoice, Record};

use super::zone;
use crate::parts::ics::{Lines, instant, local};
use crate::parts::onward::elsewhere;
use crate::response::Response;
use crate::visitor::Visitor;

/// The first day is looked for so far ahead: the rarest habit is one of every 31st.
const DAYS_AHEAD: i64 = 70;

/// What an event is called. A calendar is often seen by others, on a screen that
/// is shared or locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Titles {
    /// Says nothing about health.
    Neutral,
    /// The name of the habit, with its steps.
    Names,
}

/// An event of the calendar.
struct Entry {
    id: String,
    sequence: i64,
    start: DateTime,
    end: DateTime,
    rule: String,
    title: String,
    notes: Option<String>,
    remind_minutes: Option<u16>,
    is_cancelled: bool,
}

/// The file, or where to go where there is none to give.
pub(crate) fn download(visitor: &Visitor<'_>, titles: Titles) -> Response {
    let case = visitor.standing();
    let finished = case.manageable();
    if finished.is_none() && !case.is_before_check(visitor.record) {
        return elsewhere(case);
    }
    let entries = entries(visitor, titles, finished);
    if entries.is_empty() {
        return Response::see("/habits");
    }
    let file = write(&entries, visitor);
    Response::download("text/calendar; charset=utf-8; method=PUBLISH", "unclench-habits.ics", file)
}

fn entries(visitor: &Visitor<'_>, titles: Titles, finished: Option<&Finished<'_>>) -> Vec<Entry> {
    let guideline = visitor.guideline();
    let mut entries = Vec::new();
    for id in guideline.habits() {
        let habit = guideline.habit(id);
        let Some(choice) = visitor.record.habits().get(&habit.id) else { continue };
        let Some(changed) = last_change(visitor.record, &habit.id, visitor.now.time_zone()) else { continue };
        let recurrence = &habit.schedule;
        let is_on = choice.on && finished.is_none_or(|finished| rests(finished, id).is_none());
        let times = recurrence.times(choice.time).into_iter().zip(recurrence.times(None)).enumerate();
        for (place, (time, as_in_the_book)) in times {
            // A break that a later start pushed past midnight may be in the calendar from before.
            let is_cancelled = !is_on || time.is_none();
            let Some(time) = time.or(as_in_the_book) else { continue };
            let lasts = SignedDuration::from_secs(habit.duration.get().into());
            let Some(start) = first_day(recurrence, &changed, time, lasts) else { continue };
            let (title, notes) = titles.of(habit, recurrence);
            entries.push(Entry {
                id: event_id(habit, choice, place),
                sequence: sequence(visitor.now.timestamp(), visitor.record),
                start,
                end: start.saturating_add(lasts),
                rule: recurrence.rule(),
                title,
                notes,
                remind_minutes: choice.remind_minutes,
                is_cancelled,
            });
        }
    }
    entries
}

impl Titles {
    fn of(self, habit: &Habit, recurrence: &Recurrence) -> (String, Option<String>) {
        match self {
            Self::Neutral if recurrence.is_within_day() => ("A short break".to_owned(), None),
            Self::Neutral => ("Reminder".to_owned(), None),
            Self::Names => {
                let steps: Vec<&str> = habit.steps.iter().map(|step| step.text.as_str()).collect();
                (habit.name.clone(), Some(steps.join("\n")))
            }
        }
    }
}

/// The number by which a calendar knows a newer file from an older one: it keeps what it has
/// unless this one is higher. Seconds since 2025, since a habit, its words, the answers and
/// the time zone of the device can all change what is in the file, and a number that rises
/// once too often does no harm; and with every event of the record, however fast they come.
/// A clock that was put back counts from the latest time that the record knows.
fn sequence(now: Timestamp, record: &Record) -> i64 {
    const START_OF_2025: i64 = 1_735_689_600;
    let latest = record.events().iter().map(|stored| stored.at).fold(now, Timestamp::max);
    (latest.as_second() - START_OF_2025).max(0) + record.last().0
}

/// When a habit was last chosen, changed or stopped, by the person's clock.
fn last_change(record: &Record, id: &str, zone: &TimeZone) -> Option<Zoned> {
    let is_of_it = |event: &Event| matches!(event, Event::HabitChosen { habit, .. } if habit == id);
    let last = record.events().iter().rev().find(|stored| is_of_it(&stored.event))?;
    Some(last.at.to_zoned(zone.clone()))
}

/// The first time it is done from then on. A time that the clocks skip on that day is none,
/// and one that they show twice is refused by some calendars, with all that recurs after it.
fn first_day(
    recurrence: &Recurrence,
    from: &Zoned,
    time: jiff::civil::Time,
    lasts: SignedDuration,
) -> Option<DateTime> {
    let days = (0..DAYS_AHEAD).filter_map(|ahead| from.date().checked_add(ahead.days()).ok());
    let is_clear = |at: DateTime| {
        matches!(from.time_zone().to_ambiguous_zoned(at).offset(), AmbiguousOffset::Unambiguous { .. })
    };
    days.filter(|date| recurrence.is_on(*date))
        .map(|date| date.to_datetime(time))
        .find(|start| from.datetime() <= *start && is_clear(*start) && is_clear(start.saturating_add(lasts)))
}

/// The same for as long as the record has the habit, and nobody can read the habit in it.
fn event_id(habit: &Habit, choice: &HabitChoice, place: usize) -> String {
    let since = choice.since.unwrap_or_default();
    let hash = Sha256::digest(format!("unclench habit {} {since}", habit.id));
    format!("{}-{place}@unclench", hex(&hash[..16]))
}

fn write(entries: &[Entry], visitor: &Visitor<'_>) -> Vec<u8> {
    let zone = visitor.now.time_zone();
    // A clock without a name is left to the calendar: 08:00 wherever it is read.
    let name = zone.iana_name();
    let earliest = entries.iter().map(|entry| entry.start).min().unwrap_or_else(|| visitor.now.datetime());
    let from = zone.to_timestamp(earliest).unwrap_or_else(|_| visitor.now.timestamp());
    let mut lines = Lines::default();
    lines.part("VCALENDAR", |lines| {
        lines.add("VERSION", "2.0");
        lines.text("PRODID", "-//Unclench//Habits//EN");
        lines.add("CALSCALE", "GREGORIAN");
        lines.add("METHOD", "PUBLISH");
        if let Some(name) = name {
            zone::write(lines, name, zone, from);
        }
        for entry in entries {
            write_entry(lines, entry, name, visitor);
        }
    });
    lines.into_bytes()
}

fn write_entry(lines: &mut Lines, entry: &Entry, zone: Option<&str>, visitor: &Visitor<'_>) {
    lines.part("VEVENT", |lines| {
        lines.text("UID", &entry.id);
        lines.add("DTSTAMP", &instant(visitor.now.timestamp()));
        lines.add("SEQUENCE", &entry.sequence.to_string());
        lines.add_in(zone, "DTSTART", &local(entry.start));
        lines.add_in(zone, "DTEND", &local(entry.end));
        lines.add("RRULE", &entry.rule);
        lines.text("SUMMARY", &entry.title);
        if let Some(notes) = &entry.notes {
            lines.text("DESCRIPTION", notes);
        }
        lines.add("CLASS", "PRIVATE");
        // A reminder must not make the person look busy.
        lines.add("TRANSP", "TRANSPARENT");
        lines.add("STATUS", if entry.is_cancelled { "CANCELLED" } else { "CONFIRMED" });
        if let Some(minutes) = entry.remind_minutes.filter(|_| !entry.is_cancelled) {
            lines.part("VALARM", |lines| {
                lines.add("ACTION", "DISPLAY");
                lines
                    .add("TRIGGER", &if minutes == 0 { "PT0S".to_owned() } else { format!("-PT{minutes}M") });
                lines.text("DESCRIPTION", &entry.title);
            });
        }
    });
}
