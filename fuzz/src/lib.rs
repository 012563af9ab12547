//! What each fuzz target does with its input.
//!
//! The targets themselves are one line each, so that `tests/smoke.rs` can run
//! the same bodies on a stable compiler, without libFuzzer.

use std::sync::LazyLock;

use care::{Answers, Guideline, State, Step, advise, next};
use compiler::{Problems, SourceFile, compile, vignette};

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
