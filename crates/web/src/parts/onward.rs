//! Where a person goes from here: the next question, the answers to check, or the outcome.

use care::{Guideline, QuestionId, Step};

use crate::case::Case;
use crate::response::Response;

/// The address of a question of the interview.
pub(crate) fn address(guideline: &Guideline, question: QuestionId) -> String {
    format!("/question/{}", guideline.question(question).id)
}

/// Where the interview goes on: the next question, the answers to check, or the outcome; the
/// first page where it has rested for too long.
pub(crate) fn goes_on(guideline: &Guideline, case: &Case<'_>) -> String {
    match &case.step {
        _ if rests_too_long(case) => "/".to_owned(),
        Step::Ask(ask) => address(guideline, ask.question),
        Step::Done(_) if case.concluded().is_some() => "/outcome".to_owned(),
        Step::Done(_) => "/check".to_owned(),
    }
}

/// Whether the interview was left for so long that it begins again, on the first page.
pub(crate) fn rests_too_long(case: &Case<'_>) -> bool {
    case.out_of_date.is_some() && case.concluded().is_none()
}

/// Where a person goes who has no plan yet, or none any more.
pub(crate) fn elsewhere(case: &Case<'_>) -> Response {
    Response::see(match case.concluded() {
        Some(_) => "/outcome",
        None if case.finished().is_some() => "/check",
        None => "/question",
    })
}
