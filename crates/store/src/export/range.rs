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
/// A calendar reminds at most a week ahead.
const LONGEST_REMINDER: u16 = 7 * 24 * 60;
/// Clocks of two devices that the network sets differ by less.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);
/// The day of a person in another time zone has begun so long before.
const DAY_AHEAD: SignedDuration = SignedDuration::from_hours(24);
/// 2000-01-01: nobody kept a record with this program before.
const EARLIEST: Timestamp = Timestamp::constant(946_684_800, 0);

/// What is wrong with an event that comes from elsewhere at this time; none if it could
/// have been written here.
pub(super) fn problem(stored: &Stored, now: Timestamp) -> Option<String> {
    if let Some(problem) = time("it was written", stored.at, now) {
        return Some(problem);
    }
    // It cannot tell of what came after it was written.
    let now = now.min(stored.at);
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

fn later(entry: Sequence) -> String {
    format!("it takes back entry {entry}, which does not come before it")
}

fn time(what: &str, at: Timestamp, now: Timestamp) -> Option<String> {
    within(what, at, now, AHEAD)
}

fn within(what: &str, at: Timestamp, now: Timestamp, ahead: SignedDuration) -> Option<String> {
    if at < EARLIEST {
        return Some(format!("{what} {at}, which is before the year 2000"));
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
}

/// A dose that cannot be counted would be one that the guard does not know of.
fn of_dose(dose: &DoseTaken, now: Timestamp) -> Option<String> {
    let amounts = || match dose.amounts.as_slice() {
        [] => Some("the dose has no amounts, so it cannot be counted".to_owned()),
        amounts if MOST_INGREDIENTS < amounts.len() => {
            Some(format!("the dose has {} ingredients, more than {MOST_INGREDIENTS}", amounts.len()))
        }
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
    time("it was taken", dose.at, now).or_else(amounts).or_else(units)
}
