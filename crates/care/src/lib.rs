//! The words and the decisions of Unclench.
//!
//! A [`Guideline`] is a checked book of findings, questions, rules and remedies.
//! Give it a person's [`Answers`] and it says what is certain, what to ask next,
//! what the outcome is and why, what would change it, and what the person can do.
//! Nothing here touches a file, a clock, a network or a random number; the same
//! guideline and answers give the same result for ever.
//!
//! In suggested reading order: `book` (what a guideline says), `decision` (what answers
//! decide by it), then what is built on both: [`medicine`] (may I take this now?), `course`
//! (the first hour, and what a diary says), and `english` (what people
//! write and ask). Below all of them: `typed`, `json`, `printable`, `casing`, `clock`. [`compiled`] is a book as a file.

mod book;
mod casing;
mod clock;
pub mod compiled;
mod course;
mod decision;
mod english;
mod json;
pub mod medicine;
mod printable;
mod typed;

pub use book::{
    AlreadyThere, AnswerId, Appropriateness, AskedBefore, BadDuration, BadHours, BadPattern, BadRecurrence,
    Block, BlockId, BlockKind, BodyPart, BodyPlace, BodyPlaceId, Book, Cause, CauseId, CauseKind, Caution,
    Chapter, Checkpoint, CheckpointId, ChoiceOption, Claim, ClassWords, ComeBackLine, ComeBackLineId,
    Comparison, Condition, ConditionId, ConditionKey, Curve, CurveId, CurveLine, Cutoff, DailyDose, Deferred,
    Derived, DerivedKind, Disagreement, DisagreementId, DoseUnit, Edge, Evidence, Finding, FindingId,
    FindingKind, Gate, Habit, HabitId, Hears, HelpLine, Hours, Joint, KnownAnswer, LineCard, Mark, Medicine,
    MedicineClass, MedicineClassId, MedicineId, NotFollowed, NotFollowedId, OptionIndex, OtherMedicine,
    OtherMedicineId, Outcome, OutcomeId, Pace, PackLimits, PackUnit, Part, Picture, Pillow, Place, Pose,
    PoseId, Position, Product, ProductId, ProsePage, Question, QuestionId, Recurrence, Reference, Referral,
    ReferralId, ReferralKind, Region, RegionId, Remedy, RemedyId, RemedyStep, Rest, Role, Rule, RuleId,
    Seconds, Seen, Side, Signs, Source, SourceId, SourceKind, Spot, Stage, Strength, Support, Text, TextFor,
    TextKey, Thing, Threshold, ThresholdId, Topic, UnknownUrgency, Urgency, Weight, WordClass, Words,
    classes_of, findings_in, findings_of,
};
pub use casing::{lower_first, sentence_case};
pub use clock::{TimeError, read_time};
pub use course::{first_hour, helped, recovery, triggers};
pub use decision::answer::Answer;
pub use decision::answers::{AnswerError, Answers, allowed_answers, answer_from_json, answer_to_json};
pub use decision::certificate::{
    Certificate, CertificateError, RuleVerdict, SCHEMA as CERTIFICATE_SCHEMA, Verdict, certify,
    certify_advice, hex, verify,
};
pub use decision::come_back::{CardLine, ComeBack, MOST_ON_CARD, MOST_SIGNS, card, come_back_if, signs};
pub use decision::guideline::Guideline;
pub use decision::instructions::{Instructions, what_to_do, what_to_do_about, what_to_do_for};
pub use decision::interview::{
    Ask, Finished, Step, checklist, drop_what_no_longer_applies, missing, next, next_about,
};
pub use decision::lanes::{Bounds, Lanes};
pub use decision::op::{Atom, Op, Operand};
pub use decision::plan::{Advice, Plan, PlanItem, Withheld, advise, open_at_once};
pub use decision::program::{Planes, Program};
pub use decision::reasons::{Reason, reasons};
pub use decision::sound::BrokenBook;
pub use decision::state::{Outlook, State};
pub use decision::supposed::rule_about;
pub use decision::wording::{answer_words, answered_words};
pub use decision::{causes, circuit, clinic, habits, naive};
pub use english::ask::{Against, AnswerSearch, Reply, Told, can_be_shown, told};
pub use english::free_text::{
    FreeText, Mention, OwnWords, Patient, Proposal, Sense, SetAside, THINGS_AND_ACCIDENTS,
};
pub use english::passage::{Passage, words_of_passages};
pub use json::strict_json;
pub use medicine::{
    Because, Dose, DoseError, DoseLevel, DoseLog, DoseVerdict, DoseWarning, Standing, Taken, after_taking,
    conditions_of, may_take, medicine_for, standings,
};
pub use printable::{is_acting, printable, printable_json, printable_lines};
pub use typed::{Count, read_whole_number};
