//! Where it is taken from.

use serde::{Deserialize, Serialize};

/// A source, or one place in it that is cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its name in the data; a place in a source has the name of the source.
    pub id: String,
    /// The place that is cited, in the source's own numbering or headings; `None`
    /// for the source as a whole, which is listed once.
    pub at: Option<String>,
    /// Title, with authors where that helps.
    pub title: String,
    /// Year, where it has one.
    pub year: Option<u16>,
    /// Where to find it.
    pub link: String,
    /// What sort of source.
    pub kind: SourceKind,
    /// How much it weighs.
    pub weight: Weight,
}

impl Source {
    /// The title, with the place that is cited: `Back pain, 1.1.2`.
    pub fn cited(&self) -> String {
        match &self.at {
            Some(at) => format!("{}, {at}", self.title),
            None => self.title.clone(),
        }
    }
}

/// What sort of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SourceKind {
    /// One of the articles the project began with.
    Article,
    /// A clinical guideline.
    Guideline,
    /// A single study.
    Study,
    /// A systematic review.
    Review,
    /// The label of a medicine.
    Label,
    /// A public body.
    Agency,
    /// Widely taught, not yet tied to a document.
    Knowledge,
    /// Our own choice, awaiting clinical sign-off.
    Judgement,
}

/// How much a source weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Weight {
    /// Little.
    Low,
    /// Some.
    Moderate,
    /// Much.
    High,
}
