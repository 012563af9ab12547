//! What a person's answers decide, by the book: what is certain and possible, what to ask
//! next, the outcome and why, what fits, and how anybody can check it.

pub(crate) mod answer;
pub(crate) mod answers;
pub mod causes;
pub(crate) mod certificate;
pub mod circuit;
pub mod clinic;
pub(crate) mod come_back;
pub(crate) mod fit;
pub(crate) mod guideline;
pub mod habits;
pub(crate) mod instructions;
pub(crate) mod interview;
pub(crate) mod lanes;
pub mod naive;
pub(crate) mod needed;
pub(crate) mod op;
pub(crate) mod packed;
pub(crate) mod plan;
pub(crate) mod program;
pub(crate) mod reasons;
pub(crate) mod sound;
pub(crate) mod source_words;
pub(crate) mod state;
pub(crate) mod supposed;
pub(crate) mod wording;
