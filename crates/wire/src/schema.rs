//! Schemas of what `care` reads and writes by itself, and of what comes out of the book: which
//! answers there are, and which regions.

use care::{FindingKind, Guideline};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// Answers by the ids of the findings; what is left out is unknown, never "no".
#[derive(ToSchema)]
#[schema(as = Answers)]
#[expect(dead_code, reason = "a place in a document, filled from the book")]
pub struct AnswersOfTheBook(Value);

/// Whose phone numbers, doses and limits.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a place in a document, filled from the book")]
pub struct RegionId(String);

/// Fills those places among the schemas of a document: every finding with the answers that fit,
/// every region.
pub fn fill(schemas: &mut Map<String, Value>, guideline: &Guideline) {
    let book = guideline.book();
    let asked = book.findings.iter().filter(|finding| finding.derived.is_none());
    let properties: Map<String, Value> = asked
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
    schemas.insert("Answers".to_owned(), answers);
    schemas.insert("RegionId".to_owned(), region);
}

/// How soon to be seen, lowest first.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Level {
    /// Look after it at home, with a safety net.
    SelfCare,
    /// Mention it at a planned visit within weeks.
    Routine,
    /// Book an appointment within days.
    SeeSoon,
    /// Speak to a clinician today.
    SameDay,
    /// Call the emergency number now.
    Emergency,
}

/// An answer: `yes`, `no` or `not sure`, true or false; a whole number; or the id of an option.
#[derive(ToSchema)]
#[schema(as = Answer)]
#[serde(untagged)]
pub enum Answer {
    /// `yes`, `no`, `not sure`, or an option.
    Words(String),
    /// A number in the range of its finding.
    Number(i64),
    /// Yes or no.
    YesNo(bool),
}

/// What an outcome tells, in a case that has one.
#[derive(ToSchema)]
#[expect(dead_code, reason = "a schema, and no value")]
pub(crate) struct OutcomeTextIfAny {
    /// Its headline.
    #[schema(required = false, nullable = false)]
    title: Option<String>,
    /// What to do.
    #[schema(rename = "do", required = false, nullable = false)]
    actions: Option<Vec<String>>,
    /// What to say to whoever answers the phone.
    #[schema(required = false, nullable = false)]
    say: Option<Vec<String>>,
    /// On what that rests.
    #[schema(required = false, nullable = false, value_type = Option<Vec<crate::Source<'static>>>)]
    sources: Option<()>,
    /// The emergency number of the region, or whom to call where it has none.
    #[schema(required = false, nullable = false)]
    emergency_number: Option<String>,
    /// The lines to call beside it, by name.
    #[schema(required = false, nullable = false)]
    call: Option<std::collections::BTreeMap<String, String>>,
}

/// A proof that anybody can check.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a schema, and no value")]
pub struct Certificate {
    /// `unclench-certificate/1`.
    schema: String,
    /// Version of the book.
    guideline_version: String,
    /// Hash of the book.
    guideline_hash: String,
    /// The outcome.
    urgency: Level,
    /// Every answer that was given.
    #[schema(value_type = Object)]
    answers: (),
    /// Every rule of the book, with what became of it.
    rules: Vec<RuleVerdict>,
    /// Every remedy that was recommended, with the answers by which it is fit.
    plan: std::collections::BTreeMap<String, Vec<String>>,
    /// SHA-256 over all of the above.
    seal: String,
}

/// What became of one rule.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a schema, and no value")]
struct RuleVerdict {
    /// The rule.
    rule: String,
    /// What became of it.
    verdict: RuleFate,
    /// The findings whose answers alone prove it.
    because: Vec<String>,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "a schema, and no value")]
enum RuleFate {
    Fires,
    NotSure,
    CannotFire,
    DoesNotFire,
    CannotRaise,
}
