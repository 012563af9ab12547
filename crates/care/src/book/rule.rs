//! When something matters, and how much.

use serde::{Deserialize, Serialize};

use crate::book::condition::Condition;
use crate::book::ids::{CauseId, OutcomeId, SourceId};
use crate::book::place::Place;
use crate::book::region::HelpLine;
use crate::book::urgency::Urgency;

/// When something matters, and how much.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The condition, as written in the book.
    pub when_text: String,
    /// The condition.
    pub when: Condition,
    /// How soon, if it holds. Never [`Urgency::SelfCare`].
    pub urgency: Urgency,
    /// How soon, if only "not sure" answers leave it open. At most `urgency`;
    /// [`Urgency::SelfCare`] means that it then adds nothing.
    pub if_not_sure: Urgency,
    /// What one thinks of.
    pub suspect: Option<CauseId>,
    /// What the person is told.
    pub because: String,
    /// Lines that the person should also know of, what matters most first.
    pub calls: Vec<HelpLine>,
    /// What is told in place of the outcome of its urgency.
    pub tells: Option<OutcomeId>,
    /// Row ids of the evidence tables.
    pub evidence: Vec<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}
