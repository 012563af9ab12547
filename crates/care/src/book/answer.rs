//! Questions that people ask.

use serde::{Deserialize, Serialize};

use crate::book::block_id::BlockId;
use crate::book::ids::{DisagreementId, RuleId, SourceId};
use crate::book::place::Place;

/// A question that people ask, with what the book answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownAnswer {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// How people ask it.
    pub asks: Vec<String>,
    /// The answer.
    pub says: String,
    /// Blocks it points to.
    pub see: Vec<BlockId>,
    /// The rule that must be shown before anything else.
    pub danger: Option<RuleId>,
    /// The disagreement behind it.
    pub disagreement: Option<DisagreementId>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}
