//! The limits once more, by brute force, for the laws of the guard on any book.

use std::collections::BTreeMap;

use care::{DoseLog, Guideline, Medicine, medicine_for};

pub(crate) const DAY: i64 = 24 * 60 * 60;

/// Every dose of every ingredient, in seconds, in order of time.
pub(crate) fn by_ingredient(log: &DoseLog) -> BTreeMap<&str, Vec<(i64, u32)>> {
    let mut doses: BTreeMap<&str, Vec<(i64, u32)>> = BTreeMap::new();
    for taken in log.doses() {
        for (ingredient, amount) in taken.amounts() {
            doses.entry(ingredient).or_default().push((taken.at().as_second(), *amount));
        }
    }
    for doses in doses.values_mut() {
        doses.sort_unstable();
    }
    doses
}

/// The limits once more, by trying every window. Shares nothing with the guard.
pub(crate) fn broken_limit(guideline: &Guideline, region: &str, log: &DoseLog) -> Option<String> {
    let all = by_ingredient(log);
    for (ingredient, doses) in &all {
        let medicine: &Medicine = medicine_for(guideline, region, ingredient).unwrap();
        for (index, (from, amount)) in doses.iter().enumerate() {
            let in_a_day: u32 = doses
                .iter()
                .filter(|(at, _)| *from <= *at && *at < from + DAY)
                .map(|(_, amount)| amount)
                .sum();
            if in_a_day > medicine.max_24h {
                return Some(format!("{in_a_day} of {ingredient} in 24 hours from {from}"));
            }
            if *amount > medicine.single_most {
                return Some(format!("{amount} of {ingredient} at once"));
            }
            if let Some((next, _)) = doses.get(index + 1)
                && next - from < i64::from(medicine.interval.get())
            {
                return Some(format!("{ingredient} after {} s", next - from));
            }
        }
        let mut began = doses[0].0;
        for pair in doses.windows(2) {
            if pair[1].0 - pair[0].0 >= 2 * DAY {
                began = pair[1].0;
            } else if pair[1].0 - began >= i64::from(medicine.max_days) * DAY {
                return Some(format!("{ingredient} for more than {} days", medicine.max_days));
            }
        }
        for (other, others) in &all {
            let both = medicine.class.is_nsaid()
                && medicine_for(guideline, region, other).unwrap().class.is_nsaid()
                && other != ingredient;
            let near = |at: i64| others.iter().any(|(other, _)| (at - other).abs() < DAY);
            if both && doses.iter().any(|(at, _)| near(*at)) {
                return Some(format!("{ingredient} and {other}"));
            }
        }
    }
    broken_pack(guideline, log).or_else(|| worn_together(guideline, region, log))
}

/// What packs say themselves, by trying every pair of doses and every window.
fn broken_pack(guideline: &Guideline, log: &DoseLog) -> Option<String> {
    for product in &guideline.book().products {
        let limits = &product.limits;
        let Some((ingredient, per_unit)) = product.contains.first() else { continue };
        let of_it = log.doses().iter().filter(|taken| taken.product() == Some(&*product.id));
        // A part of a unit counts as a whole one.
        let units = |taken: &care::Taken| taken.amount_of(ingredient).div_ceil(*per_unit);
        let doses: Vec<(i64, u32)> = of_it.map(|taken| (taken.at().as_second(), units(taken))).collect();
        for (from, units) in &doses {
            if limits.most.is_some_and(|most| *units > most) {
                return Some(format!("{units} of {} at once", product.id));
            }
            let in_a_day = doses.iter().filter(|(at, _)| from <= at && *at < from + DAY);
            let in_a_day: u32 = in_a_day.map(|(_, units)| units).sum();
            if limits.max_24h.is_some_and(|most| in_a_day > most) {
                return Some(format!("{in_a_day} of {} in 24 hours", product.id));
            }
            let Some(interval) = limits.interval else { continue };
            for other in log.doses() {
                let shares = product.contains.iter().any(|(ingredient, _)| other.amount_of(ingredient) > 0);
                let gap = (other.at().as_second() - from).abs();
                if shares && gap > 0 && gap < i64::from(interval.get()) {
                    return Some(format!("{} {gap} s from another", product.id));
                }
            }
        }
    }
    None
}

/// Two different things on the skin while one is worn.
fn worn_together(guideline: &Guideline, region: &str, log: &DoseLog) -> Option<String> {
    let on_skin = |ingredient: &str| {
        medicine_for(guideline, region, ingredient).filter(|medicine| medicine.class.is_on_skin())
    };
    for worn in log.doses() {
        let Some(medicine) = worn.amounts().iter().find_map(|(ingredient, _)| on_skin(ingredient)) else {
            continue;
        };
        let Some(wears) = medicine.wears else { continue };
        for other in log.doses() {
            let goes_on = other.amounts().iter().any(|(ingredient, _)| on_skin(ingredient).is_some());
            let gap = other.at().as_second() - worn.at().as_second();
            if goes_on && gap > 0 && gap < i64::from(wears.get()) {
                return Some(format!("{} s after {}", gap, medicine.id));
            }
        }
    }
    None
}
