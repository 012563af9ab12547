//! The laws of the decision core. Each takes any guideline, and panics where
//! the law does not hold; the naive evaluator is the judge throughout.

pub(crate) mod bounds;
pub(crate) mod certificate;
pub(crate) mod interview;
pub(crate) mod lanes;
pub(crate) mod reasons;
pub(crate) mod references;

use care::naive::{self, Ends};
use care::{Answers, Condition, Guideline, RemedyId, Urgency};

/// The only end of what is certainly true.
pub(crate) const TRUE: Ends = Ends { yes: true, no: false, unknown: false };

/// The only end of what is certainly false.
pub(crate) const FALSE: Ends = Ends { yes: false, no: true, unknown: false };

/// Certainly true, whatever else is answered.
pub(crate) fn is_true(guideline: &Guideline, answers: &Answers, condition: &Condition) -> bool {
    naive::ends(guideline, answers, condition) == TRUE
}

/// Certainly false, whatever else is answered.
pub(crate) fn is_false(guideline: &Guideline, answers: &Answers, condition: &Condition) -> bool {
    naive::ends(guideline, answers, condition) == FALSE
}

/// Offered for certain, and certainly nothing speaks against it.
pub(crate) fn is_fit(guideline: &Guideline, answers: &Answers, remedy: RemedyId) -> bool {
    let remedy = guideline.remedy(remedy);
    remedy.offer.as_ref().is_none_or(|offer| is_true(guideline, answers, offer))
        && remedy.avoid.as_ref().is_none_or(|avoid| is_false(guideline, answers, avoid))
}

/// What all answers lead to: the outcome, and what may be done.
pub(crate) fn advice(guideline: &Guideline, everything: &Answers) -> (Urgency, Vec<RemedyId>) {
    let bounds = naive::bounds(guideline, everything);
    assert_eq!(bounds.lower, bounds.upper, "something was left open");
    let outcome = bounds.lower;
    if outcome == Urgency::Emergency {
        return (outcome, Vec::new());
    }
    let plan = guideline
        .remedies()
        .filter(|id| guideline.remedy(*id).up_to >= outcome && is_fit(guideline, everything, *id))
        .collect();
    (outcome, plan)
}
