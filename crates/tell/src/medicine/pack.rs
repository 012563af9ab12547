//! What something is and holds, in words.

use care::medicine::{Found, Kin, medicine_here_or_of, name_of, other_of};
use care::{Count, Dose, DoseUnit, Guideline, PackUnit, Product, Region};

use super::amount::{amount, of_pack, of_unit, unit_of};
use super::{and, comma, kind, list};
use crate::clock::Clock;
use crate::message::Message;

/// What one unit holds: `200 mg of ibuprofen in one tablet`; nothing for an ingredient.
pub fn holds<'g>(guideline: &'g Guideline, region: &str, found: &Found<'g>) -> Option<Message<'g>> {
    let product = match found {
        Found::Product(product) => product,
        Found::Ingredient(_) => return None,
        Found::Other(other) => return Some(Message::PackCountsAs { kind: kind(guideline, other.class) }),
    };
    let holds = |(ingredient, amount): &(String, u32)| {
        let name = name_of(guideline, region, ingredient).to_lowercase();
        let unit = medicine_here_or_of(guideline, region, ingredient).map(|medicine| medicine.unit);
        match unit {
            Some(DoseUnit::Applications) | None => name,
            Some(unit) => amount_of(&of_unit(unit, *amount), name),
        }
    };
    let holds: Vec<String> = product.contains.iter().map(holds).collect();
    let unit = unit_of(product.unit, 1).to_string().into();
    Some(Message::PackHolds { holds: list(&holds, and).into(), unit })
}

fn amount_of(amount: &Message<'_>, name: String) -> String {
    Message::PackHoldsAmount { amount: amount.to_string().into(), name: name.into() }.to_string()
}

/// A dose: `Advil, 2 tablets (400 mg of ibuprofen); limits: United States`.
pub fn described<'g>(
    guideline: &Guideline,
    region: &'g Region,
    found: &Found<'g>,
    dose: &Dose,
) -> Message<'g> {
    let holds = |(ingredient, amount): (&str, u32)| {
        let name = name_of(guideline, &region.id, ingredient).to_lowercase();
        if other_of(guideline, ingredient).is_some() {
            return amount_of(&of_pack(PackUnit::Dose, Count::whole(amount)), name);
        }
        let medicine = medicine_here_or_of(guideline, &region.id, ingredient);
        let unit = medicine.map_or(DoseUnit::Milligrams, |medicine| medicine.unit);
        amount_of(&of_unit(unit, amount), name)
    };
    let holds: Vec<String> = dose.amounts().map(holds).collect();
    let holds = list(&holds, and).into();
    let amount = amount(found, dose.count()).to_string().into();
    let (name, region) = (found.name().into(), region.name.as_str().into());
    match found {
        Found::Product(_) => Message::DoseOfPack { name, amount, holds, region },
        Found::Ingredient(_) => Message::DoseOfIngredient { holds, region },
        Found::Other(_) => Message::DoseNamed { name, amount },
    }
}

/// How something is like a dose that was taken.
pub fn kin(kin: &Kin, clock: &Clock) -> Message<'static> {
    match kin {
        Kin::Same { ingredient, at } => {
            Message::PackHasTaken { name: ingredient.to_lowercase().into(), at: clock.words(*at).into() }
        }
        Kin::SameKind { ingredient, at } => {
            Message::PackSameKindTaken { name: ingredient.to_lowercase().into(), at: clock.words(*at).into() }
        }
    }
}

/// The limits of a pack itself: `2 tablets at one time, at least 8 h apart`; nothing where it has none.
pub fn limits_of(product: &Product) -> Option<String> {
    let limits = &product.limits;
    let units = |count: u32| of_pack(product.unit, Count::whole(count)).to_string().into();
    let all = [
        limits.most.map(|most| Message::PackLimitOnce { amount: units(most) }),
        limits.interval.map(|interval| Message::PackLimitApart { interval: interval.to_string().into() }),
        limits.max_24h.map(|most| Message::PackLimitDay { amount: units(most) }),
        limits.max_days.map(|days| Message::PackLimitDays { days: days.into() }),
        limits.min_age.map(|age| Message::PackLimitAge { age: age.into() }),
    ];
    let all: Vec<String> = all.into_iter().flatten().map(|limit| limit.to_string()).collect();
    (!all.is_empty()).then(|| list(&all, comma))
}
