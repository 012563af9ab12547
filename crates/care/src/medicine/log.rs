//! What was taken, and when.

use jiff::Timestamp;

use super::dose::{Dose, DoseError};

/// One dose that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    at: Timestamp,
    product: Option<String>,
    amounts: Vec<(String, u32)>,
}

impl Taken {
    /// A dose, taken at this instant.
    pub fn new(at: Timestamp, dose: &Dose) -> Self {
        let amounts = dose.amounts().map(|(ingredient, amount)| (ingredient.to_owned(), amount)).collect();
        Self { at, product: dose.product().map(str::to_owned), amounts }
    }

    /// A dose as it was written down, with the amounts of that day: they stay what
    /// they were when a later book knows the pack otherwise.
    ///
    /// # Errors
    ///
    /// If there is no ingredient, or one without an amount.
    pub fn restore(
        at: Timestamp,
        product: Option<String>,
        amounts: Vec<(String, u32)>,
    ) -> Result<Self, DoseError> {
        if amounts.is_empty() || amounts.iter().any(|(_, amount)| *amount == 0) {
            return Err(DoseError::NothingCounted(product.unwrap_or_else(|| "a dose".to_owned())));
        }
        Ok(Self { at, product, amounts })
    }

    /// When.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Which pack, by its id; `None` for a bare ingredient.
    pub fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    /// Each ingredient with how much of it, in the unit of its medicine. Never empty, never 0.
    pub fn amounts(&self) -> &[(String, u32)] {
        &self.amounts
    }

    /// How much of an ingredient; 0 if it holds none.
    pub fn amount_of(&self, ingredient: &str) -> u32 {
        let of_it = self.amounts.iter().filter(|(name, _)| name == ingredient);
        of_it.fold(0, |sum, (_, amount)| sum.saturating_add(*amount))
    }
}

/// Every dose that was taken, in the order in which it was written down, which
/// need not be the order in which it was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoseLog {
    doses: Vec<Taken>,
}

impl DoseLog {
    /// Adds a dose. Always possible: what was taken was taken.
    pub fn push(&mut self, taken: Taken) {
        self.doses.push(taken);
    }

    /// Every dose, in the order in which it was written down.
    pub fn doses(&self) -> &[Taken] {
        &self.doses
    }

    /// Every ingredient that was ever taken, each once, in order of first mention.
    pub fn ingredients(&self) -> Vec<&str> {
        let mut ingredients = Vec::new();
        for (ingredient, _) in self.doses.iter().flat_map(Taken::amounts) {
            if !ingredients.contains(&ingredient.as_str()) {
                ingredients.push(ingredient.as_str());
            }
        }
        ingredients
    }
}

impl FromIterator<Taken> for DoseLog {
    fn from_iter<I: IntoIterator<Item = Taken>>(doses: I) -> Self {
        Self { doses: doses.into_iter().collect() }
    }
}
