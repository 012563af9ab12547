//! `unclench mmvb`: case files of the MMVB, the benchmark of symptom checkers of ITU and WHO, and
//! how often the level is the expected one.

use std::path::PathBuf;

use anyhow::Context as _;
use care::{Guideline, printable};
use serde::Serialize;
use serde_json::{Value, json};

use crate::exit::{BadInput, Exit};
use crate::{input, page};

/// The levels of the benchmark, from low to high.
const LEVELS: [&str; 3] = ["SC", "PC", "EC"];

/// A case file has some kilobytes, and a set of ten thousand cases some 30 MB.
const MOST_BYTES: u64 = 64 << 20;

/// How a case went.
#[derive(Debug, Serialize)]
struct Played {
    case: String,
    expected: &'static str,
    triage: &'static str,
    unknown_features: usize,
}

/// What is printed of all cases that expect one level.
#[derive(Debug, Serialize)]
struct Row {
    expected: &'static str,
    cases: usize,
    /// By the answer: `SC`, `PC`, `EC`, `UNCERTAIN`.
    answered: [usize; 4],
}

/// Plays every case.
///
/// # Errors
///
/// If a file is none, or a case has no level to expect.
pub(crate) fn run(guideline: &'static Guideline, files: &[PathBuf], json: bool) -> anyhow::Result<Exit> {
    let mut played = Vec::new();
    for file in files {
        let text = input::read_file(file, MOST_BYTES)?;
        let shown = printable(&file.display().to_string()).into_owned();
        let value: Value = care::strict_json(&text)
            .map_err(|error| BadInput::because(format!("{shown} is not JSON: {error}")))?;
        for (number, case) in cases(&value).into_iter().enumerate() {
            played.push(play(guideline, case).with_context(|| format!("case {} of {shown}", number + 1))?);
        }
    }
    if played.is_empty() {
        return Err(BadInput::because("there is no case in these files"));
    }
    let rows = LEVELS.map(|level| row(level, &played));
    if json {
        page::json(&json!({ "cases": played, "levels": rows, "metrics": metrics(&played) }))?;
    } else {
        table(&rows, &played);
    }
    let under =
        played.iter().any(|case| place(case.triage).is_some_and(|got| Some(got) < place(case.expected)));
    Ok(if under { Exit::Failed } else { Exit::Ok })
}

/// One case, a list of them, or a set as the platform hands it out.
fn cases(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(cases) => cases.iter().collect(),
        Value::Object(fields) => match fields.get("cases") {
            Some(Value::Array(cases)) => cases.iter().collect(),
            _ => vec![value],
        },
        _ => Vec::new(),
    }
}

fn play(guideline: &'static Guideline, case: &Value) -> anyhow::Result<Played> {
    // The platform keeps a case in `data`.
    let data = case.get("data").unwrap_or(case);
    let expected = &data["valuesToPredict"]["expectedTriageLevel"];
    let expected = expected.as_str().or(expected["id"].as_str()).or(expected["name"].as_str());
    let expected = expected.and_then(|name| LEVELS.into_iter().find(|level| *level == name));
    let expected = expected
        .ok_or_else(|| BadInput::because("`valuesToPredict.expectedTriageLevel` is none of SC, PC and EC"))?;
    let names = [&case["id"], &data["metaData"]["name"], &data["caseData"]["caseId"]];
    let name = names.into_iter().find(|name| !name.is_null());
    let name = name.map(|name| name.as_str().map_or_else(|| name.to_string(), str::to_owned));
    let request = json!({ "caseData": data["caseData"] }).to_string();
    let solved = api::solve(guideline, &request).map_err(|problem| {
        let places = problem.errors.iter().map(|fault| format!("{} {}", fault.pointer, fault.detail));
        BadInput::because([problem.detail.clone()].into_iter().chain(places).collect::<Vec<_>>().join("; "))
    })?;
    Ok(Played {
        case: name.unwrap_or_default(),
        expected,
        triage: solved.triage,
        unknown_features: solved.unknown_features,
    })
}

/// Where a level stands among them; `None` of `UNCERTAIN`.
fn place(level: &str) -> Option<usize> {
    LEVELS.iter().position(|other| *other == level)
}

fn row(expected: &'static str, played: &[Played]) -> Row {
    let of: Vec<&Played> = played.iter().filter(|case| case.expected == expected).collect();
    let count = |triage: &str| of.iter().filter(|case| case.triage == triage).count();
    Row { expected, cases: of.len(), answered: ["SC", "PC", "EC", "UNCERTAIN"].map(count) }
}

/// The metrics of the benchmark, and how many were told less than they should be.
fn metrics(played: &[Played]) -> Value {
    let sum = |of: &dyn Fn(&Played) -> f64| played.iter().map(of).sum::<f64>();
    #[expect(clippy::cast_precision_loss, reason = "a share of some cases")]
    let all = played.len() as f64;
    let apart = |case: &Played| {
        let (got, wanted) = (place(case.triage)?, place(case.expected)?);
        u32::try_from(got.abs_diff(wanted)).ok().map(f64::from)
    };
    let under = |case: &&Played| place(case.triage).is_some_and(|got| Some(got) < place(case.expected));
    json!({
        "triage_match": sum(&|case| f64::from(u8::from(case.triage == case.expected))) / all,
        "triage_similarity": sum(&|case| apart(case).map_or(0.0, |apart| 1.0 - apart / 2.0)) / all,
        "soft_triage_similarity": sum(&|case| apart(case).map_or(0.2, |apart| 1.0 - apart / 2.0)) / all,
        "under_triaged": played.iter().filter(under).count(),
    })
}

fn table(rows: &[Row], played: &[Played]) {
    page::line(&format!(
        "{:<10}{:>7}{:>7}{:>7}{:>7}{:>11}{:>10}\n",
        "expected", "cases", "SC", "PC", "EC", "UNCERTAIN", "right"
    ));
    for Row { expected, cases, answered: [home, clinic, emergency, uncertain] } in rows {
        let right = place(expected).map_or(0, |place| [home, clinic, emergency][place].to_owned());
        page::line(&format!(
            "{expected:<10}{cases:>7}{home:>7}{clinic:>7}{emergency:>7}{uncertain:>11}{right:>10}\n"
        ));
    }
    let metrics = metrics(played);
    for name in ["triage_match", "triage_similarity", "soft_triage_similarity"] {
        page::line(&format!("{name:<24}{:.3}\n", metrics[name].as_f64().unwrap_or_default()));
    }
    page::line(&format!("{:<24}{}\n", "under_triaged", metrics["under_triaged"]));
    let unknown: usize = played.iter().map(|case| case.unknown_features).sum();
    page::line(&format!("{:<24}{unknown}\n", "unknown features"));
}
