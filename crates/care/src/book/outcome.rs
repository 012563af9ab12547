//! What a person is told, and when to come back.

use serde::{Deserialize, Serialize};

use crate::book::ids::{ComeBackLineId, FindingId, SourceId};
use crate::book::place::Place;
use crate::book::region::HelpLine;
use crate::book::urgency::Urgency;

/// What a person is told at one urgency, or at that urgency for some reasons only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its name in the data; the urgency's own for what is told at it as a rule.
    pub id: String,
    /// Which.
    pub urgency: Urgency,
    /// Where it stands.
    pub place: Place,
    /// The heading.
    pub title: String,
    /// The line to call before the emergency number, where the region has it.
    pub first_call: Option<HelpLine>,
    /// What to do, first things first; never empty.
    pub actions: Vec<String>,
    /// What to do as well where another outcome leads.
    pub also: Vec<String>,
    /// Standing lines.
    pub say: Vec<String>,
    /// What leads here before any question was asked, for whoever wants help at once.
    pub red_lines: Vec<Signs>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// A sentence that stands for several findings, of which one is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signs {
    /// The sentence.
    pub says: String,
    /// The findings it stands for.
    pub covers: Vec<FindingId>,
}

/// A line of the short come-back card. It stands for several findings, of which
/// one is enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComeBackLine {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The words after "Come back if".
    pub says: String,
    /// The same in few words, where the lines are told in groups; the words of `says` without it.
    pub short: Option<String>,
    /// The line whose group it belongs to; without it, it leads a group.
    pub joins: Option<ComeBackLineId>,
    /// The findings it stands for; never empty.
    pub covers: Vec<FindingId>,
    /// What is said instead of a part of it to whoever has that already.
    pub already: Vec<AlreadyThere>,
    /// The outcome it leads to even where no single change would: then it stands on
    /// every card below that.
    pub standing: Option<Urgency>,
    /// Never empty.
    pub sources: Vec<SourceId>,
}

/// Words for a sign that is there already: not that it comes, but that it gets worse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlreadyThere {
    /// The part of the line, as it stands there.
    pub says: String,
    /// The findings of which one that is there is enough; never empty.
    pub covers: Vec<FindingId>,
    /// What stands in its place then.
    pub instead: String,
}
