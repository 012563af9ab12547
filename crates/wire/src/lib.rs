//! What other programs are told, as JSON: the terminal with `--json`, the HTTP service and
//! whatever embeds the decision say it in these shapes, and nothing else does.
//!
//! An unfinished triage is no low one: its `urgency` is null, and `lower` and `upper` hold for
//! every way in which it can go on.

mod assessment;
mod dose;
mod question;
mod reply;
#[cfg(feature = "schema")]
mod schema;
mod source;

pub use assessment::{
    Assessment, BookVersion, CardLine, ComeBackItem, OutcomeText, PlanItem, Reason, Suspect, WithheldItem,
    answers_of, call, names,
};
pub use dose::{
    Calls, Checked, DoseCheck, DoseReason, DoseView, IngredientView, Limits, VerdictDetail, count, limits,
};
pub use question::{Finding, FindingOption, Question, Timed, steps};
pub use reply::{AgainstItem, DangerItem, Disagreement, PassageView, Position, ReplyView, says};
#[cfg(feature = "schema")]
pub use schema::{Answer, Certificate, Level};
pub use source::{Source, sources};
