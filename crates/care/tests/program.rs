//! What conditions mean, example by example.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]

mod support;

use care::{
    Answer, Answers, Comparison, Condition, FindingId, Guideline, Outlook, RuleId, Seconds, State, Urgency,
};
use support::books::{self, choice, compare, not, number, only_if, question, rule, yes, yes_no};

const TRUE: Outlook = Outlook { is_true: true, is_false: false, can_be_true: true, can_be_false: false };
const FALSE: Outlook = Outlook { is_true: false, is_false: true, can_be_true: false, can_be_false: true };
const OPEN: Outlook = Outlook { is_true: false, is_false: false, can_be_true: true, can_be_false: true };
const UNKNOWN: Outlook = Outlook { is_true: false, is_false: false, can_be_true: false, can_be_false: false };

/// Four yes/no findings (0 to 3), a number from 0 to 10 (4) and a choice of three (5).
fn guideline(when: Condition) -> Guideline {
    let mut findings: Vec<_> = ["a", "b", "c", "d"].map(yes_no).into();
    findings.push(number("pain", 0, 10));
    findings.push(choice("trigger", &["lifting", "twisting", "fall"]));
    let rules = vec![rule("r", when, Urgency::SameDay, Urgency::Routine)];
    books::guideline(books::book(findings, vec![question("q", &[0, 1, 2, 3, 4, 5])], rules, Vec::new()))
}

fn outlook(guideline: &Guideline, given: &[(u16, Answer)]) -> Outlook {
    let mut answers = Answers::none(guideline);
    for (finding, answer) in given {
        answers.set(guideline, FindingId(*finding), *answer).unwrap();
    }
    State::of(guideline, &answers).rule(RuleId(0))
}

fn check(when: Condition, given: &[(u16, Answer)], expected: Outlook) {
    assert_eq!(outlook(&guideline(when), given), expected);
}

#[test]
fn and_or_and_not_are_those_of_kleene() {
    use Answer::{No, NotSure, Yes};
    let both = || Condition::And(vec![yes(0), yes(1)]);
    let either = || Condition::Or(vec![yes(0), yes(1)]);
    for (left, right, and, or) in [
        (Yes, Yes, TRUE, TRUE),
        (Yes, No, FALSE, TRUE),
        (No, No, FALSE, FALSE),
        (Yes, NotSure, UNKNOWN, TRUE),
        (No, NotSure, FALSE, UNKNOWN),
        (NotSure, NotSure, UNKNOWN, UNKNOWN),
    ] {
        for given in [[(0, left), (1, right)], [(0, right), (1, left)]] {
            check(both(), &given, and);
            check(either(), &given, or);
        }
    }
    check(not(yes(0)), &[(0, Yes)], FALSE);
    check(not(yes(0)), &[(0, No)], TRUE);
    check(not(yes(0)), &[(0, NotSure)], UNKNOWN);
    check(not(yes(0)), &[], OPEN);
    // One "not sure" is for ever; an open question is not.
    check(both(), &[(0, NotSure)], Outlook { can_be_false: true, ..UNKNOWN });
    check(either(), &[(0, NotSure)], Outlook { can_be_true: true, ..UNKNOWN });
}

#[test]
fn all_of_nothing_is_true_and_any_of_nothing_is_false() {
    check(Condition::And(Vec::new()), &[], TRUE);
    check(Condition::Or(Vec::new()), &[], FALSE);
    check(Condition::AtLeast(0, vec![yes(0)]), &[(0, Answer::No)], TRUE);
    check(Condition::AtLeast(2, vec![yes(0)]), &[(0, Answer::Yes)], FALSE);
}

#[test]
fn at_least_counts() {
    let parts = || vec![yes(0), not(yes(1)), yes(2), yes(3)];
    let possible = [None, Some(Answer::Yes), Some(Answer::No), Some(Answer::NotSure)];
    for needed in 0..=5 {
        let guideline = guideline(Condition::AtLeast(needed, parts()));
        for code in 0..possible.len().pow(4) {
            let answer = |finding: u16| possible[code / possible.len().pow(finding.into()) % possible.len()];
            let given: Vec<(u16, Answer)> =
                (0..4).filter_map(|finding| Some((finding, answer(finding)?))).collect();
            let count = |counted: &[Option<Answer>; 4], of_second: &[Option<Answer>; 4]| {
                (0..4)
                    .filter(|finding| {
                        if *finding == 1 { of_second } else { counted }.contains(&answer(*finding))
                    })
                    .count()
            };
            let [open, said_yes, said_no, not_sure] = possible;
            let certain = count(&[said_yes; 4], &[said_no; 4]);
            let possible = count(&[said_yes, open, open, open], &[said_no, open, open, open]);
            let not_false =
                count(&[said_yes, not_sure, not_sure, not_sure], &[said_no, not_sure, not_sure, not_sure]);
            let not_yet_false = count(&[said_yes, not_sure, open, open], &[said_no, not_sure, open, open]);
            let expected = Outlook {
                is_true: certain >= needed,
                can_be_true: possible >= needed,
                can_be_false: not_false < needed,
                is_false: not_yet_false < needed,
            };
            assert_eq!(outlook(&guideline, &given), expected, "{needed} of {given:?}");
        }
    }
}

#[test]
fn a_comparison_holds_for_the_numbers_it_names() {
    for comparison in [
        Comparison::Equal,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
    ] {
        for value in -1..=11 {
            let guideline = guideline(compare(4, comparison, value));
            for answer in 0..=10 {
                let expected = if comparison.holds(answer, value) { TRUE } else { FALSE };
                let given = [(4, Answer::Number(answer))];
                assert_eq!(outlook(&guideline, &given), expected, "{answer} {} {value}", comparison.symbol());
            }
            assert_eq!(outlook(&guideline, &[(4, Answer::NotSure)]), UNKNOWN);
            assert_eq!(outlook(&guideline, &[]), OPEN);
        }
    }
}

#[test]
fn a_choice_is_one_of_its_options() {
    for option in 0..3 {
        let given = [(5, Answer::Option(option))];
        check(Condition::Is(FindingId(5), 1), &given, if option == 1 { TRUE } else { FALSE });
    }
    check(Condition::Is(FindingId(5), 1), &[(5, Answer::NotSure)], UNKNOWN);
}

/// A number that was not asked for because it does not apply is neither small
/// nor large: every comparison with it counts as no.
#[test]
fn a_number_that_does_not_apply_compares_with_nothing() {
    for comparison in [
        Comparison::Equal,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
    ] {
        let findings = vec![yes_no("fever"), number("days_of_fever", 0, 30)];
        let questions = vec![question("fever", &[0]), only_if(yes(0), question("days_of_fever", &[1]))];
        let rules = vec![rule("r", compare(1, comparison, 3), Urgency::SameDay, Urgency::Routine)];
        let guideline = books::guideline(books::book(findings, questions, rules, Vec::new()));
        assert_eq!(outlook(&guideline, &[(0, Answer::No)]), FALSE, "{}", comparison.symbol());
        assert_eq!(outlook(&guideline, &[(0, Answer::NotSure)]), OPEN, "{}", comparison.symbol());
    }
}

#[test]
fn every_length_of_time_reads_back_as_it_is_written() {
    for seconds in Seconds::MIN..=Seconds::MAX {
        let time = Seconds::new(seconds).unwrap();
        assert_eq!(time.to_string().parse(), Ok(time));
        assert_eq!(time.get(), seconds);
    }
    for (seconds, text) in [(45, "45 s"), (60, "1 min"), (90, "90 s"), (1_200, "20 min"), (28_800, "8 h")] {
        assert_eq!(Seconds::new(seconds).unwrap().to_string(), text);
    }
}

#[test]
fn a_length_of_time_without_a_unit_or_out_of_range_is_refused() {
    for text in [
        "", "20", "20min", "20  min", " 20 min", "min", "-5 min", "1.5 h", "4 s", "25 h", "86401 s", "3 days",
    ] {
        assert!(text.parse::<Seconds>().is_err(), "{text}");
    }
    // 4,294,967,295 minutes would overflow.
    assert!("4294967295 min".parse::<Seconds>().is_err());
    assert!(Seconds::new(Seconds::MIN - 1).is_err() && Seconds::new(Seconds::MAX + 1).is_err());
}
