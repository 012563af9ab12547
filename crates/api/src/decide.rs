//! Answers in, a certified outcome out.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use care::medicine::region_of_limits;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use wire::{
    Assess, Assessed, Dose, DoseCheck, Explained, Problem, Questions, ReplyView, ToAsk, Verified, Verify,
};

use crate::problem::Refused;
use crate::request::Body;
use crate::service::Service;

/// The outcome, the plan and the proof; or both bounds and what to ask next.
#[utoipa::path(post, path = "/v1/assess", tag = "decide", request_body = Assess, responses(
    (status = 200, body = Assessed<'static>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn assess(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Assess>,
) -> Result<Json<Assessed<'static>>, Refused> {
    Ok(Json(asked.assess(service.guideline)?))
}

/// The one question that matters most now, and how urgent it is at least and at most.
#[utoipa::path(post, path = "/v1/next", tag = "decide", request_body = Assess, responses(
    (status = 200, body = ToAsk<'static>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn next(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Assess>,
) -> Result<Json<ToAsk<'static>>, Refused> {
    Ok(Json(asked.next(service.guideline)?))
}

/// Each rule that decides, with its condition, the sentence of the book and its sources.
#[utoipa::path(post, path = "/v1/explain", tag = "decide", request_body = Assess, responses(
    (status = 200, body = Explained<'static>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn explain(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Assess>,
) -> Result<Json<Explained<'static>>, Refused> {
    Ok(Json(asked.explain(service.guideline)?))
}

/// A certificate, checked again by an evaluator that shares nothing with the one that made it.
#[utoipa::path(post, path = "/v1/verify", tag = "decide", request_body = Verify, responses(
    (status = 200, body = Verified),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn verify(State(service): State<Arc<Service>>, Body(asked): Body<Verify>) -> Json<Verified> {
    Json(asked.verify(service.guideline))
}

/// May this be taken now, by the label of its country, what was taken and what is known of the person?
#[utoipa::path(post, path = "/v1/dose", tag = "decide", request_body = Dose, responses(
    (status = 200, body = DoseCheck<'static>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn dose(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Dose>,
) -> Result<Json<Value>, Refused> {
    Ok(Json(asked.check(service.guideline, Timestamp::now())?))
}

/// A question in somebody's own words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ask {
    /// The question.
    #[schema(max_length = 4000, pattern = "[^\\s]", example = "ice or heat?")]
    question: String,
    /// Whose phone numbers to give, and whose doses; anywhere where it is left out.
    #[schema(value_type = Option<wire::schema::RegionId>)]
    region: Option<String>,
}

/// The longest question.
const LONGEST_QUESTION: usize = 4_000;

/// How many passages are offered.
const PASSAGES: usize = 4;

/// What the book says to a question: signs of danger in it first, and no free advice.
#[utoipa::path(post, path = "/v1/ask", tag = "book", request_body = Ask, responses(
    (status = 200, body = ReplyView<'static>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn ask(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Ask>,
) -> Result<Json<Value>, Refused> {
    let region = wire::region(service.guideline, asked.region.as_deref())?;
    if asked.question.trim().is_empty() {
        return Err(Refused::at("/question", "is empty"));
    }
    if LONGEST_QUESTION < asked.question.chars().count() {
        return Err(Refused::at("/question", format!("has at most {LONGEST_QUESTION} letters")));
    }
    let guideline = service.guideline;
    let limits = region_of_limits(guideline, region, None, None).ok();
    let here = limits.map(|region| region.id.as_str());
    let reply = service.search.ask_in(here, &asked.question, PASSAGES);
    let check = "It is not safe for everyone: `POST /v1/dose` looks at the answers first.";
    let view = ReplyView::of(guideline, region, &asked.question, &reply, check);
    // Maps with text keys only, which cannot fail.
    Ok(Json(serde_json::to_value(view).unwrap_or_default()))
}

/// Every question with its findings and what each takes as an answer.
#[utoipa::path(get, path = "/v1/questions", tag = "book", responses((status = 200, body = Questions<'static>)))]
pub(crate) async fn questions(State(service): State<Arc<Service>>) -> Json<Questions<'static>> {
    Json(Questions::of(service.guideline))
}
