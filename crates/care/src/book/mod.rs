//! What a guideline says, as plain values: a file for each kind of block, the conditions
//! between them, and [`Block`], the one list of all kinds.
//!
//! `compiler` makes a [`Book`]; `decision` checks that its parts fit together and decides by it.

mod answer;
mod block;
mod block_id;
mod body_place;
mod cause;
mod claim;
mod condition;
mod condition_text;
mod course;
mod deferred;
mod derived;
mod disagreement;
mod finding;
mod habit;
mod ids;
pub(crate) mod lines;
mod medicine;
mod outcome;
pub(crate) mod pattern;
mod place;
mod pose;
mod prose;
mod quantity;
mod question;
mod recurrence;
mod referral;
mod region;
mod remedy;
mod rule;
mod source;
mod strength;
mod threshold;
mod urgency;
mod whole;
mod words;

pub use answer::KnownAnswer;
pub use block::{Block, ConditionId, ConditionKey, Reference, Text, TextFor, TextKey};
pub(crate) use block::{Index, of_words};
pub use block_id::{BlockId, BlockKind};
pub use body_place::{BodyPart, BodyPlace, Side};
pub use cause::{Cause, CauseKind, Evidence};
pub use claim::{Claim, NotFollowed};
pub use condition::{Comparison, Condition, OptionIndex};
pub use condition_text::findings_in;
pub use course::{Checkpoint, Curve, CurveLine, Edge};
pub use deferred::Deferred;
pub use derived::{Derived, DerivedKind};
pub use disagreement::{Disagreement, Position};
pub use finding::{ChoiceOption, Finding, FindingKind, Hears, Role};
pub use habit::Habit;
pub use ids::{
    AnswerId, BodyPlaceId, CauseId, CheckpointId, ComeBackLineId, CurveId, DisagreementId, FindingId,
    HabitId, MedicineClassId, MedicineId, NotFollowedId, OtherMedicineId, OutcomeId, PoseId, ProductId,
    QuestionId, ReferralId, RegionId, RemedyId, RuleId, SourceId, ThresholdId,
};
pub use medicine::{
    Caution, ClassWords, DailyDose, DoseUnit, Medicine, MedicineClass, OtherMedicine, PackLimits, PackUnit,
    Product,
};
pub use outcome::{AlreadyThere, ComeBackLine, Outcome, Signs};
pub use pattern::{BadPattern, classes_of, findings_of};
pub use place::Place;
pub use pose::{Joint, Mark, Part, Picture, Pillow, Pose, Rest, Seen, Support, Thing};
pub use prose::ProsePage;
pub use quantity::{BadDuration, BadHours, Hours, Seconds};
pub use question::{Chapter, Gate, LineCard, Question};
pub use recurrence::{BadRecurrence, Recurrence};
pub use referral::{Appropriateness, Referral, ReferralKind};
pub use region::{HelpLine, Region};
pub use remedy::{Pace, Remedy, RemedyStep, Spot, Stage};
pub use rule::Rule;
pub use source::{Source, SourceKind, Weight};
pub use strength::Strength;
pub use threshold::{Cutoff, Threshold};
pub use urgency::{UnknownUrgency, Urgency};
pub use whole::Book;
pub use words::{AskedBefore, Topic, WordClass, Words};
