//! One ingredient over time: how much in a day, how long since, how many days in a row.

use jiff::{SignedDuration, Timestamp};

use super::log::DoseLog;
use super::types::Medicine;
use crate::quantity::Seconds;

/// A day is 24 hours that have passed, whatever the clocks on the wall did.
pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Days in a row end with a pause of this length: any two days hold one whole day
/// of the calendar without a dose, in any time zone.
pub(super) const PAUSE: SignedDuration = SignedDuration::from_hours(48);

/// So much later; the end of time if it lies beyond.
pub(super) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// So much earlier; the beginning of time if it lies before.
pub(super) fn earlier(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}

/// The pause between doses as a length of time.
pub(super) fn length(seconds: Seconds) -> SignedDuration {
    SignedDuration::from_secs(i64::from(seconds.get()))
}

/// Every dose of one ingredient, in the order of time.
#[derive(Debug)]
pub(super) struct Course {
    doses: Vec<(Timestamp, u32)>,
}

impl Course {
    pub(super) fn of(log: &DoseLog, ingredient: &str) -> Self {
        let mut doses: Vec<(Timestamp, u32)> = log
            .doses()
            .iter()
            .map(|taken| (taken.at(), taken.amount_of(ingredient)))
            .filter(|(_, amount)| *amount > 0)
            .collect();
        doses.sort_unstable();
        Self { doses }
    }

    /// The last dose at or before an instant.
    pub(super) fn last(&self, now: Timestamp) -> Option<(Timestamp, u32)> {
        self.doses.iter().rev().find(|(at, _)| *at <= now).copied()
    }

    /// The first dose after an instant.
    pub(super) fn next(&self, now: Timestamp) -> Option<(Timestamp, u32)> {
        self.doses.iter().find(|(at, _)| *at > now).copied()
    }

    /// How much was taken in the 24 hours up to an instant. A dose exactly 24 hours
    /// before it no longer counts.
    pub(super) fn total(&self, now: Timestamp) -> u32 {
        let since = earlier(now, DAY);
        let in_window = self.doses.iter().filter(|(at, _)| since < *at && *at <= now);
        in_window.fold(0, |sum, (_, amount)| sum.saturating_add(*amount))
    }

    /// The most in any 24 hours that hold this instant.
    pub(super) fn busiest_day_around(&self, at: Timestamp) -> u32 {
        let until = later(at, DAY);
        let ends = self.doses.iter().map(|(end, _)| *end).filter(|end| at <= *end && *end < until);
        ends.chain([at]).map(|end| self.total(end)).max().unwrap_or(0)
    }

    /// When enough time has passed since the last dose.
    pub(super) fn interval_over(&self, medicine: &Medicine, now: Timestamp) -> Timestamp {
        self.last(now).map_or(now, |(at, _)| later(at, length(medicine.interval)).max(now))
    }

    /// When so much more fits into 24 hours, if nothing else is taken meanwhile.
    /// `asked` is at most the limit.
    pub(super) fn room_for(&self, medicine: &Medicine, asked: u32, now: Timestamp) -> Timestamp {
        let mut at = now;
        for (taken, _) in self.doses.iter().filter(|(taken, _)| later(*taken, DAY) > now) {
            if self.total(at).saturating_add(asked) <= medicine.max_24h {
                break;
            }
            // The oldest dose that still counts is the next to fall out.
            at = at.max(later(*taken, DAY));
        }
        at
    }

    /// When the days in a row began of which now would be one; `None` after a pause.
    pub(super) fn began(&self, now: Timestamp) -> Option<Timestamp> {
        let mut began = None;
        let mut next = now;
        for (at, _) in self.doses.iter().rev().filter(|(at, _)| *at <= now) {
            if next.duration_since(*at) >= PAUSE {
                break;
            }
            began = Some(*at);
            next = *at;
        }
        began
    }

    /// Which day in a row now is, counted in days that have passed: 1 on the first;
    /// 0 where a dose now would begin anew.
    pub(super) fn day_in_a_row(&self, now: Timestamp) -> u32 {
        let days = self.began(now).map(|began| now.duration_since(began).as_hours() / 24 + 1);
        days.and_then(|days| u32::try_from(days).ok()).unwrap_or(0)
    }

    /// When the days in a row began, if now is past the days without a clinician.
    pub(super) fn too_long_since(&self, medicine: &Medicine, now: Timestamp) -> Option<Timestamp> {
        let most = SignedDuration::from_hours(24 * i64::from(medicine.max_days));
        self.began(now).filter(|began| now.duration_since(*began) >= most)
    }
}
