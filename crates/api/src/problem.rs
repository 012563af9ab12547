//! A problem as a response.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use wire::Problem;

/// Why a request was not answered, sent as RFC 9457 has it.
#[derive(Clone, Debug)]
pub(crate) struct Refused(Problem);

impl Refused {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Problem");
        Self(Problem::new(status.as_u16(), title, detail))
    }

    /// Something at this place of a request that was read does not fit.
    pub(crate) fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self(Problem::at(pointer, detail))
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::BAD_REQUEST);
        // Texts and numbers only, which cannot fail.
        let body = serde_json::to_string(&self.0).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        (status, [(header::CONTENT_TYPE, kind)], body).into_response()
    }
}

pub(crate) async fn not_found() -> Refused {
    Refused::new(StatusCode::NOT_FOUND, "there is nothing here; GET / says what there is")
}

pub(crate) async fn wrong_method() -> Refused {
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "not with this method; GET / says with which")
}
