//! Why an outcome is what it is.

use care::{Finished, Guideline, Reason};

use crate::citations::Citations;
use crate::line::{Line, Words};
use crate::message::Message;
use crate::said::said;

/// One reason, with what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why<'g> {
    /// The reason, in whole sentences.
    pub line: Line<'g>,
    /// The answers behind it.
    pub said: Vec<Message<'g>>,
    /// The cause that it points to.
    pub suspect: Option<Message<'g>>,
}

/// A reason as a page shows it.
pub fn why<'g>(finished: &Finished<'g>, reason: &Reason, citations: &Citations) -> Why<'g> {
    let guideline = finished.state().guideline();
    let rule = guideline.rule(reason.rule);
    let answers = finished.state().answers();
    let suspect = rule.suspect.map(|id| guideline.cause(id).full_name());
    Why {
        line: Line { words: because(guideline, reason), marks: citations.mark(&rule.sources) },
        said: reason.findings.iter().map(|finding| said(guideline, answers, *finding)).collect(),
        suspect: suspect.map(|cause| Message::OutcomeCouldBe { cause: cause.into() }),
    }
}

/// Why a rule counts, in whole sentences. Where it only may hold, what may be so, and what
/// would follow if it is: the words of a rule that holds would say too much.
pub fn because<'g>(guideline: &'g Guideline, reason: &Reason) -> Words<'g> {
    let rule = guideline.rule(reason.rule);
    if reason.holds {
        return rule.because.as_str().into();
    }
    // Whom to call stands on the page either way, and the rule's words speak of that.
    if rule.urgency <= reason.urgency || !rule.calls.is_empty() {
        return Message::BecauseNotSure { because: rule.because.as_str().into() }.into();
    }
    let then = guideline.outcome_told_by(reason.rule).title.as_str();
    Message::BecauseNotSureThen { then: then.into() }.into()
}
