//! How much, and how long.

use care::medicine::Found;
use care::{Count, DoseUnit, PackUnit};
use jiff::{SignedDuration, Timestamp};

use crate::message::Message;

/// So much of an ingredient: `1,200 mg`, `1 application`.
///
/// ```
/// use care::DoseUnit;
/// use tell::medicine::of_unit;
/// assert_eq!(of_unit(DoseUnit::Milligrams, 1_200).to_string(), "1,200 mg");
/// assert_eq!(of_unit(DoseUnit::Applications, 1).to_string(), "1 application");
/// ```
pub fn of_unit(unit: DoseUnit, amount: u32) -> Message<'static> {
    match unit {
        DoseUnit::Milligrams => Message::AmountMilligrams { amount: amount.into() },
        DoseUnit::Applications => of_pack(PackUnit::Application, Count::whole(amount)),
    }
}

/// So many units of a pack: `1 tablet`, `½ tablet`, `1½ tablets`, `2 patches`.
pub fn of_pack(unit: PackUnit, units: Count) -> Message<'static> {
    // A part of one is said as one, and more than one as many.
    let amount = units.words().into();
    Message::AmountUnits { amount, units: unit_of(unit, units.rounded_up()).to_string().into() }
}

/// The word for one or more units.
pub(super) fn unit_of(unit: PackUnit, count: u32) -> Message<'static> {
    let count = count.into();
    match unit {
        PackUnit::Application => Message::UnitApplication { count },
        PackUnit::Bottle => Message::UnitBottle { count },
        PackUnit::Capsule => Message::UnitCapsule { count },
        PackUnit::Dose => Message::UnitDose { count },
        PackUnit::Patch => Message::UnitPatch { count },
        PackUnit::Powder => Message::UnitPowder { count },
        PackUnit::Sachet => Message::UnitSachet { count },
        PackUnit::Tablet => Message::UnitTablet { count },
    }
}

/// So many of the units of something: `1½ tablets`, or `400 mg`.
pub fn amount(found: &Found<'_>, units: Count) -> Message<'static> {
    match found {
        Found::Product(product) => of_pack(product.unit, units),
        Found::Ingredient(medicine) => of_unit(medicine.unit, units.rounded_up()),
        Found::Other(_) => of_pack(PackUnit::Dose, units),
    }
}

/// A dose with its name: `Advil, 2 tablets`.
pub fn named(found: &Found<'_>, units: Count) -> Message<'static> {
    Message::DoseNamed { name: found.name().into(), amount: amount(found, units).to_string().into() }
}

/// What an amount is counted in, as the label of a field.
pub fn count_label(found: &Found<'_>) -> Message<'static> {
    let number_of = |unit| Message::CountOfUnits { units: unit_of(unit, 2).to_string().into() };
    match found {
        Found::Product(product) => number_of(product.unit),
        Found::Ingredient(medicine) => match medicine.unit {
            DoseUnit::Milligrams => Message::CountMilligrams,
            DoseUnit::Applications => Message::CountApplications,
        },
        Found::Other(_) => number_of(PackUnit::Dose),
    }
}

/// Hours and minutes, rounded up to the minute: `2 h 13 min`.
pub fn span(length: SignedDuration) -> Message<'static> {
    let minutes =
        length.as_secs().max(0) / 60 + i64::from(length.as_secs() % 60 > 0 || length.subsec_nanos() > 0);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => Message::SpanMinutes { minutes },
        (hours, 0) => Message::SpanHours { hours },
        (hours, minutes) => Message::SpanHoursMinutes { hours, minutes },
    }
}

/// How long it is until then, up to the minute; `None` once it has come.
pub fn time_left(now: Timestamp, until: Timestamp) -> Option<Message<'static>> {
    let left = until.duration_since(now);
    (left > SignedDuration::ZERO).then(|| span(left))
}
