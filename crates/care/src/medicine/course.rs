//! One ingredient over time: how much in a day, how long since, how many days in a row.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use jiff::{SignedDuration, Timestamp};

use super::log::{DoseLog, Taken};
use super::named::{hours, medicine_here_or_of, product_with};
use crate::book::{Cutoff, DailyDose, Medicine, Product, Seconds};
use crate::decision::guideline::Guideline;
use crate::typed::Count;

/// A day is 24 hours that have passed, whatever the clocks on the wall did.
pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

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

impl Had {
    /// `None` where the dose holds nothing of the ingredient.
    fn of(guideline: &Guideline, index: usize, taken: &Taken, ingredient: &str) -> Option<Self> {
        let amount = taken.amount_of(ingredient);
        let pack = taken.product().and_then(|id| product_with(guideline, id));
        let pause = pack.and_then(|pack| pack.limits.interval).map_or(SignedDuration::ZERO, length);
        (amount > 0).then(|| Self { at: taken.at(), amount, index, pause, is_daily: false })
    }
}

/// What was taken up to each dose, so that any 24 hours are two look-ups, however long the log is.
#[derive(Debug, Default)]
struct Totals {
    /// In the order of time.
    times: Vec<Timestamp>,
    /// The sum of all amounts before each dose, and at the end of all.
    before: Vec<u64>,
}

impl FromIterator<(Timestamp, u32)> for Totals {
    /// `doses` are in the order of time.
    fn from_iter<I: IntoIterator<Item = (Timestamp, u32)>>(doses: I) -> Self {
        let mut totals = Self { times: Vec::new(), before: vec![0] };
        let mut sum = 0_u64;
        for (at, amount) in doses {
            sum += u64::from(amount);
            totals.times.push(at);
            totals.before.push(sum);
        }
        totals
    }
}

impl Totals {
    /// Which doses lie in the 24 hours up to an instant. One exactly 24 hours before it
    /// no longer counts.
    fn day(&self, until: Timestamp) -> Range<usize> {
        let since = earlier(until, DAY);
        let start = self.times.partition_point(|at| *at <= since);
        start..self.times.partition_point(|at| *at <= until).max(start)
    }

    /// How much was taken in the 24 hours up to an instant.
    fn total(&self, until: Timestamp) -> u32 {
        let day = self.day(until);
        let sum_before = |index: usize| self.before.get(index).copied().unwrap_or(0);
        u32::try_from(sum_before(day.end) - sum_before(day.start)).unwrap_or(u32::MAX)
    }

    /// The most in any 24 hours that hold this instant.
    fn busiest_day_around(&self, at: Timestamp) -> u32 {
        let until = later(at, DAY);
        let ends = self.times.iter().copied().filter(|end| at <= *end && *end < until);
        ends.chain([at]).map(|end| self.total(end)).max().unwrap_or(0)
    }

    /// When so much more fits into 24 hours, if nothing else is taken meanwhile.
    /// `asked` is at most the limit.
    fn room_for(&self, most: u32, asked: u32, now: Timestamp) -> Timestamp {
        let mut at = now;
        for taken in self.times.iter().filter(|taken| later(**taken, DAY) > now) {
            if self.total(at).saturating_add(asked) <= most {
                break;
            }
            // The oldest dose that still counts is the next to fall out.
            at = at.max(later(*taken, DAY));
        }
        at
    }
}

/// The 24 hours up to a dose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub(super) end: Timestamp,
    pub(super) total: u32,
    /// The place in the log of the dose among them that was written down last.
    pub(super) written_last: usize,
}

/// Every dose of one ingredient, in the order of time.
#[derive(Debug, Default)]
pub(super) struct Course {
    doses: Vec<Had>,
    totals: Totals,
    /// The time without a dose that ends days in a row.
    pause: SignedDuration,
}

impl Course {
    pub(super) fn of(guideline: &Guideline, region: &str, log: &DoseLog, ingredient: &str) -> Self {
        let had = |(index, taken): (usize, &Taken)| Had::of(guideline, index, taken, ingredient);
        let doses = log.doses().iter().enumerate().filter_map(had).collect();
        Self::made_of(guideline, region, log, ingredient, doses)
    }

    fn made_of(
        guideline: &Guideline,
        region: &str,
        log: &DoseLog,
        ingredient: &str,
        mut doses: Vec<Had>,
    ) -> Self {
        doses.sort_by_key(|had| (had.at, had.index));
        let medicine = medicine_here_or_of(guideline, region, ingredient);
        if let Some(daily) = medicine.and_then(|medicine| medicine.daily.as_ref()) {
            mark_daily(guideline, &mut doses, log, daily);
        }
        let totals = doses.iter().map(|had| (had.at, had.amount)).collect();
        Self { doses, totals, pause: hours(guideline, Cutoff::DaysPause) }
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
        self.totals.total(now)
    }

    /// Every dose of the 24 hours up to an instant.
    fn window(&self, now: Timestamp) -> &[Had] {
        self.doses.get(self.totals.day(now)).unwrap_or_default()
    }

    /// The 24 hours up to each dose that is not after an instant, the earliest first.
    pub(super) fn days(&self, now: Timestamp) -> Vec<Day> {
        // Of the doses of the day, those that were written down after all later ones.
        let mut written: VecDeque<&Had> = VecDeque::new();
        let mut days: Vec<Day> = Vec::new();
        for had in self.doses.iter().take_while(|had| had.at <= now) {
            while written.back().is_some_and(|before| before.index < had.index) {
                written.pop_back();
            }
            written.push_back(had);
            let since = earlier(had.at, DAY);
            while written.front().is_some_and(|before| before.at <= since) {
                written.pop_front();
            }
            // Of two doses at one instant the second one's day holds both.
            let _ = days.pop_if(|day| day.end == had.at);
            let written_last = written.front().map_or(had.index, |had| had.index);
            days.push(Day { end: had.at, total: self.total(had.at), written_last });
        }
        days
    }

    /// The most in any 24 hours that hold this instant.
    pub(super) fn busiest_day_around(&self, at: Timestamp) -> u32 {
        self.totals.busiest_day_around(at)
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
        self.totals.room_for(max_24h, asked, now)
    }

    /// When the days in a row began of which now would be one; `None` after a pause.
    pub(super) fn began(&self, now: Timestamp) -> Option<Timestamp> {
        let mut began = None;
        let mut next = now;
        for had in self.for_pain().rev().filter(|had| had.at <= now) {
            if next.duration_since(had.at) >= self.pause {
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

/// Every ingredient of a log over time, made once for all that is asked of the log.
pub(super) struct Courses<'g, 'a> {
    pub(super) guideline: &'g Guideline,
    pub(super) region: &'a str,
    pub(super) log: &'a DoseLog,
    /// In order of first mention.
    ingredients: Vec<&'a str>,
    by_ingredient: HashMap<&'a str, Course>,
    /// Of what was never taken.
    nothing: Course,
}

impl<'g, 'a> Courses<'g, 'a> {
    pub(super) fn of(guideline: &'g Guideline, region: &'a str, log: &'a DoseLog) -> Self {
        let mut ingredients: Vec<&str> = Vec::new();
        let mut doses: HashMap<&str, Vec<Had>> = HashMap::new();
        for (index, taken) in log.doses().iter().enumerate() {
            for (ingredient, _) in taken.amounts() {
                let had = doses.entry(ingredient).or_insert_with(|| {
                    ingredients.push(ingredient);
                    Vec::new()
                });
                // An ingredient that a dose names twice is one amount.
                if had.last().is_none_or(|last| last.index != index) {
                    had.extend(Had::of(guideline, index, taken, ingredient));
                }
            }
        }
        let course =
            |(ingredient, doses)| (ingredient, Course::made_of(guideline, region, log, ingredient, doses));
        let by_ingredient = doses.into_iter().map(course).collect();
        Self { guideline, region, log, ingredients, by_ingredient, nothing: Course::default() }
    }

    /// Every ingredient that was ever taken, in order of first mention.
    pub(super) fn ingredients(&self) -> &[&'a str] {
        &self.ingredients
    }

    pub(super) fn course(&self, ingredient: &str) -> &Course {
        self.by_ingredient.get(ingredient).unwrap_or(&self.nothing)
    }
}

/// Finds the daily doses: small ones of nothing else, no more than a few a day.
fn mark_daily(guideline: &Guideline, doses: &mut [Had], log: &DoseLog, daily: &DailyDose) {
    let is_small = |had: &Had| {
        let alone = log.doses().get(had.index).is_some_and(|taken| taken.amounts().len() == 1);
        alone && had.amount <= daily.up_to
    };
    let most = u64::from(most_daily(guideline, daily));
    let mut small: VecDeque<(Timestamp, u32)> = VecDeque::new();
    let mut sum = 0_u64;
    for had in doses.iter_mut() {
        if !is_small(had) {
            continue;
        }
        small.push_back((had.at, had.amount));
        sum += u64::from(had.amount);
        let since = earlier(had.at, DAY);
        while let Some((_, amount)) = small.front().filter(|(at, _)| *at <= since) {
            sum -= u64::from(*amount);
            small.pop_front();
        }
        had.is_daily = sum <= most;
    }
}

/// How much in 24 hours is still the daily dose: some people take two, and one may be written
/// down twice.
fn most_daily(guideline: &Guideline, daily: &DailyDose) -> u32 {
    daily.up_to.saturating_mul(guideline.whole_threshold(Cutoff::DailyDoses))
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
    let small = course.window(now).iter().filter(|had| had.amount <= daily.up_to);
    let sum = small.fold(amount, |sum, had| sum.saturating_add(had.amount));
    sum <= most_daily(guideline, daily)
}

/// Every dose of one pack, in hundredths of its units and the order of time.
#[derive(Debug)]
pub(super) struct PackCourse {
    totals: Totals,
}

impl PackCourse {
    pub(super) fn of(log: &DoseLog, product: &Product) -> Self {
        let of_it = log.doses().iter().filter(|taken| taken.product() == Some(&*product.id));
        let mut doses: Vec<(Timestamp, u32)> =
            of_it.map(|taken| (taken.at(), units(product, taken))).collect();
        doses.sort_unstable();
        Self { totals: doses.into_iter().collect() }
    }

    /// How much was taken in the 24 hours up to an instant, in hundredths of units.
    pub(super) fn total(&self, now: Timestamp) -> u32 {
        self.totals.total(now)
    }

    /// The most in any 24 hours that hold this instant, in hundredths of units.
    pub(super) fn busiest_day_around(&self, at: Timestamp) -> u32 {
        self.totals.busiest_day_around(at)
    }

    /// When so many hundredths more fit into 24 hours.
    pub(super) fn room_for(&self, max_24h: u32, asked: u32, now: Timestamp) -> Timestamp {
        self.totals.room_for(max_24h, asked, now)
    }
}

/// How many units of a pack were taken in the 24 hours up to an instant.
pub fn taken_of_pack(log: &DoseLog, product: &Product, now: Timestamp) -> Count {
    Count::from_hundredths(PackCourse::of(log, product).total(now))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Any 24 hours by looking at every dose, beside the sums that are made once.
        #[test]
        fn a_day_is_what_counting_every_dose_says(
            // Times in hours, close enough for many to share an instant or a day.
            times in proptest::collection::vec((0_i64..120, 1_u32..900), 0..40),
            at in 0_i64..150,
        ) {
            let when = |hours: i64| later(Timestamp::UNIX_EPOCH, SignedDuration::from_hours(hours));
            let had = |(index, (hours, amount)): (usize, &(i64, u32))| Had {
                at: when(*hours),
                amount: *amount,
                index,
                pause: SignedDuration::ZERO,
                is_daily: false,
            };
            let mut doses: Vec<Had> = times.iter().enumerate().map(had).collect();
            doses.sort_by_key(|had| (had.at, had.index));
            let totals = doses.iter().map(|had| (had.at, had.amount)).collect();
            let course = Course { doses: doses.clone(), totals, pause: DAY };
            let within = |end: Timestamp| {
                doses.iter().filter(move |had| earlier(end, DAY) < had.at && had.at <= end)
            };
            let total = |end| within(end).map(|had| had.amount).sum::<u32>();
            let now = when(at);
            prop_assert_eq!(course.total(now), total(now));
            let mut ends: Vec<Timestamp> =
                doses.iter().map(|had| had.at).filter(|end| *end <= now).collect();
            ends.dedup();
            let days = course.days(now);
            prop_assert_eq!(days.iter().map(|day| day.end).collect::<Vec<_>>(), ends);
            for day in days {
                prop_assert_eq!(day.total, total(day.end));
                prop_assert_eq!(Some(day.written_last), within(day.end).map(|had| had.index).max());
            }
        }
    }
}
