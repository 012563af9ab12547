//! A request as it is read: strictly, since of what is there twice or misspelt any choice
//! would be a guess.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::problem::{Problem, escaped};

/// All the answers of a book have some 10 kB, and a hand-off as FHIR 100 kB.
pub const MOST_BYTES: usize = 2 << 20;

/// Reads a request from JSON in which no object has a key twice.
///
/// # Errors
///
/// A [`Problem`] that says where it does not fit, and repeats nothing of it.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    if MOST_BYTES < text.len() {
        return Err(too_long());
    }
    let value = care::strict_json(text.trim_start_matches('\u{feff}')).map(whole).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Problem::unreadable(format!("the body is not JSON, or an object in it has a key twice ({place})"))
    })?;
    serde_path_to_error::deserialize(value).map_err(|error| {
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

/// More than [`MOST_BYTES`].
pub fn too_long() -> Problem {
    Problem::new(413, "Payload Too Large", format!("the body has at most {MOST_BYTES} bytes"))
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
