//! The document of the interface, for programs and for people, with nothing from elsewhere.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::Value;

use crate::service::Service;

/// This document.
#[utoipa::path(get, path = "/openapi.json", tag = "book", responses((status = 200, body = Object)))]
pub(crate) async fn openapi(State(service): State<Arc<Service>>) -> Json<Value> {
    Json(crate::document(service.guideline))
}

/// What can be asked here, for people.
#[utoipa::path(get, path = "/", tag = "book", responses((status = 200, body = String, content_type = "text/html")))]
pub(crate) async fn page(State(service): State<Arc<Service>>) -> impl IntoResponse {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy)];
    (headers, html(&crate::document(service.guideline)))
}

fn html(whole: &Value) -> String {
    let mut page = String::from(concat!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Unclench for programs</title>",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>",
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}",
        "code,pre{font:.9rem ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid #8886;border-radius:.4rem}",
        "h2{margin-top:2.5rem}h3{margin:1.5rem 0 0}p{margin:.25rem 0}",
        "</style></head><body><h1>Unclench for programs</h1>"
    ));
    let text = |value: &Value| escaped(value.as_str().unwrap_or_default());
    // Writing to a text cannot fail.
    let _ = write!(page, "<p>{}</p>", text(&whole["info"]["description"]));
    page.push_str("<p>The same for programs: <a href=\"/openapi.json\">openapi.json</a>.</p>");
    for tag in whole["tags"].as_array().into_iter().flatten() {
        let _ = write!(page, "<h2>{}</h2>", text(&tag["description"]));
        for (path, methods) in whole["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let is_here = operation["tags"].as_array().is_some_and(|tags| tags.contains(&tag["name"]));
                if is_here {
                    let verb = method.to_uppercase();
                    let _ = write!(
                        page,
                        "<h3><code>{verb} {}</code></h3><p>{}</p>",
                        escaped(path),
                        text(&operation["summary"])
                    );
                    if let Some(example) = example(whole, operation) {
                        let _ = write!(page, "<pre>{}</pre>", escaped(&example));
                    }
                }
            }
        }
    }
    page + "</body></html>"
}

/// A body that would be answered.
fn example(whole: &Value, operation: &Value) -> Option<String> {
    let name = operation.pointer("/requestBody/content/application~1json/schema/$ref")?.as_str()?;
    let schema = whole.pointer(name.strip_prefix('#')?)?;
    let properties = schema["properties"].as_object()?;
    let shown: serde_json::Map<String, Value> =
        properties.iter().filter_map(|(name, of)| Some((name.clone(), of.get("example")?.clone()))).collect();
    if shown.is_empty() {
        return None;
    }
    serde_json::to_string_pretty(&shown).ok()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
