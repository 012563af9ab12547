//! What may lie behind the pain.

use serde::{Deserialize, Serialize};

use crate::book::block_id::BlockId;
use crate::book::condition::Condition;
use crate::book::ids::{CauseId, SourceId};
use crate::book::place::Place;

/// What may lie behind the pain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What sort of cause.
    pub kind: CauseKind,
    /// Plain name, lower case.
    pub name: String,
    /// The clinician's term.
    pub term: Option<String>,
    /// One or two plain sentences.
    pub explain: String,
    /// For ranked conditions and mimics: how many of 1,000 adults with back pain have it.
    pub base_rate: Option<f64>,
    /// Where that number is taken from.
    pub base_rate_sources: Vec<SourceId>,
    /// What speaks for and against it.
    pub evidence: Vec<Evidence>,
    /// For ranked conditions and mimics: never called likely unless this is known to be false.
    pub not_likely_if: Option<Condition>,
    /// For ranked conditions and mimics: a rule that points to one of these points to this as well.
    pub goes_with: Vec<CauseId>,
    /// What would confirm it, and who does that.
    pub confirm: Option<String>,
    /// For contributors: listed where this is known to be true.
    pub when: Option<Condition>,
    /// For contributors: it can be there on one day and not on the next, so that a diary offers it.
    pub daily: bool,
    /// For contributors: the remedies and habits that act on it.
    pub helps: Vec<BlockId>,
    /// Where it is taken from.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

impl Cause {
    /// The plain name, with the clinician's term behind it.
    pub fn full_name(&self) -> String {
        let term = self.term.as_ref().map(|term| format!(" ({term})")).unwrap_or_default();
        format!("{}{term}", self.name)
    }
}

/// How much one answer speaks for or against a cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What is asked.
    pub condition: Condition,
    /// Likelihood ratio where it is known to be true; 1 says nothing. Above 0.
    pub yes: f64,
    /// Likelihood ratio where it is known to be false; 1 says nothing. Above 0.
    pub no: f64,
    /// It all but makes the diagnosis: where it is known to be true, its ratio stands
    /// outside the limit on what all answers together may weigh.
    pub defining: bool,
    /// Where the ratios are taken from; never empty.
    pub sources: Vec<SourceId>,
}

/// What sort of cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CauseKind {
    /// Helps to bring a spasm on; several can act together.
    Contributor,
    /// A condition of the back itself.
    Condition,
    /// Something elsewhere that feels like a spasm.
    Mimic,
}
