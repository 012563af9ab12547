//! The book of this repository against itself with one thing changed: in time, and confirmed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::time::{Duration, Instant};

use care::{Book, Comparison, Condition, Guideline, Urgency};
use compare::{Difference, compare};
use compiler::SourceFile;

fn files(dir: &Path, below: &Path, found: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, below, found);
        } else if ["md", "toml", "tsv"].map(Some).contains(&path.extension().and_then(|end| end.to_str())) {
            let name = path.strip_prefix(below).unwrap().to_str().unwrap().to_owned();
            found.push(SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

fn guideline() -> Guideline {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guideline");
    let mut found = Vec::new();
    files(&folder, &folder, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    compiler::compile(&found).unwrap().guideline
}

fn after(guideline: &Guideline, change: fn(&mut Book)) -> Difference {
    let mut book = guideline.book().clone();
    change(&mut book);
    let new = Guideline::new(book).unwrap();
    let began = Instant::now();
    let difference = compare(guideline, &new).unwrap();
    println!("{} of {} in {:?}", difference.changed, difference.sets, began.elapsed());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    difference
}

#[test]
fn nothing_changed_changes_nobody() {
    let difference = after(&guideline(), |_| {});
    assert!(difference.is_wording_only() && difference.texts == 0);
}

#[test]
fn a_lowered_rule_is_found_among_all_answers() {
    let difference = after(&guideline(), |book| {
        let rule = book.rules.iter_mut().find(|rule| rule.id == "saddle_numbness").unwrap();
        (rule.urgency, rule.if_not_sure) = (Urgency::SameDay, Urgency::SameDay);
    });
    assert!(!difference.lowered.is_zero() && difference.changed == difference.lowered);
    let first = &difference.outcomes[0];
    assert_eq!((first.from, first.to), (Urgency::Emergency, Urgency::SameDay));
    assert_eq!(first.by[0].rule, "saddle_numbness");
    assert!(first.by[0].example.answers.iter().any(|(finding, _)| finding == "saddle_numbness"));
}

#[test]
fn a_threshold_of_age_is_counted() {
    let difference = after(&guideline(), |book| {
        let age = book.findings.iter().position(|finding| finding.id == "age").unwrap();
        for rule in &mut book.rules {
            rule.when = moved(&rule.when, age);
        }
    });
    assert!(!difference.changed.is_zero());
    assert!(difference.outcomes.iter().all(|change| !change.by.is_empty()));
}

/// Every "at least 50 years" as "at least 55".
fn moved(condition: &Condition, age: usize) -> Condition {
    let all = |parts: &Vec<Condition>| parts.iter().map(|part| moved(part, age)).collect();
    match condition {
        Condition::Compare(finding, Comparison::GreaterOrEqual, 50) if finding.index() == age => {
            Condition::Compare(*finding, Comparison::GreaterOrEqual, 55)
        }
        Condition::And(parts) => Condition::And(all(parts)),
        Condition::Or(parts) => Condition::Or(all(parts)),
        Condition::AtLeast(needed, parts) => Condition::AtLeast(*needed, all(parts)),
        Condition::Not(inner) => Condition::Not(Box::new(moved(inner, age))),
        other => other.clone(),
    }
}
