//! A person of whom only this is so: what the book makes of one sign.

use crate::book::{FindingId, FindingKind, RuleId, Urgency, findings_in};
use crate::decision::answer::Answer;
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::state::State;

/// What is no danger sign by itself counts from here on; a danger sign at any level.
pub(crate) const AT_LEAST: Urgency = Urgency::SameDay;

/// The answers of a person of whom these are so, and nothing else that can be asked with a
/// yes or no. What takes one of these in is so as well.
pub(crate) fn supposing(guideline: &Guideline, told: &[(FindingId, Answer)]) -> Answers {
    let mut answers = Answers::none(guideline);
    for other in guideline.findings() {
        if guideline.finding(other).kind == FindingKind::YesNo {
            // A yes/no finding takes a no, so this cannot fail.
            let _ = answers.set(guideline, other, Answer::No);
        }
    }
    for (finding, answer) in told {
        // What takes this one in is asked before it.
        for wider in
            guideline.findings().filter(|wider| guideline.finding(*wider).heard_with.contains(finding))
        {
            if !told.iter().any(|(told, _)| *told == wider) {
                let _ = answers.set(guideline, wider, Answer::Yes);
            }
        }
        // What does not fit the kind of the finding is left unanswered.
        let _ = answers.set(guideline, *finding, *answer);
    }
    answers
}

/// The rule that this sign alone would set off in a person without any other,
/// if it asks for a visit on the same day at the latest.
pub fn rule_about(guideline: &Guideline, finding: FindingId) -> Option<RuleId> {
    let answers = supposing(guideline, &[(finding, Answer::Yes)]);
    let state = State::of(guideline, &answers);
    let is_about = |rule: &RuleId| {
        let mut findings = Vec::new();
        findings_in(guideline.book(), &guideline.rule(*rule).when, &mut findings);
        findings.contains(&finding) && state.certain(*rule) >= AT_LEAST
    };
    let name = &guideline.finding(finding).id;
    guideline.rules().filter(is_about).max_by_key(|rule| {
        let is_own = guideline.rule(*rule).id == *name;
        (state.certain(*rule), is_own, std::cmp::Reverse(*rule))
    })
}
