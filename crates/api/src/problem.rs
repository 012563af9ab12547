//! What went wrong, as RFC 9457 has it: never with what somebody said of themselves.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use care::AnswerError;
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request was not answered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What kind of problem: `about:blank`, for nothing more than its status.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The words of the status.
    title: &'static str,
    /// The status.
    status: u16,
    /// What to do about it.
    detail: String,
    /// Where in the request, and what is wrong there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<Fault>,
}

/// Something in a request that does not fit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Fault {
    /// Where, as a JSON pointer (RFC 6901).
    pointer: String,
    /// What is wrong there.
    detail: String,
}

/// More than these are of no use to anybody.
const MOST: usize = 20;

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Problem");
        Self {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// The same under another status.
    pub(crate) fn of(mut self, status: StatusCode) -> Self {
        (self.status, self.title) = (status.as_u16(), status.canonical_reason().unwrap_or("Problem"));
        self
    }

    /// Something at this place of a request that was read does not fit.
    pub(crate) fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::all([(pointer.into(), detail.into())])
    }

    /// The same of several places.
    pub(crate) fn all(faults: impl IntoIterator<Item = (String, String)>) -> Self {
        let errors = faults.into_iter().take(MOST).map(|(pointer, detail)| Fault { pointer, detail });
        let whole =
            Self::new(StatusCode::UNPROCESSABLE_ENTITY, "the request does not fit; `errors` says where");
        Self { errors: errors.collect(), ..whole }
    }

    /// Answers that do not fit the book, where they stand below this place.
    pub(crate) fn of_answers(below: &str, errors: &[AnswerError]) -> Self {
        Self::all(errors.iter().map(|error| match error {
            AnswerError::UnknownFinding { field, did_you_mean } => {
                let meant = did_you_mean.as_ref().map(|name| format!("; did you mean `{name}`?"));
                let meant = meant.unwrap_or_else(|| "; GET /v1/questions lists them".to_owned());
                (format!("{below}/{}", escaped(field)), format!("is no finding of this guideline{meant}"))
            }
            AnswerError::DoesNotFit { field, allowed, .. } => {
                (format!("{below}/{}", escaped(field)), format!("does not fit; {allowed}"))
            }
            AnswerError::NotAnObject(_) => (below.to_owned(), "is no object of answers".to_owned()),
        }))
    }
}

/// A name as a part of a JSON pointer.
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        // Texts and numbers only, which cannot fail.
        let body = serde_json::to_string(&self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        (status, [(header::CONTENT_TYPE, kind)], body).into_response()
    }
}

pub(crate) async fn not_found() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "there is nothing here; GET / says what there is")
}

pub(crate) async fn wrong_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "not with this method; GET / says with which")
}
