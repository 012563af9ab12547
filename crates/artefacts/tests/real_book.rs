//! The artefacts of the guideline of this repository. That engines accept them, and agree, is
//! tested where those run: `cargo xtask browser rule_engines`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../prove/tests/support/mod.rs"]
mod support;

use std::collections::BTreeSet;

/// What stands between two marks, wherever it does.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

#[test]
fn each_name_is_new_and_each_expression_needs_only_what_stands_before_it() {
    let guideline = support::guideline();
    let paths = artefacts::fhirpath(&guideline);
    let mut known = BTreeSet::new();
    for variable in paths["variables"].as_array().unwrap() {
        let (name, expression) =
            (variable["name"].as_str().unwrap(), variable["expression"].as_str().unwrap());
        for needed in between(expression, "%`", "`") {
            assert!(known.contains(needed), "{name} needs {needed}");
        }
        assert!(known.insert(name), "{name} stands there twice");
    }
    let cql = artefacts::cql(&guideline);
    let defined = between(&cql, "\ndefine \"", "\":");
    let parameters = between(&cql, "\nparameter \"", "\" ");
    assert_eq!(defined.iter().collect::<BTreeSet<_>>().len(), defined.len());
    let all: BTreeSet<&str> = defined.into_iter().chain(parameters).collect();
    for rule in &guideline.book().rules {
        for name in ["", " can fire", " can fail"].map(|of| format!("rule {}{of}", rule.id)) {
            assert!(all.contains(name.as_str()) && known.contains(name.as_str()), "{name}");
        }
    }
}

#[test]
fn the_table_has_a_line_for_each_rule_and_the_most_urgent_come_first() {
    let guideline = support::guideline();
    let table = artefacts::decision_table(&guideline);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let book = guideline.book();
    assert_eq!(rows.len(), book.rules.len());
    let levels: Vec<care::Urgency> = rows.iter().map(|row| row[1].parse().unwrap()).collect();
    assert!(levels.is_sorted_by(|one, next| one >= next));
    for rule in &book.rules {
        let row = rows.iter().find(|row| row[0] == rule.id).unwrap();
        assert_eq!((&row[2], &row[3]), (rule.when.text(book).as_str(), rule.if_not_sure.id()));
    }
}
