//! 168 strangers: stories, and the levels a strict physician would accept for each, written
//! by people who had read neither the book nor its rules, then left alone.
//!
//! `data/strangers.jsonl` holds them with the answers given on the pages. Four sets: `hard`
//! (60 dangerous), `control` (8 plain), `benign` (50) and `fresh` (50 of both). What the book
//! got wrong the first time has been mended since, and questions that a mend added or changed
//! were answered again from the story (`stiff_before`, `weak_defences`, `like_before`,
//! `old_stable_pain`, `clot_risks`, in six of them). So these no longer tell how the book does on people it
//! has never met; they tell that nothing slips back.
//! Most that come out too high are mild, the same as before and past day 3: the book has such
//! a person seen within days, as its articles do (disagreement `how_long_to_wait`).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;

use care::{Answer, Answers, Finding, FindingKind, Guideline, Step, Urgency, next};
use serde::Deserialize;
use support::guideline;

const STRANGERS: &str = include_str!("data/strangers.jsonl");

#[derive(Deserialize)]
struct Stranger {
    id: String,
    dangerous: bool,
    acceptable: Vec<String>,
    answers: serde_json::Value,
}

impl Stranger {
    /// What the pages say at the end. What was not answered is no; what cannot be no,
    /// or follows a "not sure", is not sure.
    fn outcome(&self, guideline: &Guideline) -> Urgency {
        let given = Answers::from_json(guideline, &self.answers)
            .unwrap_or_else(|errors| panic!("{}: {errors:?}", self.id));
        let mut answers = Answers::none(guideline);
        loop {
            match next(guideline, &answers) {
                Step::Done(finished) => return finished.urgency(),
                Step::Ask(ask) => {
                    for finding in ask.findings {
                        let otherwise = match guideline.finding(finding) {
                            Finding { kind: FindingKind::YesNo, follows_up: None, .. } => Answer::No,
                            _ => Answer::NotSure,
                        };
                        let answer = given.get(finding).unwrap_or(otherwise);
                        answers.set(guideline, finding, answer).unwrap();
                    }
                }
            }
        }
    }
}

/// How many of a set came out right, too low and too high.
#[derive(Debug, Default, PartialEq, Eq)]
struct Figure {
    right: usize,
    too_low: Vec<String>,
    too_high: Vec<String>,
}

#[test]
fn dangers_come_out_no_lower_than_a_strict_physician_accepts() {
    let mut figures: BTreeMap<&str, Figure> = BTreeMap::new();
    let strangers: Vec<Stranger> =
        STRANGERS.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for stranger in &strangers {
        let outcome = stranger.outcome(guideline());
        let acceptable: Vec<Urgency> = stranger
            .acceptable
            .iter()
            .map(|id| Urgency::ALL.into_iter().find(|urgency| urgency.id() == id).unwrap())
            .collect();
        let kind = if stranger.dangerous { "dangerous" } else { "plain" };
        let figure = figures.entry(kind).or_default();
        let described = format!("{} {}", stranger.id, outcome.id());
        if acceptable.contains(&outcome) {
            figure.right += 1;
        } else if acceptable.iter().all(|level| outcome < *level) {
            figure.too_low.push(described);
        } else {
            figure.too_high.push(described);
        }
    }
    println!("{figures:#?}");
    let all: usize = figures.values().map(|f| f.right + f.too_low.len() + f.too_high.len()).sum();
    assert_eq!(all, 168);
    for (kind, figure) in &figures {
        assert!(figure.too_low.is_empty(), "{kind}");
    }
    assert!(figures["dangerous"].right >= 88 && figures["plain"].right >= 64);
}
