//! The PDF as a reader that nobody here wrote sees it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use lopdf::{Dictionary, Document, Object};
use report::{Attachment, pdf};
use tell::{DoctorPage, Entry, Mark, Message, Part, Section};

/// A page with so many danger signs that are absent.
fn page(absent: usize) -> DoctorPage<'static> {
    let entry = |mark, words: &'static str| Entry { mark, words: words.into(), notes: Vec::new() };
    let mut danger = vec![
        entry(Mark::Yes, "Numb between your legs or around your bottom"),
        entry(Mark::NotSure, "A fever of 38 C, shaking chills, or feeling very ill"),
    ];
    danger
        .extend((0..absent).map(|_| entry(Mark::Plain, "New trouble starting, holding or feeling your pee")));
    // Letters that the typeface lacks stand in a long page only: the reader here does not read them.
    let letters = if absent < 100 { "½ a dose" } else { "½ → 你好 \u{1f525}" };
    let because = Message::EvidenceFor { text: letters.into() };
    let advised = Entry { notes: vec![because], ..entry(Mark::Plain, "Get emergency help now") };
    let section = |part, title, lines| Section { part, title, lines };
    DoctorPage {
        about: Message::DoctorAbout,
        sections: vec![
            section(Part::Advised, Message::DoctorAdvised, vec![advised]),
            section(Part::Danger, Message::DoctorDanger, danger),
            section(Part::Ask, Message::DoctorAsk, Vec::new()),
            section(Part::Examine, Message::DoctorExamine, vec![entry(Mark::Box, "Reflexes")]),
        ],
        confided: Message::DoctorLeftOff,
        made: Message::DoctorMade {
            at: "2026-11-30 11:30".into(),
            version: "2026.11.1".into(),
            hash: "0123".into(),
            seal: "4567".into(),
        },
    }
}

fn attached() -> Vec<Attachment<'static>> {
    let file = |name, mime_type, text: &str| Attachment {
        name,
        says: "What it is".to_owned(),
        mime_type,
        text: text.to_owned(),
    };
    vec![
        file("for-the-doctor.fhir.json", "application/fhir+json", "{\"resourceType\": \"Bundle\"}"),
        file("certificate.json", "application/json", "{\"seal\": \"abc\"}"),
    ]
}

fn read(absent: usize) -> Document {
    Document::load_mem(&pdf(&page(absent), &[], attached()).unwrap()).unwrap()
}

fn dictionaries(document: &Document) -> impl Iterator<Item = &Dictionary> {
    document.objects.values().filter_map(|object| match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    })
}

#[test]
fn it_is_tagged_with_headings_and_lists_in_a_language_and_with_a_title() {
    let document = read(40);
    let catalog = document.catalog().unwrap();
    let marked = catalog.get(b"MarkInfo").unwrap().as_dict().unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    assert!(catalog.has(b"Lang") && catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    let mut tags: BTreeMap<String, usize> = BTreeMap::new();
    for tag in dictionaries(&document).filter_map(|one| one.get(b"S").ok()?.as_name().ok()) {
        *tags.entry(String::from_utf8_lossy(tag).into_owned()).or_default() += 1;
    }
    assert_eq!((tags["H1"], tags["H2"], tags["L"]), (1, 4, 3), "{tags:?}");
    assert_eq!((tags["LI"], tags["LBody"], tags["Lbl"]), (44, 44, 2), "{tags:?}");
}

#[test]
fn it_is_one_side_and_each_section_has_its_heading() {
    let document = read(40);
    assert_eq!(document.get_pages().len(), 1);
    let headings = dictionaries(&document)
        .filter(|one| one.get(b"S").is_ok_and(|tag| *tag == Object::Name(b"H2".to_vec())));
    let titles: Vec<String> = headings
        .map(|one| String::from_utf8_lossy(one.get(b"T").unwrap().as_str().unwrap()).into_owned())
        .collect();
    for section in page(40).sections {
        assert!(titles.contains(&section.title.to_string()), "{} is not in {titles:?}", section.title);
    }
}

#[test]
fn what_is_attached_comes_out_again() {
    let document = read(3);
    let files = dictionaries(&document).filter(|one| one.has(b"EF"));
    let mut found: Vec<(String, String)> = files
        .map(|file| {
            let name = file.get(b"F").unwrap().as_str().unwrap();
            let inside = file.get(b"EF").unwrap().as_dict().unwrap().get(b"F").unwrap();
            let stream = document.get_object(inside.as_reference().unwrap()).unwrap().as_stream().unwrap();
            let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            (String::from_utf8_lossy(name).into_owned(), String::from_utf8(bytes).unwrap())
        })
        .collect();
    found.sort();
    let wanted: Vec<(String, String)> =
        attached().into_iter().rev().map(|one| (one.name.to_owned(), one.text)).collect();
    assert_eq!(found, wanted);
}

#[test]
fn what_does_not_fit_goes_on_and_nothing_takes_long() {
    assert!(1 < read(600).get_pages().len());
    let start = Instant::now();
    pdf(&page(60), &[], attached()).unwrap();
    // Built without optimisation a page takes some 60 ms.
    assert!(start.elapsed() < Duration::from_millis(300), "{:?}", start.elapsed());
}
