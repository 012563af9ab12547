//! `unclench dose`, from outside.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::{SignedDuration, Zoned};
use serde_json::Value;

/// A folder of its own for one test, empty at the start.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dose").join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs in New York, so that the clocks change as tests expect, with packs from the US.
fn unclench(arguments: &[&str]) -> Output {
    with_input(arguments, "")
}

fn with_input(arguments: &[&str], input: &str) -> Output {
    run(Some("us"), arguments, input)
}

fn run(region: Option<&str>, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_unclench"))
        .arg("dose")
        .args(arguments)
        .env_remove("UNCLENCH_REGION")
        .envs(region.map(|region| ("UNCLENCH_REGION", region)))
        .env("UNCLENCH_RECORD", crate::support::no_record())
        .env_remove("UNCLENCH_PASSPHRASE")
        .env("TZ", "EST5EDT,M3.2.0,M11.1.0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn plain() -> String {
    Value::Object(crate::plain()).to_string()
}

fn out(output: &Output) -> String {
    // One line, so that wrapping does not matter.
    String::from_utf8(output.stdout.clone()).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", err(output)))
}

/// The events of a record, as it exports them.
fn events(file: &str) -> Vec<Value> {
    let export = ["record", "export", "--record", file];
    let output = Command::new(env!("CARGO_BIN_EXE_unclench")).args(export).output().unwrap();
    json(&output)["events"].as_array().unwrap().clone()
}

/// Logs a dose, and says so if it did not work.
fn log(file: &str, product: &str, at: &str) -> Output {
    let output = unclench(&["log", product, "--record", file, "--at", at]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    output
}

#[test]
fn a_dose_is_logged_checked_and_counted() {
    let file = folder("thin").join("record.db");
    let file = file.to_str().unwrap();
    let logged = unclench(&["log", "Motrin", "--amount", "2", "--record", file, "--at", "2026-06-15 08:00"]);
    assert_eq!(logged.status.code(), Some(0), "{}", err(&logged));
    assert!(out(&logged).contains("Motrin IB, 2 tablets (400 mg of ibuprofen)"), "{}", out(&logged));
    let check = ["check", "advil", "--amount", "2", "--answers", "-", "--record", file, "--at"];
    let early = with_input(&[check.as_slice(), &["2026-06-15 11:59"]].concat(), &plain());
    assert_eq!(early.status.code(), Some(1));
    assert!(out(&early).starts_with("NOT YET. WAIT UNTIL TODAY AT 12:00"), "{}", out(&early));
    assert!(out(&early).contains("Leave at least 4 h between doses. [1]"), "{}", out(&early));
    let in_time = with_input(&[check.as_slice(), &["2026-06-15 12:00"]].concat(), &plain());
    assert_eq!(in_time.status.code(), Some(0));
    assert!(out(&in_time).starts_with("YES, YOU MAY TAKE IT NOW"), "{}", out(&in_time));
    let next = unclench(&["next", "--record", file, "--at", "2026-06-15 09:00"]);
    assert_eq!(next.status.code(), Some(0));
    assert!(out(&next).contains("Ibuprofen: the next 200 mg today at 12:00"), "{}", out(&next));
    assert!(out(&next).contains("You had 400 mg of 1,200 mg in the last 24 hours"), "{}", out(&next));
}

#[test]
fn a_smaller_dose_that_fits_is_named_and_what_was_counted_is_shown() {
    let file = folder("less").join("record.db");
    let file = file.to_str().unwrap();
    for (product, at) in [("tylenol 500", "08:00"), ("nyquil liquid", "14:00"), ("nyquil liquid", "20:00")] {
        log(file, product, &format!("2026-06-15 {at}"));
    }
    log(file, "tylenol 500", "2026-06-16 02:00");
    // 500 + 650 + 650 + 500 mg: one more tablet fits, two do not.
    let check = [
        "check",
        "tylenol_extra_strength",
        "--amount",
        "2",
        "--answers",
        "-",
        "--record",
        file,
        "--at",
        "2026-06-16 07:59",
    ];
    let too_soon = with_input(&check, &plain());
    assert!(!out(&too_soon).contains("may be taken now"), "{}", out(&too_soon));
    let check = [
        "check",
        "tylenol_extra_strength",
        "--amount",
        "3",
        "--answers",
        "-",
        "--record",
        file,
        "--at",
        "2026-06-16 08:00",
    ];
    let too_much = with_input(&check, &plain());
    assert!(out(&too_much).contains("2 tablets may be taken now."), "{}", out(&too_much));
    assert!(
        out(&too_much).contains("yesterday at 20:00: NyQuil Cold & Flu (liquid), 650 mg"),
        "{}",
        out(&too_much)
    );
    assert!(!out(&too_much).contains("yesterday at 08:00"), "{}", out(&too_much));
}

#[test]
fn the_verdict_is_there_for_programs_too() {
    let file = folder("json").join("record.db");
    let file = file.to_str().unwrap();
    log(file, "aleve", "2026-06-15T08:00-04:00");
    let arguments =
        ["check", "advil", "--answers", "-", "--record", file, "--at", "2026-06-15T12:00-04:00", "--json"];
    let checked = with_input(&arguments, &plain());
    assert_eq!(checked.status.code(), Some(1));
    let shown = json(&checked);
    assert_eq!(shown["verdict"], "never");
    assert_eq!(shown["because"][0]["kind"], "other_nsaid");
    assert_eq!(shown["because"][0]["not_before"], "2026-06-16T08:00:00-04:00");
    assert_eq!(shown["because"][0]["sources"][0]["id"], "label_ibuprofen_us");
    assert_eq!(shown["ingredients"][0]["limits"]["max_24h"], 1200);
    let next = json(&unclench(&["next", "--record", file, "--at", "2026-06-15T12:00-04:00", "--json"]));
    assert_eq!(next["ingredients"][0]["next"], "2026-06-15T16:00:00-04:00");
    assert_eq!(next["ingredients"][0]["no_other_nsaid_before"], "2026-06-16T08:00:00-04:00");
}

#[test]
fn without_answers_the_next_question_is_shown() {
    let asked = unclench(&["check", "advil", "--json"]);
    assert_eq!(asked.status.code(), Some(1));
    let shown = json(&asked);
    assert_eq!(shown["verdict"], "ask_first");
    assert_eq!(shown["next_question"]["chapter"], "danger");
    let mut answers = crate::plain();
    answers.remove("stomach_trouble");
    answers.remove("ulcer_or_bleed");
    let asked =
        with_input(&["check", "advil", "--answers", "-", "--json"], &Value::Object(answers).to_string());
    assert_eq!(json(&asked)["next_question"]["question"], "painkiller_safety");
}

#[test]
fn the_clock_change_allows_no_early_dose() {
    let file = folder("clock_change").join("record.db");
    let file = file.to_str().unwrap();
    log(file, "advil", "2026-03-08 00:30");
    let check =
        |at: &str| with_input(&["check", "advil", "--answers", "-", "--record", file, "--at", at], &plain());
    let early = check("2026-03-08 04:30");
    assert!(out(&early).starts_with("NOT YET. WAIT UNTIL TODAY AT 05:30"), "{}", out(&early));
    assert_eq!(check("2026-03-08 05:30").status.code(), Some(0));
    let never = check("2026-03-08 02:30");
    assert_eq!(never.status.code(), Some(2));
    assert!(err(&never).contains("add the offset"), "{}", err(&never));
}

#[test]
fn names_are_found_in_any_spelling_and_never_guessed() {
    let dose = |name: &str| unclench(&["check", name, "--region", "us", "--json"]);
    for (name, product) in [
        ("ADVIL", "advil"),
        ("Tylenol 500", "tylenol_extra_strength"),
        ("excedrin back&body", "excedrin_back_and_body"),
        ("nyquil liquid", "nyquil_liquid"),
        ("Alka-Seltzer", "alka_seltzer_us"),
    ] {
        assert_eq!(json(&dose(name))["dose"]["product"], product, "{name}");
    }
    assert_eq!(json(&dose("paracetamol"))["dose"]["ingredients"]["acetaminophen"], 650);
    for (typed, meant) in [("advli", "Advil"), ("ibuprofn", "Ibuprofen"), ("acetaminofen", "Acetaminophen")] {
        let output = dose(typed);
        assert_eq!(output.status.code(), Some(2), "{typed}");
        assert!(output.stdout.is_empty());
        assert!(err(&output).contains("Did you mean") && err(&output).contains(meant), "{}", err(&output));
    }
    for (brand, packs) in [
        ("tylenol", ["Tylenol Regular Strength", "Tylenol Extra Strength"]),
        ("bayer", ["Bayer aspirin 325 mg", "Bayer Back & Body"]),
    ] {
        let output = dose(brand);
        assert_eq!(output.status.code(), Some(2), "{brand}");
        assert!(packs.iter().all(|pack| err(&output).contains(pack)), "{}", err(&output));
    }
    let output = dose("horse liniment");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("is not a medicine of this book"), "{}", err(&output));
}

#[test]
fn one_country_at_a_time() {
    let anywhere = |arguments: &[&str]| run(None, arguments, "");
    for (sold_in_one, region) in [("bayer aspirin", "us"), ("pacimol", "nz"), ("paramol", "uk")] {
        assert_eq!(json(&anywhere(&["check", sold_in_one, "--json"]))["region"], region);
    }
    for (sold_in_some, others) in [("paracetamol", "--region uk or --region us"), ("advil", "--region ca")] {
        let either = anywhere(&["check", sold_in_some]);
        assert_eq!(either.status.code(), Some(2));
        assert!(err(&either).contains(others), "{}", err(&either));
    }
    let neither = unclench(&["check", "advil", "--region", "eu"]);
    assert_eq!(neither.status.code(), Some(2));
    assert!(err(&neither).contains("no doses for"), "{}", err(&neither));
}

#[test]
fn packs_of_one_name_that_hold_different_things_need_a_country() {
    let name = "Lemsip Max Cold & Flu (sachet)";
    for region in [Some("us"), None] {
        let either = run(region, &["check", name], "");
        assert_eq!(either.status.code(), Some(2));
        let said = err(&either);
        assert!(said.contains(&format!("{name} (UK)")) && said.contains(&format!("{name} (IE)")), "{said}");
        assert!(said.contains("Or choose the country with --region"), "{said}");
    }
    let file = folder("sachet").join("record.db");
    let path = file.to_str().unwrap();
    for (region, pack) in [("uk", "lemsip_max_sachet"), ("ie", "lemsip_max_sachet_ie")] {
        let logged = run(None, &["log", name, "--record", path, "--region", region, "--json"], "");
        assert_eq!(json(&logged)["logged"]["product"], pack);
        // Without a choice it is the pack of the country of the last dose.
        let checked = run(None, &["check", name, "--record", path, "--json"], "");
        assert_eq!(json(&checked)["dose"]["product"], pack);
    }
}

#[test]
fn an_amount_that_is_not_known_is_refused_and_nothing_is_written() {
    let file = folder("amount").join("record.db");
    let path = file.to_str().unwrap();
    for (product, amount) in [
        ("ibuprofen", None),
        ("advil", Some("0")),
        ("advil", Some("some")),
        ("ibuprofen", Some("2")),
        ("excedrin", Some("300mg")),
    ] {
        let mut arguments = vec!["log", product, "--record", path, "--region", "us"];
        arguments.extend(amount.iter().flat_map(|amount| ["--amount", amount]));
        let output = unclench(&arguments);
        assert_eq!(output.status.code(), Some(2), "{product} {amount:?}");
        // A number that cannot be read at all is refused before anything is opened.
        let is_read = amount.is_none_or(|amount| amount.parse::<care::medicine::Amount>().is_ok());
        assert_eq!(err(&output).contains("nothing was written down"), is_read, "{}", err(&output));
    }
    assert!(!file.exists());
    let milligrams =
        unclench(&["log", "advil", "--amount", "400mg", "--record", path, "--region", "us", "--json"]);
    assert_eq!(json(&milligrams)["logged"]["amount"], 2);
}

#[test]
fn a_dose_is_always_written_down_and_warned_about() {
    let file = folder("warned").join("record.db");
    let path = file.to_str().unwrap();
    log(path, "tylenol_extra_strength", "2026-06-15 08:00");
    let output = unclench(&[
        "log",
        "tylenol_extra_strength",
        "--amount",
        "8",
        "--record",
        path,
        "--at",
        "2026-06-15 09:00",
    ]);
    assert_eq!(output.status.code(), Some(0));
    let said = out(&output);
    assert!(
        said.contains("That makes 4,500 mg of acetaminophen in 24 hours. The most is 3,000 mg."),
        "{said}"
    );
    assert!(said.contains("This is 5 h too close"), "{said}");
    assert!(said.contains("Poison line: 1-800-222-1222"), "{said}");
    assert_eq!(events(path).len(), 2);
}

#[test]
fn a_clearance_counts_from_when_it_was_said_and_not_before_the_dose() {
    let file = folder("cleared").join("record.db");
    let path = file.to_str().unwrap();
    let too_much =
        ["log", "tylenol_extra_strength", "--amount", "8", "--record", path, "--at", "2026-06-15 09:00"];
    assert_eq!(unclench(&too_much).status.code(), Some(0));
    let cleared = |at: &str| unclench(&["cleared", "tylenol_extra_strength", "--record", path, "--at", at]);
    let before = cleared("2026-06-15 08:00");
    assert_eq!(before.status.code(), Some(2));
    assert!(err(&before).contains("that is before the dose of acetaminophen"), "{}", err(&before));
    assert_eq!(events(path).len(), 1);
    let after = cleared("2026-06-15 11:00");
    assert_eq!(after.status.code(), Some(0), "{}", err(&after));
    assert!(out(&after).contains("you may take acetaminophen again"), "{}", out(&after));
    let next = json(&unclench(&["next", "--record", path, "--at", "2026-06-16 12:00", "--json"]));
    assert_eq!(next["ingredients"][0]["shut_until_cleared"], Value::Null);
    let again = cleared("2026-06-15 12:00");
    assert!(err(&again).contains("is not shut"), "{}", err(&again));
}

#[test]
fn doses_logged_at_the_same_time_are_all_kept() {
    let file = folder("together").join("record.db");
    let path = file.to_str().unwrap();
    std::thread::scope(|scope| {
        for minute in 10..18 {
            scope.spawn(move || log(path, "advil", &format!("2026-06-15 08:{minute}")));
        }
    });
    assert_eq!(events(path).len(), 8);
}

#[test]
fn a_record_that_is_named_and_not_there_is_not_an_empty_one() {
    let file = folder("missing").join("record.db");
    let output = unclench(&["check", "advil", "--record", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("there is no record at"), "{}", err(&output));
}

#[test]
fn a_dose_of_a_time_to_come_is_refused_and_one_in_the_record_stops_everything_of_its_kind() {
    let file = folder("future").join("record.db");
    let path = file.to_str().unwrap();
    let ahead = Zoned::now().checked_add(SignedDuration::from_hours(20)).unwrap();
    let at = ahead.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    for at in ["2199-01-01 08:00", &at] {
        let to_come = unclench(&["log", "advil", "--record", path, "--at", at]);
        assert_eq!(to_come.status.code(), Some(2));
        let said = err(&to_come);
        assert!(said.contains("nothing was written down") && said.contains("still to come"), "{said}");
        assert!(!file.exists());
    }
    // A slip of the year, which no import would take.
    for at in ["1960-01-01 10:00", "0026-11-30 10:00"] {
        let slip = unclench(&["log", "advil", "--record", path, "--at", at]);
        assert_eq!(slip.status.code(), Some(2));
        assert!(err(&slip).contains("before the year 1970"), "{}", err(&slip));
        assert!(!file.exists());
    }
    // From a device whose clock is a little ahead.
    let ahead = Zoned::now().checked_add(SignedDuration::from_mins(5)).unwrap();
    let dose = serde_json::json!({
        "kind": "dose_taken", "at": ahead.timestamp(), "product": "advil", "name": "Advil, 1 tablet", "units": 1,
        "amounts": [["ibuprofen", 200]], "region": "us", "verdict": "allowed",
    });
    let export = serde_json::json!({
        "schema": "unclench-record", "version": 1, "exported": Zoned::now().timestamp(),
        "events": [{ "sequence": 1, "at": Zoned::now().timestamp(), "event": dose }],
    });
    let export_file = file.with_extension("json");
    std::fs::write(&export_file, export.to_string()).unwrap();
    let check = ["check", "advil", "--answers", "-", "--record", export_file.to_str().unwrap()];
    let check = with_input(&check, &plain());
    assert_eq!(check.status.code(), Some(1), "{}", err(&check));
    assert!(out(&check).contains("Put it right first"), "{}", out(&check));
}

#[test]
fn an_emergency_says_whom_to_call_and_nothing_about_doses() {
    let mut answers = crate::plain();
    answers.insert("saddle_numbness".to_owned(), Value::from("yes"));
    let arguments = ["check", "tylenol_extra_strength", "--answers", "-", "--region", "us"];
    let output = with_input(&arguments, &Value::Object(answers).to_string());
    assert_eq!(output.status.code(), Some(1));
    let said = out(&output);
    assert!(said.starts_with("GET HELP NOW Call 911"), "{said}");
    assert!(!said.contains("3,000 mg"), "{said}");
}

/// The log that `unclench dose log` of November 2026 wrote, and its lines.
const OLD_LOG: &str = include_str!("log_2026_11.jsonl");

/// Writes these lines as an old log and brings them into a record.
fn import(folder: &Path, lines: &[String]) -> Output {
    let log = folder.join("doses.jsonl");
    std::fs::write(&log, lines.join("\n") + "\n").unwrap();
    let record = folder.join("record.db");
    unclench(&["import", log.to_str().unwrap(), "--record", record.to_str().unwrap()])
}

#[test]
fn the_log_of_an_earlier_version_is_brought_into_the_record_once() {
    let folder = folder("import");
    let lines: Vec<String> = OLD_LOG.lines().map(str::to_owned).collect();
    let record = folder.join("record.db");
    let path = record.to_str().unwrap();
    for added in ["6 of 6", "0 of 6"] {
        let imported = import(&folder, &lines);
        assert_eq!(imported.status.code(), Some(0), "{}", err(&imported));
        assert!(out(&imported).contains(&format!("{added} entries")), "{}", out(&imported));
    }
    let kept = events(path);
    let names: Vec<&Value> = kept.iter().map(|stored| &stored["event"]["name"]).collect();
    assert_eq!(names[0], "ibuprofen 200");
    assert_eq!(names[2], "Advil, 1 tablet");
    assert_eq!(
        (&kept[4]["event"]["time_unknown"], &kept[5]["event"]["kind"]),
        (&true.into(), &"dose_cleared".into())
    );
    // It counts like any other dose, and so does what a clinician said.
    let next = json(&unclench(&["next", "--record", path, "--at", "2026-06-15 21:00", "--json"]));
    assert_eq!((&next["region"], &next["ingredients"][0]["taken_24h"]), (&"us".into(), &800.into()));
    assert_eq!(next["ingredients"][1]["shut_until_cleared"], Value::Null);
    // The option of then says where the doses are now.
    let old =
        Command::new(env!("CARGO_BIN_EXE_unclench")).args(["dose", "next", "--log", "doses.jsonl"]).output();
    let old = old.unwrap();
    assert_eq!(old.status.code(), Some(2));
    assert!(err(&old).contains("unclench dose import doses.jsonl"), "{}", err(&old));
}

#[test]
fn a_clearance_of_an_old_log_opens_nothing_that_the_clinician_was_not_told_of() {
    let folder = folder("unknowing");
    let file = folder.join("record.db");
    let path = file.to_str().unwrap();
    for hour in ["08:00", "12:00", "16:00", "20:00", "22:00"] {
        let at = format!("2026-06-18 {hour}");
        let arguments =
            ["log", "acetaminophen", "--amount", "1000mg", "--at", &at, "--region", "us", "--record", path];
        unclench(&arguments);
    }
    let shut = || {
        let next = json(&unclench(&["next", "--region", "us", "--record", path, "--json"]));
        next["ingredients"][0]["shut_until_cleared"].clone()
    };
    assert_ne!(shut(), Value::Null);
    let lines = [
        r#"{"at":"2026-06-10T08:00:00Z","ingredients":{"acetaminophen":5000}}"#.to_owned(),
        r#"{"at":"2026-06-19T09:00:00Z","cleared":["acetaminophen"]}"#.to_owned(),
    ];
    let imported = import(&folder, &lines);
    assert_eq!(imported.status.code(), Some(0), "{}", err(&imported));
    let said = out(&imported).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("they did not know of all you took") && said.contains("1 of 2 entries"), "{said}");
    assert_ne!(shut(), Value::Null);
    assert_eq!(events(path).iter().filter(|stored| stored["event"]["kind"] == "dose_cleared").count(), 0);
}

#[test]
fn a_line_that_is_missing_changed_moved_put_in_or_cut_off_is_named_and_nothing_is_added() {
    let folder = folder("strict");
    let lines: Vec<String> = OLD_LOG.lines().map(str::to_owned).collect();
    let without = |index: usize| {
        let mut lines = lines.clone();
        lines.remove(index);
        lines
    };
    let with = |index: usize, line: String| {
        let mut lines = lines.clone();
        lines[index] = line;
        lines
    };
    let swapped = [0, 1, 3, 2, 4, 5].map(|index: usize| lines[index].clone()).to_vec();
    let put_in = [
        &lines[..3],
        &[r#"{"at":"2026-06-15T13:00:00-04:00","ingredients":{"ibuprofen":1}}"#.to_owned()],
        &lines[3..],
    ];
    let cases = [
        (without(0), "line 2: entry 2 is missing before it"),
        (without(3), "line 4: entry 4 is missing before it"),
        (lines[4..].to_vec(), "line 1: entries 1 to 4 are missing before it"),
        (with(2, lines[2].replace("200", "1")), "line 3: it was changed or moved"),
        (with(2, lines[2].replace("16:00", "06:00")), "line 3: it was changed or moved"),
        (
            with(2, lines[2].replace("\"ibuprofen\":200", "\"ibuprofen\":200,\"ibuprofen\":1")),
            "is there twice",
        ),
        (with(2, lines[2].replace("{\"at\"", "{\"at\":\"2020-01-01T00:00:00Z\",\"at\"")), "is there twice"),
        (with(2, lines[2].replace("{\"at\"", "{\"mood\":\"low\",\"at\"")), "line 3"),
        (swapped, "line 3"),
        (put_in.concat(), "line 4: it was put in by another program"),
        (with(5, lines[5][..20].to_owned()), "line 6: not JSON"),
    ];
    for (changed, says) in cases {
        let output = import(&folder, &changed);
        assert_eq!(output.status.code(), Some(2), "{says}: {}", out(&output));
        assert!(err(&output).contains(says), "{says}: {}", err(&output));
        assert!(err(&output).contains("ask a pharmacist or doctor first"), "{}", err(&output));
        assert!(!folder.join("record.db").exists(), "{says}");
    }
    assert_eq!(import(&folder, &lines).status.code(), Some(0), "as it was written it holds");
}

#[test]
fn a_dose_that_was_not_so_is_taken_back_by_its_number() {
    let file = folder("withdraw").join("record.db");
    let path = file.to_str().unwrap();
    for product in ["advil", "tylenol_extra_strength"] {
        assert_eq!(unclench(&["log", product, "--record", path]).status.code(), Some(0));
    }
    let listed = || json(&unclench(&["list", "--record", path, "--json"]));
    assert_eq!((&listed()[0]["name"], &listed()[0]["entry"]), (&"Advil, 1 tablet".into(), &1.into()));
    let shown = out(&unclench(&["list", "--record", path]));
    assert!(shown.contains("1. Advil, 1 tablet, today at") && shown.contains("2. Tylenol"), "{shown}");
    assert_eq!(unclench(&["withdraw", "1", "--record", path]).status.code(), Some(0));
    assert_eq!((listed().as_array().unwrap().len(), events(path).len()), (1, 3), "it stays in the record");
    for entry in ["1", "3", "9"] {
        let none = unclench(&["withdraw", entry, "--record", path]);
        assert_eq!(none.status.code(), Some(2), "{entry}");
        assert!(err(&none).contains("no dose with the number"), "{}", err(&none));
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_the_record() {
    use std::os::unix::fs::PermissionsExt as _;
    let file = folder("rights").join("record.db");
    log(file.to_str().unwrap(), "advil", "2026-06-15 08:00");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}
