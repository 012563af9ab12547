//! How much was typed: tablets or milligrams.

use std::str::FromStr;

use super::dose::DoseError;
use crate::book::{DoseUnit, Medicine, Product};
use crate::typed::Count;

/// An amount as typed: `2`, `1,5`, `half a tablet` or `400mg`.
///
/// ```
/// use care::Count;
/// use care::medicine::Amount;
/// assert_eq!("2".parse(), Ok(Amount::Plain(Count::whole(2))));
/// assert_eq!("1,5".parse::<Amount>(), "1.5 tablets".parse());
/// assert_eq!("1,000 mg".parse(), Ok(Amount::Milligrams(1_000)));
/// assert!("some".parse::<Amount>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A bare number: units of a pack, or milligrams of an ingredient.
    Plain(Count),
    /// Milligrams, said so.
    Milligrams(u32),
}

/// An amount that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// A text that is no amount, or could be two.
    #[error("`{}` is not an amount", crate::printable(.0))]
    NotAnAmount(String),
    /// Milligrams that are no whole number of a pack's units.
    #[error("{milligrams} mg is no whole number of {name}")]
    NotWhole {
        /// What was given.
        milligrams: u32,
        /// The pack.
        name: String,
        /// What it is counted in.
        unit: String,
    },
    /// Far below any tablet: somebody counted tablets of a bare ingredient.
    #[error("{given} of {ingredient} may be meant as tablets")]
    PerhapsTablets {
        /// What was given.
        given: Count,
        /// The ingredient.
        ingredient: String,
        /// Its usual dose, in milligrams.
        usual: u32,
    },
    /// Milligrams of what is put on the skin.
    #[error("{0} is counted in applications, not milligrams")]
    Applications(String),
    /// A part of what is put on the skin.
    #[error("{0} is counted in whole applications")]
    WholeApplications(String),
    /// An amount that cannot be counted.
    #[error(transparent)]
    Dose(#[from] DoseError),
}

/// What people write behind a number of tablets.
const UNITS: [&str; 22] = [
    "tablet",
    "tablets",
    "tab",
    "tabs",
    "pill",
    "pills",
    "capsule",
    "capsules",
    "caplet",
    "caplets",
    "gelcap",
    "gelcaps",
    "sachet",
    "sachets",
    "dose",
    "doses",
    "patch",
    "patches",
    "application",
    "applications",
    "time",
    "times",
];

/// Numbers that people write out.
const WORDS: [(&str, u32); 15] = [
    ("half", 50),
    ("a half", 50),
    ("half a", 50),
    ("a", 100),
    ("an", 100),
    ("one", 100),
    ("two", 200),
    ("three", 300),
    ("four", 400),
    ("five", 500),
    ("six", 600),
    ("seven", 700),
    ("eight", 800),
    ("nine", 900),
    ("ten", 1_000),
];

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not_an_amount = || AmountError::NotAnAmount(text.to_owned());
        let plain = text.trim().to_lowercase();
        let amount = if let Some(number) = plain.strip_suffix("mg") {
            Count::read(number).and_then(Count::as_whole).map(Self::Milligrams)
        } else if let Some(number) = plain.strip_suffix('g') {
            Count::read(number).and_then(|grams| grams.times(1_000)).map(Self::Milligrams)
        } else {
            count(&plain).map(Self::Plain)
        };
        let is_some = |amount: &Self| match amount {
            Self::Plain(count) => count.hundredths() > 0,
            Self::Milligrams(milligrams) => *milligrams > 0,
        };
        amount.filter(is_some).ok_or_else(not_an_amount)
    }
}

/// A number, with or without the word for what is counted.
fn count(text: &str) -> Option<Count> {
    let number = match text.rsplit_once(|letter: char| letter.is_whitespace()) {
        Some((number, unit)) if UNITS.contains(&unit) => number.trim_end(),
        _ => text,
    };
    let written = WORDS.iter().find(|(word, _)| *word == number);
    written.map(|(_, hundredths)| Count::from_hundredths(*hundredths)).or_else(|| Count::read(number))
}

impl Amount {
    /// As units of a pack.
    pub(super) fn units_of(self, product: &Product) -> Result<Count, AmountError> {
        match (self, product.contains.as_slice()) {
            (Self::Plain(units), _) => Ok(units),
            (Self::Milligrams(amount), [(_, per_unit)])
                if *per_unit > 1 && amount.is_multiple_of(*per_unit) =>
            {
                Ok(Count::whole(amount / per_unit))
            }
            (Self::Milligrams(milligrams), _) => Err(AmountError::NotWhole {
                milligrams,
                name: product.name.clone(),
                unit: product.unit.id().to_owned(),
            }),
        }
    }

    /// As milligrams, or applications, of an ingredient.
    pub(super) fn of_ingredient(self, medicine: &Medicine) -> Result<u32, AmountError> {
        let usual = medicine.single_usual;
        let perhaps_tablets =
            |given| AmountError::PerhapsTablets { given, ingredient: medicine.ingredient.clone(), usual };
        match (self, medicine.unit) {
            // 2 mg would vanish in the totals.
            (Self::Plain(given), DoseUnit::Milligrams) if given < Count::whole(usual / 4) => {
                let tablets = medicine.tablet.and_then(|tablet| given.times(tablet));
                tablets.ok_or_else(|| perhaps_tablets(given))
            }
            (Self::Plain(given), DoseUnit::Milligrams) => {
                given.as_whole().ok_or_else(|| perhaps_tablets(given))
            }
            (Self::Plain(given), DoseUnit::Applications) => {
                given.as_whole().ok_or_else(|| AmountError::WholeApplications(medicine.plain_name()))
            }
            (Self::Milligrams(_), DoseUnit::Applications) => {
                Err(AmountError::Applications(medicine.plain_name()))
            }
            (Self::Milligrams(amount), DoseUnit::Milligrams) => Ok(amount),
        }
    }

    /// As doses of a medicine without amounts: every part is one begun.
    pub(super) fn doses(self) -> u32 {
        match self {
            Self::Plain(count) => count.rounded_up(),
            Self::Milligrams(_) => 1,
        }
    }
}
