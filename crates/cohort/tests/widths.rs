//! Narrow and wide vectors come to the same.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::State;
use cohort::{Block, Engine, PEOPLE, Width};
use support::{guideline, people};

#[test]
fn every_width_of_vectors_decides_as_care_does_for_each_person() {
    let guideline = guideline();
    let everybody = people(3 * PEOPLE + 77);
    for width in Width::all() {
        let mut engine = Engine::new(guideline, width);
        let mut block = Block::new(guideline, engine.circuit());
        for people in everybody.chunks(PEOPLE) {
            for answers in people {
                block.add(&answers.iter().collect::<Vec<_>>());
            }
            assert_eq!(block.people(), people.len());
            let planes = block.planes().to_vec();
            let verdicts = engine.decide(&planes, people.len());
            for (person, answers) in people.iter().enumerate() {
                let state = State::of(guideline, answers);
                let found = (verdicts.lower[person], verdicts.upper[person]);
                assert_eq!(found, (state.bounds().lower, state.bounds().upper), "{}", width.name());
                let fired: Vec<u16> =
                    guideline.rules().filter(|rule| state.rule(*rule).is_true).map(|rule| rule.0).collect();
                assert_eq!(verdicts.fired.of(person), fired, "{}", width.name());
                let missing: Vec<u16> = care::missing(&state).iter().map(|finding| finding.0).collect();
                assert_eq!(verdicts.missing.of(person), missing, "{}", width.name());
            }
        }
    }
}
