//! What counts together with a dose, and what to know about it.

use care::medicine::{Found, Limited, counted_doses, product_with, taken_of_pack};
use care::{Dose, DoseLevel, DoseLog, DoseVerdict, Guideline, medicine_for, standings};

use super::amount::{of_pack, of_unit, span};
use super::pack::limits_of;
use super::{Told, when_taken};
use crate::clock::Clock;
use crate::line::Words;
use crate::message::Message;

/// An ingredient with its limits, and the doses that count towards them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountsTogether<'g> {
    /// What was had of it, and its limits.
    pub told: Told<'g>,
    /// Each dose of the last 24 hours with its pack.
    pub doses: Vec<Message<'g>>,
}

impl CountsTogether<'_> {
    /// Whether limits belong beside a verdict: not beside a plain no, where they would
    /// read like a dose, unless something was taken that counts.
    pub fn belongs_to(&self, verdict: &DoseVerdict<'_>) -> bool {
        verdict.level() < DoseLevel::Never || !self.doses.is_empty()
    }
}

/// What counts together with a dose: each ingredient of it, over all packs.
pub fn counts_together<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    dose: &Dose,
    clock: &Clock,
) -> Vec<CountsTogether<'g>> {
    let standings = standings(guideline, region, log, clock.now());
    let of_ingredient = |limited: Limited<'g>| {
        let medicine = limited.medicine;
        let taken = standings.iter().find(|standing| standing.ingredient == medicine.ingredient);
        let words = |amount| of_unit(medicine.unit, amount).to_string().into();
        let told = Message::DoseHadAndLimits {
            name: medicine.plain_name().into(),
            had: words(taken.map_or(0, |standing| standing.total_24h)),
            day: words(medicine.max_24h),
            once: words(limited.most),
            interval: span(limited.interval()).to_string().into(),
            days: limited.max_days().into(),
        };
        let counted = |dose: &care::medicine::CountedDose<'g>| Message::DoseCounted {
            when: when_taken(clock, dose.at, dose.is_time_known).into(),
            pack: dose.product.map_or_else(
                || Message::DoseIngredientItself.to_string().into(),
                |product| product.name.as_str().into(),
            ),
            amount: words(dose.amount),
        };
        let doses = counted_doses(guideline, log, &medicine.ingredient, clock.now());
        CountsTogether {
            told: Told { text: told.into(), sources: limited.sources() },
            doses: doses.iter().map(counted).collect(),
        }
    };
    let ingredients = Limited::all(guideline, region, dose).map(of_ingredient);
    ingredients.chain(of_the_pack(guideline, log, dose, clock)).collect()
}

/// What the pack itself says, where it says anything.
fn of_the_pack<'g>(
    guideline: &'g Guideline,
    log: &DoseLog,
    dose: &Dose,
    clock: &Clock,
) -> Option<CountsTogether<'g>> {
    let product = dose.product().and_then(|id| product_with(guideline, id))?;
    let told = Message::DosePackSays {
        pack: product.name.as_str().into(),
        limits: limits_of(product)?.into(),
        had: of_pack(product.unit, taken_of_pack(log, product, clock.now())).to_string().into(),
    };
    Some(CountsTogether {
        told: Told { text: told.into(), sources: product.limit_sources() },
        doses: Vec::new(),
    })
}

/// What people get wrong about a pack, or about a medicine without doses.
pub fn note_on<'g>(found: &Found<'g>) -> Option<Told<'g>> {
    let (note, sources) = match found {
        Found::Product(product) => (&product.note, &product.sources),
        Found::Other(other) => (&other.note, &other.sources),
        Found::Ingredient(_) => return None,
    };
    note.as_deref().map(|text| Told { text: Words::from(text).into(), sources: sources.clone() })
}

/// What to keep in mind with a dose, each line once.
pub fn keep_in_mind<'g>(guideline: &'g Guideline, region: &str, dose: &Dose) -> Vec<Told<'g>> {
    let mut lines: Vec<Told<'g>> = Vec::new();
    for (ingredient, _) in dose.per_unit() {
        let Some(medicine) = medicine_for(guideline, region, ingredient) else { continue };
        for text in &medicine.warn {
            let text = Words::from(text.as_str()).into();
            if !lines.iter().any(|line| line.text == text) {
                lines.push(Told { text, sources: vec![medicine.label_source] });
            }
        }
    }
    lines
}
