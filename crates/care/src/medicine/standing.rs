//! Where the log stands: totals of the last 24 hours and the next dose, by ingredient.

use jiff::Timestamp;

use super::course::{Courses, DAY, later, length};
use super::dose::Dose;
use super::excess::{Excess, shut_by};
use super::guard::may_take;
use super::log::{DoseLog, Taken};
use super::named::{class_of, medicine_for, medicine_here_or_of, name_of, other_of, product_with, shuts};
use super::verdict::{DoseLevel, DoseVerdict};
use crate::book::{Medicine, MedicineClass, Product};
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;

/// One ingredient of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing<'g> {
    /// As in the log.
    pub ingredient: String,
    /// Its plain name.
    pub name: String,
    /// Its limits, where the region has them.
    pub medicine: Option<&'g Medicine>,
    /// What it counts as, where the book has no doses of it.
    pub counts_as: Option<MedicineClass>,
    /// The excess of it, or of its class, that keeps it shut.
    pub shut_by: Option<Excess<'g>>,
    /// Only daily doses from a doctor were taken of late.
    pub is_daily: bool,
    /// The last dose that is not in the future.
    pub last: Option<Timestamp>,
    /// How much was taken in the last 24 hours.
    pub total_24h: u32,
    /// When the usual dose is next within the limits of time and amount; `None`
    /// where there are no limits, or the label does not cover the back, or the log
    /// has a dose in the future or may lack one, or where the guard says never.
    pub next: Option<Timestamp>,
    /// What the guard says of the usual dose at that time; `None` where nobody's answers were
    /// looked at, or no time was left to look at.
    pub verdict: Option<DoseVerdict<'g>>,
    /// For an anti-inflammatory: before this, no other one.
    pub no_other_nsaid_before: Option<Timestamp>,
    /// Which day in a row it is, from 1; 0 after a pause, when the days begin anew.
    pub day_in_a_row: u32,
    /// When the days in a row began, if the days without a clinician are used up.
    pub too_long_since: Option<Timestamp>,
    /// A dose in the future: the clock or the entry is wrong.
    pub in_future: Option<Timestamp>,
    /// A dose may be missing in the log, so that nobody knows when the next one may be.
    pub lacks_doses: bool,
}

/// Every ingredient of the log, in order of first mention.
pub fn standings<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    now: Timestamp,
) -> Vec<Standing<'g>> {
    let courses = Courses::of(guideline, region, log);
    courses.ingredients().iter().map(|ingredient| standing(&courses, ingredient, now)).collect()
}

/// Every ingredient of the log, with what the guard says of its next dose for a person with
/// these answers. No time is given for what they must not take.
pub fn standings_for<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    answers: &Answers,
    now: Timestamp,
) -> Vec<Standing<'g>> {
    let mut standings = standings(guideline, region, log, now);
    for standing in &mut standings {
        let Some((medicine, at)) = standing.medicine.zip(standing.next) else { continue };
        let usual = Dose::of_ingredient(medicine, medicine.single_usual.min(medicine.max_24h));
        let Ok(usual) = usual else { continue };
        let verdict = may_take(guideline, region, log, &usual, answers, at.max(now));
        standing.next = standing.next.filter(|_| verdict.level() != DoseLevel::Never);
        standing.verdict = Some(verdict);
    }
    standings
}

fn standing<'g>(courses: &Courses<'g, '_>, ingredient: &str, now: Timestamp) -> Standing<'g> {
    let Courses { guideline, region, log, .. } = *courses;
    let medicine = medicine_for(guideline, region, ingredient);
    let course = courses.course(ingredient);
    let class = class_of(guideline, ingredient);
    let is_nsaid = |other: &str| class_of(guideline, other).is_none_or(MedicineClass::is_nsaid);
    let in_future = course.next(now).map(|(at, _)| at);
    let last = course.last(now).map(|(at, _)| at);
    let others = || courses.ingredients().iter().copied().filter(|other| *other != ingredient);
    let shut_until =
        |other: &str| courses.course(other).last(now).map(|(at, _)| later(at, shuts(guideline, other)));
    let after_nsaids =
        others().filter(|other| is_nsaid(other)).filter_map(shut_until).fold(now, Timestamp::max);
    let worn_until = |other: &str| {
        let medicine = medicine_here_or_of(guideline, region, other)?;
        courses.course(other).worn_until(medicine, now).map(|(_, until)| until)
    };
    let after_worn =
        courses.ingredients().iter().filter_map(|other| worn_until(other)).fold(now, Timestamp::max);
    let shut_by = shut_by(courses, ingredient, class.is_some_and(MedicineClass::is_nsaid), now);
    let daily = course.last_daily(now).filter(|at| now.duration_since(*at) < DAY);
    let is_daily =
        daily.is_some() && last.is_none_or(|at| now.duration_since(at) >= DAY) && shut_by.is_none();
    let limits = medicine.filter(|medicine| {
        let is_known = in_future.is_none() && !log.lacks_doses(now);
        medicine.not_for_because.is_none() && is_known && shut_by.is_none() && !is_daily
    });
    let next = limits.map(|medicine| {
        let usual = medicine.single_usual.min(medicine.max_24h);
        let room = course.room_for(medicine.max_24h, usual, now);
        let mut soonest = course.interval_over(length(medicine.interval), now).max(room);
        if medicine.class.is_nsaid() {
            soonest = soonest.max(after_nsaids);
        }
        if medicine.class.is_on_skin() {
            soonest = soonest.max(after_worn);
        }
        soonest
    });
    Standing {
        ingredient: ingredient.to_owned(),
        name: name_of(guideline, region, ingredient),
        medicine,
        counts_as: other_of(guideline, ingredient).map(|other| other.class),
        shut_by,
        is_daily,
        last,
        total_24h: course.total(now),
        next,
        verdict: None,
        no_other_nsaid_before: last
            .filter(|_| is_nsaid(ingredient))
            .map(|at| later(at, shuts(guideline, ingredient)))
            .filter(|at| *at > now),
        day_in_a_row: course.day_in_a_row(now),
        too_long_since: medicine.and_then(|medicine| course.too_long_since(medicine.max_days, now)),
        in_future,
        lacks_doses: log.lacks_doses(now),
    }
}

/// A dose of the last 24 hours that counts towards the total of an ingredient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountedDose<'g> {
    /// When it was taken.
    pub at: Timestamp,
    /// Its pack, where it was one that the book has.
    pub product: Option<&'g Product>,
    /// How much of the ingredient it held, in the unit of its medicine.
    pub amount: u32,
    /// `false` where nobody knows when it was taken: it counts as taken when it was
    /// written down.
    pub is_time_known: bool,
}

/// The doses behind [`Standing::total_24h`], in the order in which they were written down.
pub fn counted_doses<'g>(
    guideline: &'g Guideline,
    log: &DoseLog,
    ingredient: &str,
    now: Timestamp,
) -> Vec<CountedDose<'g>> {
    let counts = |taken: &&Taken| {
        let age = now.duration_since(taken.at());
        taken.amount_of(ingredient) > 0 && !age.is_negative() && age < DAY
    };
    log.doses()
        .iter()
        .filter(counts)
        .map(|taken| CountedDose {
            at: taken.at(),
            product: taken.product().and_then(|id| product_with(guideline, id)),
            amount: taken.amount_of(ingredient),
            is_time_known: taken.is_time_known(),
        })
        .collect()
}
