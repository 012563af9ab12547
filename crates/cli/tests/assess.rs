//! `unclench assess` and `unclench interview --jsonl`, from outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::process::{Command, Output};

use serde_json::{Value, json};
use support::{text, unclench};

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)))
}

fn json_lines(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A typical spasm without any danger sign, answered to the end over JSON lines.
fn uncomplicated() -> Value {
    Value::Object(support::plain_spasm(&[]))
}

#[test]
fn a_danger_sign_is_an_emergency_and_exit_code_10() {
    let output = unclench(&["assess", "--json"], r#"{"saddle_numbness": "yes"}"#);
    assert_eq!(output.status.code(), Some(10));
    let view = json(&output);
    assert_eq!(view["urgency"], "emergency");
    assert_eq!(view["finished"], true);
    assert_eq!(view["reasons"][0]["answers"], json!({ "saddle_numbness": "yes" }));
    assert!(view["reasons"][0]["sources"][0]["title"].is_string());
    assert_eq!(view["plan"], json!([]));
}

#[test]
fn an_uncomplicated_spasm_is_self_care_with_a_plan_and_a_certificate_that_holds() {
    let output = unclench(&["assess", "--json"], &uncomplicated().to_string());
    assert_eq!(output.status.code(), Some(0));
    let view = json(&output);
    assert_eq!(view["urgency"], "self_care");
    assert!(view["plan"].as_array().unwrap().len() >= 5);
    assert!(view["come_back_if"].as_array().unwrap().len() >= 10);
    let verified = unclench(&["verify", "-"], &text(&output.stdout));
    assert_eq!(verified.status.code(), Some(0), "{}", text(&verified.stderr));

    let mut tampered = view;
    tampered["certificate"]["urgency"] = json!("routine");
    let verified = unclench(&["verify", "-"], &tampered.to_string());
    assert_eq!(verified.status.code(), Some(1));
}

#[test]
fn unfinished_answers_name_the_next_question_and_no_urgency() {
    let output = unclench(&["assess", "--json"], r#"{"age": 44}"#);
    assert_eq!(output.status.code(), Some(0));
    let view = json(&output);
    assert_eq!((&view["urgency"], &view["finished"]), (&Value::Null, &json!(false)));
    assert_eq!((&view["lower"], &view["upper"]), (&json!("self_care"), &json!("emergency")));
    assert_eq!(view["next"]["question"], "danger_nerves");
    assert!(text(&unclench(&["assess"], r#"{"age": 44}"#).stdout).contains("Not finished"));
}

#[test]
fn a_bad_field_is_named_with_what_is_allowed_and_exit_code_2() {
    for (input, field, allowed) in [
        (r#"{"age": 200}"#, "age", "from 0 to"),
        (r#"{"age": "old"}"#, "age", "from 0 to"),
        (r#"{"age": 44.5}"#, "age", "from 0 to"),
        (r#"{"fever": "maybe"}"#, "fever", "\"yes\", \"no\" and \"not sure\""),
        (r#"{"fever": null}"#, "fever", "\"yes\", \"no\" and \"not sure\""),
        (r#"{"trigger": "magic"}"#, "trigger", "\"lifting\""),
        (r#"{"fevr": "no"}"#, "fevr", "did you mean `fever`"),
        (r#"{"fever": "yes", "fever": "no"}"#, "fever", "there twice"),
    ] {
        let output = unclench(&["assess", "--json"], input);
        assert_eq!(output.status.code(), Some(2), "{input}");
        let message = text(&output.stderr);
        assert!(message.contains(&format!("`{field}`")) && message.contains(allowed), "{input}: {message}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn input_that_is_no_object_of_answers_is_refused() {
    for input in ["", "  \n\n", "hello", "[1, 2]", "{", "42", "{\"age\": 1e400}", "\u{0}\u{1}"] {
        let output = unclench(&["assess", "--json"], input);
        assert_eq!(output.status.code(), Some(2), "{input:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn one_object_may_be_spread_over_several_lines() {
    let output = unclench(&["assess", "--json"], "{\n  \"saddle_numbness\":\n  \"yes\"\n}\n");
    assert_eq!(output.status.code(), Some(10));
}

#[test]
fn json_lines_keep_their_order_and_a_bad_line_has_an_error_in_its_place() {
    let input = "{\"saddle_numbness\": \"yes\"}\n\n{\"age\": 200}\nnonsense\n{\"age\": 44}\n";
    let output = unclench(&["assess"], input);
    assert_eq!(output.status.code(), Some(1));
    let views = json_lines(&output);
    assert_eq!(views.len(), 4);
    assert_eq!(views[0]["urgency"], "emergency");
    assert_eq!(views[1]["error"]["line"], 3);
    assert!(views[1]["error"]["messages"][0].as_str().unwrap().contains("`age`"));
    assert_eq!(views[2]["error"]["line"], 4);
    assert_eq!(views[3]["finished"], false);
    assert!(text(&output.stderr).contains("line 3"));
}

#[test]
fn a_bad_first_line_does_not_hide_the_rest() {
    let output = unclench(&["assess"], "nonsense\n{\"saddle_numbness\": \"yes\"}\n");
    assert_eq!(output.status.code(), Some(1));
    let views = json_lines(&output);
    assert_eq!(views[0]["error"]["line"], 1);
    assert_eq!(views[1]["urgency"], "emergency");
}

#[test]
fn json_lines_with_an_emergency_and_no_bad_line_exit_with_10() {
    let output = unclench(&["assess"], "{\"age\": 44}\n{\"saddle_numbness\": \"yes\"}\n");
    assert_eq!(output.status.code(), Some(10));
}

#[test]
fn every_assessment_names_the_guideline_and_its_hash() {
    let view = json(&unclench(&["assess", "--json"], r#"{"age": 44}"#));
    assert!(view["guideline"]["version"].is_string());
    assert_eq!(view["guideline"]["hash"].as_str().unwrap().len(), 64);
}

#[test]
fn the_interview_over_lines_asks_until_it_is_finished() {
    let truth = uncomplicated();
    // Answers to everything at every step: each question is asked at most once.
    let replies = format!("{truth}\n").repeat(60);
    let output = unclench(&["interview", "--jsonl"], &replies);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let views = json_lines(&output);
    assert_eq!(views[0]["type"], "question");
    assert_eq!(views[0]["question"], "danger_nerves");
    assert_eq!(views.last().unwrap()["type"], "result");
    assert_eq!(views.last().unwrap()["urgency"], "self_care");
}

#[test]
fn the_interview_over_lines_takes_none_and_back_and_survives_bad_answers() {
    let input = "{\"none\": true}\n{\"back\": true}\nnonsense\n{\"fevr\": \"no\"}\n{}\n{\"saddle_numbness\": \"not sure\", \"none\": true}\n{\"saddle_touch\": \"not sure\"}\n";
    let output = unclench(&["interview", "--jsonl"], input);
    assert_eq!(output.status.code(), Some(10), "{}", text(&output.stderr));
    let views = json_lines(&output);
    let kinds: Vec<&str> = views.iter().map(|view| view["type"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "error").count(), 3);
    assert_eq!(views[0]["question"], "danger_nerves");
    assert_eq!(views[1]["question"], "danger_sudden");
    assert_eq!(views[2]["question"], "danger_nerves");
    assert_eq!(views.last().unwrap()["urgency"], "emergency");
}

#[test]
fn a_danger_sign_behind_a_closed_gate_counts_when_it_is_reported() {
    let input =
        "{\"urine_or_side_pain\": \"no\", \"none\": true}\n{\"cola_urine\": \"yes\", \"none\": true}\n";
    let output = unclench(&["interview", "--jsonl"], input);
    assert_eq!(output.status.code(), Some(10), "{}", text(&output.stderr));
}

#[test]
fn back_stands_alone_and_none_is_true_or_false() {
    for line in ["{\"back\": true, \"fever\": \"yes\"}", "{\"none\": 1}", "{\"none\": \"yes\"}"] {
        let views = json_lines(&unclench(&["interview", "--jsonl"], &format!("{line}\n")));
        assert_eq!(views[1]["type"], "error", "{line}");
        assert_eq!(views[2]["question"], "danger_nerves");
    }
}

#[test]
fn what_is_printed_to_a_line_has_the_id_of_that_line() {
    let input =
        "{\"id\": \"p-1\", \"none\": true}\n{\"none\": true}\n{\"id\": 7, \"fevr\": \"no\"}\n{\"id\": []}\n";
    let views = json_lines(&unclench(&["interview", "--jsonl"], input));
    let ids: Vec<(&str, String)> =
        views.iter().map(|view| (view["type"].as_str().unwrap(), view["id"].to_string())).collect();
    let none = || "null".to_owned();
    let question = "question";
    assert_eq!(
        ids,
        [
            (question, none()),
            (question, "\"p-1\"".to_owned()),
            (question, none()),
            ("error", "7".to_owned()),
            (question, "7".to_owned()),
            ("error", none()),
            (question, none())
        ]
    );
}

#[test]
fn a_changed_gate_drops_what_was_answered_behind_it_and_says_so() {
    let input = "{\"both_legs\": \"yes\", \"none\": true}\n{\"legs_only_walking\": \"yes\", \"legs_slow\": \"yes\"}\n\
                 {\"both_legs\": \"no\", \"none\": true}\n";
    let views = json_lines(&unclench(&["interview", "--jsonl"], input));
    let dropped = views.iter().find(|view| view["type"] == "dropped").unwrap();
    assert_eq!(dropped["question"], "both_legs_detail");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_and_no_panic() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_unclench")).arg("findings").stdout(full).spawn().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn every_kind_of_block_can_be_explained() {
    for id in [
        "fever",
        "danger_nerves",
        "heat",
        "cauda_equina",
        "rest_or_move",
        "emergency",
        "us",
        "henschke_2009",
        "ibuprofen_us",
        "advil",
        "core_exercises",
        "own_doctor",
        "how_long",
        "nerves_below",
        "nsaid",
        "crisis",
    ] {
        let output = unclench(&["explain", id], "");
        assert_eq!(output.status.code(), Some(0), "{id}: {}", text(&output.stderr));
        assert!(!output.stdout.is_empty(), "{id}");
    }
    assert_eq!(unclench(&["explain", "nothing_of_the_kind"], "").status.code(), Some(2));
}

#[test]
fn a_vignette_is_explained_by_the_rules_that_fire() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vignettes/case_study_athlete.md");
    let output = unclench(&["explain", path], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("Outcome:"));
}

#[test]
fn an_interview_that_is_cut_off_is_not_a_result() {
    let output = unclench(&["interview", "--jsonl"], "{\"none\": true}\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(json_lines(&output).iter().all(|view| view["type"] == "question"));
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let output = unclench(&["interview"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("--jsonl"));
}

#[test]
fn text_has_no_escape_codes_when_it_is_not_a_terminal() {
    let output = unclench(&["assess"], &uncomplicated().to_string());
    assert_eq!(output.status.code(), Some(0));
    assert!(!text(&output.stdout).contains('\u{1b}'));
    assert!(text(&output.stdout).contains("Sources"));
}

#[test]
fn the_emergency_number_follows_the_region() {
    let output = unclench(&["assess", "--region", "uk"], r#"{"saddle_numbness": "yes"}"#);
    assert!(text(&output.stdout).contains("999"));
    let output = unclench(&["assess", "--region", "moon"], r#"{"saddle_numbness": "yes"}"#);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("known are"));
}

#[test]
fn another_book_can_be_used_and_a_broken_one_is_refused() {
    let folder = std::env::temp_dir().join(format!("unclench-book-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("README.md"), "# A book\n\nVersion 1\n").unwrap();
    let folder_name = folder.to_str().unwrap();
    let output = unclench(&["assess", "--guideline", folder_name], "{}");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("unclench check"));
    let output = unclench(&["check", "--guideline", folder_name], "");
    assert_eq!(output.status.code(), Some(1));
    let real = concat!(env!("CARGO_MANIFEST_DIR"), "/../../guideline");
    let output = unclench(&["assess", "--json", "--guideline", real], r#"{"saddle_numbness": "yes"}"#);
    assert_eq!(output.status.code(), Some(10));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_reason_that_rests_on_a_not_sure_says_so() {
    let not_sure = r#"{"saddle_numbness": "not sure", "saddle_touch": "not sure"}"#;
    let said = text(&unclench(&["assess"], not_sure).stdout);
    assert!(said.contains("You were not sure, so we go the safe way."), "{said}");
    let said = text(&unclench(&["assess"], r#"{"saddle_numbness": "yes"}"#).stdout);
    assert!(!said.contains("You were not sure"), "{said}");
}

#[test]
fn an_id_stands_before_its_outcome_again() {
    let input = "{\"id\": \"p-17\", \"saddle_numbness\": \"yes\"}\n{\"id\": 18, \"age\": 999}\n\
                 {\"age\": 44}\n{\"id\": {\"a\": 1}, \"age\": 44}\n{\"id\": \"\\u001b[2J\", \"age\": 44}\n";
    let output = unclench(&["assess"], input);
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["id"], "p-17");
    assert_eq!(lines[0]["urgency"], "emergency");
    assert_eq!(lines[1]["id"], 18);
    assert!(lines[1]["error"]["messages"][0].as_str().unwrap().contains("age"), "{}", lines[1]);
    assert!(lines[2].get("id").is_none());
    assert!(lines[3]["error"]["messages"][0].as_str().unwrap().contains("`id` is a text"), "{}", lines[3]);
    assert_eq!(lines[4]["id"], "\u{1b}[2J");
    let one = unclench(&["assess", "--json"], "{\"id\": \"x\", \"saddle_numbness\": \"yes\"}");
    let one: serde_json::Value = serde_json::from_slice(&one.stdout).unwrap();
    assert_eq!(one["id"], "x");
}

#[test]
fn a_mark_of_the_byte_order_before_json_lines_says_nothing() {
    let lines = "{\"age\": 44}\n{\"saddle_numbness\": \"yes\"}\n";
    let plain = unclench(&["assess"], lines);
    assert_eq!(text(&plain.stdout).lines().count(), 2);
    let marked = unclench(&["assess"], &format!("\u{feff}{lines}"));
    assert_eq!(marked.stdout, plain.stdout);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.jsonl");
    let bytes: Vec<u8> = format!("\u{feff}{lines}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&file, bytes).unwrap();
    let wide = unclench(&["assess", "--answers", file.to_str().unwrap()], "");
    assert_eq!(wide.stdout, plain.stdout);
}
