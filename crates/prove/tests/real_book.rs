//! The theorems hold of the guideline of this repository, and a solver that is not ours agrees.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use prove::{NUMBERS, Report, Subject, prove, safety_case, theorem};
use support::guideline;

/// Proved once for all tests.
fn reports() -> &'static [Report] {
    static REPORTS: OnceLock<Vec<Report>> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let guideline = guideline();
        NUMBERS.into_iter().filter_map(|number| prove(Subject::of(&guideline), number)).collect()
    })
}

#[test]
fn every_theorem_holds() {
    assert_eq!(reports().len(), NUMBERS.len());
    for (number, report) in NUMBERS.into_iter().zip(reports()) {
        println!("theorem {number}: {} parts in {:?}", report.parts, report.time);
        assert!(report.parts > 0);
        assert_eq!(report.failures, [], "theorem {number}");
    }
}

/// Z3 looks for a counterexample to every part by itself.
#[test]
fn a_solver_that_is_not_ours_agrees() {
    let guideline = guideline();
    for number in NUMBERS {
        let theorem = theorem(Subject::of(&guideline), number).unwrap();
        let Some(text) = theorem.to_smt_lib() else { continue };
        let began = std::time::Instant::now();
        let said = z3(&text);
        println!("theorem {number}: {} bytes, {:?}", text.len(), began.elapsed());
        let said: Vec<&str> = said.lines().collect();
        assert_eq!(said, theorem.expected_of_solver(), "theorem {number}");
    }
}

/// The hazard log is the one that the command writes today, and what it names is there.
#[test]
fn the_safety_case_is_not_stale() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let kept = std::fs::read_to_string(root.join("docs/safety-case.md")).unwrap_or_default();
    let guideline = guideline();
    let written = safety_case(Subject::of(&guideline), reports());
    assert!(kept == written, "cargo run -p cli -- prove --safety-case docs/safety-case.md");
    let named = written.split('`').filter(|part| part.starts_with("crates/"));
    for path in named {
        assert!(root.join(path).exists(), "{path}");
    }
}

fn z3(text: &str) -> String {
    let mut solver = Command::new("z3")
        .args(["-in", "-smt2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("z3 is needed (on Debian: apt-get install z3): {error}"));
    let mut input = solver.stdin.take().unwrap();
    let text = text.to_owned();
    // It may answer before it has read everything.
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = solver.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    String::from_utf8(output.stdout).unwrap()
}
