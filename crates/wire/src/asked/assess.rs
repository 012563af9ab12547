//! Answers in, a certified outcome out.

use care::{Answers, Guideline, Step, Urgency};
use serde::{Deserialize, Serialize};

use super::{Given, read_answers, region};
use crate::assessment::{Assessment, Reason};
use crate::problem::Problem;
use crate::question::Question;

/// What somebody answered so far.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Assess {
    /// By what the other side tells its cases apart; handed on as it is.
    #[cfg_attr(feature = "schema", schema(max_length = 1000))]
    id: Option<String>,
    /// Answers by the ids of the findings; what is left out is unknown, never "no".
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::AnswersOfTheBook))]
    answers: Given,
    /// Whose phone numbers to give: `us`, `uk` and so on; anywhere where it is left out.
    #[cfg_attr(feature = "schema", schema(value_type = Option<crate::schema::RegionId>))]
    region: Option<String>,
}

/// The longest id of a case.
const LONGEST_ID: usize = 1_000;

/// An assessment, with the id of its case.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Assessed<'g> {
    /// By what the other side tells its cases apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub id: Option<String>,
    /// What follows from the answers.
    #[serde(flatten)]
    pub assessment: Assessment<'g>,
}

/// What to ask next.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ToAsk<'g> {
    /// By what the other side tells its cases apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub id: Option<String>,
    /// Whether nothing that is open can change the outcome or the plan.
    pub finished: bool,
    /// It will be this at least.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub lower: Urgency,
    /// It will be this at most.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub upper: Urgency,
    /// The screen; null once it is finished.
    pub next: Option<Question<'g>>,
}

/// Why it is as urgent.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Explained<'g> {
    /// By what the other side tells its cases apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub id: Option<String>,
    /// It will be this at least.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub lower: Urgency,
    /// It will be this at most.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub upper: Urgency,
    /// The rules that decide.
    pub reasons: Vec<ExplainedReason<'g>>,
}

/// A rule that decides, from which sentence of the book it comes, and on what it rests.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ExplainedReason<'g> {
    /// The rule.
    #[serde(flatten)]
    pub reason: Reason<'g>,
    /// Its condition.
    pub when: &'g str,
    /// How urgent it is where its condition cannot be told.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub if_not_sure: Urgency,
    /// The file and line of the book.
    pub place: String,
    /// What the book says there.
    pub prose: &'g str,
}

impl Assess {
    /// The outcome, the plan and the proof; or both bounds and what to ask next.
    ///
    /// # Errors
    ///
    /// If an answer, the region or the id does not fit.
    pub fn assess(self, guideline: &Guideline) -> Result<Assessed<'_>, Problem> {
        let region = region(guideline, self.region.as_deref())?;
        let answers = self.answers(guideline)?;
        Ok(Assessed { id: self.id, assessment: Assessment::of(guideline, region, &answers) })
    }

    /// The one question that matters most now, and how urgent it is at least and at most.
    ///
    /// # Errors
    ///
    /// As [`Self::assess`].
    pub fn next(self, guideline: &Guideline) -> Result<ToAsk<'_>, Problem> {
        region(guideline, self.region.as_deref())?;
        let answers = self.answers(guideline)?;
        let bounds = care::State::of(guideline, &answers).bounds();
        let next = match care::next(guideline, &answers) {
            Step::Ask(ask) => Some(Question::of(guideline, &ask)),
            Step::Done(_) => None,
        };
        Ok(ToAsk { id: self.id, finished: next.is_none(), lower: bounds.lower, upper: bounds.upper, next })
    }

    /// Each rule that decides, with its condition, the sentence of the book and its sources.
    ///
    /// # Errors
    ///
    /// As [`Self::assess`].
    pub fn explain(self, guideline: &Guideline) -> Result<Explained<'_>, Problem> {
        region(guideline, self.region.as_deref())?;
        let answers = self.answers(guideline)?;
        let state = care::State::of(guideline, &answers);
        let reasons = care::reasons(&state);
        let reasons = reasons.iter().map(|reason| {
            let rule = guideline.rule(reason.rule);
            ExplainedReason {
                reason: Reason::of(guideline, &state, reason),
                when: &rule.when_text,
                if_not_sure: rule.if_not_sure,
                place: format!("{}:{}", rule.place.file, rule.place.line),
                prose: &rule.place.prose,
            }
        });
        let (lower, upper) = (state.bounds().lower, state.bounds().upper);
        Ok(Explained { id: self.id, lower, upper, reasons: reasons.collect() })
    }

    fn answers(&self, guideline: &Guideline) -> Result<Answers, Problem> {
        if self.id.as_ref().is_some_and(|id| LONGEST_ID < id.chars().count()) {
            return Err(Problem::at("/id", format!("has at most {LONGEST_ID} letters")));
        }
        read_answers(guideline, &self.answers)
    }
}
