//! Books whose parts do not fit together are refused.

mod support;

use care::{Book, BrokenBook, Condition, FindingId, Guideline, RuleId, Urgency};
use support::books::{book, choice, number, only_if, question, remedy, rule, yes, yes_no};

/// A yes/no finding, a number and a choice, one screen each.
fn sound() -> Book {
    let findings = vec![yes_no("fever"), number("age", 0, 110), choice("trigger", &["lifting", "fall"])];
    let questions = vec![question("fever", &[0]), question("age", &[1]), question("trigger", &[2])];
    let rules = vec![rule("fever", yes(0), Urgency::SameDay, Urgency::Routine)];
    book(findings, questions, rules, Vec::new())
}

fn check(change: impl FnOnce(&mut Book), expected: &BrokenBook) {
    assert!(Guideline::new(sound()).is_ok());
    let mut book = sound();
    change(&mut book);
    assert_eq!(Guideline::new(book).err().as_ref(), Some(expected));
}

fn dangling(in_what: &'static str, id: &str) -> BrokenBook {
    BrokenBook::Dangling { in_what, id: id.to_owned() }
}

#[test]
fn a_condition_fits_the_kind_of_its_finding() {
    for when in [
        yes(1),
        yes(2),
        yes(3),
        Condition::Is(FindingId(0), 0),
        Condition::Is(FindingId(2), 2),
        Condition::Compare(FindingId(2), care::Comparison::Less, 1),
        Condition::Rule(RuleId(1)),
        Condition::Not(Box::new(Condition::AtLeast(1, vec![Condition::And(vec![yes(1)])]))),
    ] {
        check(|book| book.rules[0].when = when, &dangling("rule", "fever"));
    }
}

#[test]
fn a_screen_shows_findings_that_exist_and_no_other_shows() {
    check(|book| book.questions[0].shows.clear(), &dangling("question", "fever"));
    check(|book| book.questions[0].shows.push(FindingId(3)), &dangling("question", "fever"));
    check(|book| book.questions[0].shows.push(FindingId(1)), &BrokenBook::ShownTwice("age".to_owned()));
}

#[test]
fn a_question_depends_only_on_what_is_asked_before_it() {
    for later in [0, 2] {
        let when = if later == 0 { yes(0) } else { Condition::Is(FindingId(2), 0) };
        let gated = only_if(when, question("fever", &[0]));
        check(|book| book.questions[0] = gated, &BrokenBook::AskedTooEarly("fever".to_owned()));
    }
    // Not by way of a rule either.
    let gated = only_if(Condition::Rule(RuleId(0)), question("fever", &[0]));
    check(|book| book.questions[0] = gated, &BrokenBook::AskedTooEarly("fever".to_owned()));
}

#[test]
fn a_rule_does_not_refer_to_itself() {
    check(
        |book| book.rules[0].when = Condition::Or(vec![yes(0), Condition::Rule(RuleId(0))]),
        &BrokenBook::Circular("fever".to_owned()),
    );
    check(
        |book| {
            book.rules[0].when = Condition::Rule(RuleId(1));
            book.rules.push(rule("other", Condition::Rule(RuleId(0)), Urgency::Routine, Urgency::SelfCare));
        },
        &BrokenBook::Circular("fever".to_owned()),
    );
}

/// Nobody who follows them runs out of stack, or of time.
#[test]
fn rules_do_not_stand_behind_each_other_without_end() {
    let twice = |of: u16| Condition::And(vec![Condition::Rule(RuleId(of)); 2]);
    let last = || rule("last", yes(0), Urgency::Routine, Urgency::SelfCare);
    let named = |number: u16, when| rule(&format!("r{number}"), when, Urgency::Routine, Urgency::SelfCare);
    let forward =
        |many: u16| (0..many).map(|at| named(at, twice(at + 1))).chain([last()]).collect::<Vec<_>>();
    let back = |many: u16| [last()].into_iter().chain((0..many).map(|at| named(at, twice(at)))).collect();
    let with = |rules: Vec<care::Rule>| Guideline::new(Book { rules, ..sound() });
    assert!(with(forward(16)).is_ok() && with(back(16)).is_ok());
    assert_eq!(with(forward(9_000)).unwrap_err(), BrokenBook::TooFar("r16".to_owned()));
    assert_eq!(with(back(9_000)).unwrap_err(), BrokenBook::TooFar("r16".to_owned()));
}

#[test]
fn a_list_that_ids_cannot_count_is_refused() {
    let heat = remedy("heat", Urgency::Routine, None, None);
    check(|book| book.remedies = vec![heat; 65_536], &BrokenBook::TooMany("remedy"));
}

#[test]
fn every_urgency_has_exactly_one_outcome() {
    check(|book| drop(book.outcomes.pop()), &BrokenBook::Outcome(Urgency::Emergency));
    check(|book| book.outcomes.push(book.outcomes[1].clone()), &BrokenBook::Outcome(Urgency::Routine));
}
