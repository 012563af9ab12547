//! Answers as they arrive: one JSON object, or JSON Lines.

use care::{AnswerError, Answers, Guideline};
use serde_json::{Value, json};

/// Why a piece of input holds no answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    /// It is not JSON.
    #[error("not JSON: {0}")]
    NotJson(String),
    /// It is JSON, but not answers to this guideline.
    #[error("{}", join(.0))]
    NotAnswers(Vec<AnswerError>),
}

fn join(errors: &[AnswerError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Reads one object of answers from its text.
pub(crate) fn read(guideline: &Guideline, text: &str) -> Result<Answers, Unusable> {
    let value: Value = serde_json::from_str(text).map_err(|error| Unusable::NotJson(error.to_string()))?;
    Answers::from_json(guideline, &value).map_err(Unusable::NotAnswers)
}

impl Unusable {
    /// One message a problem, for an error object.
    pub(crate) fn messages(&self) -> Vec<String> {
        match self {
            Self::NotJson(_) => vec![self.to_string()],
            Self::NotAnswers(errors) => errors.iter().map(ToString::to_string).collect(),
        }
    }

    /// The object that stands in the output where the outcome would.
    pub(crate) fn object(&self, line: usize) -> Value {
        json!({ "error": { "line": line, "messages": self.messages() } })
    }
}
