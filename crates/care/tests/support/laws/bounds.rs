//! What is certain and what is possible.

use care::{Answer, Answers, Condition, FindingId, Guideline, Operand, State, Urgency, naive};

use crate::support::Tape;
use crate::support::people::{Person, answers_worth_telling_apart, everyone, only, partial};

/// The program and the naive evaluator say the same of every rule, gate and
/// remedy, and so of the outcome, whatever was answered.
pub(crate) fn the_program_agrees_with_the_naive_evaluator(guideline: &Guideline, tape: &mut Tape) {
    let answers = partial(guideline, tape);
    let state = State::of(guideline, &answers);
    let agree = |operand: Operand, condition: &Condition| {
        let (outlook, ends) = (state.outlook(operand), naive::ends(guideline, &answers, condition));
        assert_eq!((outlook.can_be_true, outlook.can_be_false), (ends.yes, ends.no), "{condition:?}");
        assert_eq!(outlook.is_true, ends.yes && !ends.no && !ends.unknown, "{condition:?}");
        assert_eq!(outlook.is_false, ends.no && !ends.yes && !ends.unknown, "{condition:?}");
    };
    let program = guideline.program();
    for id in guideline.rules() {
        agree(program.rule(id), &guideline.rule(id).when);
    }
    for id in guideline.remedies() {
        let (offer, avoid) = (&guideline.remedy(id).offer, &guideline.remedy(id).avoid);
        agree(program.offer(id), offer.as_ref().unwrap_or(&Condition::And(Vec::new())));
        agree(program.avoid(id), avoid.as_ref().unwrap_or(&Condition::Or(Vec::new())));
    }
    for id in guideline.questions() {
        if let (Some(operand), Some(gate)) = (program.gate(id), &guideline.question(id).only_if) {
            agree(operand, &gate.condition);
        }
    }
    for finding in guideline.findings() {
        let expected = answers.get(finding).is_none() && naive::does_not_apply(guideline, &answers, finding);
        assert_eq!(state.not_applicable(finding), expected, "{finding:?}");
    }
    assert_eq!(state.bounds(), naive::bounds(guideline, &answers));
}

/// However the open questions are answered, the outcome lies within the bounds.
pub(crate) fn bounds_contain_every_completion(guideline: &Guideline, tape: &mut Tape) {
    let answers = partial(guideline, tape);
    let bounds = State::of(guideline, &answers).bounds();
    for _ in 0..20 {
        let everything = Person::random(guideline, tape).complete(guideline, &answers);
        let outcome = State::of(guideline, &everything).bounds();
        assert_eq!(outcome.lower, outcome.upper, "everything is answered");
        assert!(
            (bounds.lower..=bounds.upper).contains(&outcome.lower),
            "{:?} not within {bounds:?}",
            outcome.lower
        );
    }
}

/// Where no two conditions depend on each other, some completion ends at each
/// bound. Elsewhere the bounds may be wider than need be: of "a" and "not a",
/// one holds, which is not seen.
pub(crate) fn bounds_are_reached_where_findings_are_tested_once(guideline: &Guideline, tape: &mut Tape) {
    const FEW: usize = 300;
    let possible = answers_worth_telling_apart(guideline);
    let mut answers = partial(guideline, tape);
    let completions = |answers: &Answers| -> usize {
        let open = guideline.findings().filter(|finding| answers.get(*finding).is_none());
        open.map(|finding| possible[finding.index()].len()).product()
    };
    for finding in guideline.findings() {
        if completions(&answers) > FEW && answers.get(finding).is_none() {
            answers.set(guideline, finding, tape.one_of(&possible[finding.index()])).unwrap();
        }
    }
    let bounds = State::of(guideline, &answers).bounds();
    let outcomes: Vec<Urgency> = everyone(guideline, &answers, &possible)
        .iter()
        .map(|person| naive::bounds(guideline, &person.complete(guideline, &answers)).lower)
        .collect();
    assert_eq!(outcomes.iter().min(), Some(&bounds.lower));
    assert_eq!(outcomes.iter().max(), Some(&bounds.upper));
}

/// Turning a danger from no to not sure, or to yes, never lowers a bound,
/// whatever else was answered, nor the outcome of the person who says so.
pub(crate) fn more_danger_never_lowers(guideline: &Guideline, tape: &mut Tape) {
    let dangers: Vec<FindingId> =
        guideline.findings().filter(|finding| guideline.finding(*finding).danger).collect();
    let danger = tape.one_of(&dangers);
    let worse = [Answer::No, Answer::NotSure, Answer::Yes];

    let answers = partial(guideline, tape);
    let bounds = worse.map(|answer| {
        let mut answers = answers.clone();
        answers.set(guideline, danger, answer).unwrap();
        State::of(guideline, &answers).bounds()
    });
    assert!(bounds.is_sorted_by_key(|bounds| bounds.lower), "{danger:?} lowers the lower of {bounds:?}");
    assert!(bounds.is_sorted_by_key(|bounds| bounds.upper), "{danger:?} lowers the upper of {bounds:?}");

    let person = Person::random(guideline, tape);
    let outcomes = worse.map(|answer| {
        let everything = person.would_say(danger, answer).tells_everything(guideline);
        State::of(guideline, &everything).bounds().lower
    });
    assert!(outcomes.is_sorted(), "{danger:?} lowers {outcomes:?}");
}

/// A "not sure" that is followed up counts as what the follow-up says.
pub(crate) fn a_follow_up_counts_in_place_of_not_sure(guideline: &Guideline, tape: &mut Tape) {
    let everything = Person::random(guideline, tape).tells_everything(guideline);
    for finding in guideline.findings() {
        let Some(by) = guideline.followed_up_by(finding) else { continue };
        for said in [Answer::Yes, Answer::No] {
            let (mut plain, mut followed) = (everything.clone(), everything.clone());
            plain.clear(by);
            plain.set(guideline, finding, said).unwrap();
            followed.set(guideline, finding, Answer::NotSure).unwrap();
            followed.set(guideline, by, said).unwrap();
            let (plain, followed) = (State::of(guideline, &plain), State::of(guideline, &followed));
            assert_eq!(plain.bounds(), followed.bounds());
            assert!(guideline.rules().all(|rule| plain.rule(rule) == followed.rule(rule)));
        }
    }
}

/// One danger not sure, all else known: a rule that rests on it alone adds
/// exactly its `if_not_sure`.
pub(crate) fn not_sure_is_not_no(guideline: &Guideline, tape: &mut Tape) {
    let everything = Person::random(guideline, tape).tells_everything(guideline);
    for id in guideline.rules() {
        let rule = guideline.rule(id);
        let Condition::Yes(danger) = rule.when else { continue };
        let mut answers = everything.clone();
        answers.set(guideline, danger, Answer::NotSure).unwrap();
        let mut unsure = vec![danger];
        if let Some(by) = guideline.followed_up_by(danger) {
            // Until the follow-up is answered too, it may still turn out either way.
            answers.clear(by);
            assert!(State::of(guideline, &answers).bounds().upper >= rule.urgency);
            answers.set(guideline, by, Answer::NotSure).unwrap();
            unsure.push(by);
        }
        let state = State::of(guideline, &answers);
        assert_eq!(state.certain(id), rule.if_not_sure);
        assert!(state.bounds().lower >= rule.if_not_sure);
        // The same answer alone is already enough, and "no" would not be.
        let alone = State::of(guideline, &only(guideline, &answers, &unsure));
        assert_eq!(alone.certain(id), rule.if_not_sure);
        answers.set(guideline, danger, Answer::No).unwrap();
        assert_eq!(State::of(guideline, &answers).certain(id), Urgency::SelfCare);
    }
}
