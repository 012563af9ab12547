//! How much was typed: tablets or milligrams.

use std::str::FromStr;

use super::dose::DoseError;
use super::shelf::Found;
use super::types::{DoseUnit, Medicine, Product};

/// An amount as typed: `2` or `400mg`.
///
/// ```
/// use care::medicine::Amount;
/// assert_eq!("2".parse(), Ok(Amount::Plain(2)));
/// assert_eq!("1,000 mg".parse(), Ok(Amount::Milligrams(1_000)));
/// assert!("two".parse::<Amount>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A bare number: units of a pack, or milligrams of an ingredient.
    Plain(u32),
    /// Milligrams, said so.
    Milligrams(u32),
}

/// An amount that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// A text that is no amount.
    #[error("`{0}` is not an amount; write a whole number of tablets such as 2, or milligrams such as 400mg")]
    NotAnAmount(String),
    /// Milligrams that are no whole number of a pack's units.
    #[error(
        "{milligrams} mg is no whole number of {name}; give the number of {unit}s, or name the ingredient instead"
    )]
    NotWhole {
        /// What was given.
        milligrams: u32,
        /// The pack.
        name: String,
        /// What it is counted in.
        unit: String,
    },
    /// Far below any tablet: somebody counted tablets of a bare ingredient.
    #[error(
        "{given} of {ingredient}: is that tablets? Name the pack to count tablets, or give milligrams such as {usual}mg"
    )]
    PerhapsTablets {
        /// What was given.
        given: u32,
        /// The ingredient.
        ingredient: String,
        /// Its usual dose, in milligrams.
        usual: u32,
    },
    /// Milligrams of what is put on the skin.
    #[error("{0} is counted in applications, not milligrams; give how many times it was put on")]
    Applications(String),
    /// An amount that cannot be counted.
    #[error(transparent)]
    Dose(#[from] DoseError),
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not_an_amount = || AmountError::NotAnAmount(text.to_owned());
        let plain = text.trim().to_ascii_lowercase();
        let (number, milligrams) = match plain.strip_suffix("mg") {
            Some(number) => (number.trim_end(), true),
            None => (plain.as_str(), false),
        };
        let number: u32 = number.replace(',', "").parse().map_err(|_| not_an_amount())?;
        match number {
            0 => Err(not_an_amount()),
            _ if milligrams => Ok(Self::Milligrams(number)),
            _ => Ok(Self::Plain(number)),
        }
    }
}

impl Amount {
    /// One unit of a pack, or the usual dose of an ingredient.
    pub fn usual(found: &Found<'_>) -> Self {
        match found {
            Found::Product(_) => Self::Plain(1),
            Found::Ingredient(medicine) => Self::Plain(medicine.single_usual),
        }
    }

    /// As units of a pack.
    pub(super) fn units_of(self, product: &Product) -> Result<u32, AmountError> {
        match (self, product.contains.as_slice()) {
            (Self::Plain(units), _) => Ok(units),
            (Self::Milligrams(amount), [(_, per_unit)])
                if *per_unit > 1 && amount.is_multiple_of(*per_unit) =>
            {
                Ok(amount / per_unit)
            }
            (Self::Milligrams(milligrams), _) => Err(AmountError::NotWhole {
                milligrams,
                name: product.name.clone(),
                unit: product.unit.clone(),
            }),
        }
    }

    /// As milligrams, or applications, of an ingredient.
    pub(super) fn of_ingredient(self, medicine: &Medicine) -> Result<u32, AmountError> {
        let usual = medicine.single_usual;
        match (self, medicine.unit) {
            // 2 mg would vanish in the totals.
            (Self::Plain(given), DoseUnit::Milligrams) if given < usual / 4 => {
                Err(AmountError::PerhapsTablets { given, ingredient: medicine.ingredient.clone(), usual })
            }
            (Self::Milligrams(_), DoseUnit::Applications) => {
                Err(AmountError::Applications(medicine.plain_name()))
            }
            (Self::Plain(amount) | Self::Milligrams(amount), _) => Ok(amount),
        }
    }
}
