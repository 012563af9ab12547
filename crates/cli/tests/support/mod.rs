//! The real book and the real vignettes, for tests.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    reason = "shared by tests, each of which uses a part"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use care::Guideline;
use compiler::{Compiled, SourceFile, Vignette};
use serde_json::{Map, Value, json};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every `.md` and `.toml` file below a folder of the project.
pub fn files(folder: &str) -> Vec<SourceFile> {
    let root = root().join(folder);
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            let relative = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push(SourceFile { path: relative, text });
        }
    }
}

pub static BOOK: LazyLock<Compiled> = LazyLock::new(|| match compiler::compile(&files("guideline")) {
    Ok(compiled) => compiled,
    Err(problems) => panic!("{problems}"),
});

pub fn guideline() -> &'static Guideline {
    &BOOK.guideline
}

pub fn vignettes() -> Vec<(String, Vignette)> {
    files("vignettes")
        .into_iter()
        .map(|file| match compiler::vignette(&file.path, &file.text, guideline()) {
            Ok(vignette) => (file.path.trim_end_matches(".md").to_owned(), vignette),
            Err(problems) => panic!("{problems}"),
        })
        .collect()
}

/// The answers of somebody of 44 with a plain spasm of today after lifting, and no to
/// everything that can be ticked; with these instead.
pub fn plain_spasm(changed: &[(&str, Value)]) -> Map<String, Value> {
    let findings = guideline().book().findings.iter();
    let yes_no =
        findings.filter(|finding| finding.kind == care::FindingKind::YesNo && finding.derived.is_none());
    let mut answers: Map<String, Value> = yes_no.map(|finding| (finding.id.clone(), json!("no"))).collect();
    let told = [
        ("age", json!(44)),
        ("days_since_onset", json!(0)),
        ("trigger", json!("lifting")),
        ("pain_low_back", json!("yes")),
        ("pain_side", json!("both")),
        ("pain_now", json!(6)),
        ("eases_with", json!("lying")),
    ];
    for (name, value) in told.iter().chain(changed) {
        answers.insert((*name).to_owned(), value.clone());
    }
    answers
}

/// Where no record is: tests never look at the one of whoever runs them.
pub fn no_record() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("no record").join("record.db")
}

/// Runs the program with this on its standard input.
pub fn unclench(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_unclench"))
        .args(arguments)
        .env_remove("UNCLENCH_REGION")
        .env("UNCLENCH_RECORD", no_record())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Written on a thread of its own, as neither pipe holds all of a long interview.
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_owned());
    let writer = std::thread::spawn(move || {
        // A program that has finished does not read the rest: that is no error of the test.
        let _ = stdin.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
