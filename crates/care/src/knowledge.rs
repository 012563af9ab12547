//! What the book knows beside the triage: habits, the clinic, answers and claims.

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::guideline::{Place, RemedyStep, SourceId, Strength};
use crate::quantity::Seconds;
use crate::urgency::Urgency;

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
    /// When, as an RFC 5545 recurrence rule: `FREQ=DAILY`.
    pub schedule: String,
    /// How long one time takes.
    pub duration: Seconds,
    /// What it is for.
    pub why: String,
    /// What to do, in order; never empty.
    pub steps: Vec<RemedyStep>,
    /// How well it is supported.
    pub strength: Strength,
    /// Names of the contributors it acts on.
    pub for_causes: Vec<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// Something a clinician may ask, examine, image or do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Referral {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What it is called.
    pub name: String,
    /// What sort of thing.
    pub kind: ReferralKind,
    /// For treatments: the highest urgency at which it may be shown to a person.
    pub up_to: Urgency,
    /// Advised where this is known to be true; always worth knowing without it.
    pub offer: Option<Condition>,
    /// Not advised unless this is known to be false.
    pub avoid: Option<Condition>,
    /// One sentence to the person, with `avoid`.
    pub avoid_because: Option<String>,
    /// What to expect and ask.
    pub for_person: String,
    /// The form line or the facts; clinical words allowed.
    pub for_clinician: String,
    /// For imaging: the scenario in words.
    pub scenario: Option<String>,
    /// For imaging: how appropriate each modality is in that scenario.
    pub modalities: Vec<(String, Appropriateness)>,
    /// How well it is supported, where that is known.
    pub strength: Option<Strength>,
    /// What speaks for it.
    pub evidence_for: Option<String>,
    /// What speaks against it.
    pub evidence_against: Option<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// What sort of thing a clinician does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReferralKind {
    /// A question.
    History,
    /// A test at the bedside.
    Examination,
    /// A picture.
    Imaging,
    /// A treatment.
    Treatment,
}

impl ReferralKind {
    /// Every kind, in the order of a visit.
    pub const ALL: [Self; 4] = [Self::History, Self::Examination, Self::Imaging, Self::Treatment];

    /// The heading a person sees.
    pub fn title(self) -> &'static str {
        match self {
            Self::History => "What you will be asked",
            Self::Examination => "What will be examined",
            Self::Imaging => "Scans",
            Self::Treatment => "What they may offer",
        }
    }
}

/// How appropriate an image is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Appropriateness {
    /// Usually appropriate.
    Usually,
    /// May be appropriate.
    Maybe,
    /// Usually not appropriate.
    UsuallyNot,
}

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
    /// Blocks it points to, by kind and name: `rule.fever`.
    pub see: Vec<String>,
    /// The rule that must be shown before anything else.
    pub danger: Option<crate::guideline::RuleId>,
    /// The disagreement behind it, by name.
    pub disagreement: Option<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
