//! The questions as FHIR R4, and an adaptive form that asks them one screen at a time.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use care::{Answers, Guideline, Step};
use fhir::{FhirError, Form};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::Event;
use wire::{Given, Problem};

use crate::problem::Refused;
use crate::request::Body;
use crate::service::Service;

/// A resource, under the type that FHIR gives to JSON.
pub(crate) struct Resource(Value);

impl IntoResponse for Resource {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/fhir+json")], Json(self.0).into_response().into_body())
            .into_response()
    }
}

/// What of FHIR is answered here.
#[utoipa::path(get, path = "/fhir/metadata", tag = "exchange", responses(
    (status = 200, body = Object, content_type = "application/fhir+json")
))]
pub(crate) async fn metadata(State(service): State<Arc<Service>>) -> Resource {
    let next = json!({ "name": "next-question", "definition": "http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-next-question" });
    let version = &service.guideline.book().version;
    // A version begins with the year and the month of the book.
    let month = version.rsplit_once('.').map_or(version.as_str(), |(month, _)| month).replace('.', "-");
    Resource(json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": month,
        "kind": "instance",
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "implementation": { "description": format!("Unclench, guideline {}", version) },
        "software": { "name": "Unclench" },
        "rest": [{
            "mode": "server",
            "resource": [{ "type": "Questionnaire", "interaction": [{ "code": "read" }], "operation": [next] }],
        }],
    }))
}

/// The questions as one form: `unclench`, every finding by itself; or `unclench-ticks`, with lists to tick.
#[utoipa::path(
    get,
    path = "/fhir/Questionnaire/{id}",
    tag = "exchange",
    params(("id" = String, Path, description = "`unclench` or `unclench-ticks`")),
    responses(
        (status = 200, body = Object, content_type = "application/fhir+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    )
)]
pub(crate) async fn questionnaire(
    State(service): State<Arc<Service>>,
    Path(id): Path<String>,
) -> Result<Resource, Refused> {
    let form = match id.as_str() {
        "unclench" => Form::Plain,
        "unclench-ticks" => Form::Ticks,
        _ => return Err(Refused::new(StatusCode::NOT_FOUND, "there are `unclench` and `unclench-ticks`")),
    };
    Ok(Resource(service.form(form).clone()))
}

impl Service {
    /// The questions as a form.
    fn form(&self, form: Form) -> &Value {
        let kept = &self.questionnaires[usize::from(form == Form::Ticks)];
        kept.get_or_init(|| fhir::questionnaire(self.guideline, form))
    }

    /// What a `QuestionnaireResponse` answers; nothing where it has no item yet.
    pub(crate) fn answered(&self, below: &str, response: &Value) -> Result<Answers, Refused> {
        let read = match fhir::read(self.guideline, &response.to_string(), Timestamp::now()) {
            Ok(read) => read,
            Err(FhirError::Nothing) => return Ok(Answers::none(self.guideline)),
            Err(FhirError::Entry { place, problem }) => {
                return Err(Refused::at(below, care::printable(&format!("{place} {problem}"))));
            }
            Err(error) => return Err(Refused::at(below, care::printable(&error.to_string()))),
        };
        let mut given = Given::new();
        for stored in read.events {
            if let Event::Answered { answers, .. } = stored.event {
                given.extend(answers);
            }
        }
        let answers = Answers::from_json(self.guideline, &Value::Object(given));
        Ok(answers.map_err(|errors| Problem::of_answers(below, &errors))?)
    }
}

/// What goes in: more of FHIR may be in it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "a schema, and no value")]
pub(crate) struct Adaptive {
    #[schema(rename = "resourceType")]
    kind: AdaptiveKind,
}

#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "a schema, and no value")]
pub(crate) enum AdaptiveKind {
    QuestionnaireResponse,
}

/// The next screen of an adaptive form (SDC): a `QuestionnaireResponse` goes in, or `Parameters`
/// with one, and comes back with the form of what was asked so far and what is asked next in it.
#[utoipa::path(
    post,
    path = "/fhir/Questionnaire/$next-question",
    tag = "exchange",
    request_body(content = Adaptive, content_type = "application/fhir+json"),
    responses(
        (status = 200, body = Object, content_type = "application/fhir+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    )
)]
pub(crate) async fn next_question(
    State(service): State<Arc<Service>>,
    Body(asked): Body<Value>,
) -> Result<Resource, Refused> {
    let (below, mut response) = match asked["resourceType"].as_str() {
        Some("QuestionnaireResponse") => (String::new(), asked),
        Some("Parameters") => {
            let of_it = |of: &&Value| of["name"] == "questionnaire-response";
            let all = asked["parameter"].as_array().map_or(&[][..], Vec::as_slice);
            let place = all.iter().position(|of| of_it(&of)).unwrap_or_default();
            let response = all.get(place).filter(of_it).map_or(Value::Null, |of| of["resource"].clone());
            (format!("/parameter/{place}/resource"), response)
        }
        _ => (String::new(), Value::Null),
    };
    if response["resourceType"] != "QuestionnaireResponse" {
        return Err(Refused::at(below, "is no QuestionnaireResponse"));
    }
    let answers = service.answered(&below, &response)?;
    let next = care::next(service.guideline, &answers);
    let is_done = matches!(next, Step::Done(_));
    let form = asked_so_far(&service, service.guideline, &answers, &next);
    response["status"] = if is_done { "completed" } else { "in-progress" }.into();
    response["questionnaire"] = "#form".into();
    response["contained"] = json!([form]);
    Ok(Resource(response))
}

/// The form with the screens that were asked and the one to ask now.
fn asked_so_far(service: &Service, guideline: &Guideline, answers: &Answers, next: &Step<'_>) -> Value {
    let mut form = service.form(Form::Plain).clone();
    let is_asked = |id: &care::QuestionId| {
        let is_next = matches!(next, Step::Ask(ask) if ask.question == *id);
        is_next || guideline.question(*id).shows.iter().any(|finding| answers.get(*finding).is_some())
    };
    // One group a question, in the same order.
    let groups = form["item"].as_array().cloned().unwrap_or_default();
    let shown = guideline.questions().zip(groups).filter(|(id, _)| is_asked(id)).map(|(_, group)| group);
    form["item"] = shown.collect();
    form["id"] = "form".into();
    form["derivedFrom"] = json!([form["url"]]);
    if let Some(fields) = form.as_object_mut() {
        fields.remove("url");
    }
    form
}
