//! The plan on paper: every remedy, and when to leave it out.

use care::{Book, Remedy, Stage, Urgency};

use super::codes::{Codes, Phrase};
use crate::level::Level;

/// The remedies of one stage.
pub(super) struct PlanStage<'b> {
    pub(super) title: &'static str,
    pub(super) remedies: Vec<PlanRemedy<'b>>,
}

/// One remedy.
pub(super) struct PlanRemedy<'b> {
    pub(super) remedy: &'b Remedy,
    /// Levels above self-care at which it is left out; an emergency has no plan at all.
    pub(super) not_at: Vec<Level>,
    pub(super) only_if: Option<Phrase>,
    pub(super) leave_out: Option<Phrase>,
}

/// Every stage that has remedies.
pub(super) fn stages<'b>(book: &'b Book, codes: &Codes) -> Vec<PlanStage<'b>> {
    Stage::ALL
        .into_iter()
        .map(|stage| PlanStage {
            title: stage.title(),
            remedies: book
                .remedies
                .iter()
                .filter(|remedy| remedy.stage == stage)
                .map(|remedy| plan_remedy(book, codes, remedy))
                .collect(),
        })
        .filter(|stage| !stage.remedies.is_empty())
        .collect()
}

fn plan_remedy<'b>(book: &Book, codes: &Codes, remedy: &'b Remedy) -> PlanRemedy<'b> {
    let is_too_urgent = |urgency: &Urgency| remedy.up_to < *urgency && *urgency < Urgency::Emergency;
    PlanRemedy {
        remedy,
        not_at: Urgency::ALL.into_iter().filter(is_too_urgent).map(Level::from).collect(),
        only_if: remedy.offer.as_ref().map(|condition| codes.phrase(book, condition)),
        leave_out: remedy.avoid.as_ref().map(|condition| codes.list(book, condition)),
    }
}
