//! What the book knows of painkillers and packs.

use crate::condition::Condition;
use crate::guideline::{Guideline, Place, SourceId};
use crate::quantity::Seconds;

/// One ingredient in one region.
#[derive(Clone, Debug, PartialEq)]
pub struct Medicine {
    /// Its name in the data: `ibuprofen_us`.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The ingredient, the same word in every region.
    pub ingredient: String,
    /// Plain name.
    pub name: String,
    /// `us` or `uk`.
    pub region: String,
    /// What sort of medicine.
    pub class: MedicineClass,
    /// The usual single dose, in `unit`.
    pub single_usual: u32,
    /// The largest single dose, in `unit`.
    pub single_most: u32,
    /// What doses are counted in.
    pub unit: DoseUnit,
    /// The shortest time between doses.
    pub interval: Seconds,
    /// The most in any 24 hours, in `unit`.
    pub max_24h: u32,
    /// Days in a row without a clinician.
    pub max_days: u32,
    /// Years.
    pub min_age: u32,
    /// Why the label does not cover the back: then it is never allowed.
    pub not_for_because: Option<String>,
    /// Known true means never; unknown means ask first.
    pub block: Vec<Caution>,
    /// Known true or unknown means ask first.
    pub ask_first: Vec<Caution>,
    /// Plain sentences that are always shown.
    pub warn: Vec<String>,
    /// The label the numbers stand on.
    pub label_source: SourceId,
    /// When the label was read: `2026-11`.
    pub label_date: String,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

impl Medicine {
    /// The name without the brands behind it: `Ibuprofen`.
    pub fn plain_name(&self) -> String {
        self.name.split(" (").next().unwrap_or(&self.name).to_owned()
    }
}

/// A reason not to take a medicine, or to ask first.
#[derive(Clone, Debug, PartialEq)]
pub struct Caution {
    /// When.
    pub condition: Condition,
    /// One plain sentence.
    pub because: String,
    /// Never empty.
    pub sources: Vec<SourceId>,
}

/// What sort of medicine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MedicineClass {
    /// Ibuprofen, naproxen, aspirin: swallowed.
    Nsaid,
    /// Acetaminophen, also called paracetamol.
    Paracetamol,
    /// Methyl salicylate on the skin.
    SalicylateTopical,
    /// Diclofenac or ibuprofen on the skin.
    NsaidTopical,
    /// Lidocaine and the like on the skin.
    LocalAnaesthetic,
}

impl MedicineClass {
    /// Whether it is an anti-inflammatory, swallowed or on the skin: of these, one
    /// ingredient at a time. A salicylate rub counts, because it acts like aspirin
    /// through the skin.
    pub fn is_nsaid(self) -> bool {
        matches!(self, Self::Nsaid | Self::NsaidTopical | Self::SalicylateTopical)
    }
}

/// What doses are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DoseUnit {
    /// Milligrams.
    Milligrams,
    /// One rub or one patch.
    Applications,
}

impl DoseUnit {
    /// An amount with its unit, as a person reads it.
    ///
    /// ```
    /// use care::DoseUnit;
    /// assert_eq!(DoseUnit::Milligrams.words(1_200), "1,200 mg");
    /// assert_eq!(DoseUnit::Applications.words(1), "1 application");
    /// ```
    pub fn words(self, amount: u32) -> String {
        match self {
            Self::Milligrams => format!("{} mg", thousands(amount)),
            Self::Applications if amount == 1 => "1 application".to_owned(),
            Self::Applications => format!("{} applications", thousands(amount)),
        }
    }
}

fn thousands(amount: u32) -> String {
    let digits = amount.to_string();
    let mut words = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// The limits of an ingredient in a region (`us` or `uk`), where the book has them.
pub fn medicine_for<'g>(guideline: &'g Guideline, region: &str, ingredient: &str) -> Option<&'g Medicine> {
    let medicines = &guideline.book().medicines;
    medicines.iter().find(|medicine| medicine.region == region && medicine.ingredient == ingredient)
}

/// What sort of medicine an ingredient is, as any region has it; `None` for an
/// ingredient the book does not know.
pub(super) fn class_of(guideline: &Guideline, ingredient: &str) -> Option<MedicineClass> {
    let medicines = &guideline.book().medicines;
    medicines.iter().find(|medicine| medicine.ingredient == ingredient).map(|medicine| medicine.class)
}

/// The plain name of an ingredient: the region's own where it has one.
pub(super) fn name_of(guideline: &Guideline, region: &str, ingredient: &str) -> String {
    let medicines = &guideline.book().medicines;
    medicine_for(guideline, region, ingredient)
        .or_else(|| medicines.iter().find(|medicine| medicine.ingredient == ingredient))
        .map_or_else(|| ingredient.to_owned(), Medicine::plain_name)
}

/// What is in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Brand or plain name.
    pub name: String,
    /// Other spellings.
    pub also: Vec<String>,
    /// Regions it is sold in.
    pub regions: Vec<String>,
    /// Ingredients that count, each with milligrams (or applications) in one unit.
    pub contains: Vec<(String, u32)>,
    /// Other ingredients by name.
    pub others: Vec<String>,
    /// `tablet`, `sachet`, `dose`.
    pub unit: String,
    /// What people get wrong about it.
    pub note: Option<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}
