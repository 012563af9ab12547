//! `unclench record`: the file with the record, from the command line.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

/// The program with a record file; a passphrase only where one is given.
fn record(file: &Path, arguments: &[&str], passphrase: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unclench"));
    command.arg("record").args(arguments).arg("--record").arg(file).env_remove("UNCLENCH_PASSPHRASE");
    if let Some(passphrase) = passphrase {
        command.env("UNCLENCH_PASSPHRASE", passphrase);
    }
    command.stdin(std::process::Stdio::null()).output().unwrap()
}

fn ok(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with an export of two diary entries and a dose in it.
fn exported() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("export.json");
    let check_in = |at: &str, pain: u8, note: &str| json!({ "kind": "checked_in", "at": at, "pain_now": pain, "note": note });
    let events = [
        check_in("2026-11-20T08:00:00Z", 7, "could not sleep"),
        check_in("2026-11-21T08:00:00Z", 5, ""),
        json!({
            "kind": "dose_taken", "at": "2026-11-21T09:00:00Z", "name": "Advil, 2 tablets", "units": 2,
            "product": "advil", "amounts": [["ibuprofen", 400]], "region": "us", "verdict": "allowed",
        }),
    ];
    write_export(&file, &events);
    (folder, file)
}

/// Writes an export of these events.
fn write_export(file: &Path, events: &[Value]) {
    let events: Vec<Value> = (1..)
        .zip(events)
        .map(
            |(sequence, event)| json!({ "sequence": sequence, "at": "2026-11-21T09:00:00Z", "event": event }),
        )
        .collect();
    let text = json!({
        "schema": "unclench-record", "version": 1, "exported": "2026-11-21T10:00:00Z", "events": events,
    });
    std::fs::write(file, text.to_string()).unwrap();
}

#[test]
fn an_import_shows_what_it_would_add_and_adds_it_only_when_told_to() {
    let (folder, export) = exported();
    let file = folder.path().join("record.db");
    let export = export.to_str().unwrap();
    let shown = ok(&record(&file, &["import", export], None));
    assert!(shown.contains("check-ins: 2, doses: 1") && shown.contains("Nothing was added"), "{shown}");
    let text = ok(&record(&file, &["export"], None));
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["events"], json!([]));
    ok(&record(&file, &["import", export, "--yes"], None));
    let again = ok(&record(&file, &["import", export, "--yes"], None));
    assert!(again.contains("3 of them are there already"), "{again}");
    let csv = ok(&record(&file, &["export", "--csv"], None));
    assert_eq!(csv.lines().count(), 4, "{csv}");
    assert!(csv.contains("could not sleep") && csv.contains("Advil"));
}

#[test]
fn a_sealed_copy_of_the_pages_opens_with_its_passphrase_only() {
    let (folder, export) = exported();
    let copy = folder.path().join("copy.sealed.txt");
    let passphrase = store::Passphrase::new("correct horse".to_owned()).unwrap();
    let text = std::fs::read_to_string(export).unwrap();
    let sealed = store::seal_copy(&text, &passphrase, "00112233445566778899aabbccddeeff").unwrap();
    std::fs::write(&copy, sealed).unwrap();
    let import = ["import", copy.to_str().unwrap()];
    let file = folder.path().join("record.db");
    assert!(ok(&record(&file, &import, Some("correct horse"))).contains("3 entries"));
    assert!(refused(&record(&file, &import, Some("correct house"))).contains("does not open it"));
    assert!(!record(&file, &import, None).status.success(), "there is nobody to ask");
}

#[test]
fn what_is_exported_comes_back_the_same() {
    let (folder, export) = exported();
    let (file, copy) = (folder.path().join("record.db"), folder.path().join("copy.db"));
    ok(&record(&file, &["import", export.to_str().unwrap(), "--yes"], None));
    let first = ok(&record(&file, &["export"], None));
    let second = folder.path().join("second.json");
    std::fs::write(&second, &first).unwrap();
    ok(&record(&copy, &["import", second.to_str().unwrap(), "--yes"], None));
    let events = |text: &str| serde_json::from_str::<Value>(text).unwrap()["events"].clone();
    assert_eq!(events(&first), events(&ok(&record(&copy, &["export"], None))));
}

/// A folder with a copy of an old record, and another version of the book.
fn old_record(name: &str) -> (tempfile::TempDir, std::path::PathBuf, String) {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = folder.path().join("record.db");
    std::fs::copy(root.join("crates/web/tests/old_records/2026_11_2").join(name), &file).unwrap();
    let book = folder.path().join("book");
    copy_all(&root.join("guideline"), &book);
    let outcomes = book.join("outcomes.md");
    let text = std::fs::read_to_string(&outcomes).unwrap() + "\nAnother sentence to read.\n";
    std::fs::write(&outcomes, text).unwrap();
    (folder, file, book.to_str().unwrap().to_owned())
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_all(&path, &copy);
        } else {
            std::fs::copy(&path, &copy).unwrap();
        }
    }
}

#[test]
fn an_outcome_of_another_version_of_the_book_is_named_and_is_no_failure() {
    let (_folder, file, book) = old_record("behind_gates.db");
    let replayed = ok(&record(&file, &["replay", "--guideline", &book], None));
    let replayed = replayed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(replayed.matches("made with another version of the book, 2026.11.2").count(), 2, "{replayed}");
    assert!(replayed.contains("0 of 2 outcomes were worked out again"), "{replayed}");
}

#[test]
fn what_the_diary_reports_as_new_is_said_before_what_does_not_know_of_it() {
    let (folder, export) = exported();
    let new = json!({
        "kind": "checked_in", "at": "2026-11-21T08:30:00Z", "pain_now": 5, "new_danger": "not_sure",
    });
    let file = folder.path().join("new.json");
    write_export(&file, &[new]);
    let says = |file: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unclench"));
        let output = command.arg("recovery").arg(file).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("Something may be new: you wrote so on 21 November")
    };
    assert!(says(&file) && !says(&export));
}

#[test]
fn where_the_book_asks_more_by_now_a_doctor_s_page_waits_and_says_what_holds_until_then() {
    let (folder, file, book) = old_record("spasm_over_weeks.db");
    let (pdf, file) = (folder.path().join("page.pdf"), file.to_str().unwrap());
    let pdf = pdf.to_str().unwrap();
    for arguments in [&["report", "--pdf", pdf][..], &["export", "fhir"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unclench"));
        command.args(arguments).args(["--record", file, "--guideline", &book]);
        let said = refused(&command.output().unwrap());
        assert!(said.contains("the guideline asks more than it did when you were told"), "{said}");
        assert!(said.contains("which holds until then; `unclench interview` asks what is new"), "{said}");
    }
}

#[test]
fn an_old_sealed_record_opens_with_its_passphrase() {
    let (_folder, file, book) = old_record("sealed.db");
    let arguments = ["export", "--guideline", &book];
    assert!(refused(&record(&file, &arguments, None)).contains("sealed"));
    let export = ok(&record(&file, &arguments, Some("four random words here")));
    assert!(export.contains("\"remedy\": \"heat\""), "{export}");
}

#[test]
fn erasing_needs_a_yes_and_leaves_nothing() {
    let (folder, export) = exported();
    let file = folder.path().join("record.db");
    ok(&record(&file, &["import", export.to_str().unwrap(), "--yes"], None));
    assert!(refused(&record(&file, &["erase"], None)).contains("3 entries"));
    ok(&record(&file, &["erase", "--yes"], None));
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path != export {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(15).any(|part| part == b"could not sleep"), "{}", path.display());
        }
    }
}

#[test]
fn a_sealed_record_opens_with_its_passphrase_only() {
    let (folder, export) = exported();
    let file = folder.path().join("record.db");
    ok(&record(&file, &["import", export.to_str().unwrap(), "--yes"], None));
    ok(&record(&file, &["seal"], Some("four random words here")));
    assert!(refused(&record(&file, &["export"], None)).contains("sealed"));
    assert!(refused(&record(&file, &["export"], Some("another passphrase"))).contains("does not open"));
    assert!(ok(&record(&file, &["export"], Some("four random words here"))).contains("could not sleep"));
    ok(&record(&file, &["unseal"], Some("four random words here")));
    assert!(ok(&record(&file, &["export"], None)).contains("could not sleep"));
    assert!(refused(&record(&file, &["seal"], Some("short"))).contains("at least 8"));
}

#[test]
fn a_file_that_is_no_record_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    std::fs::write(&file, "Dear Sam, my back is fine again.").unwrap();
    assert!(refused(&record(&file, &["export"], None)).contains("not a record"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "Dear Sam, my back is fine again.");
    let missing = folder.path().join("nothing.db");
    assert!(refused(&record(&missing, &["export"], None)).contains("no record"));
    assert!(!missing.exists());
    let broken = folder.path().join("broken.json");
    std::fs::write(&broken, "{\"schema\": 1").unwrap();
    assert!(refused(&record(&missing, &["import", broken.to_str().unwrap()], None)).contains("broken.json"));
    assert!(!missing.exists());
}

#[test]
fn an_import_of_what_could_not_have_been_typed_is_refused_whole() {
    let (folder, export) = exported();
    let file = folder.path().join("record.db");
    let text = std::fs::read_to_string(&export).unwrap();
    for (from, to, says) in [
        (
            "\"pain_now\":5",
            "\"pain_now\":200",
            "event 2 of the file cannot be right: pain 200 is out of range",
        ),
        ("2026-11-21T08:00:00Z", "2199-11-21T08:00:00Z", "event 2 of the file cannot be right: it is about"),
        ("[\"ibuprofen\",400]", "[\"ibuprofen\",0]", "event 3 of the file cannot be right"),
    ] {
        assert!(text.contains(from));
        std::fs::write(&export, text.replacen(from, to, 1)).unwrap();
        let said = refused(&record(&file, &["import", export.to_str().unwrap(), "--yes"], None));
        assert!(said.contains(says), "{said}");
        assert!(!file.exists(), "not even an empty record is left");
    }
    // A mark of the byte order, in UTF-8 or as PowerShell writes it, changes nothing.
    let marked = ["\u{feff}", &text].concat().encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for bytes in [["\u{feff}", &text].concat().into_bytes(), marked] {
        std::fs::write(&export, bytes).unwrap();
        ok(&record(&file, &["import", export.to_str().unwrap()], None));
    }
}

/// Changes a text in a file without changing its length, as a flipped bit would.
fn change(file: &Path, from: &str, to: &str) {
    let mut bytes = std::fs::read(file).unwrap();
    let place = bytes.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
    bytes[place..place + to.len()].copy_from_slice(to.as_bytes());
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn an_entry_that_was_changed_is_named_and_the_others_are_exported() {
    let (folder, export) = exported();
    let file = folder.path().join("record.db");
    ok(&record(&file, &["import", export.to_str().unwrap(), "--yes"], None));
    change(&file, "could not sleep", "could have slept"[..15].trim_end());
    let output = record(&file, &["export"], None);
    assert_eq!(output.status.code(), Some(1), "it is no whole export");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("entry 1 was changed or moved after it was written"), "{said}");
    let events = serde_json::from_slice::<Value>(&output.stdout).unwrap()["events"].clone();
    assert_eq!(events.as_array().unwrap().len(), 2, "the others are there");
    // What is left makes a whole record again.
    let left = folder.path().join("left.json");
    std::fs::write(&left, &output.stdout).unwrap();
    ok(&record(&file, &["erase", "--yes"], None));
    ok(&record(&file, &["import", left.to_str().unwrap(), "--yes"], None));
    ok(&record(&file, &["export"], None));
}

#[test]
fn of_a_damaged_file_what_can_still_be_read_is_exported_and_the_file_stays() {
    let (folder, export) = exported();
    let file = folder.path().join("record.db");
    let many: Value = serde_json::from_str(&std::fs::read_to_string(&export).unwrap()).unwrap();
    let events: Vec<Value> = (1..=60)
        .map(|number| {
            let mut event = many["events"][0].clone();
            event["sequence"] = json!(number);
            event["event"]["note"] = json!(format!("{number} {}", "x".repeat(300)));
            event
        })
        .collect();
    let text = json!({ "schema": "unclench-record", "version": 1, "exported": "2026-11-21T10:00:00Z", "events": events });
    std::fs::write(&export, text.to_string()).unwrap();
    ok(&record(&file, &["import", export.to_str().unwrap(), "--yes"], None));
    let whole = std::fs::read(&file).unwrap();
    // A page of zeros wherever a note stands, and an end that is cut off.
    let place = whole.windows(6).position(|part| part == b"31 xxx").unwrap() / 4096 * 4096;
    let mut zeros = whole.clone();
    zeros[place..place + 4096].fill(0);
    let cut = whole[..whole.len() - 4096].to_vec();
    for (what, bytes) in [("zeros", zeros), ("cut", cut)] {
        std::fs::write(&file, &bytes).unwrap();
        let output = record(&file, &["export"], None);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{what}: {said}");
        assert!(said.contains("is damaged") && said.contains("not whole"), "{what}: {said}");
        let left =
            serde_json::from_slice::<Value>(&output.stdout).unwrap()["events"].as_array().unwrap().len();
        assert!((20..60).contains(&left), "{what}: {left} are left");
        let said = refused(&record(&file, &["replay"], None));
        assert!(said.contains("unclench record export"), "{said}");
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "{what}: the file was touched");
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_copy_is_exported_and_not_written_to() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, export) = exported();
    let inside = folder.path().join("inside");
    let file = inside.join("record.db");
    let export = export.to_str().unwrap();
    ok(&record(&file, &["import", export, "--yes"], None));
    let bytes = std::fs::read(&file).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o400)).unwrap();
    std::fs::set_permissions(&inside, std::fs::Permissions::from_mode(0o500)).unwrap();
    let text = ok(&record(&file, &["export"], None));
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["events"].as_array().unwrap().len(), 3);
    ok(&record(&file, &["replay"], None));
    let erased = record(&file, &["erase", "--yes"], None);
    assert!(!erased.status.success());
    assert!(String::from_utf8_lossy(&erased.stderr).contains("read-only"));
    std::fs::set_permissions(&inside, std::fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
}

#[test]
fn what_names_no_file_is_refused() {
    for name in [":memory:", "file:record.db?mode=memory"] {
        let said = refused(&record(Path::new(name), &["export"], None));
        assert!(said.contains("names no file"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_said_and_nothing_is_lost() {
    let (folder, export) = exported();
    let file = folder.path().join("record.db");
    ok(&record(&file, &["import", export.to_str().unwrap(), "--yes"], None));
    let before = std::fs::read(&file).unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -f 1; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_unclench")]);
    command.args(["record", "erase", "--yes", "--record"]).arg(&file).env_remove("UNCLENCH_PASSPHRASE");
    let limited = command.stdin(std::process::Stdio::null()).output().unwrap();
    assert_eq!(limited.status.code(), Some(1), "a signal ended it: {:?}", limited.status);
    assert!(!limited.stderr.is_empty());
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn a_preview_names_what_would_change_beside_the_entries() {
    let (folder, _) = exported();
    let file = folder.path().join("settings.json");
    let events = [
        json!({ "kind": "settings_changed", "region": "au", "time_zone": "Australia/Perth" }),
        json!({ "kind": "dose_cleared", "at": "2026-11-21T09:00:00Z", "ingredient": "ibuprofen" }),
    ];
    write_export(&file, &events);
    let said = ok(&record(&folder.path().join("record.db"), &["import", file.to_str().unwrap()], None));
    for line in [
        "emergency number becomes that of: au",
        "time zone becomes: Australia/Perth",
        "may be taken again: 1",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
}

#[test]
fn a_later_file_makes_nothing_less_urgent_than_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let (here, later) = (folder.path().join("here.json"), folder.path().join("later.json"));
    let fever =
        |answer| json!({ "kind": "answered", "question": "danger_sudden", "answers": { "fever": answer } });
    let check_in = json!({ "kind": "checked_in", "at": "2026-11-21T08:00:00Z", "pain_now": 4 });
    write_export(&here, &[fever("yes")]);
    write_export(&later, &[fever("no"), check_in]);
    let text = std::fs::read_to_string(&later).unwrap().replace("T09:00", "T09:30");
    std::fs::write(&later, text).unwrap();
    let file = folder.path().join("record.db");
    ok(&record(&file, &["import", here.to_str().unwrap(), "--yes"], None));
    let said = ok(&record(&file, &["import", later.to_str().unwrap(), "--yes"], None));
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Answers of this file are left out") && said.contains("check-ins: 1"), "{said}");
    let kept = ok(&record(&file, &["export"], None));
    assert!(kept.contains(r#""fever": "yes""#) && !kept.contains(r#""fever": "no""#), "{kept}");
    // The other way round it is more urgent.
    let other = folder.path().join("other.db");
    write_export(&here, &[fever("no")]);
    let text = std::fs::read_to_string(&later).unwrap().replace(r#""no""#, r#""yes""#);
    std::fs::write(&later, text).unwrap();
    ok(&record(&other, &["import", here.to_str().unwrap(), "--yes"], None));
    let said = ok(&record(&other, &["import", later.to_str().unwrap()], None));
    assert!(said.contains("Your outcome will then be"), "{said}");
}

#[test]
fn a_hand_off_as_fhir_goes_out_of_one_record_and_into_another() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unclench"));
        command.current_dir(&folder).args(arguments).stdin(std::process::Stdio::null()).output().unwrap()
    };
    write_export(&folder.path().join("none.json"), &[]);
    let said = refused(&run(&["export", "fhir", "--record", "none.json"]));
    assert!(said.contains("no outcome to hand over yet"), "{said}");
    let answered =
        json!({ "kind": "answered", "question": "danger_nerves", "answers": { "saddle_numbness": "yes" } });
    let confided =
        json!({ "kind": "answered", "question": "quiet_questions", "answers": { "hurt_by_someone": "yes" } });
    write_export(&folder.path().join("sam.json"), &[answered, confided]);
    // What was told in confidence is put on by nobody but the person.
    let without = ok(&run(&["export", "fhir", "--record", "sam.json"]));
    assert!(!without.contains("hurt_by_someone") && !without.contains("DocumentReference"), "{without}");
    ok(&run(&["export", "fhir", "--record", "sam.json", "--in-full", "--out", "sam.fhir.json"]));
    let text = std::fs::read_to_string(folder.path().join("sam.fhir.json")).unwrap();
    let bundle: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(bundle["type"], "document");
    assert!(text.contains("hurt_by_someone") && text.contains("DocumentReference"), "{text}");
    for (more, files) in [(&[][..], 1), (&["--in-full"][..], 2)] {
        let arguments = ["report", "--pdf", "sam.pdf", "--record", "sam.json"];
        ok(&run(&[&arguments[..], more].concat()));
        let file = std::fs::read(folder.path().join("sam.pdf")).unwrap();
        assert!(file.starts_with(b"%PDF-1.7"));
        let document = lopdf::Document::load_mem(&file).unwrap();
        let attached = document.objects.values().filter_map(|object| object.as_dict().ok());
        assert_eq!(attached.filter(|one| one.has(b"EF")).count(), files, "the certificate holds all answers");
    }
    let shown = ok(&run(&["import", "fhir", "sam.fhir.json", "--record", "kim.db"]));
    assert!(shown.contains("outcomes: 1") && shown.contains("Nothing was added"), "{shown}");
    ok(&run(&["import", "fhir", "sam.fhir.json", "--record", "kim.db", "--yes"]));
    let replayed = ok(&record(&folder.path().join("kim.db"), &["replay"], None));
    assert!(replayed.contains("the same outcome and certificate"), "{replayed}");
    let wrong = text.replacen("\"Y\"", "\"Z\"", 1);
    std::fs::write(folder.path().join("wrong.json"), wrong).unwrap();
    let said = refused(&run(&["import", "fhir", "wrong.json", "--record", "kim.db", "--yes"]));
    assert!(said.contains("item `saddle_numbness`, of the file cannot be right"), "{said}");
}
