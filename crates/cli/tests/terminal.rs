//! The interview of a person, in a real terminal: keys in, screen out.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use rexpect::session::{PtySession, spawn_command};

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const ENTER: &str = "\r";
const SPACE: &str = " ";
const ESCAPE: &str = "\x1b";

/// The program in a terminal, with a record of its own that is gone with it.
struct Terminal(PtySession, tempfile::TempDir);

impl Terminal {
    /// The program in a terminal of 90 columns and 40 rows.
    fn start(arguments: &str) -> Self {
        Self::start_with_words(arguments, "")
    }

    /// The same, with something typed on the first line.
    fn start_with_words(arguments: &str, words: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = Self::with_record(folder, arguments);
        terminal.sees("in your own words");
        terminal.types(&[words, ENTER]);
        terminal
    }

    /// The same, with the record in a folder, and whatever comes first.
    fn with_record(folder: tempfile::TempDir, arguments: &str) -> Self {
        let program = env!("CARGO_BIN_EXE_unclench");
        let mut command = Command::new("sh");
        command.args(["-c", &format!("stty cols 90 rows 40; exec '{program}' interview {arguments}")]);
        command.env("NO_COLOR", "1").env("TERM", "xterm").env_remove("UNCLENCH_REGION");
        command.env("UNCLENCH_RECORD", folder.path().join("record.db"));
        Self(spawn_command(command, Some(20_000)).unwrap(), folder)
    }

    /// Another command on the same record; what it says.
    fn says(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unclench"));
        command.args(arguments).env("UNCLENCH_RECORD", self.1.path().join("record.db"));
        let output = command.env_remove("UNCLENCH_REGION").output().unwrap();
        // One line, so that wrapping does not matter.
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Another program answers the questions of the same record, with a danger sign.
    fn finds_danger_elsewhere(&self) {
        let record = self.1.path().join("record.db");
        let mut command = Command::new(env!("CARGO_BIN_EXE_unclench"));
        command.args(["interview", "--jsonl", "--record"]).arg(record).env_remove("UNCLENCH_REGION");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), r#"{{"bladder_change": "yes"}}"#).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(10));
    }

    fn sees(&mut self, text: &str) {
        self.0.exp_string(text).unwrap_or_else(|error| panic!("never saw {text:?}: {error}"));
    }

    fn types(&mut self, keys: &[&str]) {
        for key in keys {
            self.0.send(key).unwrap();
            self.0.flush().unwrap();
            // A lone escape is told from the start of a longer key by the pause after it.
            std::thread::sleep(std::time::Duration::from_millis(80));
        }
    }

    /// "None of these" is the third line from the bottom.
    fn none_of_these(&mut self) {
        self.types(&[UP, UP, UP, SPACE, ENTER]);
    }

    fn ends_with(mut self, code: i32) -> tempfile::TempDir {
        self.0.exp_eof().unwrap();
        // The type of the status is not public; its words are.
        let status = format!("{:?}", self.0.process().wait().unwrap());
        assert!(status.starts_with("Exited(") && status.ends_with(&format!(", {code})")), "{status}");
        self.1
    }
}

#[test]
fn a_danger_sign_shows_whom_to_call_and_ends_with_exit_code_10() {
    let mut terminal = Terminal::start("--region us");
    terminal.sees("Screen 1");
    terminal.sees("Numb between your legs");
    terminal.types(&[SPACE, ENTER]);
    terminal.sees("GET EMERGENCY HELP NOW");
    terminal.sees("Call 911");
    terminal.sees("Why we say this");
    terminal.types(&[ENTER]);
    terminal.sees("You said yes to: Numb between");
    terminal.types(&[ESCAPE]);
    terminal.sees("GET EMERGENCY HELP NOW");
    terminal.sees("Why we say this");
    terminal.types(&[ESCAPE]);
    terminal.ends_with(10);
}

#[test]
fn a_danger_sign_in_own_words_is_ticked_and_asked_first() {
    let mut terminal =
        Terminal::start_with_words("--region us", "lifted a box and now I am numb between my legs");
    terminal.sees("It is ticked below");
    terminal.sees("[x] Numb between your legs");
    terminal.types(&[ENTER]);
    terminal.sees("GET EMERGENCY HELP NOW");
}

#[test]
fn nothing_ticked_is_not_taken_as_none() {
    let mut terminal = Terminal::start("");
    terminal.sees("Why do we ask?");
    terminal.types(&[ENTER]);
    terminal.sees("Nothing is ticked");
    terminal.none_of_these();
    terminal.sees("Screen 2");
}

#[test]
fn one_key_says_none_of_these_and_none_where_something_is_ticked() {
    let mut terminal = Terminal::start("");
    terminal.sees("0 none of these");
    terminal.types(&["0"]);
    terminal.sees("Screen 2");
    terminal.sees("0 none of these");
    terminal.types(&[SPACE, "0"]);
    terminal.sees("Something is ticked");
    terminal.types(&[SPACE, "0"]);
    terminal.sees("Age of the person");
}

#[test]
fn escape_goes_back_and_the_earlier_answer_is_still_ticked() {
    let mut terminal = Terminal::start("");
    terminal.sees("Why do we ask?");
    terminal.none_of_these();
    terminal.sees("Screen 2");
    terminal.sees("Why do we ask?");
    terminal.types(&[ESCAPE]);
    terminal.sees("Screen 1");
    terminal.sees("[x] None of these");
}

#[test]
fn not_sure_stays_not_sure_when_going_back_and_on_again() {
    let mut terminal = Terminal::start("");
    terminal.sees("Why do we ask?");
    terminal.types(&[UP, UP, SPACE, ENTER]);
    terminal.sees("Which are you not sure about?");
    terminal.types(&[UP, UP, SPACE, ENTER]);
    terminal.sees("Screen 2");
    terminal.sees("Why do we ask?");
    terminal.types(&[ESCAPE]);
    terminal.sees("[x] Not sure about some of these");
    terminal.types(&[ENTER]);
    terminal.sees("Which are you not sure about?");
    terminal.sees("[x] A numb or tight band");
}

#[test]
fn asking_why_loses_no_tick() {
    let mut terminal = Terminal::start("");
    terminal.sees("Why do we ask?");
    terminal.types(&[DOWN, SPACE, UP, UP, SPACE, ENTER]);
    terminal.sees("Why we ask:");
    terminal.sees("[x] New trouble starting");
}

#[test]
fn why_we_ask_is_told_and_the_question_comes_again() {
    let mut terminal = Terminal::start("");
    terminal.sees("Why do we ask?");
    terminal.types(&[UP, SPACE, ENTER]);
    terminal.sees("Why we ask: Squeezed nerves");
    terminal.sees("None of these");
}

#[test]
fn stopping_early_is_no_result() {
    let mut terminal = Terminal::start("");
    terminal.sees("Why do we ask?");
    terminal.0.send_control('c').unwrap();
    terminal.sees("No result was reached");
    terminal.ends_with(1);
}

/// Answers as somebody with a plain spasm of today, to the list of all answers.
fn plain_spasm(terminal: &mut Terminal) {
    terminal.sees("Why do we ask?");
    terminal.none_of_these();
    terminal.sees("Screen 2");
    terminal.none_of_these();
    terminal.sees("Age of the person");
    terminal.types(&["4", "4", ENTER]);
    terminal.sees("Tick all that fit");
    terminal.none_of_these();
    terminal.sees("Two quiet questions");
    terminal.none_of_these();
    terminal.sees("How many days ago");
    terminal.types(&["0", ENTER]);
    terminal.sees("What were you doing");
    terminal.types(&[ENTER]);
    terminal.sees("How strong is the pain now?");
    terminal.types(&["6", ENTER]);
    terminal.sees("Where does it hurt?");
    terminal.types(&[DOWN, DOWN, SPACE, ENTER]);
    terminal.sees("Does any of this fit?");
    terminal.none_of_these();
    terminal.sees("Check your answers");
}

#[test]
fn a_plain_spasm_ends_in_a_plan_and_a_come_back_card() {
    let mut terminal = Terminal::start("--region uk");
    plain_spasm(&mut terminal);
    terminal.sees("44 years; nothing else");
    terminal.types(&[ENTER]);
    terminal.sees("YOU CAN LOOK AFTER THIS AT HOME FOR NOW");
    terminal.sees("What helps: pick a step");
    terminal.types(&[ENTER]);
    terminal.sees("Right now: Warmth (tested: may help)");
    terminal.types(&[ENTER]);
    terminal.sees("Call 999 if");
    terminal.sees("it goes numb between your legs");
    terminal.types(&[ENTER]);
    terminal.ends_with(0);
}

#[test]
fn a_remedy_is_done_step_by_step_with_its_time_counted_down() {
    let mut terminal = Terminal::start("--region uk --no-record");
    plain_spasm(&mut terminal);
    terminal.types(&[ENTER]);
    terminal.sees("What helps: pick a step");
    terminal.types(&[ENTER]);
    terminal.sees("Right now: Slow breathing");
    terminal.types(&[DOWN, DOWN, DOWN, DOWN, DOWN, DOWN, ENTER]);
    terminal.sees("[5 min]");
    terminal.sees("Do it now, step by step");
    terminal.types(&[ENTER]);
    for step in 1..4 {
        terminal.sees(&format!("Step {step} of 4"));
        terminal.sees("q stop]");
        terminal.types(&[ENTER]);
    }
    terminal.sees("In 4  5:00 left");
    terminal.sees("In 3  4:59 left");
    terminal.types(&["q"]);
    terminal.sees("Stopped");
    terminal.sees("If your lips or fingers tingle");
    terminal.sees("Do it now, step by step");
    terminal.types(&[ESCAPE, ESCAPE, ESCAPE]);
    terminal.ends_with(0);
}

#[test]
fn an_interview_is_in_the_record_and_stays_there() {
    let mut terminal = Terminal::start("--region uk");
    plain_spasm(&mut terminal);
    terminal.types(&[ENTER]);
    terminal.sees("YOU CAN LOOK AFTER THIS AT HOME FOR NOW");
    // It is there before the program ends, and comes out the same when it is worked out again.
    let replayed = terminal.says(&["record", "replay"]);
    assert!(replayed.contains("1 of 1 outcomes were worked out again"), "{replayed}");
    let causes = terminal.says(&["causes"]);
    assert!(causes.contains("What may lie behind it") && causes.contains("plain muscle spasm"), "{causes}");
    assert!(terminal.says(&["clinic", "--for", "clinician"]).contains("imaging"));
    terminal.types(&[ESCAPE]);
    let folder = terminal.ends_with(0);
    let mut again = Terminal::with_record(folder, "--region uk");
    again.sees("Your last outcome");
    again.sees("Something changed");
    again.types(&[DOWN, ENTER]);
    again.sees("Screen 1");
    again.sees("Why do we ask?");
    // No earlier "no" is taken for granted, and what was told stands meanwhile.
    assert!(again.says(&["causes"]).contains("plain muscle spasm"));
    again.types(&[SPACE, ENTER]);
    again.sees("GET EMERGENCY HELP NOW");
    assert!(again.says(&["causes"]).contains("can wait until you have been seen"));
}

#[test]
fn an_interview_goes_on_where_it_was_left() {
    let mut terminal = Terminal::start("");
    terminal.sees("Why do we ask?");
    terminal.none_of_these();
    terminal.sees("Screen 2");
    terminal.sees("Why do we ask?");
    terminal.0.send_control('c').unwrap();
    terminal.sees("What you answered is kept");
    let causes = terminal.says(&["causes"]);
    assert!(causes.contains("Not finished") && causes.contains("danger questions"), "{causes}");
    let folder = terminal.ends_with(1);
    let mut again = Terminal::with_record(folder, "");
    again.sees("You have answered 1 screen");
    again.types(&[ENTER]);
    again.sees("Screen 2");
    again.sees("Why do we ask?");
    // Back to what was answered before, and an answer that is changed holds.
    again.types(&[ESCAPE]);
    again.sees("Screen 1");
    again.sees("[x] None of these");
    again.types(&[UP, UP, UP, SPACE, DOWN, DOWN, DOWN, SPACE, ENTER]);
    again.sees("GET EMERGENCY HELP NOW");
}

#[test]
fn a_try_keeps_nothing() {
    let mut terminal = Terminal::start("--no-record");
    terminal.sees("nothing is kept");
    terminal.sees("Why do we ask?");
    terminal.types(&[SPACE, ENTER]);
    terminal.sees("GET EMERGENCY HELP NOW");
    terminal.types(&[ESCAPE]);
    let folder = terminal.ends_with(10);
    assert!(!folder.path().join("record.db").exists());
}

#[test]
fn a_signal_gives_the_terminal_back() {
    for signal in ["TERM", "HUP", "QUIT", "USR1", "ALRM", "XCPU"] {
        let folder = tempfile::tempdir().unwrap();
        let pid = folder.path().join("pid");
        let program = env!("CARGO_BIN_EXE_unclench");
        let inner = format!("echo $$ > {}; exec '{program}' interview", pid.display());
        let mut command = Command::new("sh");
        // A core that is dumped is none of this test.
        command.args([
            "-c",
            &format!("ulimit -c 0; stty cols 90 rows 40; sh -c '{}'; stty -a", inner.replace('\'', "'\\''")),
        ]);
        command.env("NO_COLOR", "1").env("TERM", "xterm").env_remove("UNCLENCH_REGION");
        command.env("UNCLENCH_RECORD", folder.path().join("record.db"));
        let mut terminal = Terminal(spawn_command(command, Some(20_000)).unwrap(), folder);
        terminal.sees("in your own words");
        std::thread::sleep(std::time::Duration::from_millis(300));
        let pid = std::fs::read_to_string(pid).unwrap();
        let killed = Command::new("kill").args([&format!("-{signal}"), pid.trim()]).status().unwrap();
        assert!(killed.success(), "{signal}");
        // Lines are lines again; whether keys are shown is what it was before.
        terminal.sees("isig icanon iexten");
    }
}

#[test]
fn starting_over_never_replaces_what_was_not_shown() {
    let mut terminal = Terminal::start("--region us");
    terminal.sees("Screen 1");
    terminal.none_of_these();
    terminal.sees("Screen 2");
    terminal.types(&["\x03"]);
    let mut terminal = Terminal::with_record(terminal.ends_with(1), "--region us");
    terminal.sees("Start over");
    terminal.finds_danger_elsewhere();
    terminal.types(&[DOWN, ENTER]);
    terminal.sees("GET EMERGENCY HELP NOW");
}
