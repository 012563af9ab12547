//! `unclench mmvb`, from outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::FindingKind;
use serde_json::{Value, json};
use support::{guideline, text, unclench};

/// Somebody who is well but for a back that hurts, as a case that states everything.
fn plain() -> Value {
    let answers = support::plain_spasm(&[]);
    let feature = |(finding, answer): (&String, &Value)| {
        let id = guideline().findings().find(|id| guideline().finding(*id).id == *finding).unwrap();
        match &guideline().finding(id).kind {
            FindingKind::YesNo if answer == "yes" => Some(json!({ "id": finding, "state": "present" })),
            FindingKind::YesNo => Some(json!({ "id": finding, "state": "absent" })),
            FindingKind::Choice(_) => {
                Some(json!({ "id": format!("{finding}.{}", answer.as_str().unwrap()), "state": "present" }))
            }
            FindingKind::Number { .. } => None,
        }
    };
    let features: Vec<Value> = answers.iter().filter_map(feature).collect();
    json!({
        "caseData": {
            "caseId": "plain",
            "profileInformation": { "age": answers["age"], "biologicalSex": "female" },
            "presentingComplaints": [],
            "otherFeatures": features,
        },
        "valuesToPredict": { "expectedTriageLevel": "SC" },
    })
}

fn numb(expected: &str) -> Value {
    json!({ "id": 7, "data": {
        "caseData": {
            "profileInformation": { "age": 44, "biologicalSex": "male" },
            "presentingComplaints": [{ "id": "saddle_numbness", "state": "present", "attributes": [] }],
            "otherFeatures": [{ "id": "abdominal_pain", "state": "absent", "attributes": [] }],
        },
        "valuesToPredict": { "expectedTriageLevel": expected },
    } })
}

#[test]
fn cases_are_played_and_counted_by_level() {
    let folder = tempfile::tempdir().unwrap();
    let (set, one) = (folder.path().join("set.json"), folder.path().join("one.json"));
    std::fs::write(&set, json!({ "cases": [numb("EC"), numb("PC")] }).to_string()).unwrap();
    std::fs::write(&one, plain().to_string()).unwrap();
    let [set, one] = [&set, &one].map(|path| path.to_str().unwrap());
    let output = unclench(&["mmvb", "--json", set, one], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let levels: Vec<(&str, u64)> = told["levels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["expected"].as_str().unwrap(), row["cases"].as_u64().unwrap()))
        .collect();
    assert_eq!(levels, [("SC", 1), ("PC", 1), ("EC", 1)]);
    assert_eq!(told["levels"][2]["answered"], json!([0, 0, 1, 0]));
    assert_eq!(
        told["cases"][0],
        json!({ "case": "7", "expected": "EC", "triage": "EC", "unknown_features": 1 })
    );
    assert_eq!(told["cases"][2]["case"], "plain");
    assert_eq!(told["metrics"]["under_triaged"], 0);
    let table = unclench(&["mmvb", set], "");
    assert!(text(&table.stdout).contains("triage_match"), "{}", text(&table.stdout));
}

#[test]
fn a_case_without_a_level_to_expect_is_refused_by_its_number() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.json");
    std::fs::write(&file, json!([numb("EC"), numb("none of them")]).to_string()).unwrap();
    let output = unclench(&["mmvb", file.to_str().unwrap()], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("case 2 of"), "{}", text(&output.stderr));
}
