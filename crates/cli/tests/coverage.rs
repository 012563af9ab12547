//! Whether the vignettes cover the book.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use care::{Answer, Answers, Chapter, SourceKind, Step, Urgency, next};
use support::{guideline, vignettes};

fn word(case: compiler::Case) -> &'static str {
    match case {
        compiler::Case::Fires => "fires",
        compiler::Case::Nearly => "nearly",
        compiler::Case::NotSure => "not_sure",
        compiler::Case::Story => "story",
    }
}

#[test]
fn there_are_at_least_eighty_vignettes() {
    assert!(vignettes().len() >= 80);
}

#[test]
fn every_danger_topic_has_one_that_fires_one_that_nearly_fires_and_one_not_sure() {
    let topics: BTreeSet<&str> = guideline()
        .book()
        .rules
        .iter()
        .filter_map(|rule| rule.place.file.strip_prefix("danger/")?.strip_suffix(".md"))
        .collect();
    assert!(topics.len() >= 12, "{topics:?}");
    let mut cases: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (_, vignette) in vignettes() {
        cases.entry(vignette.topic.clone()).or_default().insert(word(vignette.case));
    }
    for topic in topics {
        let has = cases.get(topic).cloned().unwrap_or_default();
        for case in ["fires", "nearly", "not_sure"] {
            assert!(has.contains(case), "danger/{topic}.md has no vignette with case = \"{case}\"");
        }
    }
}

#[test]
fn every_rule_decides_or_is_named_in_some_vignette() {
    let named: BTreeSet<String> = vignettes()
        .into_iter()
        .flat_map(|(_, vignette)| {
            vignette.expect.because.iter().map(|rule| guideline().rule(*rule).id.clone()).collect::<Vec<_>>()
        })
        .collect();
    let missing: Vec<&str> = guideline()
        .book()
        .rules
        .iter()
        .map(|rule| rule.id.as_str())
        .filter(|id| !named.contains(*id))
        .collect();
    assert!(missing.is_empty(), "no vignette expects these rules: {missing:?}");
}

#[test]
fn hardly_a_rule_rests_on_common_teaching_or_our_own_judgement_alone() {
    let is_ours = |id: &care::SourceId| {
        matches!(guideline().source(*id).kind, SourceKind::Knowledge | SourceKind::Judgement)
    };
    let rules = guideline().book().rules.iter();
    let ours: Vec<&str> =
        rules.filter(|rule| rule.sources.iter().all(is_ours)).map(|rule| rule.id.as_str()).collect();
    assert!(ours.len() <= 20, "{ours:?}");
}

#[test]
fn every_remedy_is_offered_in_some_vignette() {
    let mut offered = BTreeSet::new();
    for (_, vignette) in vignettes() {
        offered.extend(vignette.expect.offers.iter().map(|remedy| guideline().remedy(*remedy).id.clone()));
    }
    let missing: Vec<&str> = guideline()
        .book()
        .remedies
        .iter()
        .map(|remedy| remedy.id.as_str())
        .filter(|id| !offered.contains(*id))
        .collect();
    assert!(missing.is_empty(), "no vignette expects these remedies: {missing:?}");
}

#[test]
fn every_urgency_is_the_outcome_of_some_vignette() {
    let outcomes: BTreeSet<Urgency> =
        vignettes().into_iter().map(|(_, vignette)| vignette.expect.urgency).collect();
    assert_eq!(outcomes, Urgency::ALL.into_iter().collect());
}

#[test]
fn the_triage_asks_nothing_that_only_causes_or_medicines_need() {
    let mut asked = BTreeSet::new();
    for (_, vignette) in vignettes() {
        let truth = vignette.settled_answers(guideline());
        let mut answers = Answers::none(guideline());
        while let Step::Ask(ask) = next(guideline(), &answers) {
            let question = guideline().question(ask.question);
            if [Chapter::Causes, Chapter::Medicines].contains(&question.chapter) {
                asked.insert(question.id.as_str());
            }
            for finding in ask.findings {
                answers.set(guideline(), finding, truth.get(finding).unwrap_or(Answer::NotSure)).unwrap();
            }
        }
    }
    // A red eye in long-lasting pain is a rule of its own.
    assert_eq!(asked, BTreeSet::from(["red_eye_detail"]));
}
