//! What a person can do.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::book::condition::Condition;
use crate::book::ids::SourceId;
use crate::book::outcome::Signs;
use crate::book::place::Place;
use crate::book::pose::Picture;
use crate::book::quantity::Seconds;
use crate::book::strength::Strength;
use crate::book::urgency::Urgency;

/// Something the person can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remedy {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What it is called.
    pub name: String,
    /// When in the course.
    pub stage: Stage,
    /// The highest urgency at which it may still be shown; below [`Urgency::Emergency`].
    pub up_to: Urgency,
    /// Shown only where this is known to be true.
    pub offer: Option<Condition>,
    /// Shown only where this is known to be false.
    pub avoid: Option<Condition>,
    /// One sentence to the person, with `avoid`.
    pub avoid_because: Option<String>,
    /// Where this is known to be false it stands behind the others of its stage.
    pub first_while: Option<Condition>,
    /// What it is for.
    pub why: String,
    /// Its `why` is what an outcome says first, to whoever has it in their plan.
    pub leads: bool,
    /// How it looks, where one picture stands for all of it.
    pub picture: Option<Picture>,
    /// What to do, in order; never empty.
    pub steps: Vec<RemedyStep>,
    /// The shortest pause before doing it again.
    pub gap: Option<Seconds>,
    /// When to stop.
    pub stop_if: Vec<String>,
    /// It may be shown before any question was asked, with these sentences in its safety box:
    /// for whom it is not. None where it waits for the answers.
    pub at_once: Option<Vec<Signs>>,
    /// Where the person is who can begin with it as they are; empty where it needs another place.
    pub from: Vec<Spot>,
    /// It is about painkillers, and leads on to what is safe for this person.
    pub painkillers: bool,
    /// How well it is supported.
    pub strength: Strength,
    /// Never empty.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// One step of a remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemedyStep {
    /// What to do.
    pub text: String,
    /// How long.
    pub timer: Option<Seconds>,
    /// How to breathe meanwhile.
    pub breathe: Option<Pace>,
    /// Only for whoever begins here.
    pub only_from: Option<Spot>,
    /// How it looks.
    pub picture: Option<Picture>,
}

impl RemedyStep {
    /// Whether somebody who begins here does it; of somebody who has not said where, all do.
    pub fn is_for(&self, here: Option<Spot>) -> bool {
        self.only_from.is_none() || here.is_none() || self.only_from == here
    }
}

/// How slowly to breathe: whole seconds in and out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// In.
    pub breath_in: u8,
    /// Out.
    pub breath_out: u8,
}

impl Pace {
    /// No breath is shorter or longer, either way.
    pub const RANGE: RangeInclusive<u8> = 2..=9;
}

/// Where a person is when help comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Spot {
    /// On the floor.
    Floor,
    /// In bed.
    Bed,
    /// On a chair.
    Chair,
    /// On their feet.
    Standing,
}

impl Spot {
    /// Every one, from low to high.
    pub const ALL: [Self; 4] = [Self::Floor, Self::Bed, Self::Chair, Self::Standing];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Bed => "bed",
            Self::Chair => "chair",
            Self::Standing => "standing",
        }
    }

    /// What a person says of it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Floor => "Floor",
            Self::Bed => "Bed",
            Self::Chair => "Chair",
            Self::Standing => "Standing",
        }
    }
}

/// When in the course of a spasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// The first hour.
    Now,
    /// The first days.
    FirstDays,
    /// Getting back to normal.
    GettingBack,
    /// Keeping it away.
    StayingWell,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 4] = [Self::Now, Self::FirstDays, Self::GettingBack, Self::StayingWell];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::FirstDays => "first_days",
            Self::GettingBack => "getting_back",
            Self::StayingWell => "staying_well",
        }
    }

    /// The heading a person sees.
    pub fn title(self) -> &'static str {
        match self {
            Self::Now => "Right now",
            Self::FirstDays => "The next days",
            Self::GettingBack => "Getting back to normal",
            Self::StayingWell => "Staying well",
        }
    }
}
