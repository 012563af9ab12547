//! One ingredient over time: how much in a day, how long since, how many days in a row.

use jiff::{SignedDuration, Timestamp};

use super::log::{DoseLog, Taken};
use super::named::{medicine_here_or_of, product_with};
use crate::book::{DailyDose, Medicine, Product, Seconds};
use crate::decision::guideline::Guideline;

/// A day is 24 hours that have passed, whatever the clocks on the wall did.
pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Days in a row end with a pause of this length: any two days hold one whole day
/// of the calendar without a dose, in any time zone.
pub(super) const PAUSE: SignedDuration = SignedDuration::from_hours(48);

/// So many daily doses in 24 hours are still daily ones: some people take two, and
/// one may be written down twice. A third is a dose against pain.
const DAILY_DOSES: u32 = 2;

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

/// One dose of one ingredient.
#[derive(Clone, Copy, Debug)]
pub(super) struct Had {
    pub(super) at: Timestamp,
    pub(super) amount: u32,
    /// Its place in the log.
    pub(super) index: usize,
    /// What its pack says on the pause after it.
    pause: SignedDuration,
    /// The daily dose from a doctor: it counts in the totals and in nothing else.
    is_daily: bool,
}

/// Every dose of one ingredient, in the order of time.
#[derive(Debug)]
pub(super) struct Course {
    doses: Vec<Had>,
}

impl Course {
    pub(super) fn of(guideline: &Guideline, region: &str, log: &DoseLog, ingredient: &str) -> Self {
        let had = |(index, taken): (usize, &Taken)| {
            let amount = taken.amount_of(ingredient);
            let pack = taken.product().and_then(|id| product_with(guideline, id));
            let pause = pack.and_then(|pack| pack.limits.interval).map_or(SignedDuration::ZERO, length);
            (amount > 0).then(|| Had { at: taken.at(), amount, index, pause, is_daily: false })
        };
        let mut doses: Vec<Had> = log.doses().iter().enumerate().filter_map(had).collect();
        doses.sort_by_key(|had| (had.at, had.index));
        let medicine = medicine_here_or_of(guideline, region, ingredient);
        if let Some(daily) = medicine.and_then(|medicine| medicine.daily.as_ref()) {
            mark_daily(&mut doses, log, daily);
        }
        Self { doses }
    }

    /// Doses against pain, without the daily ones.
    fn for_pain(&self) -> impl DoubleEndedIterator<Item = &Had> {
        self.doses.iter().filter(|had| !had.is_daily)
    }

    /// The last dose at or before an instant; the daily ones left out.
    pub(super) fn last(&self, now: Timestamp) -> Option<(Timestamp, u32)> {
        self.for_pain().rev().find(|had| had.at <= now).map(|had| (had.at, had.amount))
    }

    /// When what was put on the skin last comes off; `None` if it is not worn, or was
    /// not put on by an instant.
    pub(super) fn worn_until(&self, medicine: &Medicine, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
        let (at, _) = self.last(now)?;
        medicine.wears.map(|wears| (at, later(at, length(wears))))
    }

    /// The last daily dose at or before an instant.
    pub(super) fn last_daily(&self, now: Timestamp) -> Option<Timestamp> {
        self.doses.iter().rev().find(|had| had.is_daily && had.at <= now).map(|had| had.at)
    }

    /// The first dose after an instant.
    pub(super) fn next(&self, now: Timestamp) -> Option<(Timestamp, u32)> {
        self.doses.iter().find(|had| had.at > now).map(|had| (had.at, had.amount))
    }

    /// The first dose against pain after an instant.
    pub(super) fn next_for_pain(&self, now: Timestamp) -> Option<(Timestamp, u32)> {
        self.for_pain().find(|had| had.at > now).map(|had| (had.at, had.amount))
    }

    /// Whether the dose at this place of the log is a daily one.
    pub(super) fn is_daily(&self, index: usize) -> bool {
        self.doses.iter().any(|had| had.index == index && had.is_daily)
    }

    /// How much was taken in the 24 hours up to an instant. A dose exactly 24 hours
    /// before it no longer counts.
    pub(super) fn total(&self, now: Timestamp) -> u32 {
        self.window(now).fold(0, |sum, had| sum.saturating_add(had.amount))
    }

    /// Every dose of the 24 hours up to an instant.
    pub(super) fn window(&self, now: Timestamp) -> impl Iterator<Item = &Had> {
        let since = earlier(now, DAY);
        self.doses.iter().filter(move |had| since < had.at && had.at <= now)
    }

    /// Every dose, the earliest first.
    pub(super) fn doses(&self) -> &[Had] {
        &self.doses
    }

    /// The most in any 24 hours that hold this instant.
    pub(super) fn busiest_day_around(&self, at: Timestamp) -> u32 {
        let until = later(at, DAY);
        let ends = self.doses.iter().map(|had| had.at).filter(|end| at <= *end && *end < until);
        ends.chain([at]).map(|end| self.total(end)).max().unwrap_or(0)
    }

    /// When enough time has passed since the earlier doses: the pause asked for, or
    /// what the pack of one of them says, whichever is longer.
    pub(super) fn interval_over(&self, interval: SignedDuration, now: Timestamp) -> Timestamp {
        let over = |had: &Had| later(had.at, interval.max(had.pause));
        self.for_pain().filter(|had| had.at <= now).map(over).fold(now, Timestamp::max)
    }

    /// When so much more fits into 24 hours, if nothing else is taken meanwhile.
    /// `asked` is at most the limit.
    pub(super) fn room_for(&self, max_24h: u32, asked: u32, now: Timestamp) -> Timestamp {
        let amounts = self.doses.iter().map(|had| (had.at, had.amount));
        room_for(&amounts.collect::<Vec<_>>(), max_24h, asked, now)
    }

    /// When the days in a row began of which now would be one; `None` after a pause.
    pub(super) fn began(&self, now: Timestamp) -> Option<Timestamp> {
        let mut began = None;
        let mut next = now;
        for had in self.for_pain().rev().filter(|had| had.at <= now) {
            if next.duration_since(had.at) >= PAUSE {
                break;
            }
            began = Some(had.at);
            next = had.at;
        }
        began
    }

    /// Which day in a row now is, counted in days that have passed: 1 on the first;
    /// 0 where a dose now would begin anew.
    pub(super) fn day_in_a_row(&self, now: Timestamp) -> u32 {
        let days = self.began(now).map(|began| now.duration_since(began).as_hours() / 24 + 1);
        days.and_then(|days| u32::try_from(days).ok()).unwrap_or(0)
    }

    /// When the days in a row began, if now is past so many days without a clinician.
    pub(super) fn too_long_since(&self, max_days: u32, now: Timestamp) -> Option<Timestamp> {
        let most = SignedDuration::from_hours(24 * i64::from(max_days));
        self.began(now).filter(|began| now.duration_since(*began) >= most)
    }
}

/// When so much more fits into 24 hours; `doses` are in the order of time.
fn room_for(doses: &[(Timestamp, u32)], most: u32, asked: u32, now: Timestamp) -> Timestamp {
    let total = |at: Timestamp| {
        let since = earlier(at, DAY);
        let in_window = doses.iter().filter(|(taken, _)| since < *taken && *taken <= at);
        in_window.fold(0_u32, |sum, (_, amount)| sum.saturating_add(*amount))
    };
    let mut at = now;
    for (taken, _) in doses.iter().filter(|(taken, _)| later(*taken, DAY) > now) {
        if total(at).saturating_add(asked) <= most {
            break;
        }
        // The oldest dose that still counts is the next to fall out.
        at = at.max(later(*taken, DAY));
    }
    at
}

/// Finds the daily doses: small ones of nothing else, no more than a few a day.
fn mark_daily(doses: &mut [Had], log: &DoseLog, daily: &DailyDose) {
    let is_small = |had: &Had| {
        let alone = log.doses().get(had.index).is_some_and(|taken| taken.amounts().len() == 1);
        alone && had.amount <= daily.up_to
    };
    let mut small: Vec<(Timestamp, u32)> = Vec::new();
    for had in doses.iter_mut() {
        if !is_small(had) {
            continue;
        }
        small.push((had.at, had.amount));
        had.is_daily = sum_since(&small, earlier(had.at, DAY)) <= daily.up_to.saturating_mul(DAILY_DOSES);
    }
}

fn sum_since(doses: &[(Timestamp, u32)], since: Timestamp) -> u32 {
    let after = doses.iter().filter(|(at, _)| *at > since);
    after.fold(0, |sum, (_, amount)| sum.saturating_add(*amount))
}

/// Whether so much of a medicine, taken now by itself, is the daily dose.
pub(super) fn is_daily_now(
    guideline: &Guideline,
    log: &DoseLog,
    medicine: &Medicine,
    amount: u32,
    now: Timestamp,
) -> bool {
    let Some(daily) = medicine.daily.as_ref().filter(|daily| amount <= daily.up_to) else { return false };
    let course = Course::of(guideline, &guideline.region(medicine.region).id, log, &medicine.ingredient);
    let small = course.window(now).filter(|had| had.amount <= daily.up_to);
    let sum = small.fold(amount, |sum, had| sum.saturating_add(had.amount));
    sum <= daily.up_to.saturating_mul(DAILY_DOSES)
}

/// Every dose of one pack, in hundredths of its units and the order of time.
#[derive(Debug)]
pub(super) struct PackCourse {
    doses: Vec<(Timestamp, u32)>,
}

impl PackCourse {
    pub(super) fn of(log: &DoseLog, product: &Product) -> Self {
        let of_it = log.doses().iter().filter(|taken| taken.product() == Some(&*product.id));
        let mut doses: Vec<(Timestamp, u32)> =
            of_it.map(|taken| (taken.at(), units(product, taken))).collect();
        doses.sort_unstable();
        Self { doses }
    }

    /// How much was taken in the 24 hours up to an instant, in hundredths of units.
    pub(super) fn total(&self, now: Timestamp) -> u32 {
        let since = earlier(now, DAY);
        let in_window = self.doses.iter().filter(|(at, _)| since < *at && *at <= now);
        in_window.fold(0, |sum, (_, units)| sum.saturating_add(*units))
    }

    /// The most in any 24 hours that hold this instant, in hundredths of units.
    pub(super) fn busiest_day_around(&self, at: Timestamp) -> u32 {
        let until = later(at, DAY);
        let ends = self.doses.iter().map(|(end, _)| *end).filter(|end| at <= *end && *end < until);
        ends.chain([at]).map(|end| self.total(end)).max().unwrap_or(0)
    }

    /// When so many hundredths more fit into 24 hours.
    pub(super) fn room_for(&self, max_24h: u32, asked: u32, now: Timestamp) -> Timestamp {
        room_for(&self.doses, max_24h, asked, now)
    }
}

/// How many units of a pack a dose was, in hundredths, by what the pack holds today;
/// the larger number where its ingredients do not agree.
pub(super) fn units(product: &Product, taken: &Taken) -> u32 {
    let of = |(ingredient, per_unit): &(String, u32)| {
        let hundredths = u64::from(taken.amount_of(ingredient)) * 100;
        hundredths.div_ceil(u64::from((*per_unit).max(1)))
    };
    let units = product.contains.iter().map(of).max().unwrap_or(0);
    u32::try_from(units).unwrap_or(u32::MAX)
}
