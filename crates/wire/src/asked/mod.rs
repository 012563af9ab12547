//! What other programs ask, and what each is answered: a function of the request and of the book.

pub(crate) mod assess;
pub(crate) mod dose;
pub(crate) mod questions;
pub(crate) mod verify;

use care::{Answers, Guideline, Region};
use serde_json::{Map, Value};

use crate::problem::Problem;

/// Answers by the ids of the findings; what is left out is unknown, never "no".
pub type Given = Map<String, Value>;

/// The answers at `/answers` of a request.
///
/// # Errors
///
/// If one does not fit the book.
pub fn read_answers(guideline: &Guideline, given: &Given) -> Result<Answers, Problem> {
    Answers::from_json(guideline, &Value::Object(given.clone()))
        .map_err(|errors| Problem::of_answers("/answers", &errors))
}

/// The region of this name; anywhere where none is named.
///
/// # Errors
///
/// If the book has no such region.
pub fn region<'g>(guideline: &'g Guideline, name: Option<&str>) -> Result<&'g Region, Problem> {
    let name = name.unwrap_or(Region::ANYWHERE);
    let regions = &guideline.book().regions;
    regions.iter().find(|region| region.id == name).ok_or_else(|| {
        let known: Vec<&str> = regions.iter().map(|region| region.id.as_str()).collect();
        Problem::at("/region", format!("is no region of this book; known are {}", known.join(", ")))
    })
}
