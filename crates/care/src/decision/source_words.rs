//! What sort of source something is, and how much it weighs, in words.

use crate::book::{SourceKind, Weight};

impl SourceKind {
    /// Every sort, in the order in which a list of sources shows them: the
    /// articles that the project began with, what weighs most, what is ours.
    pub const ALL: [Self; 8] = [
        Self::Article,
        Self::Guideline,
        Self::Review,
        Self::Study,
        Self::Agency,
        Self::Label,
        Self::Knowledge,
        Self::Judgement,
    ];

    /// The sort in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Article => "source article",
            Self::Guideline => "clinical guideline",
            Self::Study => "study",
            Self::Review => "systematic review",
            Self::Label => "medicine label",
            Self::Agency => "public body",
            Self::Knowledge => "widely taught, not yet tied to a document",
            Self::Judgement => "our own choice, awaiting clinical sign-off",
        }
    }
}

impl Weight {
    /// The weight in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Low => "weighs little",
            Self::Moderate => "weighs some",
            Self::High => "weighs much",
        }
    }
}
