//! `unclench book --compiled`: the whole book as one file.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking, its helpers too")]

mod support;

use std::fs;
use std::path::Path;

use care::{Deferred, Guideline, ProsePage, compiled};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use store::Record;
use support::{BOOK, guideline, unclench};
use web::{Carried, Home, Request, Site, Visit, Whereabouts, WorkedOut};

fn compile(file: &Path) -> (bool, String) {
    let output = unclench(&["book", "--compiled", file.to_str().unwrap()], "");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

/// Pages of every part, as somebody sees them who comes for the first time.
fn seen(guideline: &Guideline, prose: impl Into<Deferred<Vec<ProsePage>>>) -> Vec<String> {
    let site = Site::new(guideline, prose, TimeZoneDatabase::bundled());
    let home = Home::File { path: "record.db".to_owned(), sealed: false };
    let visit = Visit {
        record: &Record::default(),
        now: "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap().to_zoned(TimeZone::UTC),
        token: "t",
        once: "o",
        home: &home,
        region: Whereabouts::Told("uk"),
        carried: &Carried::default(),
        worked_out: WorkedOut::default(),
    };
    let form = [("question", "can i take ibuprofen with warfarin")];
    let form = form.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
    let ask = Request::post("/learn/ask", form);
    let paths = ["/", "/question/danger_nerves", "/emergency", "/medicines", "/learn", "/learn/book"];
    let paths =
        paths.into_iter().chain(["/learn/sources", "/learn/disagreements", "/learn/book/danger/fever"]);
    let mut seen: Vec<String> =
        paths.map(|path| format!("{:?}", site.respond(&Request::get(path), &visit))).collect();
    seen.push(format!("{:?}", site.respond(&ask, &visit)));
    seen
}

#[test]
fn the_compiled_book_is_the_book() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.unclench");
    let (is_done, said) = compile(&file);
    assert!(is_done, "{said}");
    let bytes = fs::read(&file).unwrap();
    let (kilobytes, version) = (bytes.len().div_ceil(1_000), &guideline().book().version);
    assert!(said.contains(&format!("{kilobytes} kB")) && said.contains(version.as_str()), "{said}");

    let (book, prose) = compiled::read(&bytes).unwrap();
    let again = Guideline::new(book.clone()).unwrap();
    assert_eq!(book.words.known(), None, "nobody waits for the words at the start");
    assert!(book == *guideline().book());
    // Now that all of it is read, all of it is checked.
    Guideline::new(book).unwrap();
    assert_eq!(*prose, print::pages_for_web(&BOOK).unwrap());
    assert_eq!(seen(&again, prose.clone()), seen(guideline(), prose));
}

#[test]
fn only_an_earlier_compiled_book_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book");
    fs::write(&file, "unclench compiled book 0\nold").unwrap();
    assert!(compile(&file).0);
    assert!(compiled::read(&fs::read(&file).unwrap()).is_ok());

    fs::write(&file, "my notes").unwrap();
    let (is_done, said) = compile(&file);
    assert!(!is_done && said.contains("no compiled book"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "my notes");

    let (is_done, said) = compile(folder.path());
    assert!(!is_done, "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");
}

#[test]
fn a_folder_or_a_file_is_named_and_not_both() {
    for arguments in [&["book"][..], &["book", "folder", "--compiled", "file"]] {
        assert_eq!(unclench(arguments, "").status.code(), Some(2), "{arguments:?}");
    }
}
