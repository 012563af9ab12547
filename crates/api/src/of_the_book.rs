//! What of the document of the interface comes out of the book: which answers there are, which
//! regions, and the ages that it asks for.

use care::{FindingKind, Guideline, Role};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Answers by the ids of the findings; what is left out is unknown, never "no".
#[derive(ToSchema)]
#[expect(dead_code, reason = "a place in the document, filled from the book")]
pub(crate) struct Answers(Value);

/// Whose phone numbers, doses and limits.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a place in the document, filled from the book")]
pub(crate) struct RegionId(String);

/// Fills those places.
pub(crate) fn fill(document: &mut Value, guideline: &Guideline) {
    let book = guideline.book();
    let asked = book.findings.iter().filter(|finding| finding.derived.is_none());
    let properties: serde_json::Map<String, Value> = asked
        .map(|finding| {
            let mut schema = match &finding.kind {
                FindingKind::YesNo => json!({ "enum": ["yes", "no", "not sure", true, false] }),
                FindingKind::Number { min, max, .. } => json!({ "oneOf": [
                    { "type": "integer", "minimum": min, "maximum": max },
                    { "const": "not sure" },
                ] }),
                FindingKind::Choice(options) => {
                    let ids = options.iter().map(|option| option.id.as_str());
                    json!({ "enum": ids.chain(["not sure"]).collect::<Vec<_>>() })
                }
            };
            schema["description"] = finding.label.as_str().into();
            (finding.id.clone(), schema)
        })
        .collect();
    let regions: Vec<&str> = book.regions.iter().map(|region| region.id.as_str()).collect();
    let answers = json!({
        "type": "object",
        "description": "Answers by the ids of the findings; what is left out is unknown, never \"no\".",
        "properties": properties,
        "additionalProperties": false,
        "example": { "age": 44, "saddle_numbness": "no" },
    });
    let region = json!({ "description": "Whose phone numbers, doses and limits.", "enum": regions });
    let schemas = &mut document["components"]["schemas"];
    if let Some(FindingKind::Number { min, max, .. }) =
        guideline.with_role(Role::Age).map(|id| &guideline.finding(id).kind)
    {
        let age = &mut schemas["Profile"]["properties"]["age"];
        (age["minimum"], age["maximum"]) = ((*min).into(), (*max).into());
    }
    schemas["Answers"] = answers;
    schemas["RegionId"] = region;
}
