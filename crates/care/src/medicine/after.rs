//! After a dose was taken: what was not as it should be. Logging itself is always possible.

use jiff::{SignedDuration, Timestamp};

use super::course::{Course, DAY, length};
use super::log::{DoseLog, Taken};
use super::types::{Medicine, MedicineClass, class_of, medicine_for, name_of};
use crate::guideline::{Guideline, SourceId};

/// Something to know about a dose that was taken.
#[derive(Clone, Debug, PartialEq)]
pub enum DoseWarning<'g> {
    /// More in 24 hours than the label allows.
    OverDailyLimit {
        /// Which medicine.
        medicine: &'g Medicine,
        /// How much in the fullest 24 hours around the dose, in its unit.
        total: u32,
    },
    /// More at one time than the label allows.
    TooMuchAtOnce {
        /// Which medicine.
        medicine: &'g Medicine,
        /// How much, in its unit.
        amount: u32,
    },
    /// Another anti-inflammatory within 24 hours.
    OtherNsaid {
        /// The plain name of the one just logged.
        logged: String,
        /// The plain name of the other.
        other: String,
        /// When the other was taken.
        at: Timestamp,
        /// The labels that speak against it.
        sources: Vec<SourceId>,
    },
    /// Too close to another dose of the same ingredient.
    TooSoon {
        /// Which medicine.
        medicine: &'g Medicine,
        /// The other dose.
        other: Timestamp,
        /// By how much the pause was too short.
        early_by: SignedDuration,
    },
    /// Past the days in a row without a clinician.
    TooManyDays {
        /// Which medicine.
        medicine: &'g Medicine,
        /// When the days in a row began.
        since: Timestamp,
    },
    /// Another pack with the same ingredient within 24 hours: they were counted together.
    SameIngredient {
        /// The plain name of the ingredient.
        ingredient: String,
        /// The name of the other pack.
        other: String,
        /// Where it is known from what the packs hold.
        sources: Vec<SourceId>,
    },
    /// The region has no limits for an ingredient: it was counted, but not checked.
    NoLimitsHere {
        /// Its plain name.
        ingredient: String,
    },
    /// The dose is in the future: the clock or the entry is wrong.
    InFuture,
    /// A later dose is in the log already; this one was put in its place in time.
    OutOfOrder {
        /// The latest dose in the log.
        latest: Timestamp,
    },
}

impl DoseWarning<'_> {
    /// The name in data: `over_daily_limit`.
    pub fn id(&self) -> &'static str {
        match self {
            Self::OverDailyLimit { .. } => "over_daily_limit",
            Self::TooMuchAtOnce { .. } => "too_much_at_once",
            Self::OtherNsaid { .. } => "other_nsaid",
            Self::TooSoon { .. } => "too_soon",
            Self::TooManyDays { .. } => "too_many_days",
            Self::SameIngredient { .. } => "same_ingredient",
            Self::NoLimitsHere { .. } => "no_limits_here",
            Self::InFuture => "in_future",
            Self::OutOfOrder { .. } => "out_of_order",
        }
    }

    /// Where it is taken from; empty for what is about the log itself.
    pub fn sources(&self) -> Vec<SourceId> {
        match self {
            Self::OverDailyLimit { medicine, .. }
            | Self::TooMuchAtOnce { medicine, .. }
            | Self::TooSoon { medicine, .. }
            | Self::TooManyDays { medicine, .. } => vec![medicine.label_source],
            Self::OtherNsaid { sources, .. } | Self::SameIngredient { sources, .. } => sources.clone(),
            Self::NoLimitsHere { .. } | Self::InFuture | Self::OutOfOrder { .. } => Vec::new(),
        }
    }
}

/// What to tell the person about a dose just taken. `log` holds everything else;
/// `now` is when it is written down, which may be long after it was taken.
pub fn after_taking<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    taken: &Taken,
    now: Timestamp,
) -> Vec<DoseWarning<'g>> {
    let mut warnings = Vec::new();
    if taken.at() > now {
        warnings.push(DoseWarning::InFuture);
    }
    let latest = log.doses().iter().map(Taken::at).max();
    if let Some(latest) = latest.filter(|latest| *latest > taken.at()) {
        warnings.push(DoseWarning::OutOfOrder { latest });
    }
    let mut with_it = log.clone();
    with_it.push(taken.clone());
    let mut seen: Vec<&str> = Vec::new();
    for (ingredient, _) in taken.amounts() {
        if seen.contains(&ingredient.as_str()) {
            continue;
        }
        seen.push(ingredient);
        match medicine_for(guideline, region, ingredient) {
            Some(medicine) => limits(medicine, log, &with_it, taken, &mut warnings),
            None => warnings
                .push(DoseWarning::NoLimitsHere { ingredient: name_of(guideline, region, ingredient) }),
        }
        same_ingredient(guideline, region, log, taken, ingredient, &mut warnings);
        other_nsaid(guideline, region, &with_it, taken, ingredient, &mut warnings);
    }
    warnings
}

fn limits<'g>(
    medicine: &'g Medicine,
    log: &DoseLog,
    with_it: &DoseLog,
    taken: &Taken,
    warnings: &mut Vec<DoseWarning<'g>>,
) {
    let (others, all) = (Course::of(log, &medicine.ingredient), Course::of(with_it, &medicine.ingredient));
    let total = all.busiest_day_around(taken.at());
    if total > medicine.max_24h {
        warnings.push(DoseWarning::OverDailyLimit { medicine, total });
    }
    let amount = taken.amount_of(&medicine.ingredient);
    if amount > medicine.single_most {
        warnings.push(DoseWarning::TooMuchAtOnce { medicine, amount });
    }
    let around = [others.last(taken.at()), others.next(taken.at())];
    for (other, _) in around.into_iter().flatten() {
        let early_by = length(medicine.interval) - other.duration_since(taken.at()).abs();
        if early_by > SignedDuration::ZERO {
            warnings.push(DoseWarning::TooSoon { medicine, other, early_by });
        }
    }
    if let Some(since) = all.too_long_since(medicine, taken.at()) {
        warnings.push(DoseWarning::TooManyDays { medicine, since });
    }
}

fn within_a_day(one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other).abs() < DAY
}

fn same_ingredient(
    guideline: &Guideline,
    region: &str,
    log: &DoseLog,
    taken: &Taken,
    ingredient: &str,
    warnings: &mut Vec<DoseWarning<'_>>,
) {
    let mut named: Vec<&str> = Vec::new();
    for other in log.doses() {
        let Some(id) = other.product().filter(|_| other.product() != taken.product()) else { continue };
        if other.amount_of(ingredient) == 0 || !within_a_day(other.at(), taken.at()) || named.contains(&id) {
            continue;
        }
        named.push(id);
        let product = guideline.book().products.iter().find(|product| product.id == id);
        warnings.push(DoseWarning::SameIngredient {
            ingredient: name_of(guideline, region, ingredient),
            other: product.map_or_else(|| id.to_owned(), |product| product.name.clone()),
            sources: product.map(|product| product.sources.clone()).unwrap_or_default(),
        });
    }
}

fn other_nsaid(
    guideline: &Guideline,
    region: &str,
    with_it: &DoseLog,
    taken: &Taken,
    ingredient: &str,
    warnings: &mut Vec<DoseWarning<'_>>,
) {
    let is_nsaid = |ingredient: &str| class_of(guideline, ingredient).is_some_and(MedicineClass::is_nsaid);
    if !is_nsaid(ingredient) {
        return;
    }
    for other in with_it.ingredients() {
        if other == ingredient || !is_nsaid(other) {
            continue;
        }
        let course = Course::of(with_it, other);
        let near = [course.last(taken.at()), course.next(taken.at())];
        let near = near.into_iter().flatten().find(|(at, _)| within_a_day(*at, taken.at()));
        if let Some((at, _)) = near {
            let labels =
                [ingredient, other].into_iter().filter_map(|name| medicine_for(guideline, region, name));
            warnings.push(DoseWarning::OtherNsaid {
                logged: name_of(guideline, region, ingredient),
                other: name_of(guideline, region, other),
                at,
                sources: labels.map(|medicine| medicine.label_source).collect(),
            });
        }
    }
}
