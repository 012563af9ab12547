//! The tools as a model reads of them.

use std::sync::Arc;

use care::Guideline;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

/// What a program is told once, before anything is asked.
pub(crate) const INSTRUCTIONS: &str = "\
Triage of a back spasm by a published guideline; information and self-care, not a medical device. \
Call `next_question` with the answers so far (none at first), put its question to the person in its own words, and \
call again with their answers until it is finished; then `assess` gives the outcome. \
Never answer for the person: what they did not say is left out, and `not sure` is an answer. \
Say an emergency at once, as it is written. \
Add no advice, cause, medicine or dose of your own: what no tool said is not known here.";

/// Every tool.
pub(crate) fn all(guideline: &Guideline) -> Vec<Tool> {
    let answers = json!({
        "type": "object",
        "description": "Everything the person answered so far, by the ids of the findings that `next_question` asked \
                        for, each with one of its allowed answers. What was not answered is left out: it is unknown, never \"no\".",
        "additionalProperties": { "type": ["string", "integer", "boolean"] },
    });
    let regions: Vec<&str> = guideline.book().regions.iter().map(|region| region.id.as_str()).collect();
    let region = json!({ "description": "Whose phone numbers and limits; anywhere where it is left out.", "enum": regions });
    let decided = object(&json!({ "answers": answers, "region": region }), &["answers"]);
    let amount = json!({ "type": "string", "description": "Tablets or milligrams: `2`, `1.5`, `400mg`; the usual amount where it is left out." });
    let product =
        json!({ "type": "string", "description": "A brand or an ingredient, as the person said it." });
    let at = json!({ "type": "string", "format": "date-time" });
    let taken = object(&json!({ "at": at, "product": product, "amount": amount }), &["at", "product"]);
    let log = json!({
        "type": "array",
        "description": "Every medicine that was taken in the last ten days; empty only if the person said that nothing was.",
        "items": taken,
    });
    let dose = object(
        &json!({ "product": product, "amount": amount, "region": region, "answers": answers, "log": log, "at": at }),
        &["product", "answers", "log"],
    );
    let tool = |name: &'static str, title: &str, about: &'static str, takes: &Value| {
        Tool::new(name, about, schema(takes))
            .with_title(title)
            .with_annotations(ToolAnnotations::new().read_only(true).idempotent(true).open_world(false))
    };
    vec![
        tool(
            "next_question",
            "The next question",
            "The one question to put to the person now, with the findings it asks for and the answers that each takes; or the \
             outcome where nothing that is open can change it. An emergency ends the questions at once.",
            &decided,
        ),
        tool(
            "assess",
            "How urgent it is",
            "The outcome with its reasons, the plan, when to come back and the certificate. While questions are open its urgency \
             is null: both bounds hold, and an unfinished triage is no low one.",
            &decided,
        ),
        tool(
            "explain",
            "Why it is as urgent",
            "Each rule that decides, with its condition, the sentence of the guideline and its sources.",
            &decided,
        ),
        tool(
            "dose",
            "May this be taken now?",
            "Whether a dose may be taken now, by the label of its country, what was taken before and what the person answered. \
             Where an answer is missing it says which question to ask first.",
            &dose,
        ),
    ]
}

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn schema(of: &Value) -> Arc<JsonObject> {
    Arc::new(of.as_object().cloned().unwrap_or_default())
}
