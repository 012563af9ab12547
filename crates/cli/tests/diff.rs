//! `unclench diff`, from outside: folders and git revisions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use support::{root, text};

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(names).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn diff(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_unclench"))
        .arg("diff")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn two_revisions_are_compared_and_what_stands_in_the_folder_is_not_touched() {
    let repository = tempfile::tempdir().unwrap();
    let folder = repository.path();
    copy(&root().join("crates/compiler/tests/base"), &folder.join("guideline"));
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "one"]);
    let signs = folder.join("guideline/danger/signs.md");
    let was = std::fs::read_to_string(&signs).unwrap();
    std::fs::write(&signs, was.replace("urgency = \"same_day\"", "urgency = \"see_soon\"")).unwrap();
    git(folder, &["commit", "--quiet", "-a", "-m", "two"]);
    std::fs::write(&signs, "not committed").unwrap();

    let output = diff(folder, &["HEAD~1", "HEAD", "--json", "--page", "changes.html"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&told["outcomes"][0]["from"], &told["outcomes"][0]["to"]),
        (&"same_day".into(), &"see_soon".into())
    );
    assert_eq!(told["outcomes"][0]["by"][0]["rule"], "fever");
    assert!(std::fs::read_to_string(folder.join("changes.html")).unwrap().contains("LOWER"));
    assert_eq!(std::fs::read_to_string(&signs).unwrap(), "not committed");
    assert_eq!(git(folder, &["status", "--porcelain", "guideline"]), " M guideline/danger/signs.md\n");

    let output = diff(folder, &["HEAD", "HEAD~1", "--changelog"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).starts_with("- Triage, higher: `fever` (changed)"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn a_folder_is_a_version_too_and_the_same_one_changes_nothing() {
    let base = root().join("crates/compiler/tests/base");
    let base = base.to_str().unwrap();
    let output = diff(&root(), &[base, base]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("No outcome changes"));
}

#[test]
fn what_is_no_version_is_refused() {
    let repository = tempfile::tempdir().unwrap();
    git(repository.path(), &["init", "--quiet"]);
    for named in ["nowhere", "--output=x"] {
        let output = diff(repository.path(), &["--", named, named]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains("neither a folder nor a git revision"),
            "{}",
            text(&output.stderr)
        );
    }
}
