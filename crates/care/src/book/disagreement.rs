//! Where sources differ.

use serde::{Deserialize, Serialize};

use crate::book::block_id::BlockId;
use crate::book::ids::{RemedyId, SourceId};
use crate::book::place::Place;

/// Where sources differ, shown to the reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// A short title.
    pub topic: String,
    /// The remedies it concerns.
    pub about: Vec<RemedyId>,
    /// Other blocks it concerns.
    pub about_others: Vec<BlockId>,
    /// Who says what; at least two.
    pub positions: Vec<Position>,
    /// What we chose.
    pub we_do: String,
    /// Why.
    pub because: String,
}

/// One side of a disagreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// What is said.
    pub says: String,
    /// By whom.
    pub sources: Vec<SourceId>,
}
