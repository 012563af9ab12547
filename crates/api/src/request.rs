//! A request as it is read: strictly, since of what is there twice or misspelt any choice
//! would be a guess.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::problem::{Problem, escaped};

/// All the answers of a book have some 10 kB, and a hand-off as FHIR 100 kB.
const MOST_BYTES: usize = 2 << 20;

/// The body of a request, as JSON.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let value = read(request).await?;
        serde_path_to_error::deserialize(value).map(Self).map_err(|error| {
            let pointer = pointer(error.path().iter());
            // What a message of serde quotes may be somebody's words.
            let detail = care::printable(&error.inner().to_string()).into_owned();
            let known = detail.split_once(", expected ").map(|(_, expected)| format!("expected {expected}"));
            let is_plain = detail.starts_with("missing field");
            Problem::at(
                pointer,
                if is_plain { detail } else { known.unwrap_or_else(|| "does not fit".to_owned()) },
            )
        })
    }
}

/// Reads JSON in which no object has a key twice.
async fn read(request: Request) -> Result<Value, Problem> {
    let (parts, body) = request.into_parts();
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json");
    if !is_json {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body is JSON: send `content-type: application/json`",
        ));
    }
    let collected = Limited::new(body, MOST_BYTES).collect().await.map_err(|error| {
        if error.is::<LengthLimitError>() {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("the body has at most {MOST_BYTES} bytes"))
        } else {
            Problem::new(StatusCode::BAD_REQUEST, "the body ended before it was whole")
        }
    })?;
    let bytes: Bytes = collected.to_bytes();
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "the body is not UTF-8"))?;
    care::strict_json(text.trim_start_matches('\u{feff}')).map(whole).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Problem::new(
            StatusCode::BAD_REQUEST,
            format!("the body is not JSON, or an object in it has a key twice ({place})"),
        )
    })
}

/// The same with `44.0` as `44`: to JSON Schema both are one integer.
fn whole(value: Value) -> Value {
    match value {
        Value::Array(values) => values.into_iter().map(whole).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, whole(value))).collect(),
        Value::Number(number) if number.is_f64() => {
            let text =
                number.as_f64().filter(|number| number.fract() == 0.0).map(|number| format!("{number:.0}"));
            let integer = text.and_then(|text| text.parse::<i64>().ok());
            integer.map_or(Value::Number(number), Value::from)
        }
        other => other,
    }
}

fn pointer<'s>(segments: impl Iterator<Item = &'s Segment>) -> String {
    let part = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", escaped(key)),
        Segment::Enum { .. } | Segment::Unknown => String::new(),
    };
    segments.map(part).collect()
}
