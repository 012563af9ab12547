//! Too much of an ingredient in a day: how bad it is, and that it stays shut until
//! a clinician has cleared it.
//!
//! Harm from an overdose comes days after it, when nobody thinks of it any more, so
//! time alone never opens an ingredient again. An excess that is spread over hours
//! counts by its total, and one on two days running is an overdose even where each
//! day is little over the limit.

use jiff::{SignedDuration, Timestamp};

use super::course::{Courses, DAY, Day, earlier, later};
use super::log::DoseLog;
use super::named::{hours, medicine_for_excess};
use crate::book::{Cutoff, DoseUnit, Medicine};
use crate::decision::guideline::Guideline;

/// So long after an overdose it is "get help now", whatever is asked about.
pub(super) fn help_now_for(guideline: &Guideline) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(guideline.whole_threshold(Cutoff::HelpNowDays)))
}

/// More of an ingredient than a day allows, which no clinician has cleared.
#[derive(Clone, Debug, PartialEq)]
pub struct Excess<'g> {
    /// The limits it was over.
    pub medicine: &'g Medicine,
    /// The most in any 24 hours, in the unit of the medicine.
    pub total: u32,
    /// When those 24 hours ended.
    pub at: Timestamp,
    /// It can do harm, also to whoever feels well.
    pub is_overdose: bool,
    /// It was over the limit on two days running or more.
    pub is_on_days: bool,
}

/// The worst excess of an ingredient up to an instant that nobody has cleared. What
/// is put on the skin is no matter of clearance: it is shut by time alone.
pub(super) fn excess<'g>(courses: &Courses<'g, '_>, ingredient: &str, now: Timestamp) -> Option<Excess<'g>> {
    let medicine = medicine_for_excess(courses.guideline, courses.region, ingredient)?;
    if medicine.unit != DoseUnit::Milligrams {
        return None;
    }
    let mut over = courses.course(ingredient).days(now);
    over.retain(|day| day.total > medicine.max_24h);
    let cleared = Clearances::of(courses.log, ingredient, now);
    over.retain(|day| !cleared.cover(day));
    let worst = over.iter().max_by_key(|day| (day.total, day.end))?;
    let (at, total) = (worst.end, worst.total);
    let runs_on = hours(courses.guideline, Cutoff::RunsOn);
    let is_on_days = over.iter().any(|first| {
        let next = over.partition_point(|day| day.end < later(first.end, DAY));
        over.get(next).is_some_and(|day| day.end.duration_since(first.end) <= runs_on)
    });
    let is_far_over = medicine.overdose_24h.is_some_and(|most| total > most);
    Some(Excess { medicine, total, at, is_overdose: is_far_over || is_on_days, is_on_days })
}

/// When clinicians cleared an ingredient up to an instant, the earliest first, each with
/// the most doses that it or a later one knew of.
struct Clearances(Vec<(Timestamp, usize)>);

impl Clearances {
    fn of(log: &DoseLog, ingredient: &str, now: Timestamp) -> Self {
        let of_it = log.cleared().iter().filter(|cleared| cleared.ingredient == ingredient);
        let mut cleared: Vec<(Timestamp, usize)> =
            of_it.map(|cleared| (cleared.at, cleared.knew)).filter(|(at, _)| *at <= now).collect();
        cleared.sort_unstable();
        let mut most = 0;
        for (_, knew) in cleared.iter_mut().rev() {
            most = most.max(*knew);
            *knew = most;
        }
        Self(cleared)
    }

    /// Whether a clinician knew of every dose of a day and cleared it afterwards.
    fn cover(&self, day: &Day) -> bool {
        let first = self.0.partition_point(|(at, _)| *at < day.end);
        self.0.get(first).is_some_and(|(_, knew)| day.written_last < *knew)
    }
}

/// Every excess of a log that nobody has cleared, in order of first mention.
pub fn excesses<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    now: Timestamp,
) -> Vec<Excess<'g>> {
    excesses_in(&Courses::of(guideline, region, log), now)
}

fn excesses_in<'g>(courses: &Courses<'g, '_>, now: Timestamp) -> Vec<Excess<'g>> {
    courses.ingredients().iter().filter_map(|ingredient| excess(courses, ingredient, now)).collect()
}

/// The overdose for which help is needed now, whatever is asked about: the latest one.
pub(super) fn help_now<'g>(courses: &Courses<'g, '_>, now: Timestamp) -> Option<Excess<'g>> {
    let since = earlier(now, help_now_for(courses.guideline));
    let is_fresh = |excess: &Excess<'_>| excess.is_overdose && excess.at > since;
    excesses_in(courses, now).into_iter().filter(is_fresh).max_by_key(|excess| excess.at)
}

/// The overdose for which help is needed now, as the guard says it before all else; none in a
/// log without one.
pub fn overdose<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    now: Timestamp,
) -> Option<Excess<'g>> {
    help_now(&Courses::of(guideline, region, log), now)
}

/// The excess that shuts a medicine: its own, or one of another anti-inflammatory.
pub(super) fn shut_by<'g>(
    courses: &Courses<'g, '_>,
    ingredient: &str,
    is_nsaid: bool,
    now: Timestamp,
) -> Option<Excess<'g>> {
    let of_it = |excess: &Excess<'_>| excess.medicine.ingredient == ingredient;
    let of_class = |excess: &Excess<'_>| is_nsaid && excess.medicine.class.is_nsaid();
    let mut all = excesses_in(courses, now);
    all.retain(|excess| of_it(excess) || of_class(excess));
    // Its own comes before one of the class, an overdose before less.
    all.into_iter().max_by_key(|excess| (of_it(excess), excess.is_overdose, excess.at))
}
