//! What keeps spasms away.

use serde::{Deserialize, Serialize};

use crate::book::condition::Condition;
use crate::book::ids::{CauseId, SourceId};
use crate::book::place::Place;
use crate::book::pose::Picture;
use crate::book::quantity::Seconds;
use crate::book::recurrence::Recurrence;
use crate::book::remedy::RemedyStep;
use crate::book::strength::Strength;
use crate::book::urgency::Urgency;

/// Something that keeps spasms away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Habit {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What it is called.
    pub name: String,
    /// The highest urgency at which it may still be shown; below [`Urgency::Emergency`].
    pub up_to: Urgency,
    /// Shown only where this is known to be true.
    pub offer: Option<Condition>,
    /// Shown only where this is known to be false.
    pub avoid: Option<Condition>,
    /// One sentence to the person, with `avoid`.
    pub avoid_because: Option<String>,
    /// When.
    pub schedule: Recurrence,
    /// How long one time takes.
    pub duration: Seconds,
    /// What it is for.
    pub why: String,
    /// How it looks, where one picture stands for all of it.
    pub picture: Option<Picture>,
    /// What to do, in order; never empty.
    pub steps: Vec<RemedyStep>,
    /// How well it is supported.
    pub strength: Strength,
    /// The contributors it acts on.
    pub for_causes: Vec<CauseId>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}
