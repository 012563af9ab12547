//! Files in and files out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use care::{Answer, Answers, Bounds, Guideline, State, answer_to_json, missing, naive};
use cohort::{CohortError, Options, Others, Report};
use serde_json::{Value, json};
use support::{files, guideline, people};
use tempfile::TempDir;

fn options(folder: &Path, input: &str, out: &str) -> Options {
    Options {
        input: folder.join(input),
        out: folder.join(out),
        keep_planes: None,
        others: Others::Refused,
        overwrite: false,
        threads: 2,
        batches_a_checkpoint: 2,
    }
}

fn run(options: &Options) -> Result<Report, CohortError> {
    cohort::run(guideline(), options, &mut |_| {})
}

/// Runs a text, and gives what came out and what was refused.
fn run_text(name: &str, text: &str) -> (Report, Vec<Value>, Vec<Value>) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    let options = options(folder.path(), name, "out.ndjson");
    let report = run(&options).unwrap();
    let rejects = report.rejects.as_deref().map(lines).unwrap_or_default();
    let found = lines(&options.out);
    let counts = &report.counts;
    assert_eq!(counts.records, counts.outcomes + counts.rejects);
    assert_eq!((counts.outcomes, counts.rejects), (found.len() as u64, rejects.len() as u64));
    (report, found, rejects)
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One person as an object of a line.
fn object(id: usize, answers: &Answers) -> Value {
    let mut object = answers.to_json(guideline());
    object.insert("id".to_owned(), json!(format!("p-{id}")));
    Value::Object(object)
}

fn lines_of(people: &[Answers], object: impl Fn(usize, &Answers) -> Value) -> String {
    let mut text = String::new();
    for (id, answers) in people.iter().enumerate() {
        writeln!(text, "{}", object(id, answers)).unwrap();
    }
    text
}

fn ndjson(people: &[Answers]) -> String {
    lines_of(people, object)
}

/// The same people as a table: a column for each finding that can be answered.
fn csv(people: &[Answers]) -> String {
    let guideline = guideline();
    let findings: Vec<_> = guideline.findings().collect();
    let names: Vec<&str> = findings.iter().map(|id| guideline.finding(*id).id.as_str()).collect();
    let mut text = format!("id,{}\n", names.join(","));
    for (id, answers) in people.iter().enumerate() {
        write!(text, "p-{id}").unwrap();
        for finding in &findings {
            let cell = match answers.get(*finding) {
                None => String::new(),
                Some(Answer::NotSure) => "unsure".to_owned(),
                Some(answer) => match answer_to_json(guideline, *finding, answer) {
                    Value::String(word) => word,
                    other => other.to_string(),
                },
            };
            text.push(',');
            text.push_str(&cell);
        }
        text.push('\n');
    }
    text
}

fn names(guideline: &Guideline, findings: &[care::FindingId]) -> Vec<String> {
    findings.iter().map(|id| guideline.finding(*id).id.clone()).collect()
}

fn check(people: &[Answers], found: &[Value]) {
    assert_eq!(found, alone(people));
}

/// What each person is told alone, by the naive evaluator as well.
fn alone(people: &[Answers]) -> Vec<Value> {
    let guideline = guideline();
    let each = people.iter().enumerate().map(|(id, answers)| {
        let state = State::of(guideline, answers);
        let Bounds { lower, upper } = naive::bounds(guideline, answers);
        let fired: Vec<&str> = guideline
            .rules()
            .filter(|rule| state.rule(*rule).is_true)
            .map(|rule| guideline.rule(rule).id.as_str())
            .collect();
        json!({
            "id": format!("p-{id}"),
            "urgency": (lower == upper).then_some(lower),
            "lower": lower,
            "upper": upper,
            "fired": fired,
            "missing": names(guideline, &missing(&state)),
        })
    });
    each.collect()
}

#[test]
fn twenty_thousand_people_are_told_what_each_is_told_alone() {
    let people = people(20_000);
    let (report, found, rejects) = run_text("people.ndjson", &ndjson(&people));
    assert!(rejects.is_empty());
    assert_eq!(report.rejects, None);
    let expected = alone(&people);
    assert_eq!(found, expected);
    let (_, found, _) = run_text("people.csv", &csv(&people));
    assert_eq!(found, expected);
}

/// What a form of this book was answered with.
fn response(id: usize, answers: &Answers) -> Value {
    const YES_NO: &str = "http://terminology.hl7.org/CodeSystem/v2-0136";
    const NO_DATA: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    let guideline = guideline();
    let items = answers.iter().map(|(finding, answer)| {
        let name = &guideline.finding(finding).id;
        let coded = |system: &str, code: &str| json!({ "valueCoding": { "system": system, "code": code } });
        let value = match answer {
            Answer::Yes if id.is_multiple_of(2) => json!({ "valueBoolean": true }),
            Answer::Yes => coded(YES_NO, "Y"),
            Answer::No => coded(YES_NO, "N"),
            Answer::NotSure => coded(NO_DATA, "asked-unknown"),
            Answer::Number(number) => json!({ "valueInteger": number }),
            Answer::Option(_) => {
                let option = answer_to_json(guideline, finding, answer);
                coded(&format!("urn:unclench:option:{name}"), option.as_str().unwrap())
            }
        };
        json!({ "linkId": name, "answer": [value] })
    });
    json!({
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "subject": { "reference": format!("p-{id}") },
        "item": [{ "linkId": "a group", "item": items.collect::<Vec<_>>() }],
    })
}

#[test]
fn answers_to_a_fhir_questionnaire_end_as_they_do_alone() {
    let people = people(1_000);
    let text = lines_of(&people, response);
    let other = json!({ "resourceType": "QuestionnaireResponse", "questionnaire": "urn:other" });
    let (_, found, rejects) = run_text("people.ndjson", &format!("{text}{other}\n"));
    check(&people, &found);
    assert!(rejects[0]["reason"].as_str().unwrap().contains("another questionnaire"));
}

#[test]
fn every_vignette_ends_as_a_row_where_it_ends_alone() {
    let guideline = guideline();
    let people: Vec<Answers> = files("vignettes")
        .into_iter()
        .map(|file| match compiler::vignette(&file.path, &file.text, guideline) {
            Ok(vignette) => vignette.settled_answers(guideline),
            Err(problems) => panic!("{problems}"),
        })
        .collect();
    assert!(people.len() > 150);
    let (_, found, _) = run_text("people.csv", &csv(&people));
    check(&people, &found);
}

#[test]
fn a_bad_row_is_refused_with_its_place_and_changes_no_other() {
    let text = "id,age,fever,trigger\np-1,44,no,lifting\np-2,old,no,lifting\np-3,44,maybe,\n\np-4,44\n\
                p-5,44,no,magic\n\"p-6,44,no,lifting\np-7,200,no,lifting\n\"p,\"\"8\",,TRUE,\n";
    let (_, found, rejects) = run_text("people.csv", text);
    let ids: Vec<&Value> = found.iter().map(|row| &row["id"]).collect();
    assert_eq!(ids, ["p-1", "p,\"8"]);
    assert!(found[1]["fired"].as_array().unwrap().iter().any(|rule| rule == "fever"));
    let reasons: Vec<(u64, &str)> =
        rejects.iter().map(|row| (row["line"].as_u64().unwrap(), row["reason"].as_str().unwrap())).collect();
    let expected = [
        (3, "`age` cannot be `old`; allowed are whole numbers"),
        (4, "`fever` cannot be `maybe`; allowed are \"yes\""),
        (6, "it has 2 cells, and the first line 4"),
        (7, "`trigger` cannot be `magic`"),
        (8, "a quote is opened and never closed"),
        (9, "`age` cannot be `200`"),
    ];
    assert_eq!(reasons.len(), expected.len());
    for ((line, reason), (expected_line, start)) in reasons.into_iter().zip(expected) {
        assert_eq!(line, expected_line);
        assert!(reason.starts_with(start), "{reason}");
    }
    assert_eq!(rejects[0]["id"], "p-2");
}

#[test]
fn a_bad_object_is_refused_with_its_place_and_changes_no_other() {
    let text = "{\"id\": 7, \"fever\": \"yes\", \"age\": null}\n{\"fever\": \"yes\", \"fever\": \"no\"}\n\
                {\"fevr\": \"no\"}\n[1]\nnonsense\n{\"age\": \"44\"}\n{\"age\": 44.5}\n{\"fever\": 1}\n\
                {\"id\": []}\n{\"resourceType\": \"Patient\"}\n{\"fever\": false}\n\n{\"id\": \"x\", \"id\": \"y\"}\n";
    let (_, found, rejects) = run_text("people.ndjson", text);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0]["id"], 7);
    // Without an id of its own a record has the number of its line.
    assert_eq!(found[1]["id"], 11);
    let places: Vec<u64> = rejects.iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(places, [2, 3, 4, 5, 6, 7, 8, 9, 10, 13]);
    let reason = |place: usize| rejects[place]["reason"].as_str().unwrap();
    assert!(reason(0).contains("`fever` is there twice"), "{}", reason(0));
    assert!(reason(1).contains("did you mean `fever`?"), "{}", reason(1));
    assert!(reason(8).contains("not a QuestionnaireResponse"), "{}", reason(8));
}

#[test]
fn bytes_that_are_no_text_are_refused_alone() {
    let folder = TempDir::new().unwrap();
    let mut bytes = b"id,fever\np-1,no\np-2,\xff\xfe\n".to_vec();
    bytes.extend(vec![b'x'; 3 << 20]);
    bytes.extend(b"\np-3,yes\r\n");
    fs::write(folder.path().join("people.csv"), bytes).unwrap();
    let options = options(folder.path(), "people.csv", "out.ndjson");
    let report = run(&options).unwrap();
    assert_eq!((report.counts.records, report.counts.rejects), (4, 2));
    let rejects = lines(&report.rejects.unwrap());
    assert_eq!((&rejects[0]["line"], &rejects[1]["line"]), (&json!(3), &json!(4)));
    assert!(rejects[1]["reason"].as_str().unwrap().contains("longer than any record"));
    assert_eq!(lines(&options.out)[1]["id"], "p-3");
}

#[test]
fn a_file_that_cannot_be_one_of_records_is_refused_whole() {
    let folder = TempDir::new().unwrap();
    for (name, text, message) in [
        ("empty.csv", "", "is empty"),
        ("twice.csv", "id,fever,fever\n", "the column `fever` is there twice"),
        ("ids.csv", "id,id,fever\n", "the column `id` is there twice"),
        ("unknown.csv", "id,fevr\n", "did you mean `fever`?"),
        ("others.csv", "id\n", "no column is a finding"),
        ("people.txt", "", "none of the files that can be read"),
        ("people.planes", "{}\n", "holds no planes"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        let error = run(&options(folder.path(), name, "out.csv")).unwrap_err();
        assert!(error.to_string().contains(message), "{name}: {error}");
        assert!(error.is_of_the_input());
    }
    assert!(run(&options(folder.path(), "nobody.csv", "out.csv")).is_err());
    assert!(run(&options(folder.path(), "unknown.csv", "out.xml")).is_err());
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 7, "nothing is written of a file that is refused");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_file_and_is_not_waited_for() {
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("people.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let error = run(&options(folder.path(), "people.csv", "out.csv")).unwrap_err();
    assert!(error.to_string().contains("it is no file"), "{error}");
}

#[test]
fn columns_that_are_none_of_the_book_are_left_out_when_told_so() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.csv"), "clinic,id,fever\nnorth,1,yes\n").unwrap();
    fs::write(folder.path().join("b.ndjson"), "{\"clinic\": {\"x\": [1]}, \"id\": \"1\", \"fever\": true}\n")
        .unwrap();
    let outcomes = ["a.csv", "b.ndjson"].map(|name| {
        let out = format!("{name}.out.csv");
        let options = Options { others: Others::LeftOut, ..options(folder.path(), name, &out) };
        run(&options).unwrap();
        fs::read_to_string(&options.out).unwrap()
    });
    assert_eq!(outcomes[0], outcomes[1]);
    assert!(outcomes[0].starts_with("id,urgency,lower,upper,fired,missing\n1,,"), "{}", outcomes[0]);
}

/// Two records of one person are two records: which of them counts is not for this program to say.
#[test]
fn an_id_that_is_there_twice_is_carried_through_twice() {
    let (_, found, _) = run_text("people.csv", "id,fever\np-1,no\np-1,yes\n");
    assert_eq!((&found[0]["id"], &found[1]["id"]), (&json!("p-1"), &json!("p-1")));
    assert_ne!(found[0]["fired"], found[1]["fired"]);
}

#[test]
fn outcomes_that_are_there_are_not_written_over() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.csv"), "id,fever\n1,yes\n").unwrap();
    let options = options(folder.path(), "a.csv", "out.csv");
    run(&options).unwrap();
    let error = run(&options).unwrap_err();
    assert!(error.to_string().contains("is there already"), "{error}");
    run(&Options { overwrite: true, ..options }).unwrap();
}

#[test]
fn planes_that_were_kept_end_as_the_records_did() {
    let folder = TempDir::new().unwrap();
    let people = people(5_000);
    fs::write(folder.path().join("people.ndjson"), ndjson(&people) + "{\"id\": 5}\n").unwrap();
    let planes: PathBuf = folder.path().join("people.planes");
    let first = Options {
        keep_planes: Some(planes.clone()),
        ..options(folder.path(), "people.ndjson", "first.ndjson")
    };
    let from_records = run(&first).unwrap();
    let second = options(folder.path(), "people.planes", "second.ndjson");
    assert_eq!(run(&second).unwrap().counts, from_records.counts);
    assert_eq!(fs::read(&first.out).unwrap(), fs::read(&second.out).unwrap());

    let mut other = guideline().book().clone();
    other.hash = "another".to_owned();
    let other = Guideline::new(other).unwrap();
    let third = options(folder.path(), "people.planes", "third.ndjson");
    let error = cohort::run(&other, &third, &mut |_| {}).unwrap_err();
    assert!(matches!(error, CohortError::PlanesOfAnotherBook { .. }), "{error}");

    let mut bytes = fs::read(&planes).unwrap();
    bytes.truncate(bytes.len() - 9);
    fs::write(folder.path().join("cut.planes"), bytes).unwrap();
    let error = run(&options(folder.path(), "cut.planes", "cut.ndjson")).unwrap_err();
    assert!(matches!(error, CohortError::DamagedPlanes(_)), "{error}");
}

/// However many work at the same time, the files are the same.
#[test]
fn one_worker_and_many_write_the_same() {
    let folder = TempDir::new().unwrap();
    let text = csv(&people(12_000));
    assert!(text.len() > 8 << 20, "several batches");
    fs::write(folder.path().join("people.csv"), text).unwrap();
    let outcomes = [1, 2, 5].map(|threads| {
        let options = Options { threads, ..options(folder.path(), "people.csv", &format!("{threads}.csv")) };
        run(&options).unwrap();
        fs::read(&options.out).unwrap()
    });
    assert!(outcomes[0] == outcomes[1] && outcomes[1] == outcomes[2]);
}
