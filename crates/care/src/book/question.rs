//! How it is asked.

use serde::{Deserialize, Serialize};

use crate::book::condition::Condition;
use crate::book::ids::{FindingId, SourceId};
use crate::book::place::Place;
use crate::book::pose::Picture;

/// One screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Its name.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The question itself.
    pub ask: String,
    /// What it is about in a few words, where the whole question would be too long:
    /// beside its answers on the page to check them.
    pub title: Option<String>,
    /// Why we ask.
    pub why: String,
    /// How to tell.
    pub help: Option<String>,
    /// What it asks for, in order; never empty.
    pub shows: Vec<FindingId>,
    /// Its lines in cards, in order, where they are told apart by the place on the body.
    pub cards: Vec<LineCard>,
    /// Which part of the interview it belongs to.
    pub chapter: Chapter,
    /// What may have changed where it is asked again first, in a few words.
    pub changed: Option<String>,
    /// Its lines are places of the body, and a map of them stands beside the list.
    pub body_map: bool,
    /// Other words for "None of these".
    pub none: Option<String>,
    /// Asked only while this is not known to be false.
    pub only_if: Option<Gate>,
    /// Where it is taken from.
    pub sources: Vec<SourceId>,
}

/// Lines that stand together, beside a picture of where on the body they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCard {
    /// The first of them.
    pub from: FindingId,
    /// Where on the body.
    pub picture: Picture,
}

/// A condition on being asked, and why "no" is sound when it is not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// Asked only while this is not known to be false.
    pub condition: Condition,
    /// The assumption behind it, listed in the safety case.
    pub otherwise_no_because: String,
}

/// A part of the interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Chapter {
    /// Signs that may mean danger.
    Danger,
    /// The person.
    AboutYou,
    /// What happened.
    Story,
    /// What a safe plan needs to know.
    Plan,
    /// What may have brought it on; asked after the triage, of whoever wants to know.
    Causes,
    /// What a painkiller must not meet; asked after the triage, of whoever wants one.
    Medicines,
}

impl Chapter {
    /// Every part, in no particular order of asking.
    pub const ALL: [Self; 6] =
        [Self::Danger, Self::AboutYou, Self::Story, Self::Plan, Self::Causes, Self::Medicines];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::AboutYou => "about_you",
            Self::Story => "story",
            Self::Plan => "plan",
            Self::Causes => "causes",
            Self::Medicines => "medicines",
        }
    }

    /// The heading a person sees.
    pub fn title(self) -> &'static str {
        match self {
            Self::Danger => "Danger signs",
            Self::AboutYou => "About you",
            Self::Story => "What happened",
            Self::Plan => "For a safe plan",
            Self::Causes => "What may lie behind it",
            Self::Medicines => "Medicines",
        }
    }
}
