//! Which block: an index into the list of its kind.

use serde::{Deserialize, Serialize};

/// Each kind of id is its own type: an index into its list in the [`Book`].
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub struct $name(pub u16);

        impl $name {
            /// The position in its list.
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    )* };
}

ids! {
    /// Which finding of [`Book::findings`](crate::Book::findings).
    FindingId;
    /// Which question of [`Book::questions`](crate::Book::questions).
    QuestionId;
    /// Which rule of [`Book::rules`](crate::Book::rules).
    RuleId;
    /// Which cause of [`Book::causes`](crate::Book::causes).
    CauseId;
    /// Which remedy of [`Book::remedies`](crate::Book::remedies).
    RemedyId;
    /// Which habit of [`Book::habits`](crate::Book::habits).
    HabitId;
    /// Which entry of [`Book::referrals`](crate::Book::referrals).
    ReferralId;
    /// Which source of [`Book::sources`](crate::Book::sources).
    SourceId;
    /// Which of [`Book::outcomes`](crate::Book::outcomes).
    OutcomeId;
    /// Which of [`Book::disagreements`](crate::Book::disagreements).
    DisagreementId;
    /// Which line of [`Book::come_back`](crate::Book::come_back).
    ComeBackLineId;
    /// Which of [`Book::regions`](crate::Book::regions).
    RegionId;
    /// Which of [`Book::medicines`](crate::Book::medicines).
    MedicineId;
    /// Which of [`Book::products`](crate::Book::products).
    ProductId;
    /// Which of [`Book::other_medicines`](crate::Book::other_medicines).
    OtherMedicineId;
    /// Which of [`Book::medicine_classes`](crate::Book::medicine_classes).
    MedicineClassId;
    /// Which of [`Book::answers`](crate::Book::answers).
    AnswerId;
    /// Which of [`Book::body_places`](crate::Book::body_places).
    BodyPlaceId;
    /// Which of [`Book::curves`](crate::Book::curves).
    CurveId;
    /// Which of [`Book::checkpoints`](crate::Book::checkpoints).
    CheckpointId;
    /// Which of [`Book::thresholds`](crate::Book::thresholds).
    ThresholdId;
    /// Which of [`Book::poses`](crate::Book::poses).
    PoseId;
    /// Which of [`Book::not_followed`](crate::Book::not_followed).
    NotFollowedId;
}
