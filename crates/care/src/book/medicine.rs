//! Painkillers, what is in which box, and what holds for whole classes.

use serde::{Deserialize, Serialize};

use crate::book::condition::Condition;
use crate::book::ids::{RegionId, SourceId};
use crate::book::place::Place;
use crate::book::quantity::{Hours, Seconds};
use crate::book::urgency::Urgency;
use crate::casing::sentence_case;
use crate::typed::Count;

/// One ingredient in one region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Medicine {
    /// Its name in the data: `ibuprofen_us`.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The ingredient, the same word in every region.
    pub ingredient: String,
    /// Plain name.
    pub name: String,
    /// Other names of the ingredient: `acetylsalicylic acid`.
    pub also: Vec<String>,
    /// Where it is sold so.
    pub region: RegionId,
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
    /// Above this in any 24 hours it is help now, also for whoever feels well; in `unit`.
    pub overdose_24h: Option<u32>,
    /// What every tablet of a shop holds, where all hold the same: then a bare
    /// small number counts tablets.
    pub tablet: Option<u32>,
    /// Why a label may allow more at one time than is counted here.
    pub most_says: Option<String>,
    /// How long one is worn: meanwhile nothing else goes on the skin.
    pub wears: Option<Seconds>,
    /// The daily dose that a doctor gives for something else; it is never judged.
    pub daily: Option<DailyDose>,
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
    /// When the label was read: `2026-11`; only for a label that was.
    pub label_date: Option<String>,
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

/// A small dose, day by day, that a doctor gives for something else than pain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyDose {
    /// A single dose up to this, in milligrams, is one.
    pub up_to: u32,
    /// What is said of it instead of a verdict.
    pub says: String,
}

/// A reason not to take a medicine, or to ask first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Caution {
    /// When.
    pub condition: Condition,
    /// One plain sentence.
    pub because: String,
    /// Never empty.
    pub sources: Vec<SourceId>,
}

/// What sort of medicine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// The name in data: `nsaid_topical`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Nsaid => "nsaid",
            Self::Paracetamol => "paracetamol",
            Self::SalicylateTopical => "salicylate_topical",
            Self::NsaidTopical => "nsaid_topical",
            Self::LocalAnaesthetic => "local_anaesthetic",
        }
    }

    /// Whether it is put on the skin.
    pub fn is_on_skin(self) -> bool {
        matches!(self, Self::NsaidTopical | Self::SalicylateTopical | Self::LocalAnaesthetic)
    }

    /// Whether it is an anti-inflammatory, swallowed or on the skin: of these, one
    /// ingredient at a time. A salicylate rub counts, because it acts like aspirin
    /// through the skin.
    pub fn is_nsaid(self) -> bool {
        matches!(self, Self::Nsaid | Self::NsaidTopical | Self::SalicylateTopical)
    }
}

/// What doses are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// What is in a box.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    pub regions: Vec<RegionId>,
    /// Ingredients that count, each with milligrams (or applications) in one unit.
    pub contains: Vec<(String, u32)>,
    /// Other ingredients by name.
    pub others: Vec<String>,
    /// `tablet`, `sachet`, `dose`.
    pub unit: String,
    /// What the pack itself says. Beside the limits of its ingredients, the stricter holds.
    pub limits: PackLimits,
    /// What people get wrong about it.
    pub note: Option<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// The limits printed on a pack, where the book has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackLimits {
    /// The most at one time, in units of the pack.
    pub most: Option<u32>,
    /// The shortest time between doses.
    pub interval: Option<Seconds>,
    /// The most in any 24 hours, in units of the pack.
    pub max_24h: Option<u32>,
    /// Days in a row without a clinician.
    pub max_days: Option<u32>,
    /// Years.
    pub min_age: Option<u32>,
    /// The label they stand on.
    pub label_source: Option<SourceId>,
    /// When that was read: `2026-11`; only for a label that was.
    pub label_date: Option<String>,
}

impl Product {
    /// Its own limits in words: `2 tablets at one time, at least 8 h apart`; empty where it has none.
    pub fn limits_words(&self) -> String {
        let limits = &self.limits;
        let units = |count: u32| unit_words(&self.unit, Count::whole(count));
        let all = [
            limits.most.map(|most| format!("{} at one time", units(most))),
            limits.interval.map(|interval| format!("at least {interval} apart")),
            limits.max_24h.map(|most| format!("{} in any 24 hours", units(most))),
            limits.max_days.map(|days| format!("{days} days in a row")),
            limits.min_age.map(|age| format!("from {age} years")),
        ];
        all.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Where its own limits stand.
    pub fn limit_sources(&self) -> Vec<SourceId> {
        self.limits.label_source.map_or_else(|| self.sources.clone(), |label| vec![label])
    }
}

/// A medicine that can be written down and of which the book has no doses: it
/// only counts as one of its class, for a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OtherMedicine {
    /// Its name in the data, and in a log: `diclofenac`.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Every name it goes by, its plain name first; never empty.
    pub names: Vec<String>,
    /// What sort of medicine.
    pub class: MedicineClass,
    /// How long after a dose the others of its class are shut.
    pub shuts: Hours,
    /// What people get wrong about it.
    pub note: Option<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

impl OtherMedicine {
    /// Its plain name, with a capital: `Diclofenac`.
    pub fn name(&self) -> String {
        sentence_case(self.names.first().unwrap_or(&self.id))
    }
}

/// What holds for every medicine of a class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassWords {
    /// Which class.
    pub class: MedicineClass,
    /// Where it stands.
    pub place: Place,
    /// What one is called in a sentence: `an anti-inflammatory, like ibuprofen`.
    pub name: String,
    /// From this urgency on, a clinician is asked first.
    pub ask_first_from: Option<Urgency>,
    /// Why; there where `ask_first_from` is.
    pub ask_first_because: Option<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
}

/// `1 tablet`, `½ tablet`, `1½ tablets`, `2 patches`.
pub(crate) fn unit_words(unit: &str, units: Count) -> String {
    let number = units.words();
    if units <= Count::ONE && units > Count::whole(0) {
        format!("{number} {unit}")
    } else if unit.ends_with("ch") {
        format!("{number} {unit}es")
    } else {
        format!("{number} {unit}s")
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
