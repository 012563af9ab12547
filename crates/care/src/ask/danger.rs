//! Danger signs in a question.

use crate::answers::{Answer, Answers};
use crate::free_text::{FreeText, Sense};
use crate::guideline::{FindingId, FindingKind, Guideline, RuleId, findings_in};
use crate::state::State;
use crate::urgency::Urgency;

/// What is no danger sign by itself counts from here on; a danger sign at any level.
const AT_LEAST: Urgency = Urgency::SameDay;

/// The rules about what a question tells, the most urgent first: those that are certain for
/// a person of whom this is so and nothing else, and that rest on a sign it tells of.
///
/// It does not matter how it is told: "is it normal that", "can it cause", "what if". Only
/// what the asker says is not so, or long over, is left out.
pub(super) fn first(free_text: &FreeText<'_>, question: &str) -> Vec<RuleId> {
    let guideline = free_text.guideline();
    let mut told: Vec<(FindingId, Answer)> = Vec::new();
    let heard = free_text.hear(question);
    for mention in heard.mentions {
        let is_meant = !matches!(mention.sense, Sense::Absent | Sense::Past | Sense::Unclear);
        if is_meant && !told.iter().any(|(finding, _)| *finding == mention.finding) {
            told.push((mention.finding, mention.option.map_or(Answer::Yes, Answer::Option)));
        }
    }
    told.extend(heard.numbers.iter().map(|number| (number.finding, number.answer)));
    let state = State::of(guideline, &supposing(guideline, &told));
    let rests_on_a_sign = |rule: &RuleId| {
        let mut findings = Vec::new();
        findings_in(guideline.book(), &guideline.rule(*rule).when, &mut findings);
        told.iter().any(|(finding, _)| {
            let known = guideline.finding(*finding);
            let counts = known.danger || state.certain(*rule) >= AT_LEAST;
            findings.contains(finding) && counts
        })
    };
    let mut rules: Vec<RuleId> = guideline
        .rules()
        .filter(|rule| state.certain(*rule) >= Urgency::SeeSoon && rests_on_a_sign(rule))
        .collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(guideline.rule(*rule).urgency));
    rules
}

/// The answers of a person of whom these are so, and nothing else that can be asked with a
/// yes or no. What takes one of these in is so as well.
fn supposing(guideline: &Guideline, told: &[(FindingId, Answer)]) -> Answers {
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
