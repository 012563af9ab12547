//! What whoever runs it wants to know: how many requests, how fast, how they ended. Nothing
//! that anybody asked is in it, and no address.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::service::Service;

/// A kind of request and how it ended.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Ended {
    route: String,
    status: u32,
}

/// Counters since the start.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Ended, Counter>,
    seconds: Histogram,
}

/// From a tenth of a millisecond to a second.
const BUCKETS: [f64; 9] = [0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0];

impl Default for Metrics {
    fn default() -> Self {
        let (requests, seconds) = (Family::default(), Histogram::new(BUCKETS));
        let mut registry = Registry::with_prefix("unclench");
        registry.register("requests", "Requests, by what was asked and how it ended", requests.clone());
        registry.register("request_seconds", "How long they took", seconds.clone());
        Self { registry, requests, seconds }
    }
}

impl Metrics {
    /// Counts a request: by its route, never by what stood in its place in the address.
    pub(crate) fn count(&self, route: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&Ended { route: route.to_owned(), status: status.into() }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// It is up.
#[utoipa::path(get, path = "/healthz", tag = "operate", responses((status = 200, body = String, content_type = "text/plain")))]
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// It can decide: the book is read.
#[utoipa::path(get, path = "/readyz", tag = "operate", responses((status = 200, body = String, content_type = "text/plain")))]
pub(crate) async fn readyz(State(service): State<Arc<Service>>) -> String {
    format!("ready: guideline {}\n", service.guideline.book().version)
}

/// Counters for Prometheus, with nothing of a person in them.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operate",
    responses((status = 200, body = String, content_type = "application/openmetrics-text"))
)]
pub(crate) async fn metrics(State(service): State<Arc<Service>>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    // Writing to a text cannot fail.
    ([(header::CONTENT_TYPE, kind)], service.metrics.text().unwrap_or_default())
}
