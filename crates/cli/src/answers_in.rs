//! Answers as they arrive: one JSON object, or JSON Lines.

use care::{AnswerError, Answers, Guideline, printable};
use serde_json::Value;

/// Why a piece of input holds no answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    /// It is not JSON.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// What says whose answers they are is nothing that can be handed on.
    #[error("`id` is a text of at most {MOST_OF_AN_ID} letters, or a number below 2^64")]
    Id,
    /// It is JSON, but not answers to this guideline.
    #[error("{}", join(.0))]
    NotAnswers(Vec<AnswerError>),
}

/// More than these are of no use to anybody.
const MOST_MESSAGES: usize = 20;

fn join(errors: &[AnswerError]) -> String {
    messages(errors).join("; ")
}

fn messages(errors: &[AnswerError]) -> Vec<String> {
    let mut messages: Vec<String> = errors.iter().take(MOST_MESSAGES).map(ToString::to_string).collect();
    if MOST_MESSAGES < errors.len() {
        messages.push(format!("and {} more", errors.len() - MOST_MESSAGES));
    }
    messages
}

/// Reads one object of answers from its text.
pub(crate) fn read(guideline: &Guideline, text: &str) -> Result<Answers, Unusable> {
    Answers::from_json(guideline, &json(text)?).map_err(Unusable::NotAnswers)
}

/// By what somebody tells their records apart.
pub(crate) const ID: &str = "id";

/// Longer ones are no ids.
const MOST_OF_AN_ID: usize = 1_000;

/// 2^53: up to here a number with a fraction is read as it is written.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads one object of answers that may say whose they are: `{"id": "p-17", "fever":
/// "no"}`. The id means nothing here and is handed on as it is.
pub(crate) fn read_with_id(guideline: &Guideline, text: &str) -> (Option<Value>, Result<Answers, Unusable>) {
    let mut value = match json(text) {
        Ok(value) => value,
        Err(unusable) => return (None, Err(unusable)),
    };
    match take_id(guideline, &mut value) {
        Ok(id) => (id, Answers::from_json(guideline, &value).map_err(Unusable::NotAnswers)),
        Err(unusable) => (None, Err(unusable)),
    }
}

/// Takes the id out of an object that may have one.
///
/// # Errors
///
/// [`Unusable::Id`] where it is nothing that can be handed on as it is.
pub(crate) fn take_id(guideline: &Guideline, object: &mut Value) -> Result<Option<Value>, Unusable> {
    // A book may ask for something of that name.
    let is_asked = guideline.finding_named(ID).is_some();
    let id = object.as_object_mut().filter(|_| !is_asked).and_then(|fields| fields.shift_remove(ID));
    let is_id = id.as_ref().is_none_or(|id| match id {
        Value::String(text) => text.chars().count() <= MOST_OF_AN_ID,
        // A larger one would come back as another.
        id => id.is_i64() || id.is_u64() || id.as_f64().is_some_and(|id| id.abs() < LARGEST_EXACT),
    });
    if is_id { Ok(id) } else { Err(Unusable::Id) }
}

/// Reads JSON, and refuses an object that says something twice: of `{"fever":
/// "yes", "fever": "no"}` any choice would be a guess.
pub(crate) fn json(text: &str) -> Result<Value, Unusable> {
    // Some editors put a byte order mark before the text; it says nothing.
    let text = text.trim_start_matches('\u{feff}');
    care::strict_json(text).map_err(|error| Unusable::NotJson(printable(&error.to_string()).into_owned()))
}

impl Unusable {
    /// One message a problem, for an error object.
    pub(crate) fn messages(&self) -> Vec<String> {
        match self {
            Self::NotJson(_) | Self::Id => vec![self.to_string()],
            Self::NotAnswers(errors) => messages(errors),
        }
    }

    /// The object that stands in the output where the outcome would.
    pub(crate) fn object(&self, line: usize) -> Value {
        serde_json::json!({ "error": { "line": line, "messages": self.messages() } })
    }
}
