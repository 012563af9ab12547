//! The decision for other programs, over HTTP.
//!
//! Every answer is a function of the request and of the book, whose version it names; nothing of
//! a person is kept, logged, counted or repeated in an error. The document of the interface
//! ([`document`]) is made from the types of the handlers.

mod cds;
mod decide;
mod docs;
mod fhir_service;
mod limits;
mod metrics;
mod mmvb;
mod of_the_book;
mod problem;
mod request;
mod serve;
mod service;

use axum::Router;
use axum::middleware;
use care::Guideline;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use limits::Rate;
pub use mmvb::{Solved, solve};
pub use serve::{RESTS, serve};
pub use service::Service;

use std::sync::Arc;

/// What the document says of the whole.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Unclench",
        description = "Triage of a back spasm by a published guideline, one person a request. Information and self-care, \
                       not a medical device. An unfinished triage is no low one: its urgency is null, and both bounds \
                       hold for every way in which it can go on.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "decide", description = "Answers in, a certified outcome out"),
        (name = "book", description = "What the book asks and says"),
        (name = "exchange", description = "The same for FHIR, CDS Hooks and the MMVB benchmark"),
        (name = "operate", description = "For whoever runs it")
    )
)]
struct Document;

fn routes() -> OpenApiRouter<Arc<Service>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(decide::assess))
        .routes(routes!(decide::next))
        .routes(routes!(decide::explain))
        .routes(routes!(decide::verify))
        .routes(routes!(decide::dose))
        .routes(routes!(decide::ask))
        .routes(routes!(decide::questions))
        .routes(routes!(cds::services))
        .routes(routes!(cds::call))
        .routes(routes!(fhir_service::metadata))
        .routes(routes!(fhir_service::questionnaire))
        .routes(routes!(fhir_service::next_question))
        .routes(routes!(mmvb::health_check))
        .routes(routes!(mmvb::solve_case))
        .routes(routes!(mmvb::features))
        .routes(routes!(docs::openapi))
        .routes(routes!(docs::page))
        .routes(routes!(metrics::healthz))
        .routes(routes!(metrics::readyz))
        .routes(routes!(metrics::metrics))
}

/// The interface to a book as `OpenAPI` 3.1.
pub fn document(guideline: &Guideline) -> Value {
    // Types of ours, which can be written.
    let mut document = serde_json::to_value(routes().into_openapi()).unwrap_or_default();
    of_the_book::fill(&mut document, guideline);
    document
}

/// Everything that is answered, as a service of its own.
pub fn router(service: Arc<Service>) -> Router {
    let (router, _) = routes().split_for_parts();
    router
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::wrong_method)
        .layer(middleware::from_fn_with_state(service.clone(), serve::around))
        .with_state(service)
}
