//! `unclench findings`: the whole vocabulary as JSON.

use care::Guideline;
use serde_json::{Map, Value, json};

use crate::exit::Exit;

/// Prints every question in the order of asking, with its findings and what each takes.
pub(crate) fn run(guideline: &Guideline) -> anyhow::Result<Exit> {
    let book = guideline.book();
    let questions: Vec<Value> = book
        .questions
        .iter()
        .map(|question| {
            let words = json!(wire::Question::with(question, Vec::new()));
            let mut view = words.as_object().cloned().unwrap_or_default();
            // Those of a screen stand here by their ids, behind when it is shown.
            view.shift_remove("findings");
            if let Some(gate) = &question.only_if {
                view.insert("only_if".into(), json!(gate.condition.text(book)));
                view.insert("otherwise_no_because".into(), json!(gate.otherwise_no_because));
            }
            let shows: Vec<&str> =
                question.shows.iter().map(|id| guideline.finding(*id).id.as_str()).collect();
            view.insert("findings".into(), json!(shows));
            Value::Object(view)
        })
        .collect();
    let findings: Map<String, Value> = book
        .findings
        .iter()
        .map(|finding| {
            let mut view = json!(wire::Finding::of(finding));
            if let Value::Object(fields) = &mut view {
                fields.remove("id");
                let hears: Vec<&str> = finding.hears.iter().map(|hears| hears.pattern.as_str()).collect();
                fields.insert("hears".into(), json!(hears));
                fields.insert("come_back_if".into(), json!(finding.come_back));
                fields.insert(
                    "codes".into(),
                    json!({ "icd10cm": finding.icd10cm, "loinc": finding.loinc, "snomed": finding.snomed }),
                );
                fields
                    .insert("where".into(), json!(format!("{}:{}", finding.place.file, finding.place.line)));
            }
            (finding.id.clone(), view)
        })
        .collect();
    let all = json!({
        "guideline": { "version": book.version, "hash": book.hash },
        "questions": questions,
        "findings": findings,
    });
    crate::page::json(&all)?;
    Ok(Exit::Ok)
}
