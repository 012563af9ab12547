//! Painkillers without a prescription: what the book knows of them.

use crate::condition::Condition;
use crate::guideline::{Place, SourceId};
use crate::quantity::Seconds;

/// One ingredient in one region.
#[derive(Clone, Debug)]
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

/// A reason not to take a medicine, or to ask first.
#[derive(Clone, Debug)]
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

/// What doses are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DoseUnit {
    /// Milligrams.
    Milligrams,
    /// One rub or one patch.
    Applications,
}

/// What is in a box.
#[derive(Clone, Debug)]
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
