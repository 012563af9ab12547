//! What a question about medicines is asked for.

use care::{Guideline, QuestionId};

/// What a question about medicines is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A dose that somebody thinks of.
    Dose,
    /// To change what was answered. The earlier answer counts until there is a new one.
    Change,
}

impl Purpose {
    /// The address of a question that is asked for it.
    pub(super) fn address(self, guideline: &Guideline, question: QuestionId) -> String {
        let folder = match self {
            Self::Dose => "/medicines/question",
            Self::Change => "/medicines/answers",
        };
        format!("{folder}/{}", guideline.question(question).id)
    }

    /// The page before its first question.
    pub(super) fn start(self) -> &'static str {
        match self {
            Self::Dose => "/medicines",
            Self::Change => "/medicines/answers",
        }
    }
}
