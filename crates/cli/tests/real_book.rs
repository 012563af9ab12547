//! The laws of `care`, over the real book.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::{
    Advice, Answer, Answers, Certificate, FindingId, FindingKind, Guideline, State, Step, Urgency, advise,
    certify, come_back_if, naive, next, reasons, verify,
};
use proptest::prelude::*;
use support::guideline;

/// Any answer that fits a finding; `absent` is how many times likelier a sign is absent than present.
fn answer(finding: FindingId, absent: u32) -> BoxedStrategy<Answer> {
    match &guideline().finding(finding).kind {
        FindingKind::YesNo => {
            prop_oneof![absent => Just(Answer::No), 2 => Just(Answer::Yes), 1 => Just(Answer::NotSure)]
                .boxed()
        }
        FindingKind::Number { min, max, .. } => {
            let max = (*max).min(*min + 120);
            prop_oneof![12 => (*min..=max).prop_map(Answer::Number), 1 => Just(Answer::NotSure)].boxed()
        }
        FindingKind::Choice(options) => {
            let options = u16::try_from(options.len()).unwrap();
            prop_oneof![12 => (0..options).prop_map(Answer::Option), 1 => Just(Answer::NotSure)].boxed()
        }
    }
}

/// What is true of a person: an answer to everything. Some people have many signs, most have few or none.
fn person() -> impl Strategy<Value = Answers> {
    let people = [10, 100, 400, 4_000].map(|absent| {
        guideline().findings().map(|finding| answer(finding, absent)).collect::<Vec<_>>().boxed()
    });
    proptest::strategy::Union::new(people).prop_map(|given| {
        let mut answers = Answers::none(guideline());
        for (finding, answer) in guideline().findings().zip(given) {
            answers.set(guideline(), finding, answer).unwrap();
        }
        answers
    })
}

/// Some of what is true of a person.
fn part_of_a_person() -> impl Strategy<Value = Answers> {
    let keep = proptest::collection::vec(any::<bool>(), guideline().book().findings.len());
    (person(), keep).prop_map(|(mut answers, keep)| {
        for (finding, keep) in guideline().findings().zip(keep) {
            if !keep {
                answers.clear(finding);
            }
        }
        answers
    })
}

/// A truthful person asked by `next`, screen by screen.
fn interview<'g>(guideline: &'g Guideline, truth: &Answers) -> (Answers, care::Finished<'g>) {
    let mut answers = Answers::none(guideline);
    for _ in 0..=guideline.book().questions.len() {
        match next(guideline, &answers) {
            Step::Done(finished) => return (answers, finished),
            Step::Ask(ask) => {
                assert!(!ask.findings.is_empty());
                for finding in ask.findings {
                    assert_eq!(answers.get(finding), None, "asked twice");
                    answers.set(guideline, finding, truth.get(finding).unwrap_or(Answer::NotSure)).unwrap();
                }
            }
        }
    }
    panic!("the interview asks more screens than there are")
}

/// Asks every question that applies, in order: the long way round.
fn ask_everything(guideline: &Guideline, truth: &Answers) -> Answers {
    let mut answers = Answers::none(guideline);
    for question in guideline.questions() {
        if State::of(guideline, &answers).does_not_apply(question) {
            continue;
        }
        for finding in &guideline.question(question).shows {
            answers.set(guideline, *finding, truth.get(*finding).unwrap_or(Answer::NotSure)).unwrap();
        }
    }
    answers
}

fn plan_of(finished: &care::Finished<'_>) -> Vec<care::RemedyId> {
    match advise(finished) {
        Advice::GetHelpNow { .. } => Vec::new(),
        Advice::Manage { plan, .. } => plan.items.iter().map(care::PlanItem::remedy).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_program_and_the_naive_evaluator_agree(answers in part_of_a_person()) {
        prop_assert_eq!(State::of(guideline(), &answers).bounds(), naive::bounds(guideline(), &answers));
    }

    #[test]
    fn the_bounds_contain_every_completion(part in part_of_a_person(), rest in person()) {
        let bounds = State::of(guideline(), &part).bounds();
        let mut whole = part.clone();
        // Until nothing more applies: a later answer can open a question before it.
        loop {
            let state = State::of(guideline(), &whole);
            let open: Vec<(FindingId, Answer)> = rest
                .iter()
                .filter(|(finding, _)| whole.get(*finding).is_none() && !state.not_applicable(*finding))
                .collect();
            if open.is_empty() {
                break;
            }
            for (finding, answer) in open {
                whole.set(guideline(), finding, answer).unwrap();
            }
        }
        let outcome = State::of(guideline(), &whole).bounds();
        prop_assert_eq!(outcome.lower, outcome.upper);
        prop_assert!(bounds.lower <= outcome.lower && outcome.upper <= bounds.upper);
    }

    #[test]
    fn more_danger_never_lowers_the_urgency(answers in part_of_a_person(), pick in any::<prop::sample::Index>()) {
        let dangers: Vec<FindingId> =
            guideline().findings().filter(|finding| guideline().finding(*finding).danger).collect();
        let finding = dangers[pick.index(dangers.len())];
        let outcome = |answer| {
            let mut answers = answers.clone();
            answers.set(guideline(), finding, answer).unwrap();
            State::of(guideline(), &answers).bounds()
        };
        let (no, not_sure, yes) = (outcome(Answer::No), outcome(Answer::NotSure), outcome(Answer::Yes));
        prop_assert!(no.lower <= not_sure.lower && not_sure.lower <= yes.lower);
        prop_assert!(no.upper <= not_sure.upper && not_sure.upper <= yes.upper);
    }

    #[test]
    fn the_interview_ends_where_asking_everything_ends(truth in person()) {
        let (_, finished) = interview(guideline(), &truth);
        let everything = ask_everything(guideline(), &truth);
        let outcome = State::of(guideline(), &everything).bounds();
        prop_assert_eq!(outcome.lower, outcome.upper);
        prop_assert_eq!(finished.urgency(), outcome.lower);
        if finished.urgency() < Urgency::Emergency {
            prop_assert_eq!(finished.state().bounds().upper, finished.urgency());
            let Step::Done(other) = next(guideline(), &everything) else { panic!("everything was answered") };
            prop_assert_eq!(plan_of(&finished), plan_of(&other));
        }
    }

    #[test]
    fn every_certificate_holds_and_a_changed_one_does_not(truth in person(), pick in any::<prop::sample::Index>()) {
        let (_, finished) = interview(guideline(), &truth);
        let certificate = certify(&finished);
        prop_assert_eq!(verify(guideline(), &certificate), Ok(()));
        let text = serde_json::to_string(&certificate).unwrap();
        let read: Certificate = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(verify(guideline(), &read), Ok(()));

        let mut other = certificate.clone();
        other.urgency = Urgency::ALL[(certificate.urgency as usize + 1 + pick.index(4)) % 5];
        prop_assert!(verify(guideline(), &other).is_err());
        let mut other = certificate.clone();
        let name = other.answers.keys().nth(pick.index(certificate.answers.len())).unwrap().clone();
        other.answers.remove(&name);
        prop_assert!(verify(guideline(), &other).is_err());
        let mut other = certificate;
        other.rules.remove(pick.index(other.rules.len()));
        prop_assert!(verify(guideline(), &other).is_err());
    }

    #[test]
    fn nothing_is_recommended_unless_its_avoid_is_known_to_be_false(truth in person()) {
        let (answers, finished) = interview(guideline(), &truth);
        for id in plan_of(&finished) {
            let remedy = guideline().remedy(id);
            prop_assert!(finished.urgency() <= remedy.up_to);
            if let Some(avoid) = &remedy.avoid {
                let ends = naive::ends(guideline(), &answers, avoid);
                prop_assert!(ends.no && !ends.yes && !ends.unknown, "{}", remedy.id);
            }
            if let Some(offer) = &remedy.offer {
                let ends = naive::ends(guideline(), &answers, offer);
                prop_assert!(ends.yes && !ends.no && !ends.unknown, "{}", remedy.id);
            }
        }
    }

    #[test]
    fn a_reason_alone_is_enough_and_none_of_its_answers_can_be_left_out(truth in person()) {
        let (answers, finished) = interview(guideline(), &truth);
        let reasons = reasons(finished.state());
        prop_assert!(finished.urgency() == Urgency::SelfCare || !reasons.is_empty());
        for reason in reasons {
            let reaches = |findings: &[FindingId]| {
                let mut some = Answers::none(guideline());
                for finding in findings {
                    some.set(guideline(), *finding, answers.get(*finding).unwrap()).unwrap();
                }
                State::of(guideline(), &some).certain(reason.rule)
            };
            prop_assert_eq!(reaches(&reason.findings), reason.urgency);
            for left_out in &reason.findings {
                let fewer: Vec<FindingId> =
                    reason.findings.iter().copied().filter(|finding| finding != left_out).collect();
                prop_assert!(reaches(&fewer) < reason.urgency, "{}", guideline().rule(reason.rule).id);
            }
        }
    }

    #[test]
    fn every_line_of_the_come_back_card_would_raise_the_outcome(truth in person()) {
        let (answers, finished) = interview(guideline(), &truth);
        let cards = come_back_if(finished.state());
        prop_assert!(finished.urgency() < Urgency::Emergency || cards.is_empty());
        for card in cards {
            let mut changed = answers.clone();
            // What the change newly asks for is taken to be absent, as before.
            for finding in guideline().findings().filter(|finding| finished.state().not_applicable(*finding)) {
                changed.set(guideline(), finding, Answer::No).ok();
            }
            if let Some(opener) = card.with {
                changed.set(guideline(), opener, Answer::Yes).unwrap();
            }
            changed.set(guideline(), card.finding, card.answer).unwrap();
            let then = naive::bounds(guideline(), &changed).lower;
            prop_assert_eq!(then, card.urgency);
            prop_assert!(then > finished.urgency());
            prop_assert!(!guideline().finding(card.finding).lasting);
        }
    }
}

#[test]
fn not_sure_about_everything_is_never_self_care() {
    let truth = {
        let mut answers = Answers::none(guideline());
        for finding in guideline().findings() {
            answers.set(guideline(), finding, Answer::NotSure).unwrap();
        }
        answers
    };
    let (_, finished) = interview(guideline(), &truth);
    assert_eq!(finished.urgency(), Urgency::Emergency);
}

#[test]
fn a_danger_sign_that_is_not_sure_never_leads_lower_than_no() {
    for finding in guideline().findings().filter(|finding| guideline().finding(*finding).danger) {
        let outcome = |answer| {
            let mut answers = Answers::none(guideline());
            for other in guideline().findings() {
                answers.set(guideline(), other, Answer::No).ok();
            }
            answers.set(guideline(), finding, answer).unwrap();
            State::of(guideline(), &answers).bounds().lower
        };
        assert!(outcome(Answer::No) <= outcome(Answer::NotSure), "{}", guideline().finding(finding).id);
    }
}

/// A new accident stands in the whole list alone: whoever has one needs no card to know.
/// Who has more kinds of emergencies to know than the card has lines gets a card of
/// emergencies alone.
#[test]
fn the_short_card_leaves_out_no_emergency_of_the_whole_list() {
    let accident = guideline().finding_named("major_injury").unwrap();
    let mut longest = 0;
    let mut missing = std::collections::BTreeMap::new();
    for (name, vignette) in support::vignettes() {
        let (_, finished) = interview(guideline(), &vignette.settled_answers(guideline()));
        let all = come_back_if(finished.state());
        let card = care::card(finished.state(), finished.urgency(), &all);
        assert!(card.len() <= care::MOST_ON_CARD, "{name}");
        longest = longest.max(card.len());
        let emergencies = all.iter().filter(|change| change.urgency == Urgency::Emergency);
        for change in emergencies.filter(|change| change.finding != accident) {
            let is_told =
                card.iter().any(|told| guideline().come_back(told.line).covers.contains(&change.finding));
            let has_room =
                card.len() < care::MOST_ON_CARD || card.iter().any(|line| line.urgency < Urgency::Emergency);
            if !is_told && has_room {
                missing.insert(guideline().finding(change.finding).id.clone(), name.clone());
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    // Someone in the vignettes has so much that lines are left out.
    assert_eq!(longest, care::MOST_ON_CARD);
}

/// What is told in groups is all that the card has, nothing of it at another level.
#[test]
fn the_signs_are_at_most_six_and_leave_out_no_line_of_the_card() {
    for (name, vignette) in support::vignettes() {
        let (_, finished) = interview(guideline(), &vignette.settled_answers(guideline()));
        let all = come_back_if(finished.state());
        let signs = care::signs(finished.state(), finished.urgency(), &all);
        assert!(signs.len() <= care::MOST_SIGNS, "{name}: {signs:#?}");
        for told in care::card(finished.state(), finished.urgency(), &all) {
            let lead = guideline().come_back(told.line).joins.unwrap_or(told.line);
            let is_told = signs.iter().any(|sign| sign.urgency == told.urgency && sign.line == lead);
            assert!(is_told, "{name}: {}", told.text);
        }
    }
}

/// Whoever came with a weak leg is not told to come back for a weak leg: for what is there already
/// the lines say that it gets worse, or name it nowhere.
#[test]
fn no_line_of_the_card_names_as_new_what_is_there_already() {
    let book = guideline().book();
    let spasm = support::vignettes().into_iter().find(|(name, _)| name == "causes_plain_spasm");
    let answers = spasm.expect("it is there").1.settled_answers(guideline());
    let is_yes_no = |id: &FindingId| guideline().finding(*id).kind == care::FindingKind::YesNo;
    let mut told_of_worse = 0;
    for part in book.come_back.iter().flat_map(|line| &line.already) {
        for finding in part.covers.iter().copied().filter(is_yes_no) {
            let mut answers = answers.clone();
            answers.set(guideline(), finding, Answer::Yes).unwrap();
            let (_, finished) = interview(guideline(), &answers);
            if finished.state().answers().get(finding) != Some(Answer::Yes) {
                continue; // the screen that asks for it is closed
            }
            let all = come_back_if(finished.state());
            let urgency = finished.urgency();
            let card = care::card(finished.state(), urgency, &all);
            for sign in card.into_iter().chain(care::signs(finished.state(), urgency, &all)) {
                assert!(
                    !sign.text.replace(&part.instead, "").contains(&part.says),
                    "{}: {}",
                    guideline().finding(finding).id,
                    sign.text
                );
                told_of_worse += usize::from(sign.text.contains(&part.instead));
            }
        }
    }
    assert!(10 < told_of_worse, "{told_of_worse}");
    // What can be there without an emergency, and is named by a line, has words for it.
    let mut named: Vec<&str> = Vec::new();
    for id in guideline().findings().filter(is_yes_no) {
        let of = guideline().finding(id);
        let lines: Vec<_> = book.come_back.iter().filter(|line| line.covers.contains(&id)).collect();
        let mut answers = answers.clone();
        if lines.is_empty() || answers.set(guideline(), id, Answer::Yes).is_err() {
            continue;
        }
        let (_, finished) = interview(guideline(), &answers);
        let has_words =
            book.come_back.iter().any(|line| line.already.iter().any(|part| part.covers.contains(&id)));
        let is_there = finished.state().answers().get(id) == Some(Answer::Yes);
        if is_there && finished.urgency() < Urgency::Emergency && of.danger && !has_words {
            named.push(&of.id);
        }
    }
    // Their lines name something else beside what they stand for.
    let other_words = [
        "trunk_band",
        "skin_change",
        "night_rest_pain",
        "weight_loss",
        "sudden_unexplained_pain",
        "other_new_symptom",
        "bone_sore",
    ];
    assert_eq!(named, other_words);
}

#[test]
fn the_come_back_card_of_an_uncomplicated_spasm_names_the_signs_of_squeezed_nerves() {
    let truth = {
        let mut answers = Answers::none(guideline());
        for finding in guideline().findings() {
            answers.set(guideline(), finding, Answer::No).ok();
        }
        for (name, value) in [
            ("age", serde_json::json!(35)),
            ("days_since_onset", serde_json::json!(0)),
            ("trigger", serde_json::json!("lifting")),
            ("pain_now", serde_json::json!(5)),
            ("pain_low_back", serde_json::json!("yes")),
            ("pain_side", serde_json::json!("both")),
            ("eases_with", serde_json::json!("lying")),
        ] {
            let finding = guideline().finding_named(name).unwrap();
            let answer = care::answer_from_json(guideline(), finding, &value).unwrap();
            answers.set(guideline(), finding, answer).unwrap();
        }
        answers
    };
    let (_, finished) = interview(guideline(), &truth);
    assert_eq!(finished.urgency(), Urgency::SelfCare);
    let cards = come_back_if(finished.state());
    let levels = |name: &str| -> Vec<Urgency> {
        let named = cards.iter().filter(|card| guideline().finding(card.finding).id == name);
        named.map(|card| card.urgency).collect()
    };
    // New trouble in both legs is an emergency; the pattern that excuses it is no warning sign by itself.
    assert_eq!(levels("both_legs"), [Urgency::Emergency]);
    assert_eq!(levels("legs_only_walking"), []);
    for name in ["saddle_numbness", "bladder_change", "bowel_change", "leg_gives_way", "fever"] {
        let card = cards.iter().find(|card| guideline().finding(card.finding).id == name);
        assert!(card.is_some_and(|card| !card.text.is_empty()), "{name} is not on the card");
    }
}

/// Words of a rule that holds would contradict a page of a lower level.
#[test]
fn a_reason_that_is_not_sure_and_below_its_rule_never_speaks_as_if_it_held() {
    let mut seen = 0;
    for (name, vignette) in support::vignettes() {
        let (_, finished) = interview(guideline(), &vignette.settled_answers(guideline()));
        for reason in reasons(finished.state()).iter().filter(|reason| !reason.holds) {
            let rule = guideline().rule(reason.rule);
            let words = tell::because(guideline(), reason).to_string();
            assert!(words.starts_with("You were not sure"), "{name}: {words}");
            let is_below = rule.urgency > reason.urgency && rule.calls.is_empty();
            assert_eq!(words.contains(&rule.because), !is_below, "{name}: {words}");
            seen += u32::from(is_below);
        }
    }
    assert!(seen > 0);
}
