//! Many people at once.

use std::collections::HashMap;

use care::{Answers, Bounds, Guideline, Lanes, State, Urgency};

use super::is_true;
use crate::support::Tape;
use crate::support::people::{answers_worth_telling_apart, partial};

/// However a block came to its contents, each lane ends as its person would alone.
pub(crate) fn each_lane_is_a_person_alone<const W: usize>(guideline: &Guideline, tape: &mut Tape) {
    let possible = answers_worth_telling_apart(guideline);
    let mut block = Lanes::<W>::new(guideline);
    let mut people = vec![Answers::none(guideline); Lanes::<W>::COUNT];
    // Few lanes, so that what is there is often overwritten.
    let lanes = [0, 1, people.len() / 2, people.len() - 1];
    for _ in 0..40 {
        let lane = tape.one_of(&lanes);
        match tape.pick(8) {
            0..=2 => {
                people[lane] = partial(guideline, tape);
                block.load(lane, &people[lane]);
            }
            3..=5 => {
                let findings: Vec<_> = guideline.findings().collect();
                let finding = tape.one_of(&findings);
                if tape.percent(30) {
                    people[lane].clear(finding);
                } else {
                    let answer = tape.one_of(&possible[finding.index()]);
                    people[lane].set(guideline, finding, answer).unwrap();
                }
                block.set(lane, finding, people[lane].get(finding));
            }
            6 => {
                block.spread(lane);
                people = vec![people[lane].clone(); people.len()];
            }
            _ if tape.percent(50) => block.run(),
            _ => block.run_known(),
        }
    }
    block.run();
    let mut alone: HashMap<&Answers, Bounds> = HashMap::new();
    for (lane, answers) in people.iter().enumerate() {
        let expected = *alone.entry(answers).or_insert_with(|| State::of(guideline, answers).bounds());
        assert_eq!(block.bounds(lane), expected, "lane {lane}: {answers:?}");
    }
}

/// The short run counts the rules that are true, and no more.
pub(crate) fn the_short_run_counts_the_rules_that_fire(guideline: &Guideline, tape: &mut Tape) {
    let mut block = Lanes::<2>::new(guideline);
    let people: Vec<Answers> = (0..8).map(|_| partial(guideline, tape)).collect();
    for (lane, answers) in people.iter().enumerate() {
        block.load(lane * 16, answers);
    }
    block.run_known();
    for (lane, answers) in people.iter().enumerate() {
        let fired = guideline.book().rules.iter().filter(|rule| is_true(guideline, answers, &rule.when));
        let highest = fired.map(|rule| rule.urgency).max().unwrap_or(Urgency::SelfCare);
        assert_eq!(block.bounds(lane * 16).lower, highest, "{answers:?}");
    }
}
