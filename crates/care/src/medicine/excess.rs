//! Too much of an ingredient in a day: how bad it is, and that it stays shut until
//! a clinician has cleared it.
//!
//! Harm from an overdose comes days after it, when nobody thinks of it any more, so
//! time alone never opens an ingredient again. An excess that is spread over hours
//! counts by its total, and one on two days running is an overdose even where each
//! day is little over the limit.

use jiff::{SignedDuration, Timestamp};

use super::course::{Course, DAY, earlier};
use super::log::DoseLog;
use super::named::medicine_for_excess;
use crate::book::{DoseUnit, Medicine};
use crate::decision::guideline::Guideline;

/// Days over the limit that are no further apart than this, from end to end, run on.
const RUNNING_ON: SignedDuration = SignedDuration::from_hours(72);

/// So long after an overdose it is "get help now", whatever is asked about.
pub(super) const HELP_NOW: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The most doses in 24 hours of a medicine whose amounts the book does not have: no
/// anti-inflammatory is taken more often. More of them is an overdose.
pub(super) const MOST_DOSES: u32 = 6;

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
pub(super) fn excess<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    ingredient: &str,
    now: Timestamp,
) -> Option<Excess<'g>> {
    let medicine = medicine_for_excess(guideline, region, ingredient)?;
    if medicine.unit != DoseUnit::Milligrams {
        return None;
    }
    let course = Course::of(guideline, region, log, ingredient);
    let ends = course.doses().iter().map(|had| had.at).filter(|end| *end <= now);
    let mut over: Vec<(Timestamp, u32)> = ends
        .map(|end| (end, course.total(end)))
        .filter(|(end, total)| *total > medicine.max_24h && !is_cleared(log, &course, ingredient, *end, now))
        .collect();
    over.dedup();
    let (at, total) = over.iter().copied().max_by_key(|(end, total)| (*total, *end))?;
    let is_on_days = over.iter().any(|(first, _)| {
        over.iter().any(|(second, _)| (DAY..=RUNNING_ON).contains(&second.duration_since(*first)))
    });
    let is_far_over = medicine.overdose_24h.is_some_and(|most| total > most);
    Some(Excess { medicine, total, at, is_overdose: is_far_over || is_on_days, is_on_days })
}

/// Whether a clinician knew of every dose of a day and cleared it afterwards.
fn is_cleared(log: &DoseLog, course: &Course, ingredient: &str, end: Timestamp, now: Timestamp) -> bool {
    log.cleared().iter().any(|cleared| {
        cleared.ingredient == ingredient
            && (end..=now).contains(&cleared.at)
            && course.window(end).all(|had| had.index < cleared.knew)
    })
}

/// Every excess of a log that nobody has cleared, in order of first mention.
pub fn excesses<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    now: Timestamp,
) -> Vec<Excess<'g>> {
    let ingredients = log.ingredients().into_iter();
    ingredients.filter_map(|ingredient| excess(guideline, region, log, ingredient, now)).collect()
}

/// The overdose for which help is needed now, whatever is asked about: the latest one.
pub(super) fn help_now<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    now: Timestamp,
) -> Option<Excess<'g>> {
    let is_fresh = |excess: &Excess<'_>| excess.is_overdose && excess.at > earlier(now, HELP_NOW);
    excesses(guideline, region, log, now).into_iter().filter(is_fresh).max_by_key(|excess| excess.at)
}

/// The excess that shuts a medicine: its own, or one of another anti-inflammatory.
pub(super) fn shut_by<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    ingredient: &str,
    is_nsaid: bool,
    now: Timestamp,
) -> Option<Excess<'g>> {
    let of_it = |excess: &Excess<'_>| excess.medicine.ingredient == ingredient;
    let of_class = |excess: &Excess<'_>| is_nsaid && excess.medicine.class.is_nsaid();
    let mut all = excesses(guideline, region, log, now);
    all.retain(|excess| of_it(excess) || of_class(excess));
    // Its own comes before one of the class, an overdose before less.
    all.into_iter().max_by_key(|excess| (of_it(excess), excess.is_overdose, excess.at))
}
