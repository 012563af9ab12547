//! Why, and what would change it.

use std::cmp::Reverse;

use care::naive::{self, Ends};
use care::{
    Answer, Answers, ComeBack, Comparison, Condition, FindingId, FindingKind, Guideline, Reason, State,
    Urgency, come_back_if, reasons,
};

use super::is_true;
use crate::support::Tape;
use crate::support::books::conditions;
use crate::support::people::{left_early, only, partial};

/// The urgency a rule adds for certain.
fn certain(guideline: &Guideline, answers: &Answers, rule: &care::Rule) -> Urgency {
    let ends = naive::ends(guideline, answers, &rule.when);
    match (ends.no, ends.unknown) {
        (true, _) => Urgency::SelfCare,
        (false, true) => rule.if_not_sure,
        (false, false) => rule.urgency,
    }
}

/// Whether the answers to these findings alone settle a rule as a reason says.
fn settles(guideline: &Guideline, answers: &Answers, findings: &[FindingId], reason: &Reason) -> bool {
    let named = only(guideline, answers, findings);
    let Ends { yes: _, no, unknown } =
        naive::ends_by(guideline, answers, &named, &guideline.rule(reason.rule).when);
    !no && (!unknown || !reason.holds)
}

/// Every rule that adds something is a reason, the deciding ones first.
pub(crate) fn every_rule_that_counts_is_a_reason(guideline: &Guideline, tape: &mut Tape) {
    let answers = partial(guideline, tape);
    let state = State::of(guideline, &answers);
    let reasons = reasons(&state);
    let mut rules: Vec<_> = reasons.iter().map(|reason| reason.rule).collect();
    rules.sort();
    let counts =
        |rule: &care::RuleId| certain(guideline, &answers, guideline.rule(*rule)) > Urgency::SelfCare;
    assert_eq!(rules, guideline.rules().filter(counts).collect::<Vec<_>>());
    assert!(reasons.is_sorted_by_key(|r| (Reverse(r.urgency), !r.holds, r.findings.len())));
    for reason in &reasons {
        let rule = guideline.rule(reason.rule);
        assert_eq!(reason.urgency, certain(guideline, &answers, rule));
        assert_eq!(reason.holds, is_true(guideline, &answers, &rule.when));
        assert!(reason.findings.is_sorted());
    }
    assert_eq!(reasons.first().map_or(Urgency::SelfCare, |first| first.urgency), state.bounds().lower);
}

/// The named answers settle the rule, and no longer do with any one left out.
pub(crate) fn no_reason_names_one_answer_too_many(guideline: &Guideline, tape: &mut Tape) {
    let answers = partial(guideline, tape);
    for reason in reasons(&State::of(guideline, &answers)) {
        assert!(settles(guideline, &answers, &reason.findings, &reason), "{reason:?}");
        for left_out in &reason.findings {
            let mut fewer = reason.findings.clone();
            fewer.retain(|finding| finding != left_out);
            assert!(!settles(guideline, &answers, &fewer, &reason), "{reason:?} does without {left_out:?}");
        }
    }
}

/// Where each finding is tested once, no smaller set of answers would do.
pub(crate) fn no_fewer_answers_are_a_reason_where_findings_are_tested_once(
    guideline: &Guideline,
    tape: &mut Tape,
) {
    let answers = left_early(guideline, tape);
    let answered: Vec<FindingId> = answers.iter().map(|(finding, _)| finding).collect();
    for reason in reasons(&State::of(guideline, &answers)) {
        for subset in 0_u32..1 << answered.len() {
            if (subset.count_ones() as usize) < reason.findings.len() {
                let findings: Vec<FindingId> = answered
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| subset & (1 << index) != 0)
                    .map(|(_, finding)| *finding)
                    .collect();
                assert!(
                    !settles(guideline, &answers, &findings, &reason),
                    "{findings:?} would do for {reason:?}"
                );
            }
        }
    }
}

/// The card holds exactly the single changes that raise the outcome.
///
/// The opposite for a yes/no finding, each other option of a choice; a number is tried
/// upwards, where a condition of the book turns, and is listed at the first
/// value of each outcome. Lasting facts, findings without words and what does not
/// apply, unless time alone opens it, are left out; what a change newly asks for is absent as before.
/// A yes that applies once a symptom is there is tried with each such symptom, is listed
/// where the two are more than the symptom alone, and at the lowest of those outcomes.
pub(crate) fn the_card_holds_exactly_what_would_raise_the_outcome(guideline: &Guideline, tape: &mut Tape) {
    let answers = left_early(guideline, tape);
    let card: Vec<(FindingId, Answer, Urgency)> = come_back_if(&State::of(guideline, &answers))
        .into_iter()
        .map(|ComeBack { finding, answer, urgency, .. }| (finding, answer, urgency))
        .collect();
    assert_eq!(card, by_trying(guideline, &answers));
}

fn by_trying(guideline: &Guideline, answers: &Answers) -> Vec<(FindingId, Answer, Urgency)> {
    let now = naive::bounds(guideline, answers).lower;
    let closed = |id| answers.get(id).is_none() && naive::does_not_apply(guideline, answers, id);
    let mut absent = answers.clone();
    for id in guideline.findings().filter(|id| closed(*id)) {
        absent.set(guideline, id, Answer::No).ok();
    }
    let mut card = Vec::new();
    for id in guideline.findings() {
        let finding = guideline.finding(id);
        let gate = guideline.asked_by(id).and_then(|question| guideline.question(question).only_if.as_ref());
        let mut openers = Vec::new();
        if let Some(gate) = gate {
            care::findings_in(guideline.book(), &gate.condition, &mut openers);
        }
        let grows =
            |finding: &care::Finding| matches!(finding.kind, FindingKind::Number { .. }) && !finding.lasting;
        let time_alone_opens_it =
            gate.is_some() && openers.iter().all(|opener| grows(guideline.finding(*opener)));
        if finding.lasting || finding.come_back.is_none() {
            continue;
        }
        if closed(id) && !time_alone_opens_it {
            let with_symptoms = openers.iter().filter_map(|&symptom| {
                let mut before = answers.clone();
                before.set(guideline, symptom, Answer::Yes).ok()?;
                let comes_up = is_new_symptom(guideline, answers, symptom);
                let opens = !naive::does_not_apply(guideline, &before, id);
                (comes_up && opens && finding.kind == FindingKind::YesNo).then_some(symptom)
            });
            let outcomes = with_symptoms.filter_map(|symptom| {
                let mut before = absent.clone();
                before.set(guideline, symptom, Answer::Yes).unwrap();
                let mut then = before.clone();
                then.set(guideline, id, Answer::Yes).unwrap();
                let [before, then] = [before, then].map(|answers| naive::bounds(guideline, &answers).lower);
                (then > now.max(before)).then_some(then)
            });
            card.extend(outcomes.min().map(|urgency| (id, Answer::Yes, urgency)));
            continue;
        }
        let mut try_answer = |answer: Answer, above: Urgency| -> Urgency {
            let mut changed = absent.clone();
            changed.set(guideline, id, answer).unwrap();
            let urgency = naive::bounds(guideline, &changed).lower;
            if urgency > above {
                card.push((id, answer, urgency));
            }
            urgency.max(above)
        };
        match &finding.kind {
            FindingKind::YesNo => {
                let opposite = if answers.get(id) == Some(Answer::Yes) { Answer::No } else { Answer::Yes };
                try_answer(opposite, now);
            }
            FindingKind::Choice(options) => {
                for option in (0..).take(options.len()) {
                    try_answer(Answer::Option(option), now);
                }
            }
            FindingKind::Number { min, max, .. } => {
                let from = match answers.get(id) {
                    Some(Answer::Number(value)) => value,
                    _ => *min,
                };
                let mut highest = now;
                for value in from + 1..=*max {
                    if turns_at(guideline, id, value) {
                        highest = try_answer(Answer::Number(value), highest);
                    }
                }
            }
        }
    }
    card.sort_by_key(|(_, _, urgency)| Reverse(*urgency));
    card
}

/// Whether a person without this symptom may be asked for it and may get it.
fn is_new_symptom(guideline: &Guideline, answers: &Answers, id: FindingId) -> bool {
    let finding = guideline.finding(id);
    let can_come = finding.kind == FindingKind::YesNo && !finding.lasting && finding.derived.is_none();
    let has = answers.get(id);
    can_come && has != Some(Answer::Yes) && (has.is_some() || !naive::does_not_apply(guideline, answers, id))
}

/// Whether some comparison of the book ends differently from the value before.
fn turns_at(guideline: &Guideline, finding: FindingId, value: i64) -> bool {
    let mut turns = false;
    for condition in conditions(guideline.book()) {
        condition.walk(&mut |part| {
            if let Condition::Compare(tested, comparison, limit) = part {
                let holds = |value| Comparison::holds(*comparison, value, *limit);
                turns |= *tested == finding && holds(value) != holds(value - 1);
            }
        });
    }
    turns
}
