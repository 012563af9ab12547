//! The small valid book, and broken files laid on top of it.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::disallowed_methods, reason = "tests read their fixtures; the crate itself touches no file")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may panic; clippy does not see that this is one"
)]

use std::fs;
use std::path::{Path, PathBuf};

use care::Guideline;
use compiler::{Compiled, SourceFile, compile};

/// A folder below `tests`.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The book in `tests/base`, sorted by path.
pub(crate) fn base_book() -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect(&folder("base"), &folder("base"), &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

/// What a good book gives.
pub(crate) fn compiled(files: &[SourceFile]) -> Compiled {
    compile(files).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The base book, ready to decide.
pub(crate) fn base_guideline() -> Guideline {
    compiled(&base_book()).guideline
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let relative = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push(SourceFile { path: relative, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// Lays files over the base book, in place of those with the same path. Each
/// begins with a line `=== path`; what stands before the first is a comment. A
/// path with a minus before it is taken away.
pub(crate) fn lay_over(overlay: &str) -> Vec<SourceFile> {
    let mut files = base_book();
    for section in overlay.split("\n=== ").skip(1) {
        let (path, text) = section.split_once('\n').unwrap();
        files.retain(|file| file.path != path.trim_start_matches('-'));
        if !path.starts_with('-') {
            files.push(SourceFile { path: path.to_owned(), text: text.to_owned() });
        }
    }
    files
}

/// Compares `actual(NAME.md)` with `NAME.txt` for every file of a folder.
///
/// With `UPDATE_FIXTURES=1` in the environment it writes the `.txt` files; read
/// the diff before you keep it.
pub(crate) fn check_fixtures(name: &str, actual: impl Fn(&str) -> String) {
    let folder = folder(name);
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".md").map(str::to_owned))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    let mut differ = Vec::new();
    for name in names {
        let actual = actual(&fs::read_to_string(folder.join(format!("{name}.md"))).unwrap());
        let expected_path = folder.join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&expected_path, &actual).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_else(|_| "missing\n".to_owned());
        if actual != expected {
            differ.push(format!("{name}.md\n--- expected\n{expected}--- actual\n{actual}"));
        }
        assert_ne!(actual, ACCEPTED, "{name}.md has nothing wrong with it");
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// What a fixture gives that has nothing wrong with it.
pub(crate) const ACCEPTED: &str = "accepted\n";
