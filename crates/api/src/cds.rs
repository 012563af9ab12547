//! CDS Hooks 2.0: what is known of a patient with a bad back, told to whoever opens the chart.
//! It is decided from what comes with the call alone, and says what was missing.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use care::{Answer, Answers, Guideline, Role, State as Known, Step, Urgency, next};
use jiff::civil::Date;
use jiff::{SpanRound, Timestamp, Unit};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use wire::Problem;

use crate::problem::Refused;
use crate::request::Body;
use crate::service::Service;

/// The service, as `/cds-services` names it.
const ID: &str = "unclench-back-pain";

/// Which services there are, and what each wants to come with a call.
#[utoipa::path(get, path = "/cds-services", tag = "exchange", responses((status = 200, body = Object)))]
pub(crate) async fn services() -> Json<Value> {
    Json(json!({ "services": [{
        "hook": "patient-view",
        "id": ID,
        "title": "Back pain: how soon to be seen",
        "description": "How soon somebody with a bad back should be seen, by what they answered, and what was not answered.",
        "prefetch": {
            "patient": "Patient/{{context.patientId}}",
            "answers": "QuestionnaireResponse?patient={{context.patientId}}&questionnaire=urn:unclench:questionnaire&_sort=-authored&_count=1",
        },
    }] }))
}

/// A call of the hook.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Call {
    /// `patient-view`.
    hook: String,
    /// The id of the call.
    #[serde(rename = "hookInstance")]
    #[schema(format = "uuid")]
    _instance: String,
    /// What the chart shows.
    #[serde(rename = "context")]
    #[schema(value_type = Object)]
    _context: Map<String, Value>,
    /// `patient` and `answers`, as far as the chart has them.
    #[serde(default)]
    #[schema(value_type = Object)]
    prefetch: Map<String, Value>,
}

/// Cards for the chart.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cards {
    cards: Vec<Card>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Card {
    /// In one line, of fewer than 140 letters.
    summary: String,
    /// Why, and what was missing, as Markdown.
    detail: String,
    /// `info`, `warning` or `critical`.
    indicator: &'static str,
    source: CardSource,
}

#[derive(Debug, Serialize, ToSchema)]
struct CardSource {
    label: String,
}

/// The cards for a patient; none where nobody has asked them anything.
#[utoipa::path(
    post,
    path = "/cds-services/{id}",
    tag = "exchange",
    params(("id" = String, Path, description = "`unclench-back-pain`")),
    request_body = Call,
    responses(
        (status = 200, body = Cards),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    )
)]
pub(crate) async fn call(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
    Body(call): Body<Call>,
) -> Result<Json<Cards>, Refused> {
    if id != ID {
        return Err(Refused::new(StatusCode::NOT_FOUND, format!("there is only `{ID}`")));
    }
    if call.hook != "patient-view" {
        return Err(Refused::at("/hook", "is not `patient-view`"));
    }
    let guideline = service.guideline;
    let response = newest(call.prefetch.get("answers").unwrap_or(&Value::Null));
    let mut answers = match response {
        Some(response) => service.answered("/prefetch/answers", response)?,
        None => Answers::none(guideline),
    };
    let is_asked = guideline.findings().any(|id| answers.get(id).is_some());
    if !is_asked {
        return Ok(Json(Cards { cards: Vec::new() }));
    }
    let mut missing = Vec::new();
    if let Some(finding) = guideline.with_role(Role::Age).filter(|id| answers.get(*id).is_none()) {
        match age(call.prefetch.get("patient").unwrap_or(&Value::Null), Timestamp::now()) {
            // An age out of the range of the book is asked for.
            Some(age) => drop(answers.set(guideline, finding, Answer::Number(age))),
            None => missing.push(guideline.finding(finding).label.clone()),
        }
    }
    Ok(Json(Cards { cards: vec![card(guideline, &answers, missing)] }))
}

/// The response itself, or the newest of a bundle of those that were found.
fn newest(found: &Value) -> Option<&Value> {
    if found["resourceType"] == "QuestionnaireResponse" {
        return Some(found);
    }
    let entries = found["entry"].as_array()?.iter().map(|entry| &entry["resource"]);
    let responses = entries.filter(|resource| resource["resourceType"] == "QuestionnaireResponse");
    responses.max_by_key(|response| response["authored"].as_str().and_then(|at| at.parse::<Timestamp>().ok()))
}

/// In years, of a patient whose day of birth is told.
fn age(patient: &Value, now: Timestamp) -> Option<i64> {
    let born: Date = patient["birthDate"].as_str()?.parse().ok()?;
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let span = born.until((Unit::Year, today)).ok()?;
    let years = span.round(SpanRound::new().smallest(Unit::Year).mode(jiff::RoundMode::Trunc).relative(born));
    years.ok().map(|years| i64::from(years.get_years()))
}

fn card(guideline: &Guideline, answers: &Answers, mut missing: Vec<String>) -> Card {
    let state = Known::of(guideline, answers);
    let bounds = state.bounds();
    let words = |urgency: Urgency| urgency.id().replace('_', " ");
    if let Step::Ask(ask) = next(guideline, answers) {
        missing.extend(ask.findings.iter().map(|id| guideline.finding(*id).label.clone()));
    }
    let is_done = bounds.lower == bounds.upper;
    let summary = match (is_done, missing.first()) {
        (true, _) => format!("Back pain: {}", words(bounds.lower)),
        (false, None) => format!("Back pain: at least {}", words(bounds.lower)),
        (false, Some(_)) => format!("Back pain: at least {}; not all was answered", words(bounds.lower)),
    };
    let reasons = care::reasons(&state);
    let because = reasons.iter().map(|reason| format!("- {}\n", guideline.rule(reason.rule).because));
    let missing = format!("\nIt may be {} at most. Missing: {}.\n", words(bounds.upper), missing.join("; "));
    let detail = because.chain((!is_done).then_some(missing)).collect();
    let indicator = match bounds.lower {
        Urgency::Emergency => "critical",
        Urgency::SameDay | Urgency::SeeSoon => "warning",
        Urgency::Routine | Urgency::SelfCare => "info",
    };
    let label = format!("Unclench, guideline {}", guideline.book().version);
    Card { summary, detail, indicator, source: CardSource { label } }
}
