//! Interviews, example by example.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]

mod support;

use care::{
    Advice, Answer, Answers, Condition, FindingId, Guideline, QuestionId, RemedyId, Step, Urgency, advise,
    answered_words, drop_what_no_longer_applies, next,
};
use support::books::{self, compare, not, number, only_if, question, remedy, rule, yes, yes_no};

const FEVER: u16 = 0;
const STIFF_NECK: u16 = 1;
const NUMB: u16 = 2;
const PAIN: u16 = 3;
const PREGNANT: u16 = 4;

/// What a person is asked first: heat, which may be unsafe for some, then
/// dangers, one of which is asked for only with fever.
fn guideline() -> Guideline {
    let findings = vec![
        yes_no("fever"),
        yes_no("stiff_neck"),
        yes_no("numb"),
        number("pain", 0, 10),
        yes_no("pregnant"),
    ];
    let questions = vec![
        question("pregnant", &[PREGNANT]),
        question("signs", &[FEVER, NUMB]),
        only_if(yes(FEVER), question("stiff_neck", &[STIFF_NECK])),
        question("pain", &[PAIN]),
    ];
    let rules = vec![
        rule("numb", yes(NUMB), Urgency::Emergency, Urgency::Emergency),
        rule(
            "fever_and_stiff_neck",
            Condition::And(vec![yes(FEVER), yes(STIFF_NECK)]),
            Urgency::Emergency,
            Urgency::SameDay,
        ),
        rule("fever", yes(FEVER), Urgency::SeeSoon, Urgency::Routine),
        rule("pain", compare(PAIN, care::Comparison::GreaterOrEqual, 8), Urgency::SeeSoon, Urgency::SelfCare),
    ];
    let remedies = vec![remedy("heat", Urgency::SeeSoon, None, Some(yes(PREGNANT)))];
    books::guideline(books::book(findings, questions, rules, remedies))
}

fn answers(guideline: &Guideline, given: &[(u16, Answer)]) -> Answers {
    let mut answers = Answers::none(guideline);
    for (finding, answer) in given {
        answers.set(guideline, FindingId(*finding), *answer).unwrap();
    }
    answers
}

/// What comes next: the question that is asked, or the outcome.
fn check(given: &[(u16, Answer)], expected: Result<&str, Urgency>) {
    let guideline = guideline();
    match (next(&guideline, &answers(&guideline, given)), expected) {
        (Step::Ask(ask), Ok(question)) => assert_eq!(guideline.question(ask.question).id, question),
        (Step::Done(finished), Err(urgency)) => assert_eq!(finished.urgency(), urgency),
        (step, expected) => panic!("{expected:?} was expected, not {step:?}"),
    }
}

use Answer::{No, NotSure, Number, Yes};

#[test]
fn urgency_is_asked_for_before_the_plan_whatever_the_reading_order() {
    check(&[], Ok("signs"));
    check(&[(FEVER, No), (NUMB, No)], Ok("pain"));
    check(&[(FEVER, No), (NUMB, No), (PAIN, Number(3))], Ok("pregnant"));
    check(&[(FEVER, No), (NUMB, No), (PAIN, Number(3)), (PREGNANT, No)], Err(Urgency::SelfCare));
}

#[test]
fn a_screen_asks_only_for_what_is_unanswered() {
    let guideline = guideline();
    let Step::Ask(ask) = next(&guideline, &answers(&guideline, &[(FEVER, Yes)])) else { panic!("asks") };
    assert_eq!(ask, care::Ask { question: QuestionId(1), findings: vec![FindingId(NUMB)] });
}

#[test]
fn an_emergency_ends_the_interview_at_once() {
    check(&[(NUMB, Yes)], Err(Urgency::Emergency));
    check(&[(FEVER, Yes), (STIFF_NECK, Yes)], Err(Urgency::Emergency));
}

#[test]
fn not_sure_about_numbness_is_an_emergency() {
    check(&[(NUMB, NotSure)], Err(Urgency::Emergency));
}

#[test]
fn what_does_not_apply_is_not_asked_and_counts_as_no() {
    let guideline = guideline();
    let given = answers(&guideline, &[(FEVER, No), (NUMB, No), (PAIN, Number(3)), (PREGNANT, No)]);
    let Step::Done(finished) = next(&guideline, &given) else { panic!("nothing more matters") };
    assert!(finished.state().not_applicable(FindingId(STIFF_NECK)));
    assert!(finished.state().does_not_apply(QuestionId(2)));
    assert_eq!(given.get(FindingId(STIFF_NECK)), None);
    assert_eq!(finished.urgency(), Urgency::SelfCare);
}

#[test]
fn not_sure_whether_a_question_applies_means_it_is_asked() {
    check(&[(FEVER, NotSure), (NUMB, No)], Ok("stiff_neck"));
    check(&[(FEVER, NotSure), (NUMB, No), (STIFF_NECK, Yes)], Err(Urgency::SameDay));
}

#[test]
fn what_can_no_longer_raise_the_outcome_is_not_asked() {
    // With fever the outcome is at least "see soon", which pain cannot raise.
    check(&[(FEVER, Yes), (NUMB, No), (STIFF_NECK, No)], Ok("pregnant"));
    // Nor does heat matter where it would not be shown any more.
    check(&[(FEVER, Yes), (NUMB, No), (STIFF_NECK, NotSure)], Err(Urgency::SameDay));
}

#[test]
fn changing_an_earlier_answer_asks_what_it_opens() {
    let before = [(FEVER, No), (NUMB, No), (PAIN, Number(3)), (PREGNANT, No)];
    check(&before, Err(Urgency::SelfCare));
    let after = [(FEVER, Yes), (NUMB, No), (PAIN, Number(3)), (PREGNANT, No)];
    check(&after, Ok("stiff_neck"));
}

/// The record says yes, so it counts, whatever was changed since. Who stores
/// answers may take back those that no longer apply; `care` does not.
#[test]
fn an_answer_that_was_given_counts_even_if_its_question_no_longer_applies() {
    let findings = vec![yes_no("fever"), yes_no("stiff_neck")];
    let questions = vec![question("fever", &[0]), only_if(yes(0), question("stiff_neck", &[1]))];
    let rules = vec![rule("stiff_neck", yes(1), Urgency::Emergency, Urgency::SameDay)];
    let guideline = books::guideline(books::book(findings, questions, rules, Vec::new()));
    let given = answers(&guideline, &[(0, No), (1, Yes)]);
    let Step::Done(finished) = next(&guideline, &given) else { panic!("an emergency") };
    assert_eq!(finished.urgency(), Urgency::Emergency);
    assert!(!finished.state().not_applicable(FindingId(1)));
}

/// The interview of "(a or b) and c", with emergency for both yes and not sure.
#[test]
fn where_not_sure_counts_as_yes_a_yes_is_not_asked_for() {
    let findings = ["a", "b", "c"].map(yes_no).into();
    let questions = vec![question("a", &[0]), question("b", &[1]), question("c", &[2])];
    let when = Condition::And(vec![Condition::Or(vec![yes(0), yes(1)]), yes(2)]);
    let rules = vec![rule("r", when, Urgency::Emergency, Urgency::Emergency)];
    let guideline = books::guideline(books::book(findings, questions, rules, Vec::new()));
    // "a or b" can no longer be no, and whether it is yes makes no difference.
    let Step::Ask(ask) = next(&guideline, &answers(&guideline, &[(0, NotSure)])) else { panic!("asks") };
    assert_eq!(guideline.question(ask.question).id, "c");
}

#[test]
fn a_chain_of_gates_is_asked_from_its_beginning() {
    let findings = ["medicines", "blood_thinner", "bleeding"].map(yes_no).into();
    let questions = vec![
        question("medicines", &[0]),
        only_if(yes(0), question("blood_thinner", &[1])),
        only_if(yes(1), question("bleeding", &[2])),
    ];
    let rules = vec![rule("bleeding", yes(2), Urgency::Emergency, Urgency::Emergency)];
    let guideline = books::guideline(books::book(findings, questions, rules, Vec::new()));
    let asked = |given: &[(u16, Answer)]| match next(&guideline, &answers(&guideline, given)) {
        Step::Ask(ask) => Some(guideline.question(ask.question).id.clone()),
        Step::Done(_) => None,
    };
    assert_eq!(asked(&[]).as_deref(), Some("medicines"));
    assert_eq!(asked(&[(0, Yes)]).as_deref(), Some("blood_thinner"));
    assert_eq!(asked(&[(0, Yes), (1, Yes)]).as_deref(), Some("bleeding"));
    assert_eq!(asked(&[(0, No)]), None);
    assert_eq!(asked(&[(0, Yes), (1, No)]), None);
}

#[test]
fn a_remedy_is_withheld_where_it_is_not_known_to_be_safe() {
    let guideline = guideline();
    for (pregnant, planned) in [(No, true), (NotSure, false), (Yes, false)] {
        let given = [(FEVER, No), (NUMB, No), (PAIN, Number(3)), (PREGNANT, pregnant)];
        let Step::Done(finished) = next(&guideline, &answers(&guideline, &given)) else { panic!("done") };
        let Advice::Manage { plan, .. } = advise(&finished) else { panic!("no emergency") };
        assert_eq!(plan.items.iter().any(|item| item.remedy() == RemedyId(0)), planned);
        assert_eq!(plan.withheld.iter().any(|item| item.because == [FindingId(PREGNANT)]), !planned);
    }
}

#[test]
fn nothing_is_planned_in_an_emergency() {
    let guideline = guideline();
    let Step::Done(finished) = next(&guideline, &answers(&guideline, &[(NUMB, Yes)])) else { panic!("done") };
    let advice = advise(&finished);
    assert!(matches!(advice, Advice::GetHelpNow { .. }));
    assert_eq!(advice.because()[0].findings, [FindingId(NUMB)]);
}

#[test]
fn a_book_without_rules_and_remedies_asks_nothing() {
    let book = books::book(vec![yes_no("a")], vec![question("a", &[0])], Vec::new(), Vec::new());
    let guideline = books::guideline(book);
    let Step::Done(finished) = next(&guideline, &Answers::none(&guideline)) else { panic!("asks") };
    assert_eq!(finished.urgency(), Urgency::SelfCare);
}

#[test]
fn a_rule_under_not_needs_its_finding_known() {
    let findings = ["back", "neck"].map(yes_no).into();
    let questions = vec![question("where", &[0, 1])];
    let elsewhere = not(Condition::Or(vec![yes(0), yes(1)]));
    let rules = vec![rule("elsewhere", elsewhere, Urgency::Routine, Urgency::SelfCare)];
    let guideline = books::guideline(books::book(findings, questions, rules, Vec::new()));
    let outcome = |given: &[(u16, Answer)]| match next(&guideline, &answers(&guideline, given)) {
        Step::Ask(_) => None,
        Step::Done(finished) => Some(finished.urgency()),
    };
    assert_eq!(outcome(&[(1, No)]), None);
    assert_eq!(outcome(&[(0, No), (1, No)]), Some(Urgency::Routine));
    assert_eq!(outcome(&[(0, No), (1, NotSure)]), Some(Urgency::SelfCare));
    assert_eq!(outcome(&[(1, Yes)]), Some(Urgency::SelfCare));
}

#[test]
fn what_was_answered_behind_a_gate_is_dropped_when_the_gate_closes() {
    let guideline = guideline();
    let mut answers = answers(&guideline, &[(FEVER, No), (STIFF_NECK, Yes), (PAIN, Number(3))]);
    let dropped = drop_what_no_longer_applies(&guideline, &mut answers);
    assert_eq!(dropped, [QuestionId(2)]);
    assert_eq!(answers.get(FindingId(STIFF_NECK)), None);
    assert_eq!(answers.get(FindingId(PAIN)), Some(Number(3)));
}

#[test]
fn a_screen_is_read_back_with_what_is_there_and_what_is_unsure() {
    let guideline = guideline();
    let check = |given: &[(u16, Answer)], question: u16, expected: &str| {
        let answers = answers(&guideline, given);
        assert_eq!(answered_words(&guideline, &answers, QuestionId(question)), expected);
    };
    check(&[(FEVER, Yes), (NUMB, NotSure)], 1, "fever; Not sure: numb");
    check(&[(FEVER, No), (NUMB, No)], 1, "None");
    check(&[(PREGNANT, No)], 0, "no");
    check(&[(PAIN, Number(3))], 3, "3 of 10");
}
