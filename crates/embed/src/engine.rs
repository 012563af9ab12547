use std::fmt;

use care::{Guideline, compiled};
use jiff::Timestamp;
use serde::Serialize;
use wire::{Assess, Dose, Problem, Questions, Verify, read};

/// What can be asked of an [`Engine`].
pub const CALLS: [&str; 6] = ["assess", "next", "explain", "dose", "verify", "questions"];

/// A book that answers.
pub struct Engine {
    guideline: Guideline,
}

/// Why a book does not open.
#[derive(Debug)]
pub enum OpenError {
    /// Its file is not what it should be.
    File(compiled::Unreadable),
    /// The book refers to something that it does not have.
    Broken(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(unreadable) => unreadable.fmt(f),
            Self::Broken(problem) => write!(f, "the book is broken: {problem}"),
        }
    }
}

impl std::error::Error for OpenError {}

impl Engine {
    /// Opens a book that `unclench book --compiled` wrote.
    ///
    /// # Errors
    ///
    /// If it is none, or of another version of this program.
    pub fn open(book: &[u8]) -> Result<Self, OpenError> {
        let (book, _) = compiled::read(book).map_err(OpenError::File)?;
        let guideline = Guideline::new(book).map_err(|broken| OpenError::Broken(broken.to_string()))?;
        Ok(Self { guideline })
    }

    /// A book that was compiled in this program.
    pub fn of(guideline: Guideline) -> Self {
        Self { guideline }
    }

    /// Its book.
    pub fn guideline(&self) -> &Guideline {
        &self.guideline
    }

    /// Answers a request, both as JSON. `now` is when, for a dose that does not say.
    ///
    /// # Errors
    ///
    /// If there is no such call, or the request does not fit.
    pub fn call(&self, call: &str, request: &str, now: Timestamp) -> Result<String, Problem> {
        let guideline = &self.guideline;
        let told = match call {
            "assess" => json(&read::<Assess>(request)?.assess(guideline)?),
            "next" => json(&read::<Assess>(request)?.next(guideline)?),
            "explain" => json(&read::<Assess>(request)?.explain(guideline)?),
            "dose" => json(&read::<Dose>(request)?.check(guideline, now)?),
            "verify" => json(&read::<Verify>(request)?.verify(guideline)),
            "questions" => json(&Questions::of(guideline)),
            _ => {
                let known = CALLS.join(", ");
                return Err(Problem::unreadable(format!("there is no such call; there are {known}")));
            }
        };
        Ok(told)
    }
}

/// What is told is our own: maps with text keys, which cannot fail.
fn json(told: &impl Serialize) -> String {
    serde_json::to_string(told).unwrap_or_default()
}
