//! What other programs ask and are told, as JSON: the terminal with `--json`, the HTTP service and
//! whatever embeds the decision say it in these shapes, and nothing else does. A request is read
//! strictly, and what does not fit is a [`Problem`] that says where and repeats nothing.
//!
//! An unfinished triage is no low one: its `urgency` is null, and `lower` and `upper` hold for
//! every way in which it can go on.

mod asked;
mod assessment;
mod dose;
mod problem;
mod question;
mod read;
mod reply;
#[cfg(feature = "schema")]
pub mod schema;
mod source;

pub use asked::assess::{Assess, Assessed, Explained, ExplainedReason, ToAsk};
pub use asked::dose::{Dose, Logged};
pub use asked::questions::Questions;
pub use asked::verify::{Verified, Verify};
pub use asked::{Given, read_answers, region};
pub use assessment::{
    Assessment, BookVersion, CardLine, ComeBackItem, OutcomeText, PlanItem, Reason, Suspect, WithheldItem,
    answers_of, call, names,
};
pub use dose::{
    Calls, Checked, DoseCheck, DoseReason, DoseView, IngredientView, Limits, VerdictDetail, count, limits,
};
pub use problem::{Fault, Problem, escaped};
pub use question::{Finding, FindingOption, Question, Timed, steps};
pub use read::{MOST_BYTES, read, too_long};
pub use reply::{AgainstItem, DangerItem, Disagreement, PassageView, Position, ReplyView, says};
#[cfg(feature = "schema")]
pub use schema::{Answer, Certificate, Level};
pub use source::{Source, sources};
