//! `unclench cohort`, from outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::{text, unclench};
use tempfile::TempDir;

/// A table of so many people, of whom some are refused.
fn write_people(path: &Path, people: usize) {
    let mut text = String::from("id,age,fever,saddle_numbness,trigger,pain_now\n");
    for person in 0..people {
        let pick = |of: &[&'static str], by: usize| of[person / by % of.len()];
        let fever = pick(&["yes", "no", "unsure", "", "perhaps"], 1);
        let numb = pick(&["no", "", "no", "no", "yes", "not sure"], 7);
        let trigger = pick(&["lifting", "sport", ""], 2);
        writeln!(text, "person number {person},{},{fever},{numb},{trigger},{}", person % 100, person % 11)
            .unwrap();
    }
    fs::write(path, text).unwrap();
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_run_says_what_went_in_and_out() {
    let folder = TempDir::new().unwrap();
    let (records, out) = (path(&folder, "people.csv"), path(&folder, "out.csv"));
    write_people(Path::new(&records), 1_000);
    let output = unclench(&["cohort", "run", &records, "--out", &out], "");
    assert_eq!(output.status.code(), Some(1), "some were refused: {}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("1,000 records in = 800 outcomes + 200 refused"), "{said}");
    assert_eq!(fs::read_to_string(&out).unwrap().lines().count(), 801);

    let again = unclench(&["cohort", "run", &records, "--out", &out], "");
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("is there already"));
    let json = unclench(&["cohort", "run", &records, "--out", &out, "--overwrite", "--json"], "");
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&report["records"], &report["outcomes"]), (&1_000.into(), &800.into()));
    assert_eq!(report["resumed_after"], Value::Null);
    assert!(report["rules"]["fever"].as_u64().unwrap() > 100);
}

/// Killed with `kill -9` in the middle, and run again: the files are those of a run that nobody
/// disturbed, to the last byte.
#[test]
fn a_run_that_was_killed_goes_on_and_ends_with_the_same_files() {
    let folder = TempDir::new().unwrap();
    let records = path(&folder, "people.csv");
    write_people(Path::new(&records), 600_000);
    let arguments = |name: &str| {
        let (out, planes) =
            (path(&folder, &format!("{name}.ndjson")), path(&folder, &format!("{name}.planes")));
        let given = ["cohort", "run", &records, "--out", &out, "--keep-planes", &planes, "--json"];
        let given = given.into_iter().chain(["--batches-a-checkpoint", "1"]);
        given.map(str::to_owned).collect::<Vec<_>>()
    };
    let undisturbed = Command::new(env!("CARGO_BIN_EXE_unclench")).args(arguments("a")).output().unwrap();
    let undisturbed: Value = serde_json::from_slice(&undisturbed.stdout).unwrap();

    let checkpoint = path(&folder, "b.ndjson.resume.json");
    let mut kills = 0;
    let after_kills: Value = loop {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unclench"))
            .args(arguments("b"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let before = fs::read(&checkpoint).unwrap_or_default();
        let start = Instant::now();
        let moved = loop {
            if child.try_wait().unwrap().is_some() {
                break false;
            }
            let now = fs::read(&checkpoint).unwrap_or_default();
            // Beyond the first, which is written before anything is done.
            if now != before && (kills > 0 || text(&now).contains("\"position\": {")) {
                break true;
            }
            assert!(start.elapsed() < Duration::from_secs(120), "it stands still");
            sleep(Duration::from_millis(1));
        };
        if moved && kills < 3 {
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            continue;
        }
        let output = child.wait_with_output().unwrap();
        break serde_json::from_slice(&output.stdout).unwrap();
    };
    assert!(kills > 0, "it was never killed in the middle");
    assert!(after_kills["resumed_after"].as_u64().unwrap() > 0);
    for key in ["records", "outcomes", "rejects", "bounds", "rules"] {
        assert_eq!(undisturbed[key], after_kills[key], "{key}");
    }
    for ending in ["ndjson", "planes", "ndjson.rejects.ndjson"] {
        let [a, b] = ["a", "b"].map(|name| fs::read(path(&folder, &format!("{name}.{ending}"))).unwrap());
        assert!(a == b, "{ending}");
    }
    assert!(!Path::new(&checkpoint).exists());
}

#[test]
fn a_run_that_was_stopped_is_not_taken_up_by_another() {
    let folder = TempDir::new().unwrap();
    let (records, out) = (path(&folder, "people.csv"), path(&folder, "out.csv"));
    write_people(Path::new(&records), 400_000);
    let mut child = Command::new(env!("CARGO_BIN_EXE_unclench"))
        .args(["cohort", "run", &records, "--out", &out, "--batches-a-checkpoint", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let checkpoint = path(&folder, "out.csv.resume.json");
    while !Path::new(&checkpoint).exists() {
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    write_people(Path::new(&records), 10);
    let other = unclench(&["cohort", "run", &records, "--out", &out], "");
    assert_eq!(other.status.code(), Some(2));
    assert!(text(&other.stderr).contains("the file with the records was changed"), "{}", text(&other.stderr));
    let anew = unclench(&["cohort", "run", &records, "--out", &out, "--overwrite"], "");
    assert_eq!(anew.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&out).unwrap().lines().count(), 9);
}

/// Copies a folder of the project.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_rule_that_is_taken_back_shows_whom_it_lowers() {
    let folder = TempDir::new().unwrap();
    let records = path(&folder, "people.csv");
    fs::write(&records, "id,fever,saddle_numbness\na,no,yes\nb,no,no\nc,no,unsure\nd,no,perhaps\n").unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    copy(&support::root().join("guideline"), &old);
    copy(&old, &new);
    let compiled = path(&folder, "old.book");
    let built = unclench(&["book", "--compiled", &compiled], "");
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    // The same danger sign, and no longer an emergency.
    let rules =
        support::files("guideline").into_iter().find(|file| file.text.contains("[rule.saddle_numbness]"));
    let file = rules.unwrap();
    let (before, rule) = file.text.split_once("[rule.saddle_numbness]").unwrap();
    let rule = rule.replacen("urgency = \"emergency\"", "urgency = \"same_day\"", 1);
    let rule = rule.replacen("if_not_sure = \"emergency\"", "if_not_sure = \"same_day\"", 1);
    fs::write(new.join(&file.path), format!("{before}[rule.saddle_numbness]{rule}")).unwrap();
    let ids = path(&folder, "changed.csv");
    let new = new.to_str().unwrap();
    let output = unclench(&["cohort", "diff", &compiled, new, &records, "--ids", &ids, "--json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let changes: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&changes["records"], &changes["rejects"]), (&4.into(), &1.into()));
    let of = &changes["changes"];
    assert_eq!(of[0]["is_lowering"], true, "{of}");
    let whom = fs::read_to_string(&ids).unwrap();
    assert!(whom.lines().any(|line| line.starts_with("a,emergency,emergency,")), "{whom}");
    assert!(!whom.contains("\nb,"), "{whom}");
    let same = unclench(&["cohort", "diff", old.to_str().unwrap(), &compiled, &records], "");
    assert!(
        text(&same.stdout).contains("4 records in = 3 the same + 0 changed + 1 refused"),
        "{}",
        text(&same.stdout)
    );
}

#[cfg(not(feature = "columnar"))]
#[test]
fn a_program_without_columns_says_how_to_get_them() {
    let folder = TempDir::new().unwrap();
    let records = path(&folder, "people.parquet");
    fs::write(&records, "PAR1").unwrap();
    let output = unclench(&["cohort", "run", &records, "--out", &path(&folder, "out.csv")], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--features columnar"), "{}", text(&output.stderr));
}
