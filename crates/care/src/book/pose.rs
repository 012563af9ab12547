//! How a body is held in a picture, as angles of its joints.

use serde::{Deserialize, Serialize};

use crate::book::ids::PoseId;
use crate::book::place::Place;

/// How a body is held: the angles of its joints, what it rests on, and what is around it.
///
/// The angles are those that a therapist measures, in degrees from standing upright with
/// hanging arms. Where a hand or a foot rests on something, whoever draws it moves the last
/// joints so that it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pose {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// From where the body is seen.
    pub seen: Seen,
    /// The angle of each joint of [`Joint::ALL`], near side and far side.
    pub angles: [[i16; 2]; Joint::ALL.len()],
    /// What rests on what, the part that carries the body first.
    pub rests: Vec<Rest>,
    /// Where pillows lie.
    pub pillows: Vec<Pillow>,
    /// What else is there.
    pub things: Vec<Thing>,
}

impl Pose {
    /// The angle of a joint on the side near to whoever looks.
    pub fn near(&self, joint: Joint) -> i16 {
        self.angles[joint as usize][0]
    }

    /// The angle of a joint on the far side.
    pub fn far(&self, joint: Joint) -> i16 {
        self.angles[joint as usize][1]
    }

    /// What it says, key by key, as it would be written: `hip: 60, 20`; `on: feet floor`.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = vec![("seen", self.seen.id().to_owned())];
        let bent = Joint::ALL.into_iter().filter(|joint| self.angles[*joint as usize] != [0; 2]);
        facts.extend(bent.map(|joint| {
            let [near, far] = self.angles[joint as usize];
            let words = if near == far { near.to_string() } else { format!("{near}, {far}") };
            (joint.id(), words)
        }));
        let rests = self.rests.iter().map(|Rest { part, on: [near, far] }| {
            let far = if near == far { String::new() } else { format!(" and {}", far.id()) };
            ("on", format!("{} {}{far}", part.id(), near.id()))
        });
        facts.extend(rests);
        facts.extend(self.pillows.iter().map(|pillow| ("pillow", pillow.id().to_owned())));
        facts.extend(self.things.iter().map(|thing| ("with", thing.id().to_owned())));
        facts
    }

    /// What a part of the near or the far side rests on.
    pub fn rest(&self, part: Part, limb: usize) -> Option<Support> {
        let rest = self.rests.iter().find(|rest| rest.part == part)?;
        rest.on.get(limb).copied().filter(|on| *on != Support::Nothing)
    }
}

/// What a picture shows: one pose, or a movement through several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The key poses in order; never empty. One alone is still; two go there and back;
    /// more go from the first to the last.
    pub poses: Vec<PoseId>,
    /// What the body does and where its limbs are, for who cannot see it.
    pub alt: String,
    /// The place on the body that it is about.
    pub mark: Option<Mark>,
}

/// Gives an enum of the book its list and the words for it.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $id:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "each is what its name says")]
        pub enum $name { $($(#[$of])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$variant),*];

            /// The id used in the book.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }
        }
    };
}

words! {
    /// From where a body is seen. Seen from the side and from above it looks to the right
    /// while it stands.
    Seen { Side = "side", Above = "above", Front = "front", Back = "back", }
}

words! {
    /// A joint that a pose gives an angle.
    Joint {
        /// The trunk against upright: 90 is bent forward to level, -90 lies on the back.
        /// Seen from the front it leans to the right of the picture.
        Lean = "lean",
        /// How round the back is; below 0 it sags.
        Round = "round",
        /// The head against the chest, forward. Seen from the front it tips to the right.
        Neck = "neck",
        /// The head turned to one side; only seen from the front or the back.
        Turn = "turn",
        /// The upper arm against the trunk: forward, or out to the side seen from the front.
        Shoulder = "shoulder",
        Elbow = "elbow",
        /// The thigh against the trunk, forward.
        Hip = "hip",
        /// The leg out to the side; only seen from the front or the back.
        Spread = "spread",
        Knee = "knee",
        /// The foot against the shin: above 0 the toes come up.
        Ankle = "ankle",
    }
}

impl Joint {
    /// How far people of usual suppleness can move it.
    pub fn range(self) -> (i16, i16) {
        match self {
            Self::Lean => (-180, 180),
            Self::Round => (-30, 40),
            Self::Neck => (-50, 60),
            Self::Turn => (-80, 80),
            Self::Shoulder => (-60, 180),
            Self::Elbow | Self::Knee => (0, 150),
            Self::Hip => (-30, 140),
            Self::Spread => (-70, 70),
            Self::Ankle => (-80, 30),
        }
    }

    /// Whether there is one on each side of the body.
    pub fn is_paired(self) -> bool {
        !matches!(self, Self::Lean | Self::Round | Self::Neck | Self::Turn)
    }
}

words! {
    /// A part of the body that rests on something.
    Part {
        Back = "back",
        Front = "front",
        Hips = "hips",
        Knees = "knees",
        Calves = "calves",
        Heels = "heels",
        Feet = "feet",
        Elbows = "elbows",
        Hands = "hands",
    }
}

words! {
    /// What a part of the body rests on, or what a hand is at.
    Support {
        Floor = "floor",
        Bed = "bed",
        Chair = "chair",
        /// The top of the back of a chair that somebody sits on the wrong way round.
        ChairBack = "chair_back",
        Table = "table",
        Step = "step",
        Thigh = "thigh",
        Shin = "shin",
        Belly = "belly",
        LowBack = "low_back",
        Neck = "neck",
        Mouth = "mouth",
        /// The other side rests, and this one does not.
        Nothing = "nothing",
    }
}

words! {
    /// Where a pillow lies.
    Pillow { Head = "head", Knees = "knees", BetweenKnees = "between_knees", LowBack = "low_back", Arm = "arm", Hands = "hands", }
}

words! {
    /// What else is in a picture.
    Thing { Wall = "wall", Ball = "ball", ColdPack = "cold_pack", WarmPack = "warm_pack", Wrap = "wrap", Box = "box", Glass = "glass", Screen = "screen", Mat = "mat", Partner = "partner", }
}

words! {
    /// A place on the body that a picture is about.
    Mark { Head = "head", Chest = "chest", BetweenLegs = "between_legs", Legs = "legs", WholeBody = "whole_body", LowBack = "low_back", UpperBack = "upper_back", Neck = "neck", Belly = "belly", BackOfThigh = "back_of_thigh", Hip = "hip", Arm = "arm", }
}

/// What a part of the body rests on, on the near side and on the far side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// The part.
    pub part: Part,
    /// On what.
    pub on: [Support; 2],
}
