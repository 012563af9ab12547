//! What a tool answers: values for the program, and the words of the book for the person.

use care::{Guideline, Urgency};
use jiff::Timestamp;
use rmcp::model::{CallToolResult, ContentBlock, JsonObject};
use serde::Serialize;
use serde_json::{Value, json};
use wire::{Assess, Assessment, BookVersion, Dose, Problem, Question, read};

/// What a tool was asked with, as far as every tool has it.
#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    answers: wire::Given,
    region: Option<String>,
}

/// The answer of a tool; `None` where there is no such tool.
pub(crate) fn answer(guideline: &Guideline, tool: &str, given: JsonObject) -> Option<CallToolResult> {
    if !["next_question", "assess", "explain", "dose"].contains(&tool) {
        return None;
    }
    let given = Value::Object(given).to_string();
    Some(answered(guideline, tool, &given).unwrap_or_else(|problem| {
        let version = BookVersion::of(guideline);
        CallToolResult::structured_error(json!({ "problem": problem, "guideline": version }))
    }))
}

fn answered(guideline: &Guideline, tool: &str, given: &str) -> Result<CallToolResult, Problem> {
    let asked: Asked = read(given)?;
    let region = wire::region(guideline, asked.region.as_deref())?;
    let answers = wire::read_answers(guideline, &asked.answers)?;
    let assessment = Assessment::of(guideline, region, &answers);
    if tool == "dose" {
        let verdict = read::<Dose>(given)?.check(guideline, Timestamp::now())?;
        // Whoever needs an ambulance is told that, and of no tablet.
        if assessment.lower == Urgency::Emergency {
            return Ok(told(words(&assessment), &assessment));
        }
        return Ok(told(dose_words(&verdict), &verdict));
    }
    // The request of each tool is the same, and read as strictly.
    let request = read::<Assess>(given)?;
    let words = words(&assessment);
    Ok(match tool {
        "explain" => {
            let mut explained = value(&request.explain(guideline)?);
            explained["guideline"] = value(&BookVersion::of(guideline));
            told(words, &explained)
        }
        "next_question" if !assessment.finished => {
            let mut next = value(&request.next(guideline)?);
            next["guideline"] = value(&BookVersion::of(guideline));
            told(words, &next)
        }
        _ => told(words, &assessment),
    })
}

/// The words first: a program that shows only the first part shows what matters.
fn told(words: String, values: &impl Serialize) -> CallToolResult {
    let mut result = CallToolResult::structured(value(values));
    if !words.is_empty() {
        result.content.insert(0, ContentBlock::text(words));
    }
    result
}

/// Maps with text keys only, which cannot fail.
fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

/// What the book says of an outcome, or asks next.
fn words(assessment: &Assessment<'_>) -> String {
    if let Some(outcome) = &assessment.outcome {
        let mut lines = vec![outcome.title.to_owned()];
        lines.extend(outcome.actions.iter().map(|action| format!("- {action}")));
        lines.extend(assessment.reasons.iter().map(|reason| reason.because.to_owned()));
        return lines.join("\n");
    }
    assessment.next.as_ref().map(question_words).unwrap_or_default()
}

/// A question as it stands in the book, with what each finding takes.
fn question_words(question: &Question<'_>) -> String {
    let mut lines = vec![question.ask.to_owned()];
    let finding = |finding: &wire::Finding<'_>| {
        format!("- {} (`{}`: {})", finding.label, finding.id, finding.allowed.join(", "))
    };
    lines.extend(question.findings.iter().map(finding));
    lines.join("\n")
}

/// What is said of a dose.
fn dose_words(verdict: &Value) -> String {
    let texts = verdict["because"].as_array().into_iter().flatten();
    let texts = texts.filter_map(|reason| reason["text"].as_str());
    texts.collect::<Vec<_>>().join("\n")
}
