//! The record is one for the pages and the commands: what either writes the other sees.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::{Database, Mark, Passphrase, Record, RecordId};
use support::{guideline, text};
use web::{Carried, Effect, Form, Home, Request, Response, Site, Visit, Whereabouts, WorkedOut};

/// Somebody with a record, in front of the pages and of a terminal.
struct Person {
    folder: tempfile::TempDir,
    passphrase: Option<&'static str>,
}

impl Person {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), passphrase: None }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("record.db")
    }

    fn path(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A command with this record as their own.
    fn runs(&self, arguments: &[&str]) -> Output {
        self.runs_with(arguments, "", &self.file())
    }

    fn runs_with(&self, arguments: &[&str], input: &str, record: &Path) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unclench"));
        command.args(arguments).env("UNCLENCH_RECORD", record).env("UNCLENCH_REGION", "us");
        command.env_remove("UNCLENCH_PASSPHRASE");
        command.envs(self.passphrase.map(|passphrase| ("UNCLENCH_PASSPHRASE", passphrase)));
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// What a command says, where it ends with this code; in one line, so that wrapping does
    /// not matter.
    fn says(&self, arguments: &[&str], code: i32) -> String {
        said(&self.runs(arguments), code)
    }

    /// The record as the server reads it.
    fn record(&self) -> Record {
        self.with_database(|runtime, database| {
            let reading = runtime.block_on(database.read(&RecordId::own(), &Mark::default())).unwrap();
            assert_eq!(reading.faults, []);
            Record::of(reading.events)
        })
    }

    fn with_database<T>(&self, with: impl FnOnce(&tokio::runtime::Runtime, &Database) -> T) -> T {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let passphrase = self.passphrase.map(|text| Passphrase::new(text.to_owned()).unwrap());
        let database = runtime.block_on(Database::open(&self.file(), passphrase.as_ref())).unwrap();
        let done = with(&runtime, &database);
        runtime.block_on(database.close());
        done
    }

    /// Sends a form of the pages, and keeps what it leads to as the server does; or, without
    /// a form, reads a page.
    fn respond(&self, request: &Request) -> Response {
        let record = self.record();
        let site = Site::new(guideline(), Vec::new(), TimeZoneDatabase::bundled());
        let (home, carried) =
            (Home::File { path: "record.db".to_owned(), sealed: false }, Carried::default());
        let now = Timestamp::now();
        let visit = Visit {
            record: &record,
            now: now.to_zoned(TimeZone::UTC),
            token: "t",
            once: "o",
            home: &home,
            region: Whereabouts::Told("us"),
            carried: &carried,
            worked_out: WorkedOut::default(),
        };
        let response = site.respond(request, &visit);
        if let Effect::Append(events) = &response.effect {
            let events = events.iter().map(|event| (now, event.clone())).collect();
            self.with_database(|runtime, database| {
                let own = RecordId::own();
                runtime.block_on(database.append_after(&own, record.last(), None, events)).unwrap();
            });
        }
        response
    }

    fn get(&self, path: &str) -> String {
        self.respond(&Request::get(path)).text().to_owned()
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) {
        let form: Form = fields.iter().copied().collect();
        let response = self.respond(&Request::post(path, form));
        assert_eq!(response.status, 303, "{}", response.text());
    }

    /// Goes through the questions, with a plain spasm of today, driven by a program that
    /// names the record.
    fn triaged(self, changed: &[(&str, Value)]) -> Self {
        let record = self.file();
        let arguments = ["interview", "--jsonl", "--record", record.to_str().unwrap()];
        let line = answers(changed);
        let output = self.runs_with(&arguments, &format!("{line}\n"), &support::no_record());
        assert!([Some(0), Some(10)].contains(&output.status.code()), "{}", text(&output.stderr));
        self
    }
}

fn said(output: &Output, code: i32) -> String {
    let said = [&output.stdout, &output.stderr].map(|said| text(said)).concat();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The answers of somebody with a plain spasm, with these instead.
fn answers(changed: &[(&str, Value)]) -> Value {
    let drinks = [("alcohol", json!("little"))];
    Value::Object(support::plain_spasm(&[&drinks, changed].concat()))
}

#[test]
fn a_dose_of_the_terminal_counts_in_the_pages() {
    let person = Person::new().triaged(&[]);
    let logged = person.says(&["dose", "log", "advil", "--amount", "2"], 0);
    assert!(logged.contains("Advil, 2 tablets (400 mg of ibuprofen)"), "{logged}");
    let record = person.record();
    let [dose] = record.doses() else { panic!("{:?}", record.doses()) };
    assert_eq!((dose.what.name.as_str(), dose.what.units, &*dose.what.region), ("Advil, 2 tablets", 2, "us"));
    assert_eq!(dose.what.verdict, care::DoseLevel::Allowed, "the same verdict as in the pages");
    let page = person.get("/medicines/log");
    assert!(page.contains("Advil, 2 tablets"), "{page}");
    assert!(person.get("/medicines").contains("400 mg of 1,200 mg"));
    // What is taken back in one is gone in the other.
    let (_, entry) = page.split_once(r#"name="entry" value=""#).unwrap();
    let (entry, _) = entry.split_once('"').unwrap();
    person.post("/medicines/withdraw", &[("entry", entry), ("confirm", "yes")]);
    assert!(person.says(&["dose", "list"], 0).contains("Nothing is written down"));
}

#[test]
fn a_dose_of_the_pages_counts_in_the_terminal() {
    let person = Person::new().triaged(&[]);
    assert!(person.says(&["dose", "check", "advil"], 0).starts_with("YES, YOU MAY TAKE IT NOW"));
    person.post("/medicines/log", &[("medicine", "advil"), ("units", "2"), ("when", "now")]);
    let wait = person.says(&["dose", "check", "motrin ib"], 1);
    assert!(wait.starts_with("NOT YET. WAIT UNTIL"), "{wait}");
    assert!(person.says(&["dose", "next"], 0).contains("You had 400 mg of 1,200 mg in the last 24 hours"));
    // The country of the settings counts where none is typed.
    person.post("/medicines/region", &[("dose_region", "uk")]);
    let uk = person.runs_with(&["dose", "next", "--region", "anywhere"], "", &person.file());
    assert!(said(&uk, 0).contains("Limits: United Kingdom"), "{}", text(&uk.stdout));
}

#[test]
fn the_answers_of_the_pages_are_those_of_the_terminal() {
    let person = Person::new().triaged(&[("ulcer_or_bleed", json!("yes"))]);
    assert!(person.get("/outcome").contains("You can look after this at home"));
    let never = person.says(&["dose", "check", "advil"], 1);
    assert!(never.contains("ulcer") || never.contains("bleed"), "{never}");
    assert!(person.says(&["causes"], 0).contains("What may lie behind it"));
    assert!(person.says(&["habits"], 0).contains("What keeps spasms away, for you"));
    assert!(person.says(&["clinic"], 0).contains("Sources"));
    // What is given counts instead, and says so.
    let given = person.path("given.json", &answers(&[("saddle_numbness", json!("yes"))]).to_string());
    let emergency = person.says(&["causes", "--answers", &given], 10);
    assert!(emergency.contains("Your record was not looked at"), "{emergency}");
    let other = person.path("other.json", &answers(&[]).to_string());
    assert!(person.says(&["dose", "check", "advil", "--answers", &other], 0).starts_with("YES"));
    // So does an export of it.
    let export = person.path("export.json", &text(&person.runs(&["record", "export"]).stdout));
    let nobody = Person::new();
    let by_record =
        text(&person.runs(&["causes", "--json", "--record", person.file().to_str().unwrap()]).stdout);
    let by_export = text(&nobody.runs(&["causes", "--json", "--record", &export]).stdout);
    assert_eq!(by_record, by_export);
    let kept = nobody.says(&["dose", "log", "advil", "--record", &export], 2);
    assert!(kept.contains("nothing can be added"), "{kept}");
    assert!(!nobody.file().exists());
}

#[test]
fn an_emergency_of_the_record_holds_in_every_command() {
    let person = Person::new().triaged(&[("saddle_numbness", json!("yes"))]);
    for command in [&["causes"][..], &["habits"], &["clinic"]] {
        assert!(person.says(command, 10).contains("Call 911"), "{command:?}");
    }
    assert!(person.says(&["dose", "check", "advil"], 1).starts_with("GET HELP NOW Call 911"));
}

#[test]
fn programs_that_write_at_the_same_time_lose_nothing() {
    let person = Person::new().triaged(&[]);
    let before = person.record().events().len();
    std::thread::scope(|scope| {
        for minute in 1..6 {
            let person = &person;
            scope.spawn(move || {
                let at = Timestamp::now().checked_sub(SignedDuration::from_mins(minute)).unwrap();
                person.says(&["dose", "log", "advil", "--at", &at.to_string()], 0);
            });
        }
        person.with_database(|runtime, database| {
            let settings = store::Settings { colours: Some(store::Colours::Dark), ..Default::default() };
            for _ in 0..5 {
                let events = vec![(Timestamp::now(), store::Event::SettingsChanged(settings.clone()))];
                runtime.block_on(database.append(&RecordId::own(), None, events)).unwrap();
            }
        });
    });
    let record = person.record();
    assert_eq!((record.doses().len(), record.events().len()), (5, before + 10));
    // Each saw those that were written before it and taken before it.
    for (place, dose) in record.doses().iter().enumerate() {
        let sees_one = record.doses()[..place].iter().any(|before| before.what.at < dose.what.at);
        assert_eq!(dose.what.verdict != care::DoseLevel::Allowed, sees_one, "{:?}", record.doses());
    }
}

#[test]
fn a_sealed_record_opens_with_its_passphrase_and_nothing_is_written_beside_it() {
    let mut person = Person::new();
    person.passphrase = Some("four random words here");
    person.says(&["dose", "log", "advil"], 0);
    assert_eq!(person.record().doses().len(), 1);
    let bytes = std::fs::read(person.file()).unwrap();
    assert!(!bytes.windows(5).any(|part| part == b"Advil"));
    let locked = Person { passphrase: None, ..person };
    for command in
        [&["dose", "log", "advil"][..], &["dose", "next"], &["dose", "check", "advil"], &["causes"]]
    {
        let sealed = locked.says(command, 2);
        assert!(sealed.contains("is sealed; give its passphrase"), "{sealed}");
        assert!(sealed.contains("UNCLENCH_PASSPHRASE"), "{sealed}");
    }
    let person = Person { passphrase: Some("four random words here"), ..locked };
    assert_eq!(person.record().doses().len(), 1);
    assert!(person.says(&["dose", "next"], 0).contains("Ibuprofen"));
}

#[cfg(unix)]
#[test]
fn a_record_that_takes_no_writes_is_read_and_a_dose_is_not_said_to_be_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let person = Person::new().triaged(&[]);
    person.says(&["dose", "log", "advil"], 0);
    std::fs::set_permissions(person.file(), std::fs::Permissions::from_mode(0o444)).unwrap();
    assert!(person.says(&["dose", "next"], 0).contains("Ibuprofen"));
    let refused = person.says(&["dose", "log", "advil"], 1);
    assert!(refused.contains("nothing was kept") && refused.contains("read-only"), "{refused}");
    assert!(!refused.contains("Written down"), "{refused}");
}

#[test]
fn nothing_is_allowed_by_a_record_that_is_not_whole() {
    let person = Person::new().triaged(&[]);
    person.says(&["dose", "log", "tylenol_extra_strength", "--at", "2026-06-15 08:00"], 0);
    assert!(person.says(&["dose", "check", "advil"], 0).starts_with("YES"));
    let mut export: Value = serde_json::from_slice(&person.runs(&["record", "export"]).stdout).unwrap();
    let events = export["events"].as_array_mut().unwrap();
    events.remove(events.len() - 2);
    let export = person.path("export.json", &export.to_string());
    let asks = person.says(&["dose", "check", "advil", "--record", &export], 1);
    assert!(asks.contains("ASK") && asks.contains("is not whole"), "{asks}");
}

#[test]
fn a_record_begins_with_the_first_dose_and_not_with_a_look() {
    let person = Person::new();
    for command in [&["dose", "next"][..], &["dose", "list"], &["causes"], &["habits"]] {
        let shown = person.says(command, 0);
        assert!(shown.contains("there is no record at"), "{command:?}: {shown}");
    }
    assert!(person.says(&["recovery"], 2).contains("no entry of a diary yet"));
    assert!(person.says(&["dose", "withdraw", "1"], 2).contains("no dose with the number 1"));
    assert_eq!(person.says(&["record", "where"], 0), person.file().to_str().unwrap());
    let asked = person.says(&["dose", "check", "advil"], 1);
    assert!(asked.contains("No record was looked at"), "{asked}");
    assert!(!person.file().exists());
    let tried = person.says(&["dose", "log", "advil", "--no-record"], 0);
    assert!(tried.contains("nothing is kept") && !person.file().exists(), "{tried}");
    let begun = person.says(&["dose", "log", "advil"], 0);
    assert!(begun.contains("your record begins in") && person.file().exists(), "{begun}");
}

#[test]
fn a_program_that_wants_json_names_the_record() {
    let person = Person::new().triaged(&[]);
    let before = person.record().events().len();
    for command in [
        &["dose", "log", "advil", "--json"][..],
        &["dose", "next", "--json"],
        &["dose", "list", "--json"],
        &["recovery", "--json"],
    ] {
        assert!(person.says(command, 2).contains("--record FILE"), "{command:?}");
    }
    // Nothing of the person is in what it gets without a name.
    let causes = person.runs_with(&["causes", "--json"], r#"{"age": 44}"#, &person.file());
    assert_eq!(serde_json::from_slice::<Value>(&causes.stdout).unwrap()["finished"], false);
    let check = person.runs(&["dose", "check", "advil", "--json"]);
    assert_eq!(serde_json::from_slice::<Value>(&check.stdout).unwrap()["log_given"], false);
    let line = answers(&[]).to_string();
    person.runs_with(&["interview", "--jsonl"], &line, &person.file());
    assert_eq!(person.record().events().len(), before);
}

#[test]
fn an_interview_that_a_program_drives_is_kept_with_its_outcome() {
    let person = Person::new().triaged(&[]).triaged(&[("fever", json!("yes"))]);
    let record = person.record();
    assert_eq!(record.assessments().len(), 2);
    assert!(person.says(&["record", "replay"], 0).contains("2 of 2 outcomes were worked out again"));
    assert!(person.get("/check").contains("44 years"), "its answers can be changed in the pages");
}

#[test]
fn an_interview_never_replaces_what_it_did_not_show() {
    let person = Person::new().triaged(&[]);
    let record = person.file();
    let arguments = ["interview", "--jsonl", "--record", record.to_str().unwrap()];
    let mut slow = Command::new(env!("CARGO_BIN_EXE_unclench"));
    let slow = slow.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut slow = slow.spawn().unwrap();
    let mut first = String::new();
    let mut lines = BufReader::new(slow.stdout.take().unwrap());
    lines.read_line(&mut first).unwrap();
    assert!(first.contains(r#""type":"question""#), "{first}");
    let danger = r#"{"bladder_change": "yes"}"#;
    let other = person.runs_with(&arguments, &format!("{danger}\n"), &support::no_record());
    assert_eq!(other.status.code(), Some(10), "{}", text(&other.stderr));
    let before = person.record().events().len();
    writeln!(slow.stdin.take().unwrap(), "{}", answers(&[])).unwrap();
    let views: Vec<Value> = lines.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    assert_eq!(slow.wait().unwrap().code(), Some(10));
    let [standing, error] = &views[..] else { panic!("{views:?}") };
    assert_eq!((&standing["type"], &standing["urgency"]), (&json!("standing"), &json!("emergency")));
    assert_eq!((&error["type"], &error["answers"]["age"]), (&json!("error"), &answers(&[])["age"]));
    assert_eq!(person.record().events().len(), before, "nothing was written");
    // Whoever begins after it is shown it first, and may then replace it.
    let after = person.runs_with(&arguments, &format!("{}\n", answers(&[])), &support::no_record());
    assert!(text(&after.stdout).starts_with(r#"{"type":"standing","#), "{}", text(&after.stdout));
    assert_eq!(after.status.code(), Some(0));
    assert_eq!(person.record().assessments().len(), 3);
}

#[test]
fn the_diary_of_the_record_and_of_its_exports_is_one() {
    let person = Person::new().triaged(&[]);
    for pain in ["6", "5"] {
        person.post(
            "/diary",
            &[("pain_now", pain), ("new_danger", "no"), ("seen", &person.record().last().to_string())],
        );
    }
    let shown = person.says(&["recovery"], 0);
    assert!(shown.contains("Your diary") && shown.contains("YOU CAN LOOK AFTER THIS AT HOME"), "{shown}");
    let json = person.path("export.json", &text(&person.runs(&["record", "export"]).stdout));
    let csv = person.path("export.csv", &text(&person.runs(&["record", "export", "--csv"]).stdout));
    let of = |arguments: &[&str]| -> Value {
        let output = person.runs_with(arguments, "", &support::no_record());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)))
    };
    let record = of(&["recovery", "--json", "--record", person.file().to_str().unwrap()]);
    assert_eq!((&record["urgency"], &record["pain_now"]), (&json!("self_care"), &json!(5)));
    assert_eq!(of(&["recovery", "--json", &json]), record);
    assert_eq!(of(&["recovery", "--json", "--record", &json]), record);
    // A table has no answers, so the triage is not run with it.
    let table = of(&["recovery", "--json", &csv]);
    assert_eq!((&table["pain_now"], &table["finished"]), (&json!(5), &json!(false)));
}
