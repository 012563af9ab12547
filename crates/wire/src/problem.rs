//! What went wrong, as RFC 9457 has it: never with what somebody said of themselves.

use care::AnswerError;
use care::medicine::{AmountError, UnknownMedicine};
use serde::Serialize;

/// Why a request was not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What kind of problem: `about:blank`, for nothing more than its status.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The words of the status.
    pub title: &'static str,
    /// The status, as HTTP counts them.
    pub status: u16,
    /// What to do about it.
    pub detail: String,
    /// Where in the request, and what is wrong there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(required = false))]
    pub errors: Vec<Fault>,
}

/// Something in a request that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fault {
    /// Where, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong there.
    pub detail: String,
}

/// More than these are of no use to anybody.
const MOST: usize = 20;

impl Problem {
    /// A problem of this status.
    pub fn new(status: u16, title: &'static str, detail: impl Into<String>) -> Self {
        Self { kind: "about:blank", title, status, detail: detail.into(), errors: Vec::new() }
    }

    /// What was sent cannot be read at all.
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(400, "Bad Request", detail)
    }

    /// Something at this place of a request that was read does not fit.
    pub fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::all([(pointer.into(), detail.into())])
    }

    /// The same of several places.
    pub fn all(faults: impl IntoIterator<Item = (String, String)>) -> Self {
        let errors = faults.into_iter().take(MOST).map(|(pointer, detail)| Fault { pointer, detail });
        let whole = Self::new(422, "Unprocessable Entity", "the request does not fit; `errors` says where");
        Self { errors: errors.collect(), ..whole }
    }

    /// The same, of something that there is not.
    #[must_use]
    pub fn of_what_is_not_there(self) -> Self {
        Self { status: 404, title: "Not Found", ..self }
    }

    /// The same, of something that fits by itself and not with the rest.
    #[must_use]
    pub fn of_a_conflict(self) -> Self {
        Self { status: 409, title: "Conflict", ..self }
    }

    /// Answers that do not fit the book, where they stand below this place.
    pub fn of_answers(below: &str, errors: &[AnswerError]) -> Self {
        Self::all(errors.iter().map(|error| match error {
            AnswerError::UnknownFinding { field, did_you_mean } => {
                let meant = did_you_mean.as_ref().map(|name| format!("; did you mean `{name}`?"));
                let meant = meant.unwrap_or_else(|| "; the list of questions names them".to_owned());
                (format!("{below}/{}", escaped(field)), format!("is no finding of this guideline{meant}"))
            }
            AnswerError::DoesNotFit { field, allowed, .. } => {
                (format!("{below}/{}", escaped(field)), format!("does not fit; {allowed}"))
            }
            AnswerError::NotAnObject(_) => (below.to_owned(), "is no object of answers".to_owned()),
        }))
    }

    /// A name of a medicine that stands for nothing, or for more than one pack.
    pub(crate) fn of_medicine(pointer: String, error: &UnknownMedicine) -> Self {
        let detail = match error {
            UnknownMedicine::Unknown { did_you_mean, .. } if did_you_mean.is_empty() => {
                "is no medicine of this book".to_owned()
            }
            UnknownMedicine::Unknown { did_you_mean, .. } => {
                format!("is no medicine of this book; did you mean {}?", did_you_mean.join(" or "))
            }
            UnknownMedicine::WhichPack { packs, abroad: false, .. } => {
                format!("is on more than one pack; name one: {}", packs.join(", or "))
            }
            UnknownMedicine::WhichPack { packs, abroad: true, .. } => {
                format!("is sold in other countries only; there it is {}", packs.join(", or "))
            }
        };
        Self::at(pointer, detail).of_what_is_not_there()
    }

    /// A text that is no amount.
    pub(crate) fn of_text_of_amount(pointer: String) -> Self {
        Self::at(pointer, "is no amount; such are `2`, `1.5` and `400mg`")
    }

    /// An amount that cannot be taken of this.
    pub(crate) fn of_amount(pointer: String, error: &AmountError) -> Self {
        Self::at(pointer, tell::unusable_amount(error).to_string()).of_a_conflict()
    }
}

/// A name as a part of a JSON pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
