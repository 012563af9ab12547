//! `unclench graph`: the graph as DOT and as a drawing, from outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking, its helpers too")]

mod printed;
mod support;

use std::collections::BTreeSet;

use printed::{parse, text_of, unclench};
use support::guideline;

fn graph(more: &[&str]) -> String {
    let output = unclench(&[&["graph"], more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The graph with the text between quotes taken out, so that only its structure is left.
fn structure(dot: &str) -> String {
    let mut structure = String::new();
    let mut in_quotes = false;
    let mut characters = dot.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if in_quotes => {
                characters.next();
            }
            '"' => in_quotes = !in_quotes,
            other if !in_quotes => structure.push(other),
            _ => {}
        }
    }
    assert!(!in_quotes, "a quote is left open");
    structure
}

#[test]
fn the_dot_is_balanced_and_every_edge_joins_declared_nodes() {
    let dot = structure(&graph(&[]));
    let mut depth = 0;
    for character in dot.chars() {
        depth += match character {
            '{' | '[' => 1,
            '}' | ']' => -1,
            _ => 0,
        };
        assert!(depth >= 0, "closed before it was opened");
    }
    assert_eq!(depth, 0, "something is left open");

    let mut nodes = BTreeSet::new();
    let mut edges = Vec::new();
    for line in dot.lines().map(str::trim).filter(|line| line.ends_with(';')) {
        let statement = line.trim_end_matches(';').split('[').next().unwrap().trim();
        match statement.split_once(" -> ") {
            Some((from, to)) => edges.push((from.to_owned(), to.to_owned())),
            None if line.contains('[') => {
                nodes.insert(statement.to_owned());
            }
            None => {}
        }
    }
    for (from, to) in &edges {
        assert!(nodes.contains(from) && nodes.contains(to), "{from} -> {to} joins what is not declared");
    }
    assert!(edges.len() > 300, "only {} edges", edges.len());
}

#[test]
fn the_dot_holds_every_question_finding_rule_and_remedy() {
    let dot = graph(&[]);
    let book = guideline().book();
    let names = (book.questions.iter().map(|block| format!("question_{}", block.id)))
        .chain(book.findings.iter().map(|block| format!("finding_{}", block.id)))
        .chain(book.rules.iter().map(|block| format!("rule_{}", block.id)))
        .chain(book.remedies.iter().map(|block| format!("remedy_{}", block.id)));
    for name in names {
        assert!(dot.contains(&format!("{name} [label=")), "{name} is missing");
    }
    for rule in &book.rules {
        assert!(
            dot.contains(&format!("rule_{} -> urgency_{}", rule.id, rule.urgency)),
            "{} leads nowhere",
            rule.id
        );
    }
}

#[test]
fn gates_are_dashed() {
    let dot = graph(&[]);
    let gate = dot.lines().find(|line| line.contains("finding_fever -> question_fever_detail")).unwrap();
    assert!(gate.contains("style=dashed"));
}

#[test]
fn the_svg_is_well_formed_and_fetches_nothing() {
    let svg = graph(&["--svg"]);
    let document = parse("graph", &svg);
    assert_eq!(document.root_element().tag_name().name(), "svg");
    for node in document.descendants() {
        assert!(!["script", "image", "use", "foreignObject"].contains(&node.tag_name().name()));
        assert!(node.attributes().all(|attribute| !["href", "src"].contains(&attribute.name())));
    }
    assert!(!svg.contains("url(") && !svg.contains("@import"));
}

#[test]
fn every_box_of_the_svg_can_be_read_in_full_and_lies_inside() {
    let svg = graph(&["--svg"]);
    let document = parse("graph", &svg);
    let size = |name| -> i32 { document.root_element().attribute(name).unwrap().parse().unwrap() };
    let titles: BTreeSet<String> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "title")))
        .map(text_of)
        .collect();
    for question in &guideline().book().questions {
        assert!(titles.contains(&question.ask), "{} is missing", question.id);
    }
    for rule in &guideline().book().rules {
        assert!(
            titles.iter().any(|title| title.starts_with(&format!("{}: ", rule.id))),
            "{} is missing",
            rule.id
        );
    }
    for node in document.descendants().filter(|node| node.has_attribute("rx")) {
        let number = |name| -> i32 { node.attribute(name).unwrap().parse().unwrap() };
        assert!(0 <= number("x") && number("x") + number("width") <= size("width"));
        assert!(0 <= number("y") && number("y") + number("height") <= size("height"));
    }
}

#[test]
fn the_same_book_gives_the_same_graph() {
    assert_eq!(graph(&[]), graph(&[]));
    assert_eq!(graph(&["--svg"]), graph(&["--svg"]));
}
