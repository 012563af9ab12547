//! The whole book as one value.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::book::answer::KnownAnswer;
use crate::book::body_place::BodyPlace;
use crate::book::cause::Cause;
use crate::book::claim::{Claim, NotFollowed};
use crate::book::course::{Checkpoint, Curve};
use crate::book::deferred::Deferred;
use crate::book::disagreement::Disagreement;
use crate::book::finding::Finding;
use crate::book::habit::Habit;
use crate::book::ids::SourceId;
use crate::book::medicine::{ClassWords, Medicine, OtherMedicine, Product};
use crate::book::outcome::{ComeBackLine, Outcome};
use crate::book::place::Place;
use crate::book::pose::Pose;
use crate::book::question::Question;
use crate::book::referral::Referral;
use crate::book::region::Region;
use crate::book::remedy::Remedy;
use crate::book::rule::Rule;
use crate::book::source::Source;
use crate::book::threshold::Threshold;
use crate::book::words::Words;

/// Everything the book says, with every name resolved. Lists are in reading order.
///
/// A plain value that any code may build; only [`Guideline::new`](crate::Guideline::new) makes it usable.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// Version of the book, from the paragraph under its title.
    pub version: String,
    /// SHA-256 over the paths and texts of all its files, in hexadecimal.
    pub hash: String,
    /// The title of each page, by its path below the book's folder.
    pub titles: BTreeMap<String, String>,
    /// What can be known.
    pub findings: Vec<Finding>,
    /// How it is asked, one screen each.
    pub questions: Vec<Question>,
    /// When it matters.
    pub rules: Vec<Rule>,
    /// What may lie behind it.
    pub causes: Vec<Cause>,
    /// What a person can do.
    pub remedies: Vec<Remedy>,
    /// Where sources differ.
    pub disagreements: Vec<Disagreement>,
    /// What a person is told: one for each urgency, and others that rules ask for.
    pub outcomes: Vec<Outcome>,
    /// The lines of the short come-back card.
    pub come_back: Vec<ComeBackLine>,
    /// Whom to call where.
    pub regions: Vec<Region>,
    /// Painkillers that can be bought without a prescription.
    pub medicines: Vec<Medicine>,
    /// What is in which box.
    pub products: Vec<Product>,
    /// Medicines that can be written down, without doses.
    pub other_medicines: Vec<OtherMedicine>,
    /// What holds for whole classes of medicines.
    pub medicine_classes: Vec<ClassWords>,
    /// What keeps spasms away.
    pub habits: Vec<Habit>,
    /// What a clinician may ask, examine, image and do.
    pub referrals: Vec<Referral>,
    /// Questions that people ask.
    pub answers: Vec<KnownAnswer>,
    /// The places of the body that a person marks.
    pub body_places: Vec<BodyPlace>,
    /// The edges of the band in which pain is expected: all, or none.
    pub curves: Vec<Curve>,
    /// Days on which someone should look back.
    pub checkpoints: Vec<Checkpoint>,
    /// The numbers that computed values turn on, each once.
    pub thresholds: Vec<Threshold>,
    /// How a body is held in the pictures.
    pub poses: Vec<Pose>,
    /// Claims that we do not act on.
    pub not_followed: Vec<NotFollowed>,
    /// Every claim of the source articles.
    pub claims: Vec<Claim>,
    /// Every source once.
    pub sources: Vec<Source>,
    /// Words that mean the same, for free text and questions.
    pub words: Deferred<Words>,
}

impl Book {
    /// The title of the page on which a block stands; its path where it has none.
    pub fn title_of<'b>(&'b self, place: &'b Place) -> &'b str {
        self.titles.get(&place.file).unwrap_or(&place.file)
    }

    /// Every source once, without the places in it that are cited.
    pub fn whole_sources(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.sources).filter(|(_, source)| source.at.is_none())
    }

    /// Whether one of these sources is this one, or a place in it.
    pub fn cites(&self, sources: &[SourceId], source: SourceId) -> bool {
        sources.iter().any(|cited| {
            let (cited, source) = (self.sources.get(cited.index()), self.sources.get(source.index()));
            cited.map(|cited| &cited.id) == source.map(|source| &source.id)
        })
    }
}
