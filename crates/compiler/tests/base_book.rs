//! A small valid book comes out with every value resolved.

mod support;

use care::{Condition, FindingKind, Seconds, Urgency};
use support::{base_book, base_guideline, compiled};

#[test]
fn pages_come_in_reading_order_with_the_readme_first() {
    let pages = compiled(&base_book()).pages;
    let titles: Vec<(&str, &str)> = pages.iter().map(|p| (p.path.as_str(), p.title.as_str())).collect();
    let expected = [
        ("README.md", "A very small book"),
        ("danger/signs.md", "Signs"),
        ("help.md", "Help"),
        ("topic.md", "Topic"),
    ];
    assert_eq!(titles, expected);
}

#[test]
fn findings_keep_their_kind_and_texts() {
    let guideline = base_guideline();
    let findings = &guideline.book().findings;
    let ids: Vec<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
    assert_eq!(ids, ["fever", "age", "trigger", "blood_thinner", "bruise"]);
    assert_eq!(findings[1].kind, FindingKind::Number { unit: "years".to_owned(), min: 0, max: 120 });
    let FindingKind::Choice(options) = &findings[2].kind else { panic!("{:?}", findings[2].kind) };
    assert_eq!(options[1].label, "I do not know");
    assert!(findings[0].danger && !findings[0].lasting);
    assert_eq!(findings[0].come_back.as_deref(), Some("you get a fever"));
}

#[test]
fn conditions_are_resolved_and_a_finding_wins_over_a_rule() {
    let guideline = base_guideline();
    let finding = |id| guideline.finding_named(id).unwrap();
    let rule = |id: &str| guideline.rule(guideline.rule_named(id).unwrap());
    assert_eq!(rule("fever").when, Condition::Yes(finding("fever")));
    assert_eq!(rule("fever").urgency, Urgency::SameDay);
    let trigger = Condition::Is(finding("trigger"), 0);
    let old = Condition::Compare(finding("age"), care::Comparison::GreaterOrEqual, 65);
    let bruise = Condition::Yes(finding("bruise"));
    let expected = Condition::And(vec![bruise.clone(), Condition::Or(vec![old, trigger])]);
    assert_eq!(rule("old_and_bruised").when, expected);
    let remedy = guideline.remedy(guideline.remedy_named("warm_pack").unwrap());
    let referred = Condition::Rule(guideline.rule_named("old_and_bruised").unwrap());
    let expected = Condition::Not(Box::new(Condition::AtLeast(2, vec![referred, bruise])));
    assert_eq!(remedy.offer, Some(expected));
    assert_eq!(remedy.steps[0].timer, Seconds::new(1_200).ok());
}

#[test]
fn a_rule_knows_the_sentence_it_formalises() {
    let guideline = base_guideline();
    let rule = guideline.rule(guideline.rule_named("fever").unwrap());
    assert_eq!(rule.place.file, "danger/signs.md");
    assert_eq!(rule.place.prose, "A fever with back pain should be seen today, at any age.");
    let book = base_book();
    let text = &book.iter().find(|file| file.path == "danger/signs.md").unwrap().text;
    assert_eq!(text.lines().nth(rule.place.line - 1), Some("[rule.fever]"));
    assert_eq!(rule.when_text, "fever");
}

#[test]
fn the_hash_is_that_of_paths_and_texts_in_any_order() {
    let mut files = base_book();
    let hash = compiled(&files).guideline.book().hash.clone();
    assert_eq!(hash.len(), 64);
    files.reverse();
    assert_eq!(compiled(&files).guideline.book().hash, hash);
    files[0].text.push('\n');
    assert_ne!(compiled(&files).guideline.book().hash, hash);
    assert_eq!(compiled(&files).guideline.book().version, "2026.11.1");
}

#[test]
fn windows_line_ends_change_nothing_but_the_hash() {
    let mut files = base_book();
    for file in &mut files {
        file.text = file.text.replace('\n', "\r\n");
    }
    let windows = compiled(&files).guideline;
    let unix = base_guideline();
    let conditions = |guideline: &care::Guideline| -> Vec<Condition> {
        guideline.book().rules.iter().map(|rule| rule.when.clone()).collect()
    };
    assert_eq!(conditions(&windows), conditions(&unix));
    let remedy = windows.remedy(windows.remedy_named("warm_pack").unwrap());
    assert_eq!(remedy.place.prose, "Warmth helps some.");
}
