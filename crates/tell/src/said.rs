//! What a person answered, said back to them.

use care::{Answer, Answers, FindingId, Guideline, answer_words};

use crate::message::Message;

/// What a person said of a finding: `You said yes to: Fever`.
pub fn said<'g>(guideline: &'g Guideline, answers: &Answers, finding: FindingId) -> Message<'g> {
    let label = guideline.finding(finding).label.as_str().into();
    let words = |answer| answer_words(guideline, finding, answer).into();
    match answers.get(finding) {
        // A label that asks is a sentence of its own.
        Some(answer) if guideline.finding(finding).label.ends_with('?') => {
            Message::SaidQuestion { label, answer: words(answer) }
        }
        Some(Answer::Yes) => Message::SaidYes { label },
        Some(Answer::No) => Message::SaidNo { label },
        Some(Answer::NotSure) => Message::SaidNotSure { label },
        Some(answer) => Message::SaidValue { label, answer: words(answer) },
        None => Message::SaidNotApplicable { label },
    }
}

/// A finding with its answer, for a list of answers: `Neck: yes`.
pub fn stated<'g>(guideline: &'g Guideline, answers: &Answers, finding: FindingId) -> Message<'g> {
    let label = guideline.finding(finding).label.as_str();
    // A label may end in a mark of its own.
    let has_mark = label.ends_with(['?', ':', '.']);
    let answer = answers.get(finding).map(|answer| answer_words(guideline, finding, answer).into());
    match (answer, label.into()) {
        (Some(answer), label) if has_mark => Message::StatedMarked { label, answer },
        (Some(answer), label) => Message::Stated { label, answer },
        (None, label) if has_mark => Message::StatedMarkedNotApplicable { label },
        (None, label) => Message::StatedNotApplicable { label },
    }
}
