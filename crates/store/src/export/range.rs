//! What an event may say: the ranges in which this program itself writes.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::event::{CheckIn, DoseTaken, Event, Sequence, Stored};

/// Pain and function are told from 0 to this.
const MOST_OF_TEN: u8 = 10;
/// In any unit: more than a thousand packs hold.
const MOST_OF_A_DOSE: u32 = 10_000_000;
/// No pack holds as many.
const MOST_INGREDIENTS: usize = 20;
/// A day has fewer places, and fewer triggers to tick: a page shows a line for each.
const MOST_LINES: usize = 100;
/// No book has as many findings, rules or remedies.
const MOST_NAMES: usize = 1_000;
/// A calendar reminds at most a week ahead.
const LONGEST_REMINDER: u16 = 7 * 24 * 60;
/// Clocks of two devices that the network sets differ by less.
pub(super) const AHEAD: SignedDuration = SignedDuration::from_mins(10);
/// So far ahead was a clock that showed another year. What was written by it is in the record
/// of its owner, who must be able to bring that back: it is kept as it is, and the guard says
/// "ask first" while a dose is still to come.
const CLOCK_AHEAD: SignedDuration = SignedDuration::from_hours(20 * 366 * 24);
/// The day of a person in another time zone has begun so long before.
const DAY_AHEAD: SignedDuration = SignedDuration::from_hours(24);
/// 1970-01-01: a computer that has lost the time begins there, and what was written by its clock
/// comes back like all else.
pub const EARLIEST: Timestamp = Timestamp::UNIX_EPOCH;

/// What is wrong with an event that comes from elsewhere at this time; none if it could
/// have been written here.
pub(super) fn problem(stored: &Stored, now: Timestamp) -> Option<String> {
    if let Some(problem) = within("it was written", stored.at, now, CLOCK_AHEAD) {
        return Some(problem);
    }
    if let Some(problem) = longer_than_a_form(&stored.event) {
        return Some(problem);
    }
    // It cannot tell of what came after it was written.
    let now = stored.at;
    match &stored.event {
        Event::CheckedIn(check_in) => of_check_in(check_in, now),
        Event::DoseTaken(dose) => of_dose(dose, now),
        Event::DoseCleared(cleared) => time("its time is", cleared.at, now),
        Event::CopySaved { made } => time("the copy was made", *made, now),
        Event::RemedyTried { began, ended, before, after, .. } => time("it began", *began, now)
            .or_else(|| time("it ended", *ended, now))
            .or_else(|| (ended < began).then(|| "it ended before it began".to_owned()))
            .or_else(|| of_ten("pain before", *before))
            .or_else(|| of_ten("pain after", *after)),
        Event::HabitChosen { remind_minutes: Some(minutes), .. } if *minutes > LONGEST_REMINDER => {
            Some(format!("a reminder {minutes} minutes ahead is more than {LONGEST_REMINDER}"))
        }
        Event::HabitDone { on, .. } => of_day(*on, now),
        Event::Withdrawn { entry } if *entry >= stored.sequence => Some(later(*entry)),
        Event::SettingsChanged(settings) => settings.time_zone.as_ref().and_then(|name| {
            // `Europe/London`: what is no such name is shown to nobody.
            let is_name = name.len() <= 64
                && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "/_+-".contains(letter));
            (!is_name).then(|| "its time zone is no name of one".to_owned())
        }),
        _ => None,
    }
}

/// What is wrong with the time at which a file says that it was made.
pub(super) fn problem_of_export(exported: Timestamp, now: Timestamp) -> Option<String> {
    within("it was made", exported, now, CLOCK_AHEAD)
}

/// A list with more in it than any form or outcome of this program has.
fn longer_than_a_form(event: &Event) -> Option<String> {
    let lists = match event {
        Event::InterviewStarted { keeps, starts_with, .. } => {
            vec![("answers kept", keeps.len(), MOST_NAMES), ("answers", starts_with.len(), MOST_NAMES)]
        }
        Event::OwnWords { proposals, .. } => vec![("proposals", proposals.len(), MOST_NAMES)],
        Event::Answered { answers, dropped, .. } => {
            vec![("answers", answers.len(), MOST_NAMES), ("findings", dropped.len(), MOST_NAMES)]
        }
        Event::TakenBack { findings, .. } => vec![("findings", findings.len(), MOST_NAMES)],
        Event::Assessed { shown, .. } | Event::AssessedEarlier { shown, .. } => vec![
            ("lines of what to do", shown.actions.len(), MOST_LINES),
            ("reasons", shown.because.len(), MOST_NAMES),
            ("rules", shown.rules.iter().flatten().count(), MOST_NAMES),
            ("remedies", shown.plan.iter().flatten().count(), MOST_NAMES),
        ],
        Event::CheckedIn(entry) => {
            vec![("places", entry.regions.len(), MOST_LINES), ("triggers", entry.triggers.len(), MOST_LINES)]
        }
        Event::DoseTaken(dose) => vec![("ingredients", dose.amounts.len(), MOST_INGREDIENTS)],
        _ => Vec::new(),
    };
    let (what, count, most) = lists.into_iter().find(|(_, count, most)| most < count)?;
    Some(format!("it has {count} {what}, more than the {most} that can be written"))
}

fn later(entry: Sequence) -> String {
    format!("it takes back entry {entry}, which does not come before it")
}

fn time(what: &str, at: Timestamp, now: Timestamp) -> Option<String> {
    within(what, at, now, AHEAD)
}

fn within(what: &str, at: Timestamp, now: Timestamp, ahead: SignedDuration) -> Option<String> {
    if at < EARLIEST {
        return Some(format!("{what} {at}, which is before the year 1970"));
    }
    // Far from both ends of what a time can be, so this never fails.
    let latest = now.checked_add(ahead).unwrap_or(Timestamp::MAX);
    (at > latest).then(|| format!("{what} {at}, which was still to come"))
}

fn of_day(on: Date, now: Timestamp) -> Option<String> {
    let at = on.to_zoned(TimeZone::UTC).ok()?;
    within("its day is", at.timestamp(), now, DAY_AHEAD)
}

fn of_ten(what: &str, number: Option<u8>) -> Option<String> {
    let number = number.filter(|number| *number > MOST_OF_TEN)?;
    Some(format!("{what} {number} is out of range: 0 to {MOST_OF_TEN}"))
}

fn of_check_in(check_in: &CheckIn, now: Timestamp) -> Option<String> {
    let twice = || {
        let triggers = &check_in.triggers;
        let twice = (1..triggers.len()).find(|place| triggers[..*place].contains(&triggers[*place]))?;
        Some(format!("its trigger {} is there twice", twice + 1))
    };
    let places = || check_in.regions.iter().find_map(|place| of_ten("pain of a place", place.pain));
    time("it is about", check_in.at, now)
        .or_else(|| of_ten("pain", Some(check_in.pain_now)))
        .or_else(|| of_ten("the worst pain", check_in.pain_worst))
        .or_else(|| {
            let worst = check_in.pain_worst.filter(|worst| *worst < check_in.pain_now)?;
            Some(format!("the worst pain {worst} is less than the pain then, {}", check_in.pain_now))
        })
        .or_else(|| of_ten("function", check_in.function))
        .or_else(places)
        .or_else(twice)
}

/// A dose that cannot be counted would be one that the guard does not know of.
fn of_dose(dose: &DoseTaken, now: Timestamp) -> Option<String> {
    let amounts = || match dose.amounts.as_slice() {
        [] => Some("the dose has no amounts, so it cannot be counted".to_owned()),
        amounts => amounts.iter().find_map(|(name, amount)| match amount {
            0 => Some(format!("the amount of {name} is 0, so it cannot be counted")),
            amount if *amount > MOST_OF_A_DOSE => {
                Some(format!("the amount {amount} of {name} is out of range: 1 to {MOST_OF_A_DOSE}"))
            }
            _ => None,
        }),
    };
    let units = || {
        let most = [Some(dose.units), dose.hundredths].into_iter().flatten().max()?;
        (most > MOST_OF_A_DOSE).then(|| format!("{most} units is out of range: 0 to {MOST_OF_A_DOSE}"))
    };
    // A dose of long ago counts against nothing. Commands of former versions took any year, and
    // a record must come back whole.
    time("it was taken", dose.at.max(EARLIEST), now).or_else(amounts).or_else(units)
}
