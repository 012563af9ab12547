//! Painkillers, what is in which box, and what holds for whole classes.

use serde::{Deserialize, Serialize};

use crate::book::condition::Condition;
use crate::book::ids::{RegionId, SourceId};
use crate::book::place::Place;
use crate::book::quantity::{Hours, Seconds};
use crate::book::urgency::Urgency;
use crate::casing::sentence_case;

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

/// What a pack is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum PackUnit {
    /// One rub of a cream or gel.
    Application,
    /// A bottle that is drunk at one time.
    Bottle,
    /// A capsule.
    Capsule,
    /// What the pack itself calls a dose.
    Dose,
    /// A patch.
    Patch,
    /// A powder in its paper.
    Powder,
    /// A sachet.
    Sachet,
    /// A tablet, also where it is called a caplet.
    Tablet,
}

impl PackUnit {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Application,
        Self::Bottle,
        Self::Capsule,
        Self::Dose,
        Self::Patch,
        Self::Powder,
        Self::Sachet,
        Self::Tablet,
    ];

    /// The name in data: `tablet`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Bottle => "bottle",
            Self::Capsule => "capsule",
            Self::Dose => "dose",
            Self::Patch => "patch",
            Self::Powder => "powder",
            Self::Sachet => "sachet",
            Self::Tablet => "tablet",
        }
    }

    /// The one with this name in data.
    pub fn with_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.id() == id)
    }
}

impl From<PackUnit> for String {
    fn from(unit: PackUnit) -> Self {
        unit.id().to_owned()
    }
}

impl TryFrom<String> for PackUnit {
    type Error = String;

    fn try_from(id: String) -> Result<Self, String> {
        Self::with_id(&id).ok_or_else(|| format!("a pack is not counted in `{id}`"))
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
    /// What it is counted in.
    pub unit: PackUnit,
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
