//! What the laws are tried on: random small books and random people.
//!
//! Everything is drawn from a [`Tape`] of choices, which is what proptest
//! varies. A shorter tape or a smaller choice makes a simpler book, so a
//! failure shrinks to the smallest book that shows it. The laws in [`laws`]
//! take any guideline, so that another crate can try them on the real one.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong here is a failed test")]

pub(crate) mod books;
pub(crate) mod furnished;
pub(crate) mod knowledge;
pub(crate) mod laws;
pub(crate) mod people;

use std::fmt;

use books::Tested;
use care::{Condition, Guideline, Remedy, Rule};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The choices by which a random book or person is made.
#[derive(Clone, Debug)]
pub(crate) struct Tape {
    choices: Vec<u16>,
    made: usize,
}

impl Tape {
    pub(crate) fn new(choices: Vec<u16>) -> Self {
        Self { choices, made: 0 }
    }

    /// A number below `count`; 0 once the tape is used up.
    pub(crate) fn pick(&mut self, count: usize) -> usize {
        let choice = self.choices.get(self.made).copied().unwrap_or(0);
        self.made += 1;
        usize::from(choice) * count / (1 << 16)
    }

    /// True in about so many of a hundred cases; false once the tape is used up.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.pick(100) >= 100 - percent
    }

    /// One of these, of which there must be at least one.
    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.pick(choices.len())]
    }
}

/// Tapes for a small book and a few people.
pub(crate) fn tape() -> impl Strategy<Value = Tape> {
    proptest::collection::vec(any::<u16>(), 600).prop_map(Tape::new)
}

/// Random books of up to `most` findings.
pub(crate) fn case(tested: Tested, most: usize) -> impl Strategy<Value = Case> {
    tape().prop_map(move |mut tape| Case { guideline: books::random(&mut tape, tested, most), tape })
}

/// A random book and the rest of the tape it was made from.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) guideline: Guideline,
    pub(crate) tape: Tape,
}

/// What decides, and nothing else: this is what a failed law prints.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let book = self.guideline.book();
        let text = |condition: &Condition| condition.text(book);
        writeln!(f)?;
        for finding in &book.findings {
            writeln!(f, "{}{} {:?}", finding.id, if finding.danger { "!" } else { "" }, finding.kind)?;
        }
        for question in &book.questions {
            let gate = question.only_if.as_ref().map(|gate| text(&gate.condition));
            writeln!(f, "{} {:?} only if {gate:?}", question.id, question.shows)?;
        }
        for Rule { id, when, urgency, if_not_sure, .. } in &book.rules {
            writeln!(f, "{id} {urgency}, if not sure {if_not_sure}: {}", text(when))?;
        }
        for Remedy { id, up_to, offer, avoid, .. } in &book.remedies {
            let (offer, avoid) = (offer.as_ref().map(text), avoid.as_ref().map(text));
            writeln!(f, "{id} up to {up_to}, offer {offer:?} avoid {avoid:?}")?;
        }
        Ok(())
    }
}

/// Runs a law on so many cases: the same ones every time, so that the main
/// branch stays green or red for everyone. `PROPTEST_CASES=25600` tries a
/// hundred times as many and `PROPTEST_RNG_SEED=7` tries others.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    const USUAL_CASES: u32 = 256;
    let asked_for = ProptestConfig::default();
    ProptestConfig {
        cases: (cases * (asked_for.cases / USUAL_CASES)).max(1),
        rng_seed: match asked_for.rng_seed {
            RngSeed::Random => RngSeed::Fixed(44),
            fixed @ RngSeed::Fixed(_) => fixed,
        },
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..asked_for
    }
}
