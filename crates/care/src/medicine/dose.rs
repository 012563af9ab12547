//! What somebody takes, or wants to take, at one time.

use crate::book::{DoseUnit, Medicine, OtherMedicine, Product};
use crate::typed::Count;

/// So many units of a pack, or so much of one ingredient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dose {
    product: Option<String>,
    per_unit: Vec<(String, u32)>,
    units: Count,
    others: Vec<String>,
}

/// An amount that cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DoseError {
    /// No amount, or one that must be a slip of the finger.
    #[error("{given} {unit} of {what} is not within 0 and {most}")]
    Amount {
        /// What it is an amount of.
        what: String,
        /// What was given.
        given: Count,
        /// The most that is believed.
        most: u32,
        /// What is counted.
        unit: String,
    },
    /// A part of a unit that holds no whole milligrams.
    #[error("{given} {unit} of {what} holds no whole milligrams")]
    Part {
        /// What it is an amount of.
        what: String,
        /// What was given.
        given: Count,
        /// What is counted.
        unit: String,
    },
    /// Nothing in it has a known amount.
    #[error("how much {0} holds is not known")]
    NothingCounted(String),
}

impl Dose {
    /// The most units of a pack at one time that are believed. Doses far above any
    /// limit must still be logged: an overdose is a fact.
    pub const MOST_UNITS: u32 = 200;
    /// The most of one ingredient at one time that is believed: 100 g, or as many applications.
    pub const MOST_OF_INGREDIENT: u32 = 100_000;

    /// So many tablets, sachets or doses of a pack.
    ///
    /// # Errors
    ///
    /// None at all, more than [`Dose::MOST_UNITS`], or a pack whose amounts are not known.
    pub fn of_product(product: &Product, units: u32) -> Result<Self, DoseError> {
        Self::of_part(product, Count::whole(units))
    }

    /// So many tablets, sachets or doses of a pack, also a half of one.
    ///
    /// # Errors
    ///
    /// As [`Dose::of_product`], and a part that holds no whole milligrams.
    pub fn of_part(product: &Product, units: Count) -> Result<Self, DoseError> {
        if units.hundredths() == 0 || units > Count::whole(Self::MOST_UNITS) {
            return Err(DoseError::Amount {
                what: product.name.clone(),
                given: units,
                most: Self::MOST_UNITS,
                unit: product.unit.id().to_owned(),
            });
        }
        if product.contains.is_empty() || product.contains.iter().any(|(_, amount)| *amount == 0) {
            return Err(DoseError::NothingCounted(product.name.clone()));
        }
        if product.contains.iter().any(|(_, amount)| units.times(*amount).is_none()) {
            let (what, unit) = (product.name.clone(), product.unit.id().to_owned());
            return Err(DoseError::Part { what, given: units, unit });
        }
        Ok(Self {
            product: Some(product.id.clone()),
            per_unit: product.contains.clone(),
            units,
            others: product.others.clone(),
        })
    }

    /// So many doses of a medicine of which the book has no amounts.
    ///
    /// # Errors
    ///
    /// None at all, or more than [`Dose::MOST_UNITS`].
    pub fn of_other(other: &OtherMedicine, doses: u32) -> Result<Self, DoseError> {
        if !(1..=Self::MOST_UNITS).contains(&doses) {
            return Err(DoseError::Amount {
                what: other.name(),
                given: Count::whole(doses),
                most: Self::MOST_UNITS,
                unit: "doses".to_owned(),
            });
        }
        let per_unit = vec![(other.id.clone(), 1)];
        Ok(Self { product: None, per_unit, units: Count::whole(doses), others: Vec::new() })
    }

    /// So many milligrams, or applications, of one ingredient.
    ///
    /// # Errors
    ///
    /// None at all, or more than [`Dose::MOST_OF_INGREDIENT`].
    pub fn of_ingredient(medicine: &Medicine, amount: u32) -> Result<Self, DoseError> {
        if !(1..=Self::MOST_OF_INGREDIENT).contains(&amount) {
            return Err(DoseError::Amount {
                what: medicine.plain_name(),
                given: Count::whole(amount),
                most: Self::MOST_OF_INGREDIENT,
                unit: match medicine.unit {
                    DoseUnit::Milligrams => "mg".to_owned(),
                    DoseUnit::Applications => "applications".to_owned(),
                },
            });
        }
        let per_unit = vec![(medicine.ingredient.clone(), 1)];
        Ok(Self { product: None, per_unit, units: Count::whole(amount), others: Vec::new() })
    }

    /// The pack by its id; `None` for a bare ingredient.
    pub fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    /// How many units of the pack, a part counted as a whole one; or how much of the ingredient.
    pub fn units(&self) -> u32 {
        self.units.rounded_up()
    }

    /// How many units of the pack, or how much of the ingredient, to the part.
    pub fn count(&self) -> Count {
        self.units
    }

    /// Each ingredient that counts, with how much of it one unit holds.
    pub fn per_unit(&self) -> &[(String, u32)] {
        &self.per_unit
    }

    /// Each ingredient that counts, with how much of it is taken.
    pub fn amounts(&self) -> impl Iterator<Item = (&str, u32)> {
        self.per_unit
            .iter()
            .map(|(ingredient, amount)| (ingredient.as_str(), self.units.times(*amount).unwrap_or(u32::MAX)))
    }

    /// Other ingredients of the pack, by name, of which nothing is known here.
    pub fn others(&self) -> &[String] {
        &self.others
    }
}
