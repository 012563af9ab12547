//! What was taken, and when.

use jiff::{SignedDuration, Timestamp};

use super::dose::{Dose, DoseError};

/// How long a dose counts, at most: longer than any course of a book and the pause after it.
pub const LOSS_MATTERS: SignedDuration = SignedDuration::from_hours(31 * 24);

/// One dose that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    at: Timestamp,
    product: Option<String>,
    amounts: Vec<(String, u32)>,
    is_time_known: bool,
}

impl Taken {
    /// A dose, taken at this instant.
    pub fn new(at: Timestamp, dose: &Dose) -> Self {
        let amounts = dose.amounts().map(|(ingredient, amount)| (ingredient.to_owned(), amount)).collect();
        Self { at, product: dose.product().map(str::to_owned), amounts, is_time_known: true }
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
        Ok(Self { at, product, amounts, is_time_known: true })
    }

    /// The same dose, of which nobody knows when it was taken. It counts at the time
    /// it was written down, which is the careful end: nothing is allowed sooner.
    #[must_use]
    pub fn at_unknown_time(self) -> Self {
        Self { is_time_known: false, ..self }
    }

    /// Whether somebody knows when it was taken.
    pub fn is_time_known(&self) -> bool {
        self.is_time_known
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

/// A clinician said that an ingredient may be taken again after too much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    /// When.
    pub at: Timestamp,
    /// The ingredient.
    pub ingredient: String,
    /// How many doses were written down before: a clinician clears what they were told of.
    pub(super) knew: usize,
}

/// Every dose that was taken, in the order in which it was written down, which
/// need not be the order in which it was taken; and what clinicians said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoseLog {
    doses: Vec<Taken>,
    cleared: Vec<Cleared>,
    /// Until when a loss matters; none where nothing is known to be lost.
    lost_until: Option<Timestamp>,
}

impl DoseLog {
    /// Notes that something that was written down is known to be lost, nobody knows from when,
    /// so that a dose may be missing. Then nothing in the log allows another one.
    pub fn note_loss(&mut self) {
        self.lost_until = Some(Timestamp::MAX);
    }

    /// The same of what was written down before a time. A dose of then counts against no limit
    /// any more once [`LOSS_MATTERS`] has passed.
    pub fn note_loss_before(&mut self, time: Timestamp) {
        let until = time.checked_add(LOSS_MATTERS).unwrap_or(Timestamp::MAX);
        self.lost_until = self.lost_until.max(Some(until));
    }

    /// Whether a dose may be missing that counts now.
    pub fn lacks_doses(&self, now: Timestamp) -> bool {
        self.lost_until.is_some_and(|until| now < until)
    }

    /// Adds a dose. Always possible: what was taken was taken.
    pub fn push(&mut self, taken: Taken) {
        self.doses.push(taken);
    }

    /// Writes down that a clinician cleared an ingredient, as far as the log goes.
    pub fn clear(&mut self, at: Timestamp, ingredient: impl Into<String>) {
        let cleared = Cleared { at, ingredient: ingredient.into(), knew: self.doses.len() };
        self.cleared.push(cleared);
    }

    /// Every dose, in the order in which it was written down.
    pub fn doses(&self) -> &[Taken] {
        &self.doses
    }

    /// What clinicians cleared, in the order in which it was written down.
    pub fn cleared(&self) -> &[Cleared] {
        &self.cleared
    }

    /// The doses that `keeps` holds for, with what was cleared.
    #[must_use]
    pub fn only(&self, keeps: impl Fn(&Taken) -> bool) -> Self {
        let mut log = Self { lost_until: self.lost_until, ..Self::default() };
        let mut cleared = self.cleared.iter().peekable();
        for (index, taken) in self.doses.iter().enumerate() {
            while let Some(cleared) = cleared.next_if(|cleared| cleared.knew <= index) {
                log.clear(cleared.at, cleared.ingredient.clone());
            }
            if keeps(taken) {
                log.push(taken.clone());
            }
        }
        for cleared in cleared {
            log.clear(cleared.at, cleared.ingredient.clone());
        }
        log
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
        Self { doses: doses.into_iter().collect(), ..Self::default() }
    }
}
