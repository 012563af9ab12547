//! What a clinician may ask, examine, image or do.

use serde::{Deserialize, Serialize};

use crate::book::condition::Condition;
use crate::book::ids::SourceId;
use crate::book::place::Place;
use crate::book::strength::Strength;
use crate::book::urgency::Urgency;

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
