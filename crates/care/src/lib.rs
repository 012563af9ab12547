//! The words and the decisions of Unclench.
//!
//! A [`Guideline`] is a checked book of findings, questions, rules and remedies.
//! Give it a person's [`Answers`] and it says what is certain, what to ask next,
//! what the outcome is and why, what would change it, and what the person can do.
//! Nothing here touches a file, a clock, a network or a random number; the same
//! guideline and answers give the same result for ever.
//!
//! In suggested reading order: `urgency`, `quantity`, `condition`, `guideline`
//! (the words), `block` (the one list of the kinds of blocks); `answers`, `program`, `lanes`, `state` (what is certain and what
//! is possible); `interview`, `reasons`, `instructions`, `come_back`, `plan`,
//! [`first_hour`], `wording`, `citations`, `clock` (what to say);
//! `certificate`, [`naive`] (how anyone can check it); [`compiled`] (a book as a file);
//! [`recovery`], [`helped`], [`triggers`] (what a diary says).

mod answers;
mod ask;
mod block;
pub mod causes;
mod certificate;
mod citations;
pub mod clinic;
mod clock;
mod come_back;
pub mod compiled;
mod condition;
mod deferred;
pub mod first_hour;
mod fit;
mod free_text;
mod guideline;
pub mod habits;
pub mod helped;
mod instructions;
mod interview;
mod knowledge;
mod lanes;
pub mod medicine;
pub mod naive;
mod plan;
mod printable;
mod program;
mod prose;
mod quantity;
mod reasons;
pub mod recovery;
mod recurrence;
mod schedule;
mod source_words;
mod state;
pub mod triggers;
mod typed;
mod urgency;
mod wording;
mod words;

pub use answers::{Answer, AnswerError, Answers, allowed_answers, answer_from_json, answer_to_json};
pub use ask::{
    Against, AnswerSearch, Passage, Reply, Told, can_be_shown, rule_about, told, words_of_passages,
};
pub use block::{Block, BlockId, BlockKind, ConditionId, ConditionKey, Reference, Text, TextFor, TextKey};
pub use certificate::{
    Certificate, CertificateError, RuleVerdict, SCHEMA as CERTIFICATE_SCHEMA, Verdict, certify, hex, verify,
};
pub use citations::Citations;
pub use clock::{Clock, TimeError, read_time};
pub use come_back::{CardLine, ComeBack, MOST_ON_CARD, card, come_back_if};
pub use condition::{Comparison, Condition, OptionIndex};
pub use deferred::Deferred;
pub use free_text::{
    BadPattern, FreeText, Mention, OwnWords, Patient, Proposal, Sense, SetAside, THINGS_AND_ACCIDENTS,
    classes_of, findings_of,
};
pub use guideline::{
    AnswerId, Book, BrokenBook, Cause, CauseId, CauseKind, Chapter, ChoiceOption, ComeBackLine,
    ComeBackLineId, Disagreement, DisagreementId, Evidence, Finding, FindingId, FindingKind, Gate, Guideline,
    HabitId, Hears, HelpLine, MedicineClassId, MedicineId, NotFollowedId, OtherMedicineId, Outcome,
    OutcomeId, Place, Position, ProductId, Question, QuestionId, ReferralId, Region, RegionId, Remedy,
    RemedyId, RemedyStep, Rule, RuleId, Source, SourceId, SourceKind, Stage, Strength, Weight, findings_in,
};
pub use instructions::{Instructions, what_to_do, what_to_do_about};
pub use interview::{Ask, Finished, Step, checklist, drop_what_no_longer_applies, next, next_about};
pub use knowledge::{Appropriateness, Claim, Habit, KnownAnswer, NotFollowed, Referral, ReferralKind};
pub use lanes::{Bounds, Lanes};
pub use medicine::{
    Because, Caution, ClassWords, DailyDose, Dose, DoseError, DoseLevel, DoseLog, DoseUnit, DoseVerdict,
    DoseWarning, Medicine, MedicineClass, OtherMedicine, PackLimits, Product, Standing, Taken, after_taking,
    conditions_of, may_take, medicine_for, standings,
};
pub use plan::{Advice, Plan, PlanItem, Withheld, advise};
pub use printable::{is_acting, printable, printable_json, printable_lines};
pub use program::{Atom, Op, Operand, Planes, Program};
pub use prose::ProsePage;
pub use quantity::{BadDuration, BadHours, Hours, Seconds};
pub use reasons::{Reason, reasons};
pub use recurrence::Recurrence;
pub use schedule::schedule_words;
pub use state::{Outlook, State};
pub use typed::{Count, read_whole_number};
pub use urgency::{UnknownUrgency, Urgency};
pub use wording::{answer_words, answered_words, lower_first, said, sentence_case, stated};
pub use words::{AskedBefore, Topic, WordClass, Words};
