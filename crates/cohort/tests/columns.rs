//! Parquet and Arrow files in and out.

#![cfg(feature = "columnar")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int16Array, Int64Array, ListArray, RecordBatch, StringArray,
};
use arrow_ipc::writer::FileWriter;
use care::{Answer, Answers, FindingId, FindingKind, State, answer_to_json, missing};
use cohort::{Options, Others, Report};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use support::{guideline, people};
use tempfile::TempDir;

fn run(folder: &Path, input: &str, out: &str) -> Report {
    let options = Options {
        input: folder.join(input),
        out: folder.join(out),
        keep_planes: None,
        others: Others::Refused,
        overwrite: false,
        threads: 2,
        batches_a_checkpoint: 1,
    };
    cohort::run(guideline(), &options, &mut |_| {}).unwrap()
}

/// The cell of a table of texts.
fn word(finding: FindingId, answer: Answer) -> String {
    match answer_to_json(guideline(), finding, answer) {
        serde_json::Value::String(word) => word,
        other => other.to_string(),
    }
}

/// People as columns of texts, but for the findings that are `typed`: truths and numbers.
fn columns(people: &[Answers], typed: impl Fn(FindingId) -> bool) -> RecordBatch {
    let guideline = guideline();
    let ids: StringArray = (0..people.len()).map(|id| Some(format!("p-{id}"))).collect();
    let mut columns: Vec<(String, ArrayRef)> = vec![("id".to_owned(), Arc::new(ids))];
    for finding in guideline.findings() {
        let told = || people.iter().map(|answers| answers.get(finding));
        let is_typed = typed(finding);
        let number = |answer: Option<Answer>| match answer {
            Some(Answer::Number(number)) => Some(number),
            _ => None,
        };
        let column: ArrayRef = match guideline.finding(finding).kind {
            FindingKind::Number { .. } if is_typed => Arc::new(told().map(number).collect::<Int64Array>()),
            FindingKind::YesNo if is_typed => {
                let is_yes = told().map(|answer| answer.map(|answer| answer == Answer::Yes));
                Arc::new(is_yes.collect::<BooleanArray>())
            }
            _ => {
                let words = told().map(|answer| answer.map(|answer| word(finding, answer)));
                Arc::new(words.collect::<StringArray>())
            }
        };
        columns.push((guideline.finding(finding).id.clone(), column));
    }
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
        .unwrap()
}

fn write_parquet(path: &Path, batches: &[RecordBatch]) {
    let mut writer = ArrowWriter::try_new(File::create(path).unwrap(), batches[0].schema(), None).unwrap();
    for batch in batches {
        writer.write(batch).unwrap();
    }
    writer.close().unwrap();
}

fn write_arrow(path: &Path, batches: &[RecordBatch]) {
    let mut writer = FileWriter::try_new(File::create(path).unwrap(), &batches[0].schema()).unwrap();
    for batch in batches {
        writer.write(batch).unwrap();
    }
    writer.finish().unwrap();
}

/// Every row of a file of outcomes.
fn outcomes(path: &Path) -> Vec<[String; 6]> {
    let reader =
        ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap().build().unwrap();
    let mut rows = Vec::new();
    for batch in reader.map(Result::unwrap) {
        let text = |column: usize, row: usize| {
            let texts = batch.column(column).as_string::<i32>();
            if texts.is_null(row) { String::new() } else { texts.value(row).to_owned() }
        };
        let list = |column: usize, row: usize| {
            let lists: &ListArray = batch.column(column).as_list();
            let texts = lists.value(row);
            texts.as_string::<i32>().iter().map(Option::unwrap).collect::<Vec<_>>().join(" ")
        };
        for row in 0..batch.num_rows() {
            rows.push([text(0, row), text(1, row), text(2, row), text(3, row), list(4, row), list(5, row)]);
        }
    }
    rows
}

fn check(people: &[Answers], found: &[[String; 6]]) {
    let guideline = guideline();
    assert_eq!(people.len(), found.len());
    for (id, (answers, found)) in people.iter().zip(found).enumerate() {
        let state = State::of(guideline, answers);
        let bounds = care::naive::bounds(guideline, answers);
        let fired: Vec<&str> = guideline
            .rules()
            .filter(|rule| state.rule(*rule).is_true)
            .map(|rule| guideline.rule(rule).id.as_str())
            .collect();
        let open: Vec<&str> =
            missing(&state).into_iter().map(|finding| guideline.finding(finding).id.as_str()).collect();
        let urgency = if bounds.lower == bounds.upper { bounds.lower.id() } else { "" };
        let expected = [
            &format!("p-{id}"),
            urgency,
            bounds.lower.id(),
            bounds.upper.id(),
            &fired.join(" "),
            &open.join(" "),
        ];
        assert_eq!(found.each_ref().map(String::as_str), expected);
    }
}

#[test]
fn twenty_thousand_people_in_columns_are_told_what_each_is_told_alone() {
    let folder = TempDir::new().unwrap();
    let people = people(20_000);
    let whole = columns(&people, |_| false);
    let parts = (0..people.len()).step_by(3_000);
    let batches: Vec<RecordBatch> =
        parts.map(|first| whole.slice(first, 3_000.min(people.len() - first))).collect();
    write_parquet(&folder.path().join("people.parquet"), &batches);
    write_arrow(&folder.path().join("people.arrow"), &batches);
    for input in ["people.parquet", "people.arrow"] {
        let out = format!("{input}.out.parquet");
        let report = run(folder.path(), input, &out);
        assert_eq!((report.counts.records, report.counts.rejects), (20_000, 0));
        check(&people, &outcomes(&folder.path().join(out)));
    }
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 4, "no segment is left");
}

/// Ended in the middle as by a kill, and run again.
#[test]
fn outcomes_in_parquet_are_the_same_after_a_run_that_was_stopped() {
    let folder = TempDir::new().unwrap();
    let few = columns(&people(1_000), |_| false);
    let batches = vec![few; 18];
    write_parquet(&folder.path().join("people.parquet"), &batches);
    write_arrow(&folder.path().join("people.arrow"), &batches);
    for input in ["people.parquet", "people.arrow"] {
        let options = |out: &str| Options {
            input: folder.path().join(input),
            out: folder.path().join(format!("{input}.{out}")),
            keep_planes: None,
            others: Others::Refused,
            overwrite: false,
            threads: 2,
            batches_a_checkpoint: 1,
        };
        let whole = cohort::run(guideline(), &options("whole.parquet"), &mut |_| {}).unwrap();
        let stopped = std::panic::catch_unwind(|| {
            cohort::run(guideline(), &options("again.parquet"), &mut |_| panic!("stopped here"))
        });
        assert!(stopped.is_err());
        let again = cohort::run(guideline(), &options("again.parquet"), &mut |_| {}).unwrap();
        assert!(again.resumed_after.unwrap() > 0);
        assert_eq!(again.counts, whole.counts);
        let [left, right] =
            ["whole.parquet", "again.parquet"].map(|out| std::fs::read(options(out).out).unwrap());
        assert!(left == right, "{input}");
    }
}

#[test]
fn truths_and_numbers_are_read_as_such() {
    let folder = TempDir::new().unwrap();
    let mut random = support::Random::new(7);
    let people: Vec<Answers> = (0..3_000).map(|_| support::somebody(&mut random, [8, 0, 10])).collect();
    write_parquet(&folder.path().join("people.parquet"), &[columns(&people, |_| true)]);
    run(folder.path(), "people.parquet", "out.parquet");
    check(&people, &outcomes(&folder.path().join("out.parquet")));
}

#[test]
fn a_bad_cell_is_refused_with_its_row() {
    let folder = TempDir::new().unwrap();
    let ids: ArrayRef = Arc::new(Int16Array::from(vec![1, 2, 3, 4]));
    let ages: ArrayRef = Arc::new(Float64Array::from(vec![Some(44.0), Some(44.5), None, Some(200.0)]));
    let fever: ArrayRef = Arc::new(BooleanArray::from(vec![Some(true), None, None, None]));
    let batch = RecordBatch::try_from_iter_with_nullable([
        ("id", ids, true),
        ("age", ages, true),
        ("fever", fever, true),
    ])
    .unwrap();
    write_arrow(&folder.path().join("people.arrow"), &[batch]);
    let report = run(folder.path(), "people.arrow", "out.csv");
    assert_eq!((report.counts.outcomes, report.counts.rejects), (2, 2));
    let rejects = std::fs::read_to_string(report.rejects.unwrap()).unwrap();
    assert!(rejects.starts_with("{\"row\":2,\"id\":\"2\",\"reason\":\"`age` cannot be `44.5`"), "{rejects}");
    assert!(rejects.contains("{\"row\":4,\"id\":\"4\",\"reason\":\"`age` cannot be `200`"), "{rejects}");
    let out = std::fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert!(out.lines().nth(1).unwrap().starts_with("1,"), "{out}");
    assert!(out.lines().nth(2).unwrap().starts_with("3,"), "{out}");
}

#[test]
fn a_file_without_rows_has_its_columns() {
    let folder = TempDir::new().unwrap();
    write_parquet(&folder.path().join("people.parquet"), &[columns(&people(1), |_| true).slice(0, 0)]);
    let report = run(folder.path(), "people.parquet", "out.parquet");
    assert_eq!(report.counts.records, 0);
    assert!(outcomes(&folder.path().join("out.parquet")).is_empty());
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("people.parquet");
    write_parquet(&path, &[columns(&people(100), |_| false)]);
    let bytes = std::fs::read(&path).unwrap();
    for (name, bytes) in
        [("cut.parquet", &bytes[..bytes.len() / 2]), ("none.parquet", &[]), ("none.arrow", &[])]
    {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let options = Options {
            input: folder.path().join(name),
            out: folder.path().join("out.csv"),
            keep_planes: None,
            others: Others::Refused,
            overwrite: false,
            threads: 1,
            batches_a_checkpoint: 1,
        };
        let error = cohort::run(guideline(), &options, &mut |_| {}).unwrap_err();
        assert!(error.to_string().starts_with("cannot read"), "{error}");
    }
}
