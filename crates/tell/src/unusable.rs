//! What is said of something that was typed and cannot be used: what is wrong, and what would be right.

use care::medicine::{AmountError, NoLimits, UnknownMedicine};
use care::{DoseError, TimeError, printable};

use crate::message::Message;

/// Of an amount.
///
/// ```
/// use care::medicine::Amount;
/// let error = "some".parse::<Amount>().unwrap_err();
/// assert!(tell::unusable_amount(&error).to_string().contains("400mg"));
/// ```
pub fn unusable_amount(error: &AmountError) -> Message<'_> {
    match error {
        AmountError::NotAnAmount(text) => Message::AmountIsNone { text: printable(text) },
        AmountError::NotWhole { milligrams, name, unit } => Message::AmountNotWhole {
            milligrams: milligrams.to_string().into(),
            name: name.into(),
            unit: unit.into(),
        },
        AmountError::PerhapsTablets { given, ingredient, usual } => Message::AmountPerhapsTablets {
            given: given.to_string().into(),
            ingredient: ingredient.into(),
            usual: usual.to_string().into(),
        },
        AmountError::Applications(name) => Message::AmountIsOfApplications { name: name.into() },
        AmountError::WholeApplications(name) => Message::AmountIsOfWholeApplications { name: name.into() },
        AmountError::Dose(error) => uncounted_dose(error),
    }
}

fn uncounted_dose(error: &DoseError) -> Message<'_> {
    match error {
        DoseError::Amount { what, given, most, unit } => Message::DoseOutOfRange {
            what: what.into(),
            given: given.to_string().into(),
            most: most.to_string().into(),
            unit: unit.into(),
        },
        DoseError::Part { what, given, unit } => Message::DoseOfNoWholeMilligrams {
            what: what.into(),
            given: given.to_string().into(),
            unit: unit.into(),
        },
        DoseError::NothingCounted(name) => Message::DoseNotCounted { name: name.into() },
    }
}

/// Of the name of a medicine.
pub fn unknown_medicine(error: &UnknownMedicine) -> Message<'_> {
    match error {
        UnknownMedicine::Unknown { name, did_you_mean } if did_you_mean.is_empty() => {
            Message::MedicineUnknown { name: printable(name) }
        }
        UnknownMedicine::Unknown { name, did_you_mean } => {
            Message::MedicineMisspelt { name: printable(name), meant: did_you_mean.join(" or ").into() }
        }
        UnknownMedicine::WhichPack { name, packs, abroad: false } => {
            Message::MedicineOnManyPacks { name: printable(name), packs: packs.join(", or ").into() }
        }
        UnknownMedicine::WhichPack { name, packs, abroad: true } => {
            Message::MedicineOnPacksAbroad { name: printable(name), packs: packs.join(", or ").into() }
        }
    }
}

/// Of a country without doses, or of none; with the ids of those that have some, of which an
/// option of the command line chooses one.
pub fn no_limits<'a>(error: &'a NoLimits, with_limits: &[&str]) -> Message<'a> {
    let regions = with_limits.join(" or --region ").into();
    match error {
        NoLimits::In(region) => Message::LimitsNotHere { region: region.into(), regions },
        NoLimits::NotChosen => Message::LimitsNotChosen { regions },
    }
}

/// Of a time.
pub fn unusable_time(error: &TimeError) -> Message<'_> {
    match error {
        TimeError::NotATime { text, today, offset } => Message::TimeIsNone {
            text: printable(text),
            today: today.to_string().into(),
            offset: offset.into(),
        },
        TimeError::Twice { local, offset, .. } => Message::TimeTwice {
            local: local.to_string().into(),
            date: local.date().to_string().into(),
            time: local.time().to_string().into(),
            offset: offset.into(),
        },
        TimeError::Never { local, offset } => Message::TimeNever {
            local: local.to_string().into(),
            date: local.date().to_string().into(),
            time: local.time().to_string().into(),
            offset: offset.into(),
        },
    }
}
