//! What the source articles say, and what we do not act on.

use serde::{Deserialize, Serialize};

use crate::book::place::Place;

/// Claims that we do not act on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotFollowed {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Which.
    pub claims: Vec<String>,
    /// Why.
    pub because: String,
}

/// One statement of a source article, from `claims.tsv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// `S1-016`.
    pub id: String,
    /// Where in the article it stands.
    pub section: String,
    /// What sort of statement.
    pub kind: String,
    /// What it says, in our words.
    pub statement: String,
    /// Numbers in it: `cause_groups=6`. May be empty.
    pub parameters: String,
    /// What the system does with it.
    pub system_behaviour: String,
}
