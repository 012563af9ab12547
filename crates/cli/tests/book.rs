//! `unclench book`: the printed book, from outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking, its helpers too")]

mod printed;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use care::{BlockKind, Condition, FindingKind, Urgency};
use printed::{PRINTED, folder, page, pages, parse, read, text_of, unclench, with_class, write};
use roxmltree::{Document, Node};
use support::{BOOK, guideline};

fn ids<'d>(document: &'d Document<'_>) -> BTreeSet<&'d str> {
    document.descendants().filter_map(|node| node.attribute("id")).collect()
}

/// A link as seen from a page: the page it leads to, and the anchor.
fn target(from: &str, href: &str) -> (String, Option<String>) {
    let (path, anchor) = match href.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (href, None),
    };
    if path.is_empty() {
        return (from.to_owned(), anchor);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{href} on {from} leads out of the book"),
            name => parts.push(name),
        }
    }
    (parts.join("/"), anchor)
}

fn is_external(href: &str) -> bool {
    href.starts_with("https://") || href.starts_with("http://")
}

#[test]
fn every_link_resolves() {
    let documents: BTreeMap<&str, Document<'_>> = pages().collect();
    let anchors: BTreeMap<&str, BTreeSet<&str>> =
        documents.iter().map(|(path, document)| (*path, ids(document))).collect();
    let mut count = 0;
    for (path, document) in &documents {
        for href in document.descendants().filter_map(|node| node.attribute("href")) {
            if is_external(href) {
                continue;
            }
            let (page, anchor) = target(path, href);
            assert!(PRINTED.contains_key(&page), "{path}: {href} leads to no page");
            if let Some(anchor) = anchor {
                assert!(
                    anchors[page.as_str()].contains(anchor.as_str()),
                    "{path}: {href} leads to no anchor"
                );
            }
            count += 1;
        }
    }
    assert!(count > 1000, "only {count} links");
}

#[test]
fn every_anchor_is_used_once_a_page() {
    for (path, document) in pages() {
        let all = document.descendants().filter(|node| node.has_attribute("id")).count();
        assert_eq!(all, ids(&document).len(), "{path} uses an id twice");
    }
}

#[test]
fn every_block_has_its_anchor_on_the_page_of_its_file() {
    let book = guideline().book();
    let documents: BTreeMap<&str, Document<'_>> = pages().collect();
    for (_, block) in book.blocks() {
        let anchor = format!("{}-{}", block.kind().id(), block.name());
        let path = block.place().file.replace(".md", ".html");
        assert!(ids(&documents[path.as_str()]).contains(anchor.as_str()), "{path} has no {anchor}");
    }
}

#[test]
fn no_block_is_left_as_toml() {
    for (path, document) in pages() {
        for code in document.descendants().filter(|node| node.has_tag_name("code")) {
            let text = text_of(code);
            // A pattern of words may begin with a finding in brackets; a block has its kind there.
            let kind = text.strip_prefix('[').and_then(|head| head.split('.').next());
            let is_block = kind.is_some_and(|kind| BlockKind::named(kind).is_some() || kind.starts_with('['));
            assert!(!is_block, "{path} shows {text}");
        }
    }
}

#[test]
fn every_rule_names_its_sources_on_its_card() {
    for rule in &guideline().book().rules {
        let document = page(&rule.place.file.replace(".md", ".html"));
        let anchor = format!("rule-{}", rule.id);
        let card = document.descendants().find(|node| node.attribute("id") == Some(&anchor)).unwrap();
        let text = text_of(card);
        for source in &rule.sources {
            let title = guideline().source(*source).title.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(&title), "the card of {} does not name {title}", rule.id);
        }
        assert!(text.contains(&rule.because), "the card of {} does not say why", rule.id);
    }
}

#[test]
fn every_source_is_listed_with_what_cites_it() {
    let document = page("sources.html");
    for (index, source) in (0..).zip(&guideline().book().sources) {
        let anchor = format!("source-{}", source.id);
        let entry = document.descendants().find(|node| node.attribute("id") == Some(&anchor)).unwrap();
        for rule in &guideline().book().rules {
            if rule.sources.contains(&care::SourceId(index)) {
                let end = format!("#rule-{}", rule.id);
                let cites = entry
                    .descendants()
                    .filter_map(|node| node.attribute("href"))
                    .any(|href| href.ends_with(&end));
                assert!(cites, "{} does not list the rule {}", source.id, rule.id);
            }
        }
    }
}

#[test]
fn every_assumption_is_listed() {
    let text = text_of(page("assumptions.html").root());
    for question in &guideline().book().questions {
        if let Some(gate) = &question.only_if {
            assert!(text.contains(&question.ask), "{} is missing", question.id);
            assert!(text.contains(&gate.otherwise_no_because), "{} has no reason", question.id);
        }
    }
}

#[test]
fn a_page_fetches_nothing() {
    for (path, document) in pages() {
        for node in document.descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            assert!(
                !["script", "img", "iframe", "object", "embed", "form"].contains(&name),
                "{path} has a {name}"
            );
            for attribute in ["src", "srcset", "action", "style"] {
                assert!(!node.has_attribute(attribute), "{path}: {name} has {attribute}");
            }
            let leads_out = node.attribute("href").is_some_and(is_external);
            assert!(!leads_out || name == "a", "{path}: {name} fetches {:?}", node.attribute("href"));
        }
    }
    let css = &PRINTED["book.css"];
    assert!(
        !css.contains("url(") && !css.contains("@import") && !css.contains("//"),
        "the style sheet fetches something"
    );
}

#[test]
fn the_index_says_version_hash_and_every_topic() {
    let document = page("index.html");
    let text = text_of(document.root());
    let book = guideline().book();
    assert!(text.contains(&book.version) && text.contains(&book.hash));
    assert!(text.contains("Not a medical device"));
    for topic in &BOOK.pages[1..] {
        let href = topic.path.replace(".md", ".html");
        let mut links = document.descendants().filter(|node| node.attribute("href") == Some(&href));
        assert!(links.any(|link| text_of(link) == topic.title), "no link to {href} by its title");
    }
}

#[test]
fn the_paper_version_lists_every_single_finding_emergency() {
    let document = page("paper.html");
    for rule in &guideline().book().rules {
        let Condition::Yes(finding) = rule.when else { continue };
        if rule.urgency != Urgency::Emergency {
            continue;
        }
        let finding = guideline().finding(finding);
        assert_eq!(finding.kind, FindingKind::YesNo);
        let anchor = format!("line-{}", finding.id);
        let line = document.descendants().find(|node| node.attribute("id") == Some(&anchor)).unwrap();
        assert!(text_of(line).contains(&finding.label));
        let yes = line.children().filter(Node::is_element).nth(2).unwrap();
        assert_eq!(text_of(yes), "Emergency", "a tick at {}", finding.id);
    }
}

#[test]
fn the_paper_version_holds_every_rule() {
    let document = page("paper.html");
    let held: BTreeSet<&str> = document
        .descendants()
        .filter_map(|node| node.attribute("data-rules"))
        .flat_map(|ids| ids.split(' '))
        .collect();
    for rule in &guideline().book().rules {
        // Paper keeps no diary.
        let needs_diary = rule.place.file.starts_with("recovery/");
        assert_eq!(held.contains(rule.id.as_str()), !needs_diary, "{} on the paper", rule.id);
    }
}

#[test]
fn the_paper_version_asks_nothing_about_causes_or_painkillers_that_no_rule_needs() {
    let text = text_of(page("paper.html").root());
    for finding in &guideline().book().findings {
        if ["sits_long", "drank_little", "stomach_trouble", "kidney_disease"].contains(&finding.id.as_str()) {
            assert!(!text.contains(&finding.label), "the paper asks for {}", finding.id);
        }
    }
}

#[test]
fn nothing_but_pages_and_one_style_sheet_is_written() {
    assert!(PRINTED.keys().all(|path| path == "book.css" || path.split('.').next_back() == Some("html")));
}

#[test]
fn the_paper_version_has_the_numbers_of_its_region() {
    let text = text_of(page("paper.html").root());
    let us = guideline().book().regions.iter().find(|region| region.id == "us").unwrap();
    for number in [Some(&us.emergency), us.crisis.as_ref(), us.poison.as_ref()].into_iter().flatten() {
        assert!(text.contains(number), "{number} is missing");
    }
}

#[test]
fn the_paper_version_has_every_remedy_with_its_steps_and_stop_rules() {
    let document = page("paper.html");
    let text = with_class(document.root(), "plan").map(text_of).collect::<String>();
    for remedy in &guideline().book().remedies {
        let words =
            remedy.steps.iter().map(|step| &step.text).chain(&remedy.stop_if).chain(&remedy.avoid_because);
        for words in words.chain([&remedy.name]) {
            assert!(text.contains(words.as_str()), "{}: {words} is missing", remedy.id);
        }
    }
}

#[test]
fn a_level_always_stands_as_a_word() {
    for (path, document) in pages() {
        for level in with_class(document.root(), "level") {
            assert!(!text_of(level).is_empty(), "{path} has a level without a word");
        }
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    assert_eq!(*PRINTED, write("again", &["--region", "us"]));
}

#[test]
fn a_folder_with_other_things_is_refused_and_left_alone() {
    let dir = folder("foreign");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("index.html"), "<p>mine</p>").unwrap();
    let output = unclench(&["book", dir.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("holds no earlier book"));
    assert_eq!(
        read(&dir).into_iter().collect::<Vec<_>>(),
        [("index.html".to_owned(), "<p>mine</p>".to_owned())]
    );
    let file = dir.join("index.html");
    assert_eq!(unclench(&["book", file.to_str().unwrap()]).status.code(), Some(2), "a file is no folder");
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn an_earlier_book_is_replaced_and_other_files_stay() {
    let dir = folder("earlier");
    std::fs::create_dir_all(&dir).unwrap();
    let to = dir.to_str().unwrap();
    assert!(unclench(&["book", to]).status.success());
    // A topic of an earlier version, and something a person put there.
    std::fs::copy(dir.join("danger/age.html"), dir.join("danger/gone.html")).unwrap();
    std::fs::write(dir.join("notes.html"), "<p>mine</p>").unwrap();
    assert!(unclench(&["book", to, "--region", "us"]).status.success());
    let mut files = read(&dir);
    assert_eq!(files.remove("notes.html").as_deref(), Some("<p>mine</p>"));
    assert_eq!(files, *PRINTED);
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn markdown_cannot_bring_in_html_scripts_or_pictures() {
    let dir = folder("hostile");
    for file in support::files("guideline") {
        let path = dir.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut text = file.text;
        if file.path == "relief/cold.md" {
            text.push_str(concat!(
                "\n<script>alert(1)</script>\n\nA <b onclick=\"x()\">bold</b> word, ",
                "![a picture](https://example.org/x.png), [a link](javascript:alert(1)), ",
                "[a topic](heat.md) and [the outside](https://example.org/).\n",
            ));
        }
        std::fs::write(path, text).unwrap();
    }
    let printed = write("hostile-book", &["--guideline", dir.to_str().unwrap()]);
    std::fs::remove_dir_all(&dir).unwrap();
    let document = parse("relief/cold.html", &printed["relief/cold.html"]);
    let names: BTreeSet<&str> = document.descendants().map(|node| node.tag_name().name()).collect();
    assert!(!names.contains("script") && !names.contains("img"));
    assert!(document.descendants().all(|node| !node.has_attribute("onclick")));
    let text = text_of(document.root());
    assert!(text.contains("<script>alert(1)</script>") && text.contains("a picture, a link, a topic"));
    let hrefs: Vec<&str> = document.descendants().filter_map(|node| node.attribute("href")).collect();
    assert!(hrefs.contains(&"../relief/heat.html") && hrefs.contains(&"https://example.org/"));
    assert!(hrefs.iter().all(|href| !href.starts_with("javascript:")));
}
