//! The book among the pages of the server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking, its helpers too")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use care::ProsePage;
use compiler::Page;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use print::pages_for_web;
use roxmltree::{Document, Node, ParsingOptions};
use support::BOOK;
use web::{Home, Request, Site, Visit, WorkedOut};

static PAGES: LazyLock<Vec<ProsePage>> = LazyLock::new(|| pages_for_web(&BOOK).unwrap());

/// The pages with their titles, as a reader of XML takes them apart.
fn documents() -> &'static [(String, String)] {
    static TEXTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
        let whole = |page: &ProsePage| format!("<main><h1>Title</h1>{}</main>", page.html);
        PAGES.iter().map(|page| (page.path.clone(), whole(page))).collect()
    });
    &TEXTS
}

fn each(mut check: impl FnMut(&str, &Document<'_>)) {
    for (path, text) in documents() {
        let document =
            Document::parse(text).unwrap_or_else(|error| panic!("{path} is not well-formed: {error}"));
        check(path, &document);
    }
}

fn hrefs<'d>(document: &'d Document<'_>) -> impl Iterator<Item = &'d str> {
    document.descendants().filter_map(|node| node.attribute("href"))
}

#[test]
fn every_topic_is_a_page_in_its_chapter() {
    assert_eq!(PAGES.len(), BOOK.pages.len() + 1);
    let page = |path: &str| PAGES.iter().find(|page| page.path == path).unwrap();
    assert_eq!(page("danger/cauda_equina").chapter, "Danger");
    assert_eq!(page("danger/broken_bone").chapter, "The story", "as the list of the first page has it");
    assert_eq!(PAGES[0].path, "about");
}

/// Every page of the part that reads the book, as a visitor gets it.
fn served() -> BTreeMap<String, String> {
    let book = BOOK.guideline.book();
    let site = Site::new(&BOOK.guideline, PAGES.clone(), TimeZoneDatabase::bundled());
    let record = store::Record::default();
    let now = "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap().to_zoned(TimeZone::UTC);
    let (region, carried) = (web::Whereabouts::Told("anywhere"), web::Carried::default());
    let home = &Home::File { path: "record.db".to_owned(), sealed: false };
    let visit = Visit {
        record: &record,
        now,
        token: "t",
        once: "o",
        home,
        region,
        carried: &carried,
        worked_out: WorkedOut::default(),
    };
    let mut paths: Vec<String> = ["", "/book", "/sources", "/disagreements"].map(String::from).to_vec();
    paths.extend(PAGES.iter().map(|page| format!("/book/{}", page.path)));
    paths.extend(book.answers.iter().map(|answer| format!("/answers/{}", answer.id)));
    let get = |path: String| {
        let path = format!("/learn{path}");
        let response = site.respond(&Request::get(&path), &visit);
        assert_eq!(response.status, 200, "{path}");
        (path, response.text().to_owned())
    };
    paths.into_iter().map(get).collect()
}

fn whole<'t>(path: &str, text: &'t str) -> Document<'t> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options)
        .unwrap_or_else(|error| panic!("{path} is not well-formed: {error}"))
}

#[test]
fn every_page_is_well_formed_and_every_link_leads_somewhere() {
    let served = served();
    let documents: BTreeMap<&str, Document<'_>> =
        served.iter().map(|(path, text)| (path.as_str(), whole(path, text))).collect();
    let anchors: BTreeMap<&str, BTreeSet<&str>> = documents
        .iter()
        .map(|(path, document)| (*path, document.descendants().filter_map(|node| node.attribute("id"))))
        .map(|(path, ids)| (path, ids.collect()))
        .collect();
    let mut count = 0;
    for (path, document) in &documents {
        for href in hrefs(document).filter(|href| href.starts_with("/learn") || href.starts_with('#')) {
            let (page, anchor) = href.split_once('#').unwrap_or((href, ""));
            let known = anchors.get(if page.is_empty() { *path } else { page });
            assert!(known.is_some(), "{path}: {href} leads to no page");
            let known = known.is_some_and(|known| anchor.is_empty() || known.contains(anchor));
            assert!(known, "{path}: {href} leads to no anchor");
            count += 1;
        }
        let kinds: BTreeSet<&str> = hrefs(document)
            .map(|href| href.split(['/', ':']).next().unwrap_or_default())
            .filter(|kind| !kind.starts_with('#'))
            .collect();
        let allowed = BTreeSet::from(["", "http", "https", "tel"]);
        assert!(kinds.is_subset(&allowed), "{path} has links of the kinds {kinds:?}");
    }
    assert!(count > 1000, "only {count} links");
}

#[test]
fn no_heading_skips_a_rank() {
    each(|path, document| {
        let mut before = 1;
        for node in document.descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            let rank = name.strip_prefix('h').and_then(|rank| rank.parse::<u8>().ok());
            let Some(rank) = rank else { continue };
            assert!(rank <= before + 1, "{path}: {name} stands below h{before}");
            assert!(rank > 1 || node.text() == Some("Title"), "{path} has a title of its own");
            before = rank;
        }
    });
}

#[test]
fn nothing_is_styled_or_run_in_line_and_no_id_stands_twice() {
    each(|path, document| {
        let mut ids = BTreeSet::new();
        for node in document.descendants().filter(Node::is_element) {
            assert!(!["script", "style", "img"].contains(&node.tag_name().name()), "{path}");
            for attribute in node.attributes() {
                let name = attribute.name();
                assert!(name != "style" && !name.starts_with("on"), "{path}: {name}");
            }
            if let Some(id) = node.attribute("id") {
                assert!(ids.insert(id), "{path} uses {id} twice");
            }
        }
    });
}

#[test]
fn every_card_that_advises_names_its_sources() {
    let advises =
        ["rule", "remedy", "cause", "habit", "medicine", "referral", "answer", "disagreement", "outcome"];
    let mut count = 0;
    each(|path, document| {
        for card in document.descendants().filter(|node| node.has_tag_name("section")) {
            let Some(id) = card.attribute("id") else { continue };
            if !advises.contains(&id.split('-').next().unwrap_or_default()) {
                continue;
            }
            let links = card.descendants().filter_map(|node| node.attribute("href"));
            assert!(links.into_iter().any(|href| href.starts_with("/learn/sources#")), "{path}: {id}");
            count += 1;
        }
    });
    assert!(count > 200, "only {count} cards");
}

#[test]
fn a_topic_cannot_take_the_address_of_a_page_that_the_book_makes() {
    let mut library = BOOK.clone();
    library.pages.push(Page { path: "about.md".into(), title: "Mine".into(), markdown: "# Mine".into() });
    assert!(pages_for_web(&library).unwrap_err().to_string().contains("rename it"));
}
