//! Everything that can be asked.

use care::Guideline;
use serde::Serialize;

use crate::assessment::BookVersion;
use crate::question::{Finding, Question};

/// Everything that can be asked.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Questions<'g> {
    /// By which book.
    pub guideline: BookVersion<'g>,
    /// Every screen, in the order of asking.
    pub questions: Vec<Question<'g>>,
}

impl<'g> Questions<'g> {
    /// Every question with its findings and what each takes as an answer.
    pub fn of(guideline: &'g Guideline) -> Self {
        let screen = |question: &'g care::Question| {
            let findings = question.shows.iter().map(|id| Finding::of(guideline.finding(*id)));
            Question::with(question, findings.collect())
        };
        let questions = guideline.book().questions.iter().map(screen).collect();
        Self { guideline: BookVersion::of(guideline), questions }
    }
}
