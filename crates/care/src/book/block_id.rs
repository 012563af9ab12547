//! Which block of a book: its kind, and its place in the list of that kind.

use serde::{Deserialize, Serialize};

use crate::book::ids::{
    AnswerId, BodyPlaceId, CauseId, CheckpointId, ComeBackLineId, CurveId, DisagreementId, FindingId,
    HabitId, MedicineClassId, MedicineId, NotFollowedId, OtherMedicineId, OutcomeId, PoseId, ProductId,
    QuestionId, ReferralId, RegionId, RemedyId, RuleId, ThresholdId,
};

/// The kinds of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// Something that can be known.
    Finding,
    /// One screen.
    Question,
    /// When something matters.
    Rule,
    /// What may lie behind it.
    Cause,
    /// Something the person can do.
    Remedy,
    /// Where sources differ.
    Disagreement,
    /// What a person is told at one urgency.
    Outcome,
    /// A line of the short come-back card.
    ComeBack,
    /// Whom to call.
    Region,
    /// A painkiller in one region.
    Medicine,
    /// What is in a box.
    Product,
    /// A medicine without doses, that only counts as one of its class.
    OtherMedicine,
    /// What holds for a class of medicines.
    MedicineClass,
    /// What keeps spasms away.
    Habit,
    /// What a clinician may do.
    Referral,
    /// A question that people ask.
    Answer,
    /// A place of the body.
    BodyPlace,
    /// An edge of the band in which pain is expected.
    Curve,
    /// A day on which someone should look back.
    Checkpoint,
    /// A number that something computed turns on.
    Threshold,
    /// How a body is held in a picture.
    Pose,
    /// Claims that we do not act on.
    NotFollowed,
}

impl BlockKind {
    /// Every kind. A new one goes before the last, so that its absence here does not compile.
    pub const ALL: [Self; Self::NotFollowed as usize + 1] = [
        Self::Finding,
        Self::Question,
        Self::Rule,
        Self::Cause,
        Self::Remedy,
        Self::Disagreement,
        Self::Outcome,
        Self::ComeBack,
        Self::Region,
        Self::Medicine,
        Self::Product,
        Self::OtherMedicine,
        Self::MedicineClass,
        Self::Habit,
        Self::Referral,
        Self::Answer,
        Self::BodyPlace,
        Self::Curve,
        Self::Checkpoint,
        Self::Threshold,
        Self::Pose,
        Self::NotFollowed,
    ];

    /// The word in the table header: `[finding.fever]`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Question => "question",
            Self::Rule => "rule",
            Self::Cause => "cause",
            Self::Remedy => "remedy",
            Self::Disagreement => "disagreement",
            Self::Outcome => "outcome",
            Self::ComeBack => "come_back",
            Self::Region => "region",
            Self::Medicine => "medicine",
            Self::Product => "product",
            Self::OtherMedicine => "other_medicine",
            Self::MedicineClass => "medicine_class",
            Self::Habit => "habit",
            Self::Referral => "referral",
            Self::Answer => "answer",
            Self::BodyPlace => "body_place",
            Self::Curve => "curve",
            Self::Checkpoint => "checkpoint",
            Self::Threshold => "threshold",
            Self::Pose => "pose",
            Self::NotFollowed => "not_followed",
        }
    }

    /// The kind with this word in its table header.
    ///
    /// ```
    /// use care::BlockKind;
    /// assert_eq!(BlockKind::named("come_back"), Some(BlockKind::ComeBack));
    /// assert_eq!(BlockKind::named("come back"), None);
    /// ```
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == word)
    }

    /// The block that stands there in the list of its kind.
    pub fn nth(self, index: u16) -> BlockId {
        match self {
            Self::Finding => BlockId::Finding(FindingId(index)),
            Self::Question => BlockId::Question(QuestionId(index)),
            Self::Rule => BlockId::Rule(RuleId(index)),
            Self::Cause => BlockId::Cause(CauseId(index)),
            Self::Remedy => BlockId::Remedy(RemedyId(index)),
            Self::Disagreement => BlockId::Disagreement(DisagreementId(index)),
            Self::Outcome => BlockId::Outcome(OutcomeId(index)),
            Self::ComeBack => BlockId::ComeBack(ComeBackLineId(index)),
            Self::Region => BlockId::Region(RegionId(index)),
            Self::Medicine => BlockId::Medicine(MedicineId(index)),
            Self::Product => BlockId::Product(ProductId(index)),
            Self::OtherMedicine => BlockId::OtherMedicine(OtherMedicineId(index)),
            Self::MedicineClass => BlockId::MedicineClass(MedicineClassId(index)),
            Self::Habit => BlockId::Habit(HabitId(index)),
            Self::Referral => BlockId::Referral(ReferralId(index)),
            Self::Answer => BlockId::Answer(AnswerId(index)),
            Self::BodyPlace => BlockId::BodyPlace(BodyPlaceId(index)),
            Self::Curve => BlockId::Curve(CurveId(index)),
            Self::Checkpoint => BlockId::Checkpoint(CheckpointId(index)),
            Self::Threshold => BlockId::Threshold(ThresholdId(index)),
            Self::Pose => BlockId::Pose(PoseId(index)),
            Self::NotFollowed => BlockId::NotFollowed(NotFollowedId(index)),
        }
    }
}

/// Which block of a [`Book`](crate::Book).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each is the id of the kind of its name")]
pub enum BlockId {
    Finding(FindingId),
    Question(QuestionId),
    Rule(RuleId),
    Cause(CauseId),
    Remedy(RemedyId),
    Disagreement(DisagreementId),
    Outcome(OutcomeId),
    ComeBack(ComeBackLineId),
    Region(RegionId),
    Medicine(MedicineId),
    Product(ProductId),
    OtherMedicine(OtherMedicineId),
    MedicineClass(MedicineClassId),
    Habit(HabitId),
    Referral(ReferralId),
    Answer(AnswerId),
    BodyPlace(BodyPlaceId),
    Curve(CurveId),
    Checkpoint(CheckpointId),
    Threshold(ThresholdId),
    Pose(PoseId),
    NotFollowed(NotFollowedId),
}

/// The kind of a value whose type has a variant for each kind of block.
macro_rules! kind_of {
    ($value:expr) => {
        match $value {
            Self::Finding(_) => BlockKind::Finding,
            Self::Question(_) => BlockKind::Question,
            Self::Rule(_) => BlockKind::Rule,
            Self::Cause(_) => BlockKind::Cause,
            Self::Remedy(_) => BlockKind::Remedy,
            Self::Disagreement(_) => BlockKind::Disagreement,
            Self::Outcome(_) => BlockKind::Outcome,
            Self::ComeBack(_) => BlockKind::ComeBack,
            Self::Region(_) => BlockKind::Region,
            Self::Medicine(_) => BlockKind::Medicine,
            Self::Product(_) => BlockKind::Product,
            Self::OtherMedicine(_) => BlockKind::OtherMedicine,
            Self::MedicineClass(_) => BlockKind::MedicineClass,
            Self::Habit(_) => BlockKind::Habit,
            Self::Referral(_) => BlockKind::Referral,
            Self::Answer(_) => BlockKind::Answer,
            Self::BodyPlace(_) => BlockKind::BodyPlace,
            Self::Curve(_) => BlockKind::Curve,
            Self::Checkpoint(_) => BlockKind::Checkpoint,
            Self::Threshold(_) => BlockKind::Threshold,
            Self::Pose(_) => BlockKind::Pose,
            Self::NotFollowed(_) => BlockKind::NotFollowed,
        }
    };
}
pub(super) use kind_of;

impl BlockId {
    /// What kind of block it is.
    pub fn kind(self) -> BlockKind {
        kind_of!(self)
    }

    /// Its position in the list of its kind.
    pub fn index(self) -> usize {
        match self {
            Self::Finding(id) => id.index(),
            Self::Question(id) => id.index(),
            Self::Rule(id) => id.index(),
            Self::Cause(id) => id.index(),
            Self::Remedy(id) => id.index(),
            Self::Disagreement(id) => id.index(),
            Self::Outcome(id) => id.index(),
            Self::ComeBack(id) => id.index(),
            Self::Region(id) => id.index(),
            Self::Medicine(id) => id.index(),
            Self::Product(id) => id.index(),
            Self::OtherMedicine(id) => id.index(),
            Self::MedicineClass(id) => id.index(),
            Self::Habit(id) => id.index(),
            Self::Referral(id) => id.index(),
            Self::Answer(id) => id.index(),
            Self::BodyPlace(id) => id.index(),
            Self::Curve(id) => id.index(),
            Self::Checkpoint(id) => id.index(),
            Self::Threshold(id) => id.index(),
            Self::Pose(id) => id.index(),
            Self::NotFollowed(id) => id.index(),
        }
    }
}
