//! A pipe that is closed is no error: whoever closed it has read enough.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Runs the program with an output that nobody reads; with this on its standard input.
fn with_closed_output(arguments: &[&str], input: &str) -> Output {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = Command::new(env!("CARGO_BIN_EXE_unclench"))
        .args(arguments)
        .env_remove("UNCLENCH_REGION")
        .env("UNCLENCH_RECORD", "no/record/of/anybody.db")
        .stdin(Stdio::piped())
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that has ended does not read the rest.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn every_command_ends_without_a_word_and_with_the_exit_code_of_its_work() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (record, doses, diary, book) = (path("record.db"), path("doses.db"), path("diary.csv"), path("book"));
    std::fs::write(&diary, "day,pain\n0,7\n1,6\n").unwrap();
    let export = path("export.json");
    let empty = r#"{"schema":"unclench-record","version":1,"exported":"2026-11-24T10:00:00Z","events":[]}"#;
    std::fs::write(&export, empty).unwrap();
    let emergency = r#"{"saddle_numbness": "yes"}"#;
    let lines = format!("{emergency}\n").repeat(2_000);
    let cases: [(&[&str], &str, i32); 22] = [
        (&["assess", "--json"], emergency, 10),
        (&["assess"], emergency, 10),
        (&["assess"], &lines, 10),
        (&["assess", "--text", "my back hurts"], "", 0),
        (&["interview", "--jsonl"], "{\"none\": true}\n", 0),
        (&["ask", "is heat good"], "", 0),
        (&["findings"], "", 0),
        (&["graph"], "", 0),
        (&["graph", "--svg"], "", 0),
        (&["claims"], "", 0),
        (&["explain", "saddle_numbness"], "", 0),
        (&["check"], "", 0),
        (&["book", &book], "", 0),
        (&["recovery", &diary], "", 0),
        (&["causes", "--answers", "-"], emergency, 10),
        (&["clinic", "--answers", "-"], emergency, 10),
        (&["dose", "log", "advil", "--record", &doses, "--region", "us"], "", 0),
        (&["dose", "next", "--record", &doses, "--region", "us"], "", 0),
        (&["dose", "check", "advil", "--record", &doses, "--region", "us"], "", 1),
        (&["record", "import", &export, "--yes", "--record", &record], "", 0),
        (&["record", "export", "--record", &record], "", 0),
        (&["--help"], "", 0),
    ];
    for (arguments, input, code) in cases {
        let output = with_closed_output(arguments, input);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        let is_quiet = !said.contains("pipe") && !said.contains("cannot write") && !said.contains("panicked");
        assert!(is_quiet, "{arguments:?}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_kept_is_no_failure_where_only_the_output_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record.db");
    let run = |arguments: &[&str]| {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_unclench"));
        command.args(arguments).args(["--region", "us", "--record"]).arg(&record).stdout(full);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run(&["dose", "log", "advil"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("what you entered is kept; only the output cannot be written"), "{said}");
    let (code, said) = run(&["dose", "next"]);
    assert_eq!(code, Some(1), "nothing was kept, and nothing could be said");
    assert!(said.contains("cannot write the output"), "{said}");
}

#[test]
fn an_error_that_nobody_reads_is_no_panic() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_unclench"));
    let status = command.args(["explain", "no_such_thing"]).stderr(writer).stdout(Stdio::null()).status();
    assert_eq!(status.unwrap().code(), Some(2));
}
