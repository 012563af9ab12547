//! Reasons, come-back cards and certificates, example by example.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]

mod support;

use care::{
    Answer, Answers, Certificate, CertificateError, Comparison, Condition, Finding, FindingId, Guideline,
    State, Step, Urgency, certify, come_back_if, next, reasons, verify,
};
use serde_json::json;
use support::books::{self, choice, compare, not, number, only_if, question, rule, yes, yes_no};
use support::laws::certificate::sealed;

fn answers(guideline: &Guideline, given: &[(u16, Answer)]) -> Answers {
    let mut answers = Answers::none(guideline);
    for (finding, answer) in given {
        answers.set(guideline, FindingId(*finding), *answer).unwrap();
    }
    answers
}

/// One rule over yes/no findings `0..count`, all asked at once.
fn one_rule(count: u16, when: Condition) -> Guideline {
    let findings = (0..count).map(|index| yes_no(&format!("f{index}"))).collect();
    let all: Vec<u16> = (0..count).collect();
    let rules = vec![rule("r", when, Urgency::SameDay, Urgency::SeeSoon)];
    books::guideline(books::book(findings, vec![question("q", &all)], rules, Vec::new()))
}

fn check(count: u16, when: Condition, given: &[(u16, Answer)], holds: bool, findings: &[u16]) {
    let guideline = one_rule(count, when);
    let reasons = reasons(&State::of(&guideline, &answers(&guideline, given)));
    let expected: Vec<FindingId> = findings.iter().copied().map(FindingId).collect();
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    assert_eq!((reasons[0].holds, &reasons[0].findings), (holds, &expected));
}

use Answer::{No, NotSure, Number, Yes};

#[test]
fn the_part_with_the_fewest_answers_is_the_reason() {
    let when = Condition::Or(vec![Condition::And(vec![yes(0), yes(1)]), yes(2)]);
    check(3, when.clone(), &[(0, Yes), (1, Yes), (2, Yes)], true, &[2]);
    check(3, when, &[(0, Yes), (1, Yes), (2, No)], true, &[0, 1]);
}

#[test]
fn a_rule_that_cannot_be_ruled_out_says_so() {
    check(2, Condition::Or(vec![yes(0), yes(1)]), &[(0, NotSure), (1, No)], false, &[0]);
    check(2, Condition::And(vec![yes(0), yes(1)]), &[(0, NotSure), (1, Yes)], false, &[0, 1]);
}

#[test]
fn an_answer_that_serves_two_parts_is_enough_for_both() {
    let when = Condition::And(vec![Condition::Or(vec![yes(0), yes(1)]), yes(1)]);
    check(2, when, &[(0, Yes), (1, Yes)], true, &[1]);
}

/// "Fewer than two of three" rests on two that are false: here those with two
/// answers each, not the one with three.
#[test]
fn a_count_that_is_not_reached_names_the_cheapest_parts() {
    let parts = vec![
        Condition::Or(vec![yes(0), yes(1)]),
        Condition::Or(vec![yes(2), yes(3)]),
        Condition::Or(vec![yes(4), yes(5), yes(6)]),
    ];
    let nothing: Vec<(u16, Answer)> = (0..7).map(|finding| (finding, No)).collect();
    check(7, not(Condition::AtLeast(2, parts)), &nothing, true, &[0, 1, 2, 3]);
}

#[test]
fn what_does_not_apply_is_explained_by_the_answer_that_says_so() {
    let findings = ["a", "b"].map(yes_no).into();
    let questions = vec![question("a", &[0]), only_if(yes(0), question("b", &[1]))];
    let rules = vec![rule("r", not(yes(1)), Urgency::Routine, Urgency::SelfCare)];
    let guideline = books::guideline(books::book(findings, questions, rules, Vec::new()));
    let reasons = reasons(&State::of(&guideline, &answers(&guideline, &[(0, No)])));
    assert_eq!(reasons[0].findings, [FindingId(0)]);
}

/// "No fever" would make a stiff neck not apply, had it not been asked. It was,
/// and so the reason names that answer too.
#[test]
fn an_answer_that_was_given_is_not_explained_away_by_a_gate() {
    let findings = ["fever", "stiff_neck"].map(yes_no).into();
    let questions = vec![question("fever", &[0]), only_if(yes(0), question("stiff_neck", &[1]))];
    let when = Condition::And(vec![not(yes(0)), not(yes(1)), not(yes(0))]);
    let rules = vec![rule("r", when, Urgency::Routine, Urgency::SelfCare)];
    let guideline = books::guideline(books::book(findings, questions, rules, Vec::new()));
    let reason = |given: &[(u16, Answer)]| {
        reasons(&State::of(&guideline, &answers(&guideline, given))).remove(0).findings
    };
    assert_eq!(reason(&[(0, No)]), [FindingId(0)]);
    assert_eq!(reason(&[(0, No), (1, No)]), [FindingId(0), FindingId(1)]);
}

#[test]
fn the_card_lists_each_option_and_each_number_that_would_raise_the_outcome() {
    let lasting = Finding { lasting: true, ..yes_no("old") };
    let silent = Finding { come_back: None, ..yes_no("silent") };
    let findings = vec![
        yes_no("numb"),
        choice("course", &["better", "worse", "much_worse"]),
        number("pain", 0, 10),
        lasting,
        silent,
    ];
    let questions = vec![question("q", &[0, 1, 2, 3, 4])];
    let pain = |from| compare(2, Comparison::GreaterOrEqual, from);
    let rules = vec![
        rule("numb", yes(0), Urgency::Emergency, Urgency::Emergency),
        rule("not_better", not(Condition::Is(FindingId(1), 0)), Urgency::Routine, Urgency::SelfCare),
        rule("strong", pain(5), Urgency::SeeSoon, Urgency::SelfCare),
        rule("stronger", pain(6), Urgency::SeeSoon, Urgency::SelfCare),
        rule("strongest", pain(9), Urgency::SameDay, Urgency::SelfCare),
        rule("little", compare(2, Comparison::Less, 2), Urgency::SameDay, Urgency::SelfCare),
        rule("old", Condition::Or(vec![yes(3), yes(4)]), Urgency::Emergency, Urgency::SelfCare),
    ];
    let guideline = books::guideline(books::book(findings, questions, rules, Vec::new()));
    let now = [(0, No), (1, Answer::Option(0)), (2, Number(3)), (3, No), (4, No)];
    let card: Vec<(String, Urgency)> = come_back_if(&State::of(&guideline, &answers(&guideline, &now)))
        .into_iter()
        .map(|change| (change.text, change.urgency))
        .collect();
    let expected = [
        ("numb ", Urgency::Emergency),
        ("pain 9", Urgency::SameDay),
        ("pain 5", Urgency::SeeSoon),
        ("course worse", Urgency::Routine),
        ("course much_worse", Urgency::Routine),
    ];
    assert_eq!(card, expected.map(|(text, urgency)| (text.to_owned(), urgency)));
}

/// Fever opens a question whose yes is an emergency; without fever it does not apply.
fn gated() -> (Guideline, Certificate) {
    let findings = ["fever", "stiff_neck"].map(yes_no).into();
    let questions = vec![question("fever", &[0]), only_if(yes(0), question("stiff_neck", &[1]))];
    let rules = vec![rule("stiff_neck", yes(1), Urgency::Emergency, Urgency::SameDay)];
    let guideline = books::guideline(books::book(findings, questions, rules, Vec::new()));
    let Step::Done(finished) = next(&guideline, &answers(&guideline, &[(0, No)])) else { panic!("done") };
    let certificate = certify(&finished);
    (guideline, certificate)
}

#[test]
fn a_certificate_may_rest_on_what_does_not_apply() {
    let (guideline, certificate) = gated();
    assert_eq!(certificate.rules[0].because, ["fever"]);
    assert_eq!(verify(&guideline, &certificate), Ok(()));
}

/// "No fever" alone would say that a stiff neck does not apply; the answer that
/// was given to it says otherwise, although the verdict does not name it.
#[test]
fn a_certificate_cannot_hide_an_answer_behind_a_gate() {
    let (guideline, mut certificate) = gated();
    certificate.answers.insert("stiff_neck".to_owned(), json!("yes"));
    let verdict = verify(&guideline, &sealed(certificate));
    assert!(matches!(verdict, Err(CertificateError::Verdict { .. })), "{verdict:?}");
}

#[test]
fn a_certificate_of_another_book_or_format_is_refused() {
    let (guideline, certificate) = gated();
    let other = Certificate { guideline_hash: "other".to_owned(), ..certificate.clone() };
    assert!(matches!(verify(&guideline, &sealed(other)), Err(CertificateError::OtherGuideline { .. })));
    let other = Certificate { schema: "unclench-certificate/0".to_owned(), ..certificate.clone() };
    assert!(matches!(verify(&guideline, &sealed(other)), Err(CertificateError::Schema(_))));
    let other = Certificate { urgency: Urgency::Routine, ..certificate };
    assert_eq!(verify(&guideline, &other), Err(CertificateError::Seal));
    assert_eq!(verify(&guideline, &sealed(other)), Err(CertificateError::Outcome(Urgency::Routine)));
}
