//! Where a block stands.

use serde::{Deserialize, Serialize};

/// Where a block stands in the book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Path below the book's folder, with forward slashes.
    pub file: String,
    /// Line of the block's first key, counted from 1.
    pub line: usize,
    /// The paragraph directly above the block: the sentence it formalises. May be empty.
    pub prose: String,
}
