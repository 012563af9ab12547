//! The places of the body that a person marks.

use serde::{Deserialize, Serialize};

use crate::book::ids::FindingId;
use crate::book::place::Place;

/// A place on the body, as a diary keeps it and a map of the body shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyPlace {
    /// Its name in the data, also in a diary: `low_back_left`.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What it is called: "Low back, left".
    pub name: String,
    /// The finding that it belongs to.
    pub finding: FindingId,
    /// Which side of the person's own body.
    pub side: Side,
    /// Which part of a drawing of the body.
    pub part: BodyPart,
}

/// A side of the person's own body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// Their left.
    Left,
    /// Between the two.
    Middle,
    /// Their right.
    Right,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 3] = [Self::Left, Self::Middle, Self::Right];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Middle => "middle",
            Self::Right => "right",
        }
    }
}

/// A part of a drawing of the body. How it looks is known to whoever draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each is the part of its name")]
pub enum BodyPart {
    Neck,
    Arm,
    UpperBack,
    /// Between the two halves of the upper back.
    Spine,
    Flank,
    LowBack,
    /// Between the two halves of the low back.
    LowSpine,
    Hip,
    Thigh,
    BelowKnee,
}

impl BodyPart {
    /// Every part, from the neck down.
    pub const ALL: [Self; 10] = [
        Self::Neck,
        Self::Arm,
        Self::UpperBack,
        Self::Spine,
        Self::Flank,
        Self::LowBack,
        Self::LowSpine,
        Self::Hip,
        Self::Thigh,
        Self::BelowKnee,
    ];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Neck => "neck",
            Self::Arm => "arm",
            Self::UpperBack => "upper_back",
            Self::Spine => "spine",
            Self::Flank => "flank",
            Self::LowBack => "low_back",
            Self::LowSpine => "low_spine",
            Self::Hip => "hip",
            Self::Thigh => "thigh",
            Self::BelowKnee => "below_knee",
        }
    }
}
