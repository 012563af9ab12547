//! Where the log stands: totals of the last 24 hours and the next dose, by ingredient.

use jiff::Timestamp;

use super::course::{Course, DAY, later};
use super::log::{DoseLog, Taken};
use super::types::{Medicine, MedicineClass, Product, class_of, medicine_for, name_of};
use crate::guideline::Guideline;

/// One ingredient of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing<'g> {
    /// As in the log.
    pub ingredient: String,
    /// Its plain name.
    pub name: String,
    /// Its limits, where the region has them.
    pub medicine: Option<&'g Medicine>,
    /// The last dose that is not in the future.
    pub last: Option<Timestamp>,
    /// How much was taken in the last 24 hours.
    pub total_24h: u32,
    /// When the usual dose is next within the limits of time and amount; `None`
    /// where there are no limits, or the label does not cover the back, or the log
    /// has a dose in the future. Whether it is safe for the person is another matter.
    pub next: Option<Timestamp>,
    /// For an anti-inflammatory: before this, no other one.
    pub no_other_nsaid_before: Option<Timestamp>,
    /// Which day in a row it is, from 1; 0 after a pause, when the days begin anew.
    pub day_in_a_row: u32,
    /// When the days in a row began, if the days without a clinician are used up.
    pub too_long_since: Option<Timestamp>,
    /// A dose in the future: the clock or the entry is wrong.
    pub in_future: Option<Timestamp>,
}

/// Every ingredient of the log, in order of first mention.
pub fn standings<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    now: Timestamp,
) -> Vec<Standing<'g>> {
    log.ingredients()
        .into_iter()
        .map(|ingredient| {
            let medicine = medicine_for(guideline, region, ingredient);
            let course = Course::of(log, ingredient);
            let is_nsaid = |other: &str| class_of(guideline, other).is_none_or(MedicineClass::is_nsaid);
            let in_future = course.next(now).map(|(at, _)| at);
            let last = course.last(now).map(|(at, _)| at);
            let other_nsaids =
                log.ingredients().into_iter().filter(|other| *other != ingredient && is_nsaid(other));
            let after_others = other_nsaids
                .filter_map(|other| Course::of(log, other).last(now))
                .map(|(at, _)| later(at, DAY))
                .fold(now, Timestamp::max);
            let limits =
                medicine.filter(|medicine| medicine.not_for_because.is_none() && in_future.is_none());
            let next = limits.map(|medicine| {
                let usual = medicine.single_usual.min(medicine.max_24h);
                let soonest = course.interval_over(medicine, now).max(course.room_for(medicine, usual, now));
                if medicine.class.is_nsaid() { soonest.max(after_others) } else { soonest }
            });
            Standing {
                ingredient: ingredient.to_owned(),
                name: name_of(guideline, region, ingredient),
                medicine,
                last,
                total_24h: course.total(now),
                next,
                no_other_nsaid_before: last
                    .filter(|_| is_nsaid(ingredient))
                    .map(|at| later(at, DAY))
                    .filter(|at| *at > now),
                day_in_a_row: course.day_in_a_row(now),
                too_long_since: medicine.and_then(|medicine| course.too_long_since(medicine, now)),
                in_future,
            }
        })
        .collect()
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
}

impl CountedDose<'_> {
    /// The pack in words.
    pub fn pack(&self) -> &str {
        self.product.map_or("the ingredient itself", |product| &product.name)
    }
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
    let products = &guideline.book().products;
    log.doses()
        .iter()
        .filter(counts)
        .map(|taken| CountedDose {
            at: taken.at(),
            product: products.iter().find(|product| Some(&*product.id) == taken.product()),
            amount: taken.amount_of(ingredient),
        })
        .collect()
}
