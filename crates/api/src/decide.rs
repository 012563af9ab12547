//! Answers in, a certified outcome out.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use care::medicine::{find, less_now, next_question, region_of_limits, regions_with_limits};
use care::{Answers, Certificate, DoseLog, Guideline, Step, Taken, Urgency, may_take};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use wire::{Assessment, Checked, DoseCheck, Level, Question, ReplyView};

use crate::problem::Problem;
use crate::request::Body;
use crate::service::Service;

/// Answers by the ids of the findings; what is left out is unknown, never "no".
pub(crate) type Given = Map<String, Value>;

/// What somebody answered so far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assess {
    /// By what the other side tells its cases apart; handed on as it is.
    #[schema(max_length = 1000)]
    id: Option<String>,
    /// Answers by the ids of the findings; what is left out is unknown, never "no".
    #[schema(value_type = crate::of_the_book::Answers)]
    answers: Given,
    /// Whose phone numbers to give: `us`, `uk` and so on; anywhere where it is left out.
    #[schema(value_type = Option<crate::of_the_book::RegionId>)]
    region: Option<String>,
}

/// The longest id of a case.
const LONGEST_ID: usize = 1_000;

impl Assess {
    fn answers(&self, guideline: &Guideline) -> Result<Answers, Problem> {
        if self.id.as_ref().is_some_and(|id| LONGEST_ID < id.chars().count()) {
            return Err(Problem::at("/id", format!("has at most {LONGEST_ID} letters")));
        }
        read_answers(guideline, &self.answers)
    }
}

pub(crate) fn read_answers(guideline: &Guideline, given: &Given) -> Result<Answers, Problem> {
    Answers::from_json(guideline, &Value::Object(given.clone()))
        .map_err(|errors| Problem::of_answers("/answers", &errors))
}

/// An assessment, with the id of its case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Assessed {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<String>,
    #[serde(flatten)]
    assessment: Assessment<'static>,
}

/// The outcome, the plan and the proof; or both bounds and what to ask next.
#[utoipa::path(post, path = "/v1/assess", tag = "decide", request_body = Assess, responses(
    (status = 200, body = Assessed),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn assess(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Assess>,
) -> Result<Json<Assessed>, Problem> {
    let region = service.region(asked.region.as_deref())?;
    let answers = asked.answers(service.guideline)?;
    let assessment = Assessment::of(service.guideline, region, &answers);
    Ok(Json(Assessed { id: asked.id, assessment }))
}

/// What to ask next.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToAsk {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<String>,
    /// Whether nothing that is open can change the outcome or the plan.
    finished: bool,
    /// It will be this at least.
    #[schema(value_type = Level)]
    lower: Urgency,
    /// It will be this at most.
    #[schema(value_type = Level)]
    upper: Urgency,
    /// The screen; null once it is finished.
    next: Option<Question<'static>>,
}

/// The one question that matters most now, and how urgent it is at least and at most.
#[utoipa::path(post, path = "/v1/next", tag = "decide", request_body = Assess, responses(
    (status = 200, body = ToAsk),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn next(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Assess>,
) -> Result<Json<ToAsk>, Problem> {
    service.region(asked.region.as_deref())?;
    let answers = asked.answers(service.guideline)?;
    let bounds = care::State::of(service.guideline, &answers).bounds();
    let next = match care::next(service.guideline, &answers) {
        Step::Ask(ask) => Some(Question::of(service.guideline, &ask)),
        Step::Done(_) => None,
    };
    Ok(Json(ToAsk { id: asked.id, finished: next.is_none(), lower: bounds.lower, upper: bounds.upper, next }))
}

/// Why it is as urgent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Explained {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    id: Option<String>,
    /// It will be this at least.
    #[schema(value_type = Level)]
    lower: Urgency,
    /// It will be this at most.
    #[schema(value_type = Level)]
    upper: Urgency,
    /// The rules that decide.
    reasons: Vec<ExplainedReason>,
}

/// A rule that decides, from which sentence of the book it comes, and on what it rests.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplainedReason {
    #[serde(flatten)]
    reason: wire::Reason<'static>,
    /// Its condition.
    when: &'static str,
    /// How urgent it is where its condition cannot be told.
    #[schema(value_type = Level)]
    if_not_sure: Urgency,
    /// The file and line of the book.
    place: String,
    /// What the book says there.
    prose: &'static str,
}

/// Each rule that decides, with its condition, the sentence of the book and its sources.
#[utoipa::path(post, path = "/v1/explain", tag = "decide", request_body = Assess, responses(
    (status = 200, body = Explained),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn explain(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Assess>,
) -> Result<Json<Explained>, Problem> {
    service.region(asked.region.as_deref())?;
    let guideline = service.guideline;
    let answers = asked.answers(guideline)?;
    let state = care::State::of(guideline, &answers);
    let reasons = care::reasons(&state);
    let reasons = reasons.iter().map(|reason| {
        let rule = guideline.rule(reason.rule);
        ExplainedReason {
            reason: wire::Reason::of(guideline, &state, reason),
            when: &rule.when_text,
            if_not_sure: rule.if_not_sure,
            place: format!("{}:{}", rule.place.file, rule.place.line),
            prose: &rule.place.prose,
        }
    });
    let (lower, upper) = (state.bounds().lower, state.bounds().upper);
    Ok(Json(Explained { id: asked.id, lower, upper, reasons: reasons.collect() }))
}

/// A certificate to check.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verify {
    /// As it came with an assessment.
    #[schema(value_type = wire::Certificate)]
    certificate: Certificate,
}

/// Whether a certificate holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Verified {
    /// It does, by the separate evaluator.
    holds: bool,
    /// Why not.
    why_not: Option<String>,
}

/// A certificate, checked again by an evaluator that shares nothing with the one that made it.
#[utoipa::path(post, path = "/v1/verify", tag = "decide", request_body = Verify, responses(
    (status = 200, body = Verified),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn verify(State(service): State<Arc<Service>>, Body(asked): Body<Verify>) -> Json<Verified> {
    let why_not = care::verify(service.guideline, &asked.certificate).err();
    let why_not = why_not.map(|error| care::printable(&error.to_string()).into_owned());
    Json(Verified { holds: why_not.is_none(), why_not })
}

/// May this be taken now?
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dose {
    /// A brand or an ingredient.
    #[schema(max_length = 200, example = "advil")]
    product: String,
    /// How many tablets, or milligrams: `2`, `1.5`, `400mg`; the usual amount where it is left out.
    #[schema(max_length = 40, pattern = "^[1-9][0-9]{0,2}(\\.5)?$|^[1-9][0-9]{0,3}mg$", example = "2")]
    amount: Option<String>,
    /// By the limits of which country; where it is left out, the only one that sells the pack.
    #[schema(value_type = Option<crate::of_the_book::RegionId>, example = "us")]
    region: Option<String>,
    /// Answers by the ids of the findings; what is left out is unknown, never "no".
    #[serde(default)]
    #[schema(value_type = crate::of_the_book::Answers)]
    answers: Given,
    /// What was taken in the last ten days at least; empty where nothing was: what is not known is never taken for nothing.
    #[schema(max_items = 1000)]
    log: Vec<Logged>,
    /// For when; now where it is left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

/// A dose that was taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Logged {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// A brand or an ingredient.
    #[schema(max_length = 200)]
    product: String,
    /// How much of it, as above.
    #[schema(max_length = 40, pattern = "^[1-9][0-9]{0,2}(\\.5)?$|^[1-9][0-9]{0,3}mg$")]
    amount: Option<String>,
}

/// The most doses of a log, and the longest name of a pack and text of an amount.
const MOST_DOSES: usize = 1_000;
const LONGEST_NAME: usize = 200;
const LONGEST_AMOUNT: usize = 40;

impl Service {
    fn dose(
        &self,
        below: &str,
        product: &str,
        amount: Option<&str>,
        region: Option<&str>,
    ) -> Result<(care::medicine::Found<'static>, care::Dose, &'static care::Region), Problem> {
        let at = |name: &str| format!("{below}/{name}");
        if LONGEST_NAME < product.chars().count() {
            return Err(Problem::at(at("product"), format!("has at most {LONGEST_NAME} letters")));
        }
        let chosen = self.region(region)?;
        let found = find(self.guideline, chosen, product).map_err(|error| {
            Problem::at(at("product"), tell::unknown_medicine(&error).to_string()).of(StatusCode::NOT_FOUND)
        })?;
        let limits = region_of_limits(self.guideline, chosen, Some(&found), None).map_err(|_| {
            let with_limits = regions_with_limits(self.guideline);
            let known: Vec<&str> = with_limits.iter().map(|region| region.id.as_str()).collect();
            let detail = format!("has no limits of its own in this book; those of {} are", known.join(", "));
            Problem::at("/region", detail).of(StatusCode::CONFLICT)
        })?;
        let found = found.in_region(self.guideline, &limits.id);
        let amount = match amount {
            None => found.usual_amount(),
            Some(text) if LONGEST_AMOUNT < text.chars().count() => {
                return Err(Problem::at(at("amount"), "is no amount"));
            }
            Some(text) => text
                .parse()
                .map_err(|error| Problem::at(at("amount"), tell::unusable_amount(&error).to_string()))?,
        };
        let dose = found.dose(amount);
        let dose = dose.map_err(|error| {
            Problem::at(at("amount"), tell::unusable_amount(&error).to_string()).of(StatusCode::CONFLICT)
        })?;
        Ok((found, dose, limits))
    }
}

/// May this be taken now, by the label of its country, what was taken and what is known of the person?
#[utoipa::path(post, path = "/v1/dose", tag = "decide", request_body = Dose, responses(
    (status = 200, body = DoseCheck<'static>),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn dose(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Dose>,
) -> Result<Json<Value>, Problem> {
    let guideline = service.guideline;
    let answers = read_answers(guideline, &asked.answers)?;
    let (found, dose, region) =
        service.dose("", &asked.product, asked.amount.as_deref(), asked.region.as_deref())?;
    let now = asked.at.unwrap_or_else(Timestamp::now);
    let mut log = DoseLog::default();
    let logged = asked.log;
    if MOST_DOSES < logged.len() {
        return Err(Problem::at("/log", format!("has at most {MOST_DOSES} doses")));
    }
    for (place, taken) in logged.iter().enumerate() {
        let below = format!("/log/{place}");
        if now < taken.at {
            let problem = Problem::at(format!("{below}/at"), "is after the time that is asked about");
            return Err(problem.of(StatusCode::CONFLICT));
        }
        let region = Some(region.id.as_str());
        let (_, dose, _) = service.dose(&below, &taken.product, taken.amount.as_deref(), region)?;
        log.push(Taken::new(taken.at, &dose));
    }
    let verdict = may_take(guideline, &region.id, &log, &dose, &answers, now);
    let ask = next_question(guideline, &region.id, &dose, &answers);
    let less_now = less_now(guideline, &region.id, &log, &dose, &answers, now);
    let now = now.to_zoned(TimeZone::UTC);
    let checked =
        Checked { guideline, region, found, dose, verdict, less_now, log, log_given: true, ask, now };
    // Maps with text keys only, which cannot fail.
    Ok(Json(serde_json::to_value(DoseCheck::of(&checked)).unwrap_or_default()))
}

/// A question in somebody's own words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ask {
    /// The question.
    #[schema(max_length = 4000, pattern = "[^\\s]", example = "ice or heat?")]
    question: String,
    /// Whose phone numbers to give, and whose doses; anywhere where it is left out.
    #[schema(value_type = Option<crate::of_the_book::RegionId>)]
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
) -> Result<Json<Value>, Problem> {
    let region = service.region(asked.region.as_deref())?;
    if asked.question.trim().is_empty() {
        return Err(Problem::at("/question", "is empty"));
    }
    if LONGEST_QUESTION < asked.question.chars().count() {
        return Err(Problem::at("/question", format!("has at most {LONGEST_QUESTION} letters")));
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

/// Everything that can be asked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Questions {
    /// By which book.
    guideline: wire::BookVersion<'static>,
    /// Every screen, in the order of asking.
    questions: Vec<Question<'static>>,
}

/// Every question with its findings and what each takes as an answer.
#[utoipa::path(get, path = "/v1/questions", tag = "book", responses((status = 200, body = Questions)))]
pub(crate) async fn questions(State(service): State<Arc<Service>>) -> Json<Questions> {
    let guideline = service.guideline;
    let screen = |question: &'static care::Question| {
        let findings = question.shows.iter().map(|id| wire::Finding::of(guideline.finding(*id)));
        Question::with(question, findings.collect())
    };
    let questions = guideline.book().questions.iter().map(screen).collect();
    Json(Questions { guideline: wire::BookVersion::of(guideline), questions })
}
