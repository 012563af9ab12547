//! What a check-in asks along: answers of another day that may no longer hold.

use care::{Answer, Chapter, FindingId, FindingKind, Guideline, Role, State, findings_in};

use crate::case::Case;

/// What a check-in asks along, because the answers of another day may no longer hold.
#[derive(Default)]
pub(crate) struct AskedAlong {
    /// How it has gone since it began.
    pub(crate) course: Option<FindingId>,
    /// What was yes, or not sure, when it was asked.
    pub(crate) still: Vec<FindingId>,
}

/// The questions of the story that are only asked once it has lasted a while are those
/// about the course: what was said there on one day is asked again with each entry.
/// `days` are those since it began.
pub(crate) fn asked_along(guideline: &Guideline, case: &Case<'_>, days: Option<i64>) -> AskedAlong {
    let mut asked = AskedAlong::default();
    let Some(count) = guideline.with_role(Role::Days) else { return asked };
    let mut answers = case.answers.clone();
    if let Some(days) = days {
        // Above ten years the answer stays what it was.
        drop(answers.set(guideline, count, Answer::Number(days)));
    }
    let state = State::of(guideline, &answers);
    for id in guideline.questions() {
        let question = guideline.question(id);
        let Some(gate) = question.only_if.as_ref().filter(|_| question.chapter == Chapter::Story) else {
            continue;
        };
        let mut openers = Vec::new();
        findings_in(guideline.book(), &gate.condition, &mut openers);
        if !openers.contains(&count) || state.does_not_apply(id) {
            continue;
        }
        for finding in &question.shows {
            let is_choice = matches!(guideline.finding(*finding).kind, FindingKind::Choice(_));
            let was = case.given.get(*finding);
            if is_choice && asked.course.is_none() {
                asked.course = Some(*finding);
            } else if matches!(was, Some(Answer::Yes | Answer::NotSure)) {
                asked.still.push(*finding);
            }
        }
    }
    asked
}
