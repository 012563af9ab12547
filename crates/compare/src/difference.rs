//! What changes, in values: for people, for programs and for the changelog alike.

use care::Urgency;
use serde::Serialize;

use crate::count::Count;

/// What another version of a book changes.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// The version that was.
    pub old: Version,
    /// The version that would be.
    pub new: Version,
    /// How many answer sets there are: one answer to each of so many findings.
    pub sets: Count,
    /// To so many findings.
    pub findings: usize,
    /// How many of them have another outcome.
    pub changed: Count,
    /// How many of them are less urgent: the most dangerous of all changes.
    pub lowered: Count,
    /// What share of people is affected, by each assumption about people.
    pub shares: Vec<Share>,
    /// Each change of the outcome, those to less urgent first, the furthest of them first.
    pub outcomes: Vec<OutcomeChange>,
    /// Each remedy that stands in other plans.
    pub plans: Vec<OfferChange>,
    /// Each other condition that is true of other people: of a habit, a caution of a medicine, a cause.
    pub conditions: Vec<OfferChange>,
    /// Each number of a medicine that is another.
    pub doses: Vec<DoseChange>,
    /// Each line of when to come back that is another.
    pub come_back: Vec<LineChange>,
    /// How many texts of the book are others.
    pub texts: usize,
}

/// A version of a book.
#[derive(Clone, Debug, Serialize)]
pub struct Version {
    /// Its number.
    pub version: String,
    /// The hash of all its files.
    pub hash: String,
}

/// A share of people.
#[derive(Clone, Debug, Serialize)]
pub struct Share {
    /// What is assumed of people.
    pub assuming: &'static str,
    /// So many of them have another outcome.
    pub changed: f64,
    /// So many of them one that is less urgent.
    pub lowered: f64,
}

/// Outcomes that were one level and are another.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeChange {
    /// What it was.
    pub from: Urgency,
    /// What it is.
    pub to: Urgency,
    /// Of so many answer sets.
    pub sets: Count,
    /// Of so many of all people, by each assumption, in the order of [`Difference::shares`].
    pub shares: Vec<f64>,
    /// By which rules; a set may be among those of several.
    pub by: Vec<ByRule>,
}

/// What a rule has to do with a change.
#[derive(Clone, Debug, Serialize)]
pub struct ByRule {
    /// The rule.
    pub rule: String,
    /// Whether it is gone, new or another.
    pub is: Fate,
    /// Its condition as it was.
    pub was: Option<String>,
    /// Its condition as it is.
    pub now: Option<String>,
    /// Of so many answer sets.
    pub sets: Count,
    /// The plainest person whose outcome changes by it.
    pub example: Example,
}

/// What became of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is no more.
    Gone,
    /// It was not there before.
    New,
    /// It says something else, or rests on something that does.
    Changed,
}

/// A person, in as few answers as show it.
#[derive(Clone, Debug, Serialize)]
pub struct Example {
    /// What they answer; everything else is no, or does not matter.
    pub answers: Vec<(String, String)>,
    /// The same as a vignette for the new version.
    pub vignette: String,
}

/// Something that holds for other people.
#[derive(Clone, Debug, Serialize)]
pub struct OfferChange {
    /// The block, and which condition of it.
    pub what: String,
    /// Whether it is gone, new or another.
    pub is: Fate,
    /// Of so many answer sets it is true now and was not.
    pub more: Count,
    /// Of so many it is no longer.
    pub fewer: Count,
    /// By each assumption about people: the shares of the two.
    pub shares: Vec<(f64, f64)>,
    /// The plainest person who has it now.
    pub example_more: Option<Vec<(String, String)>>,
    /// The plainest who no longer has.
    pub example_fewer: Option<Vec<(String, String)>>,
}

/// A number of a medicine.
#[derive(Clone, Debug, Serialize)]
pub struct DoseChange {
    /// The medicine.
    pub medicine: String,
    /// Which number.
    pub what: &'static str,
    /// What it was.
    pub was: Option<String>,
    /// What it is.
    pub now: Option<String>,
    /// More may be taken by it than before.
    pub is_looser: bool,
}

/// A line of when to come back.
#[derive(Clone, Debug, Serialize)]
pub struct LineChange {
    /// The line, or the finding with words of its own.
    pub line: String,
    /// Whether it is gone, new or another.
    pub is: Fate,
    /// What it said.
    pub was: Option<String>,
    /// What it says.
    pub now: Option<String>,
}

impl Difference {
    /// Whether nobody is told anything else but in other words.
    pub fn is_wording_only(&self) -> bool {
        self.changed.is_zero()
            && self.plans.is_empty()
            && self.conditions.is_empty()
            && self.doses.is_empty()
            && self.come_back.is_empty()
    }
}
