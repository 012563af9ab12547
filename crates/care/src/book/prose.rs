//! The prose of the book, as whoever serves it shows it.

use serde::{Deserialize, Serialize};

/// A page of the book as HTML made from its Markdown, without a frame: that is
/// whoever's who serves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProsePage {
    /// Its address below `/learn/book/`: `danger/fever`.
    pub path: String,
    /// The chapter it belongs to, as a heading.
    pub chapter: String,
    /// Its title.
    pub title: String,
    /// What stands below the title. Trusted: it is made from the book only.
    pub html: String,
}
