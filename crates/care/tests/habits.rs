//! Habits for one person.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::habits::{next_question, plan_habits};
use care::{Answer, BlockId, Book, CauseId, FindingId, Habit, HabitId, Strength, Urgency};
use support::books::{book, question, rule, yes, yes_no};
use support::knowledge::{answers, contributor, finished, guideline, habit};

const DANGER: (u16, Answer) = (0, Answer::No);
const SITS: u16 = 1;
const FALLS: u16 = 2;

fn with(habits: Vec<Habit>) -> Book {
    let findings = vec![yes_no("danger"), yes_no("sits"), yes_no("falls")];
    let questions = vec![question("danger", &[0]), question("sits", &[SITS]), question("falls", &[FALLS])];
    let rules = vec![rule("danger", yes(0), Urgency::Emergency, Urgency::SameDay)];
    let breaks = (0..).map(HabitId).zip(&habits).find(|(_, habit)| habit.id == "breaks");
    let helps: Vec<BlockId> = breaks.map(|(id, _)| BlockId::Habit(id)).into_iter().collect();
    let causes = vec![contributor("sitting", yes(SITS), &helps)];
    Book { causes, habits, ..book(findings, questions, rules, Vec::new()) }
}

#[test]
fn a_habit_is_shown_only_where_its_offer_holds_and_its_avoid_is_known_to_be_false() {
    let guideline = guideline(with(vec![habit("walks", Some(yes(SITS)), Some(yes(FALLS)))]));
    for (sits, falls, shown, withheld) in [
        (Answer::Yes, Answer::No, 1, 0),
        (Answer::Yes, Answer::Yes, 0, 1),
        (Answer::Yes, Answer::NotSure, 0, 1),
        (Answer::No, Answer::No, 0, 0),
        (Answer::NotSure, Answer::No, 0, 0),
    ] {
        let plan = plan_habits(&finished(&guideline, &[DANGER, (SITS, sits), (FALLS, falls)]));
        assert_eq!((plan.items.len(), plan.withheld.len()), (shown, withheld), "{sits:?} {falls:?}");
    }
    // Unanswered is not "no" either.
    let plan = plan_habits(&finished(&guideline, &[DANGER, (SITS, Answer::Yes)]));
    assert_eq!((plan.items.len(), plan.withheld.len()), (0, 1));
}

#[test]
fn what_acts_on_a_cause_of_the_person_comes_first_then_the_better_proven() {
    let usual = |id, strength| Habit { strength, ..habit(id, None, None) };
    let named = Habit { for_causes: vec![CauseId(0)], ..usual("stands", Strength::Unclear) };
    let habits = vec![
        usual("stretches", Strength::Unclear),
        usual("walks", Strength::Helps),
        usual("breaks", Strength::MayHelp),
        named,
    ];
    let guideline = guideline(with(habits));
    let order = |sits| -> Vec<u16> {
        let plan = plan_habits(&finished(&guideline, &[DANGER, (SITS, sits)]));
        plan.items.iter().map(|item| item.habit().0).collect()
    };
    assert_eq!(order(Answer::Yes), [2, 3, 1, 0]);
    assert_eq!(order(Answer::No), [1, 2, 0, 3]);
    let plan = plan_habits(&finished(&guideline, &[DANGER, (SITS, Answer::Yes)]));
    assert_eq!((plan.items[0].habit(), plan.items[0].acts_on()), (HabitId(2), &[CauseId(0)][..]));
}

#[test]
fn no_habit_is_shown_above_its_level() {
    let guideline = guideline(with(vec![habit("walks", None, None)]));
    assert_eq!(plan_habits(&finished(&guideline, &[(0, Answer::NotSure)])).items, []);
    assert_eq!(plan_habits(&finished(&guideline, &[(0, Answer::Yes)])).items, []);
    assert_eq!(plan_habits(&finished(&guideline, &[DANGER])).items.len(), 1);
}

#[test]
fn only_questions_that_could_move_a_habit_or_its_order_are_asked() {
    let guideline = guideline(with(vec![habit("walks", None, Some(yes(FALLS)))]));
    let ask = |given: &[_]| {
        next_question(&guideline, &answers(&guideline, given), Urgency::SelfCare).map(|ask| ask.findings)
    };
    assert_eq!(ask(&[DANGER]), Some(vec![FindingId(SITS)]));
    assert_eq!(ask(&[DANGER, (SITS, Answer::No)]), Some(vec![FindingId(FALLS)]));
    assert_eq!(ask(&[DANGER, (SITS, Answer::No), (FALLS, Answer::NotSure)]), None);
}
