//! What others wrote (a file, an argument, a certificate) is shown and does nothing: to a
//! terminal it is text, to a program data, and it never takes for ever.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::{text, unclench};

/// Clears the screen, forges a line, turns the writing round, and sets a title.
const HOSTILE: &str = "\u{1b}[2J\u{1b}[H\nThe certificate holds\u{202e}\u{9b}1m\u{1b}]0;x\u{7}\r";

/// Nothing in an output acts, and no line of it was forged.
fn check_harmless(arguments: &[&str], input: &str) {
    let output = unclench(arguments, input);
    for bytes in [&output.stdout, &output.stderr] {
        let shown = String::from_utf8_lossy(bytes);
        let acting = shown.chars().find(|letter| care::is_acting(*letter) && *letter != '\n');
        assert_eq!(acting, None, "{arguments:?}: {shown:?}");
        assert!(
            !shown.lines().any(|line| line.starts_with("The certificate holds")),
            "{arguments:?}: {shown}"
        );
    }
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// An assessment with its certificate, in which a part was changed.
fn certificate_with(part: &str, value: serde_json::Value) -> String {
    let output = unclench(&["assess", "--json"], r#"{"saddle_numbness": "yes"}"#);
    let mut assessment: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let certificate = &mut assessment["certificate"];
    assert!(!certificate[part].is_null(), "{part}");
    certificate[part] = value;
    certificate.to_string()
}

#[test]
fn foreign_text_in_arguments_does_nothing() {
    for arguments in [
        vec!["explain", HOSTILE],
        vec!["claims", HOSTILE],
        vec!["--region", HOSTILE, "findings"],
        vec!["--guideline", HOSTILE, "findings"],
        vec!["--guideline", HOSTILE, "check"],
        vec!["dose", "check", HOSTILE],
        vec!["verify", HOSTILE],
        vec!["recovery", HOSTILE],
        vec!["assess", "--answers", HOSTILE],
        vec!["assess", "--text", HOSTILE],
        vec!["ask", HOSTILE],
        vec!["causes", HOSTILE],
        vec!["record", "--record", HOSTILE, "export"],
        vec!["record", "--record", HOSTILE, "where"],
        vec!["words", HOSTILE],
        vec![HOSTILE],
        vec!["--no-such", HOSTILE],
        vec!["serve", "--port", HOSTILE],
    ] {
        check_harmless(&arguments, "");
    }
}

#[test]
fn foreign_text_in_answers_and_certificates_does_nothing() {
    let hostile = serde_json::Value::from(HOSTILE);
    for input in [
        format!("{{{hostile}: \"yes\"}}"),
        format!("{{\"fever\": {hostile}}}"),
        format!("{{{hostile}: 1, {hostile}: 2}}"),
        HOSTILE.to_owned(),
        format!("{{\"fever\": \"no\"}}\n{{{hostile}: \"yes\"}}\n"),
    ] {
        check_harmless(&["assess"], &input);
        check_harmless(&["assess", "--json"], &input);
        check_harmless(&["causes", "--answers", "-"], &input);
        check_harmless(&["interview", "--jsonl"], &input);
    }
    for part in ["guideline_version", "guideline_hash", "schema", "urgency", "seal"] {
        check_harmless(&["verify", "-"], &certificate_with(part, hostile.clone()));
    }
}

#[test]
fn foreign_text_in_files_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| file(folder.path(), name, text);
    for (name, text) in [
        ("cell.csv", format!("day,pain\n0,\"{HOSTILE}\"\n")),
        ("day.csv", format!("day,pain\n\"{HOSTILE}\",7\n")),
        ("column.csv", format!("day,pain,\"{HOSTILE}\"\n0,7,x\n")),
    ] {
        check_harmless(&["recovery", &path(name, &text)], "");
    }
    let kind = serde_json::json!({
        "schema": "unclench-record", "version": 1, "exported": "2026-11-24T10:00:00Z",
        "events": [{ "sequence": 1, "at": "2026-11-24T10:00:00Z", "event": { "kind": HOSTILE } }],
    });
    let record = folder.path().join("record.db").to_str().unwrap().to_owned();
    check_harmless(&["record", "--record", &record, "import", &path("kind.json", &kind.to_string())], "");
    let story = format!("# {HOSTILE}\n\nA story.\n\n```toml\nanswers.{HOSTILE} = \"yes\"\n```\n");
    check_harmless(&["explain", &path("story.md", &story)], "");
    let book = folder.path().join("book");
    std::fs::create_dir(&book).unwrap();
    std::fs::write(book.join("README.md"), format!("# {HOSTILE}\n")).unwrap();
    std::fs::write(book.join("sources.toml"), format!("[\"{HOSTILE}\"]\n")).unwrap();
    check_harmless(&["check", "--guideline", book.to_str().unwrap()], "");
    check_harmless(&["--guideline", book.to_str().unwrap(), "check"], "");
}

/// Runs the program, which must end in time.
fn check_ends(arguments: &[&str], input: Stdio) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_unclench"))
        .args(arguments)
        .env("UNCLENCH_RECORD", support::no_record())
        .stdin(input)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
            panic!("{arguments:?} goes on for ever");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(child.wait().unwrap().code(), Some(2), "{arguments:?}");
}

#[cfg(unix)]
#[test]
fn pipes_and_endless_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe").to_str().unwrap().to_owned();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let record = folder.path().join("record.db").to_str().unwrap().to_owned();
    for endless in [pipe.as_str(), "/dev/zero"] {
        for arguments in [
            vec!["recovery", endless],
            vec!["recovery", "--record", endless],
            vec!["verify", endless],
            vec!["assess", "--answers", endless],
            vec!["causes", "--answers", endless],
            vec!["dose", "check", "ibuprofen", "--answers", endless],
            vec!["record", "--record", &record, "import", endless],
            vec!["words", endless],
        ] {
            check_ends(&arguments, Stdio::null());
        }
    }
    // A file of the book.
    let book = folder.path().join("book");
    std::fs::create_dir(&book).unwrap();
    assert!(Command::new("mkfifo").arg(book.join("README.md")).status().unwrap().success());
    check_ends(&["check", "--guideline", book.to_str().unwrap()], Stdio::null());
    // Standard input without an end.
    for arguments in [
        vec!["assess"],
        vec!["verify", "-"],
        vec!["interview", "--jsonl"],
        vec!["record", "--record", &record, "import", "-"],
    ] {
        check_ends(&arguments, std::fs::File::open("/dev/zero").unwrap().into());
    }
}

#[test]
fn a_hundred_thousand_wrong_names_take_no_time() {
    let names: Vec<String> = (0..100_000).map(|number| format!("\"fevr_{number}\": \"yes\"")).collect();
    let start = Instant::now();
    let output = unclench(&["assess"], &format!("{{{}}}", names.join(",")));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(output.status.code(), Some(2));
    let shown = text(&output.stderr);
    assert!(shown.contains("and 99980 more") && shown.len() < 10_000, "{} bytes", shown.len());
}

#[test]
fn a_hostile_book_is_refused_in_time_and_without_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let readme = "# A book\n\nVersion 1.\n\n- [topic](topic.md)\n";
    let sources = |many: usize| -> String {
        let rest = "title = \"T\"\nyear = 2020\nkind = \"review\"\nlink = \"l\"\n\n";
        (0..many).flat_map(|number| [format!("[source_{number}]\n"), rest.to_owned()]).collect()
    };
    let block = |text: String| format!("Words.\n\n```toml\n{text}\n```\n\n");
    let xor = (0..12).fold("fever".to_owned(), |inner, _| {
        if inner.len() > 70_000 {
            inner
        } else {
            format!("(({inner}) and not age > 3 or not ({inner}) and age > 3)")
        }
    });
    let books = [
        ("sources", "# Topic\n".to_owned(), sources(100_000)),
        ("unknown", format!("# Topic\n\n{}", block("[nothing.a]\nx = 1".into()).repeat(20_000)), sources(1)),
        (
            "rules",
            format!(
                "# Topic\n\n{}",
                (0..3_000)
                    .map(|n| block(format!("[rule.r{n}]\nwhen = \"fever\"\nurgency = \"routine\"\nif_not_sure = \"routine\"\nbecause = \"B.\"\nsources = [\"source_0\"]")))
                    .collect::<String>()
            ),
            sources(1),
        ),
        ("xor", format!("# Topic\n\n{}", block(format!("[rule.x]\nwhen = \"{xor}\""))), sources(1)),
    ];
    for (name, topic, sources) in books {
        let book = folder.path().join(name);
        std::fs::create_dir(&book).unwrap();
        for (file, text) in [("README.md", readme), ("topic.md", &topic), ("sources.toml", &sources)] {
            std::fs::write(book.join(file), text).unwrap();
        }
        let start = Instant::now();
        let output = unclench(&["check", "--guideline", book.to_str().unwrap()], "");
        assert!(start.elapsed() < Duration::from_secs(30), "{name}: {:?}", start.elapsed());
        assert_eq!(output.status.code(), Some(1), "{name}: {}", text(&output.stderr));
        assert!(output.stderr.len() < 1 << 20, "{name}: {} bytes of messages", output.stderr.len());
    }
}
