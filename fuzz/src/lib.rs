//! What each fuzz target does with its input.
//!
//! The targets themselves are one line each, so that `tests/smoke.rs` can run
//! the same bodies on a stable compiler, without libFuzzer.

pub mod mutate;
pub mod targets;

// The reader of JSON Lines is a part of the program, which is no library.
#[path = "../../crates/cli/src/answers_in.rs"]
#[allow(dead_code, reason = "the program uses all of it")]
mod answers_in;

use std::sync::LazyLock;

use care::{AnswerSearch, Answers, Guideline, ProsePage, State, Step, advise, compiled, next};
use compiler::condition::parse;
use compiler::{Problems, SourceFile, compile, vignette};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use sha2::{Digest, Sha256};
use store::{
    Passphrase, Record, Sequence, Stored, from_json, open_copy, preview, read_diary, to_csv, to_import,
    to_json,
};
use web::{Carried, Form, Home, Request, Site, Visit, Whereabouts, WorkedOut, read_import};

/// A small book as one text; see [`files`].
pub const SMALL_BOOK: &str = include_str!("../corpus/compile_book/small_book");

static GUIDELINE: LazyLock<Guideline> = LazyLock::new(|| match compile(&files(SMALL_BOOK)) {
    Ok(compiled) => compiled.guideline,
    Err(problems) => panic!("{problems}"),
});

/// Cuts a text into files: each begins with a line `=== path`.
pub fn files(text: &str) -> Vec<SourceFile> {
    let sections = text.split("=== ").skip(1);
    sections
        .map(|section| {
            let (path, text) = section.split_once('\n').unwrap_or((section, ""));
            SourceFile { path: path.to_owned(), text: text.to_owned() }
        })
        .collect()
}

/// Any text is a book or is refused, at places inside its files; and every
/// file of it is a vignette or is refused.
pub fn compile_book(data: &[u8]) {
    let files = files(&String::from_utf8_lossy(data));
    match compile(&files) {
        Ok(compiled) => assert_eq!(compiled.guideline.book().hash.len(), 64),
        Err(problems) => check(&problems, &files),
    }
    for file in &files {
        match vignette(&file.path, &file.text, &GUIDELINE) {
            Ok(vignette) => drop(vignette.check(&GUIDELINE)),
            Err(problems) => check(&problems, std::slice::from_ref(file)),
        }
    }
}

/// Every problem can be shown, and points into the file that it names.
fn check(problems: &Problems, files: &[SourceFile]) {
    assert!(problems.len() > 0);
    for problem in problems {
        let mut texts =
            files.iter().filter(|file| file.path == problem.path()).map(|file| file.text.as_str());
        // A file that is missing is reported at its empty text.
        let is_inside = problem.span() == (0..0) || texts.any(|text| text.get(problem.span()).is_some());
        assert!(is_inside, "{}", problem.plain());
    }
}

/// Any JSON is a set of answers or is refused; answers survive a round trip and
/// lead somewhere.
pub fn read_answers(data: &[u8]) {
    let Ok(value) = serde_json::from_slice(data) else { return };
    match Answers::from_json(&GUIDELINE, &value) {
        Ok(answers) => {
            let written = answers.to_json(&GUIDELINE).into();
            assert_eq!(Answers::from_json(&GUIDELINE, &written), Ok(answers.clone()));
            let bounds = State::of(&GUIDELINE, &answers).bounds();
            assert!(bounds.lower <= bounds.upper);
            if let Step::Done(finished) = next(&GUIDELINE, &answers) {
                assert_eq!(advise(&finished).urgency(), finished.urgency());
            }
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            assert!(errors.iter().all(|error| !error.to_string().is_empty()));
        }
    }
}

/// Any text is lines, each of which is a set of answers or says what is wrong with it.
pub fn json_lines(data: &[u8]) {
    for line in String::from_utf8_lossy(data).lines() {
        match answers_in::read(&GUIDELINE, line) {
            Ok(answers) => {
                let written = serde_json::Value::from(answers.to_json(&GUIDELINE)).to_string();
                assert_eq!(answers_in::read(&GUIDELINE, &written), Ok(answers));
            }
            Err(unusable) => {
                let shown = unusable.object(1).to_string();
                assert!(shown.len() < 100_000, "{} bytes", shown.len());
                assert!(unusable.messages().iter().all(|message| !message.is_empty()));
                assert!(!unusable.to_string().contains(|letter| care::is_acting(letter)));
            }
        }
    }
}

static SITE: LazyLock<Site<'static>> =
    LazyLock::new(|| Site::new(&GUIDELINE, Vec::new(), TimeZoneDatabase::bundled()));

/// Any bytes are a form, which every page that takes one answers.
pub fn form(data: &[u8]) {
    let form = Form::from_urlencoded(data);
    let record = Record::default();
    let home = Home::File { path: "record.db".to_owned(), sealed: false };
    let now = "2026-11-24T10:00:00Z".parse::<Timestamp>().unwrap().to_zoned(TimeZone::UTC);
    for path in [
        "/start",
        "/question/danger_nerves",
        "/settings",
        "/learn/ask",
        "/data/import/confirm",
        "/diary",
        "/medicines/log",
    ] {
        let request = Request::post(path, form.clone());
        let visit = |carried| Visit {
            record: &record,
            now: now.clone(),
            token: "t",
            once: "o",
            home: &home,
            region: Whereabouts::Told("anywhere"),
            carried,
            worked_out: WorkedOut::default(),
        };
        let response = SITE.respond(&request, &visit(Carried::nothing()));
        assert!(response.status < 500, "{path}: {}", response.status);
        assert_eq!(request.once(), Request::post(path, form.clone()).once());
        // What was refused is shown again on the page that the form leads to.
        let mut carried = Carried::default();
        carried.follow(&request, &response, now.timestamp(), None);
        if let Some(page) = response.header("location") {
            let page = SITE.respond(&Request::get(page), &visit(&carried));
            assert!(page.status < 500, "after {path}: {}", page.status);
        }
    }
}

/// Any text is an export or is refused; what was taken in is the same record again.
pub fn import(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match from_json(&text) {
        Ok(import) => {
            let empty = Record::default();
            let planned = preview(&empty, &import);
            let events = to_import(&empty, &import);
            assert!(planned.added <= events.len());
            let stored = (1..).map(Sequence).zip(events);
            let record =
                Record::of(stored.map(|(sequence, (at, event))| Stored { sequence, at, once: None, event }));
            assert!(to_import(&record, &import).is_empty(), "one's own export adds nothing");
            let again = from_json(&to_json(record.events(), Timestamp::UNIX_EPOCH)).unwrap();
            assert_eq!(again.events(), record.events());
            drop(read_diary(&to_csv(&record, &TimeZone::UTC)));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Any text is an import that adds everything once, or is refused in a line that can be shown.
pub fn fhir(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let now = "2026-11-24T12:00:00Z".parse().unwrap();
    match read_import(&GUIDELINE, &TimeZoneDatabase::bundled().into(), &text, now) {
        Ok(import) => {
            let mut record = Record::default();
            for (at, event) in to_import(&Record::default(), &import) {
                record.add(at, event);
            }
            assert_eq!(record.events().len(), import.events().len());
            assert!(to_import(&record, &import).is_empty(), "one's own hand-off adds nothing");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Any text is a diary in order of time or is refused in a line that can be shown.
pub fn diary(data: &[u8]) {
    match read_diary(&String::from_utf8_lossy(data)) {
        Ok(diary) => assert!(diary.series.check_ins().is_sorted_by_key(|entry| entry.at)),
        Err(error) => assert!(!error.to_string().contains(|letter| care::is_acting(letter)), "{error}"),
    }
}

/// Any text is a sealed copy that this passphrase opens, or is refused.
pub fn sealed_copy(data: &[u8]) {
    let passphrase = Passphrase::new("correct horse".to_owned()).unwrap();
    if let Ok(export) = open_copy(&String::from_utf8_lossy(data), &passphrase) {
        import(export.as_bytes());
    }
}

/// The small book as one file.
pub fn compiled_small_book() -> Vec<u8> {
    let page = ProsePage {
        path: "danger/fever".to_owned(),
        chapter: "Danger".to_owned(),
        title: "Fever".to_owned(),
        html: "<p>Hot.</p>".to_owned(),
    };
    compiled::write(&GUIDELINE, vec![page]).unwrap()
}

/// Any bytes are a compiled book or are refused, also under a hash that is right; what was
/// read is the same when it is written, and is checked as any book.
pub fn compiled(data: &[u8]) {
    drop(compiled::read(data));
    let end = data.iter().position(|byte| *byte == b'\n').map_or(0, |line| line + 1);
    let body = data.get(end + 32..).unwrap_or_default();
    let hash = Sha256::digest(body);
    let Ok((book, prose)) = compiled::read(&[&data[..end], &hash[..], body].concat()) else { return };
    let Ok(guideline) = Guideline::new(book) else { return };
    drop(next(&guideline, &Answers::none(&guideline)));
    drop(AnswerSearch::new(&guideline).ask("is a fever bad", 3));
    let again = compiled::read(&compiled::write(&guideline, prose.to_vec()).unwrap()).unwrap();
    assert!(again == (guideline.book().clone(), prose));
}

/// Any text is a condition that reads the same when it is printed, or is refused at a
/// place inside it.
pub fn condition(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match parse(&text) {
        Ok(tree) => {
            let printed = tree.to_string();
            let again = parse(&printed).unwrap_or_else(|error| panic!("{printed}: {error:?}"));
            assert_eq!(again.to_string(), printed);
        }
        Err(error) => assert!(text.get(error.span.clone()).is_some(), "{:?} of {text:?}", error.span),
    }
}
