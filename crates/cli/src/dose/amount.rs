//! How much was typed: tablets or milligrams.

use std::str::FromStr;

use care::{DoseUnit, Medicine, Product};

use crate::dose::shelf::Found;
use crate::exit::BadInput;

/// An amount as typed: `2` or `400mg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// A bare number: units of a pack, or milligrams of an ingredient.
    Plain(u32),
    /// Milligrams, said so.
    Milligrams(u32),
}

/// A text that is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an amount; write a whole number of tablets such as 2, or milligrams such as 400mg")]
pub(crate) struct NotAnAmount(String);

impl FromStr for Amount {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not_an_amount = || NotAnAmount(text.to_owned());
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
    pub(crate) fn usual(found: &Found<'_>) -> Self {
        match found {
            Found::Product(_) => Self::Plain(1),
            Found::Ingredient(medicine) => Self::Plain(medicine.single_usual),
        }
    }

    /// As units of a pack.
    pub(crate) fn units_of(self, product: &Product) -> anyhow::Result<u32> {
        match (self, product.contains.as_slice()) {
            (Self::Plain(units), _) => Ok(units),
            (Self::Milligrams(amount), [(_, per_unit)])
                if *per_unit > 1 && amount.is_multiple_of(*per_unit) =>
            {
                Ok(amount / per_unit)
            }
            (Self::Milligrams(amount), _) => Err(BadInput::because(format!(
                "{amount} mg is no whole number of {}; give the number of {}s, or name the ingredient instead",
                product.name, product.unit
            ))),
        }
    }

    /// As milligrams, or applications, of an ingredient.
    pub(crate) fn of_ingredient(self, medicine: &Medicine) -> anyhow::Result<u32> {
        let usual = medicine.single_usual;
        match (self, medicine.unit) {
            // Far below any tablet: somebody counted tablets, and 2 mg would vanish in the totals.
            (Self::Plain(amount), DoseUnit::Milligrams) if amount < usual / 4 => {
                Err(BadInput::because(format!(
                    "{amount} of {}: is that tablets? Name the pack to count tablets, or give milligrams such as {usual}mg",
                    medicine.ingredient
                )))
            }
            (Self::Milligrams(_), DoseUnit::Applications) => Err(BadInput::because(format!(
                "{} is counted in applications, not milligrams; give how many times it was put on",
                medicine.plain_name()
            ))),
            (Self::Plain(amount) | Self::Milligrams(amount), _) => Ok(amount),
        }
    }
}
