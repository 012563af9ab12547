//! `unclench causes`, `habits`, `clinic` and `recovery`, from outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::PathBuf;
use std::process::Output;

use serde_json::{Value, json};
use support::{text, unclench};

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)))
}

/// A spasm after lifting without any danger sign, with these answers instead.
fn answers(changed: &[(&str, Value)]) -> String {
    let told = [("days_since_onset", json!(1)), ("pain_now", json!(5)), ("course", json!("easing"))];
    Value::Object(support::plain_spasm(&[&told, changed].concat())).to_string()
}

fn causes(changed: &[(&str, Value)]) -> Value {
    json_of(&unclench(&["causes", "--json"], &answers(changed)))
}

fn ranked<'v>(view: &'v Value, cause: &str) -> &'v Value {
    view["ranked"].as_array().unwrap().iter().find(|ranked| ranked["cause"] == cause).unwrap()
}

#[test]
fn a_plain_spasm_is_likely_with_what_speaks_for_and_against_it() {
    let view = causes(&[]);
    assert_eq!(view["ranked"][0]["cause"], "plain_spasm");
    assert_eq!(view["ranked"][0]["band"], "likely");
    assert_eq!(view["no_single_cause_stands_out"], false);
    assert!(
        view["ranked"][0]["for"]
            .as_array()
            .unwrap()
            .iter()
            .any(|known| known["answers"]["trigger"] == "lifting")
    );
    assert!(!view["ranked"][0]["against"].as_array().unwrap().is_empty());
    let shares = view["ranked"].as_array().unwrap().iter().map(|ranked| ranked["share"].as_f64().unwrap());
    assert!((shares.sum::<f64>() - 1.0).abs() < 1e-9);
    for ranked in view["ranked"].as_array().unwrap() {
        for known in ranked["for"].as_array().unwrap().iter().chain(ranked["against"].as_array().unwrap()) {
            assert!(known["sources"][0]["title"].is_string(), "{known}");
        }
    }
}

#[test]
fn an_answer_moves_its_cause_and_nothing_moves_the_triage() {
    let before = ranked(&causes(&[]), "pressed_leg_nerve")["share"].as_f64().unwrap();
    let leg = [("pain_below_knee", json!("yes")), ("worse_sitting_or_cough", json!("yes"))];
    let after = causes(&leg);
    assert!(ranked(&after, "pressed_leg_nerve")["share"].as_f64().unwrap() > 3.0 * before);
    let assessed = json_of(&unclench(&["assess", "--json"], &answers(&leg)));
    assert_eq!(after["urgency"], assessed["urgency"]);
}

#[test]
fn no_single_cause_stands_out_where_the_answers_point_several_ways() {
    let view = causes(&[
        ("trigger", json!("nothing")),
        ("days_since_onset", json!(200)),
        ("course", json!("same")),
        ("tight_or_stiff", json!("yes")),
    ]);
    assert_eq!(view["no_single_cause_stands_out"], true, "{}", view["ranked"][0]);
}

#[test]
fn what_a_rule_points_to_comes_under_a_heading_of_its_own() {
    let view = causes(&[("cancer_history", json!("yes"))]);
    assert_eq!(
        (&view["ranked"][0]["cause"], &view["ranked"][0]["band"]),
        (&json!("cancer_in_spine"), &json!("possible"))
    );
    assert_eq!(view["ranked"][0]["suspected_at"], "see_soon");
    assert_eq!(view["ranked"][1]["cause"], "plain_spasm");
    assert_eq!(
        (&view["ranked"][1]["band"], &view["ranked"][1]["suspected_at"]),
        (&json!("likely"), &Value::Null)
    );
    let shown =
        text(&unclench(&["causes", "--answers", "-"], &answers(&[("cancer_history", json!("yes"))])).stdout);
    let place = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words} is not in\n{shown}"));
    assert!(place("Have these looked at") < place("cancer that has spread"));
    assert!(place("cancer that has spread") < place("What else it may be"));
    assert!(place("What else it may be") < place("plain muscle spasm"));
    assert!(!shown.contains("good news"));
    let plain = text(&unclench(&["causes", "--answers", "-"], &answers(&[])).stdout);
    assert!(!plain.contains("Have these looked at"));
}

#[test]
fn contributors_name_what_helps() {
    let view = causes(&[("stressed", json!("yes"))]);
    let stress =
        view["contributors"].as_array().unwrap().iter().find(|cause| cause["cause"] == "stress").unwrap();
    assert_eq!(stress["answers"], json!({ "stressed": "yes" }));
    assert!(stress["remedies"].as_array().unwrap().contains(&json!("paced_breathing")));
}

#[test]
fn before_the_danger_questions_are_closed_nothing_is_ranked() {
    for command in ["causes", "habits", "clinic"] {
        let output = unclench(&[command, "--json"], r#"{"age": 44}"#);
        let view = json_of(&output);
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert_eq!((&view["finished"], &view["urgency"]), (&json!(false), &Value::Null), "{command}");
        assert_eq!(view["next"]["question"], "danger_nerves", "{command}");
        assert!(view.get("ranked").is_none());
        let shown = unclench(&[command, "--answers", "-"], r#"{"age": 44}"#);
        assert!(text(&shown.stdout).contains("Not finished"));
    }
}

#[test]
fn an_emergency_shows_whom_to_call_and_no_list() {
    for command in ["causes", "habits", "clinic"] {
        let output = unclench(&[command, "--answers", "-"], r#"{"saddle_numbness": "yes"}"#);
        assert_eq!(output.status.code(), Some(10), "{command}");
        let shown = text(&output.stdout);
        assert!(shown.contains("Call your local emergency number"), "{command}");
        assert!(!shown.contains("Sources"), "{command}");
    }
    // The form may travel with the person.
    let form =
        json_of(&unclench(&["clinic", "--for", "clinician", "--json"], r#"{"saddle_numbness": "yes"}"#));
    assert_eq!((&form["urgency"], &form["present"]["saddle_numbness"]), (&json!("emergency"), &json!("yes")));
    assert_eq!(form["imaging_scenario"]["scenario"], "suspected cauda equina syndrome");
    assert!(form["danger_signs_not_asked"].as_array().unwrap().contains(&json!("fever")));
}

#[test]
fn bad_answers_are_refused_by_name() {
    for command in ["causes", "habits", "clinic"] {
        let output = unclench(&[command, "--answers", "-"], r#"{"fevr": "no"}"#);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("did you mean `fever`"));
    }
}

#[test]
fn the_calibration_says_what_it_is_and_is_the_same_every_time() {
    let run =
        |seed: &str| unclench(&["causes", "--calibration", "--people", "2000", "--seed", seed, "--json"], "");
    let (first, again, other) = (run("1"), run("1"), run("2"));
    assert_eq!(first.stdout, again.stdout);
    assert_ne!(first.stdout, other.stdout);
    let report = json_of(&first);
    assert!(report["what_this_is"].as_str().unwrap().contains("not of reality"));
    assert!(report["expected_calibration_error"].as_f64().unwrap() < 0.01);
    let (brier, base) = (&report["brier_score"], &report["brier_score_of_base_rates_alone"]);
    assert!(brier.as_f64().unwrap() < base.as_f64().unwrap());
    assert!(
        text(&unclench(&["causes", "--calibration", "--people", "500"], "").stdout).contains("Brier score")
    );
    assert_eq!(unclench(&["causes", "--calibration", "--people", "0"], "").status.code(), Some(2));
}

#[test]
fn habits_come_with_a_schedule_and_what_they_act_on() {
    let view = json_of(&unclench(&["habits", "--json"], &answers(&[("moves_little", json!("yes"))])));
    let habits = view["habits"].as_array().unwrap();
    let walking = habits.iter().position(|habit| habit["habit"] == "walking_programme").unwrap();
    assert_eq!(habits[walking]["when"], "on Monday to Friday");
    assert!(habits[walking]["acts_on"].as_array().unwrap().contains(&json!("too_little_movement")));
    let first_without = habits.iter().position(|habit| habit["acts_on"] == json!([])).unwrap_or(habits.len());
    assert!(walking < first_without);
}

#[test]
fn a_habit_that_is_not_known_to_be_safe_is_left_out_with_the_reason() {
    let output = unclench(&["habits", "--json"], &answers(&[("age", json!(15))]));
    let view = json_of(&output);
    let withheld = view["withheld"].as_array().unwrap();
    let walking = withheld.iter().find(|habit| habit["habit"] == "walking_programme").unwrap();
    assert_eq!(walking["findings"], json!(["age"]));
    assert!(walking["because"].is_string());
}

#[test]
fn a_person_is_told_what_to_expect_and_a_clinician_gets_a_form() {
    let person = json_of(&unclench(&["clinic", "--json"], &answers(&[])));
    let kinds: Vec<&str> =
        person["expect"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    for kind in ["history", "examination", "imaging", "treatment"] {
        assert!(kinds.contains(&kind), "{kind}");
    }
    assert!(kinds.is_sorted_by_key(|kind| {
        ["history", "examination", "imaging", "treatment"].iter().position(|k| k == kind)
    }));
    let form = json_of(&unclench(&["clinic", "--for", "clinician", "--json"], &answers(&[])));
    assert_eq!(form["imaging_scenario"]["scenario"], "acute, no red flags");
    assert_eq!(form["imaging_scenario"]["modalities"]["mri_without"], "usually not appropriate");
    assert!(form["danger_signs_absent"].as_array().unwrap().contains(&json!("saddle_numbness")));
    let ladder = form["care_ladder"].as_array().unwrap();
    assert!(ladder.len() >= 10);
    assert!(
        ladder.iter().any(|rung| rung["evidence_for"].is_string() && rung["evidence_against"].is_string())
    );
}

fn diary(name: &str, rows: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("unclench-{name}-{}.csv", std::process::id()));
    std::fs::write(&path, rows).unwrap();
    path
}

#[test]
fn a_diary_is_placed_in_the_band_and_the_checkpoints_speak() {
    let path = diary("slow", "day,pain\n0,6\n7,5\n14,4\n21,5\n28,5\n");
    let output = unclench(&["recovery", path.to_str().unwrap(), "--json"], "");
    assert_eq!(output.status.code(), Some(0));
    let view = json_of(&output);
    assert_eq!(view["band_in_points"]["where"], "above_band");
    assert_eq!((&view["finished"], &view["urgency"]), (&json!(false), &Value::Null));
    let rules: Vec<&str> =
        view["checks"].as_array().unwrap().iter().map(|check| check["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"diary_above_band_at_week_4"), "{rules:?}");
    assert_eq!(view["band_sources"].as_array().unwrap().len(), 5);
    let shown = text(&unclench(&["recovery", path.to_str().unwrap()], "").stdout);
    assert!(shown.contains("not a promise") && shown.contains("Danger signs were not asked"));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn with_answers_every_entry_runs_the_whole_triage_again() {
    let good = diary("good", "day,pain\n0,7\n2,5\n5,2\n");
    let run = |changed: &[(&str, Value)]| {
        unclench(&["recovery", good.to_str().unwrap(), "--answers", "-", "--json"], &answers(changed))
    };
    let view = json_of(&run(&[]));
    assert_eq!((&view["urgency"], &view["checks"]), (&json!("self_care"), &json!([])));
    let output = run(&[("saddle_numbness", json!("yes"))]);
    assert_eq!((output.status.code(), &json_of(&output)["urgency"]), (Some(10), &json!("emergency")));
    let flat = diary("flat", "day,pain\n0,5\n1,4\n3,5\n");
    let view =
        json_of(&unclench(&["recovery", flat.to_str().unwrap(), "--answers", "-", "--json"], &answers(&[])));
    assert_eq!(view["urgency"], "see_soon");
    for path in [good, flat] {
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_bad_diary_is_refused_with_its_line() {
    let path = diary("bad", "day,pain\n0,7\n1,12\n");
    let output = unclench(&["recovery", path.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("line 3: pain 12 is out of range"));
    std::fs::remove_file(path).unwrap();
    assert_eq!(unclench(&["recovery", "no such file.csv"], "").status.code(), Some(2));
}

#[test]
fn an_entry_of_nowhere_or_of_tomorrow_is_refused_with_its_line() {
    let ahead = |hours: i64| (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours)).to_string();
    let refused = [
        (
            "place",
            "day,pain,place\n0,7,low_back_left\n1,6,the shed\n".to_owned(),
            "line 3: `the shed` is no place",
        ),
        ("ahead", format!("day,pain\n{},7\n{},6\n", ahead(-3), ahead(1)), "line 3: the entry is of a time"),
    ];
    for (name, rows, says) in refused {
        let path = diary(name, &rows);
        let output = unclench(&["recovery", path.to_str().unwrap()], "");
        assert_eq!(output.status.code(), Some(2), "{rows}");
        assert!(text(&output.stderr).contains(says), "{}", text(&output.stderr));
        std::fs::remove_file(path).unwrap();
    }
    let good = diary(
        "placed",
        &format!("day,pain,place\n{},7,\"Neck\"\n{},6,neck 6; hip_left\n", ahead(-30), ahead(-1)),
    );
    assert_eq!(unclench(&["recovery", good.to_str().unwrap()], "").status.code(), Some(0));
    std::fs::remove_file(good).unwrap();
}

#[test]
fn without_a_diary_no_rule_of_the_recovery_chapter_can_count() {
    let guideline = support::guideline();
    let state = care::State::of(guideline, &care::Answers::none(guideline));
    let rules: Vec<_> =
        guideline.rules().filter(|rule| guideline.rule(*rule).place.file.starts_with("recovery/")).collect();
    assert!(rules.len() >= 10);
    for rule in rules {
        // Before anything is asked, and so whatever is answered.
        assert!(state.rule(rule).is_false, "{}", guideline.rule(rule).id);
    }
}

#[test]
fn a_vignette_with_a_diary_is_explained_by_it() {
    let path = support::root().join("vignettes/recovery_slow_at_week_two.md");
    let output = unclench(&["explain", path.to_str().unwrap()], "");
    assert!(text(&output.stdout).contains("diary_slow_at_week_2"), "{}", text(&output.stderr));
}
