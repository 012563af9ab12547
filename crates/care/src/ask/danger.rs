//! Danger signs in a question.

use crate::answers::{Answer, Answers};
use crate::free_text::{FreeText, Sense};
use crate::guideline::{FindingId, FindingKind, Guideline, RuleId, findings_in};
use crate::state::State;
use crate::urgency::Urgency;

/// Below this a sign can wait until the person goes through the questions.
const AT_LEAST: Urgency = Urgency::SameDay;

/// The rules about the danger signs that a question mentions as the asker's
/// own, or asks to be judged ("is it normal that ..."), the most urgent first.
pub(super) fn first(free_text: &FreeText<'_>, question: &str) -> Vec<RuleId> {
    let guideline = free_text.guideline();
    let mut findings: Vec<FindingId> = Vec::new();
    for mention in free_text.mentions(question) {
        let is_own = matches!(mention.sense, Sense::Present | Sense::Asked);
        if is_own && guideline.finding(mention.finding).danger && !findings.contains(&mention.finding) {
            findings.push(mention.finding);
        }
    }
    let mut rules: Vec<RuleId> = Vec::new();
    for finding in findings {
        if let Some(rule) = rule_about(guideline, finding)
            && !rules.contains(&rule)
        {
            rules.push(rule);
        }
    }
    rules.sort_by_key(|rule| std::cmp::Reverse(guideline.rule(*rule).urgency));
    rules
}

/// The rule that this sign alone would set off in a person without any other,
/// if it asks for a visit on the same day at the latest.
pub fn rule_about(guideline: &Guideline, finding: FindingId) -> Option<RuleId> {
    let mut answers = Answers::none(guideline);
    for other in guideline.findings() {
        if guideline.finding(other).kind == FindingKind::YesNo {
            // A yes/no finding takes a no, so this cannot fail.
            let _ = answers.set(guideline, other, Answer::No);
        }
    }
    let gate = guideline.asked_by(finding).and_then(|question| guideline.question(question).only_if.as_ref());
    let mut present = vec![finding];
    if let Some(gate) = gate {
        findings_in(guideline.book(), &gate.condition, &mut present);
    }
    for present in present {
        if guideline.finding(present).kind == FindingKind::YesNo {
            let _ = answers.set(guideline, present, Answer::Yes);
        }
    }
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
