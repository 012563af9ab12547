use care::{Ask, FindingKind, Guideline, RemedyStep};
use serde::Serialize;

/// A screen to ask.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Question<'g> {
    /// Its id.
    pub question: &'g str,
    /// The part of the interview: `danger`, and so on.
    pub chapter: &'static str,
    /// The question.
    pub ask: &'g str,
    /// Why it is asked.
    pub why: &'g str,
    /// How to answer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub help: Option<&'g str>,
    /// What it asks for; only what is open still, where it is the next one.
    pub findings: Vec<Finding<'g>>,
}

/// Something that can be so or not, with what it takes as an answer.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Finding<'g> {
    /// The name under which it is answered.
    pub id: &'g str,
    /// Words on the screen.
    pub label: &'g str,
    /// Whether "yes" can only raise urgency.
    pub danger: bool,
    /// It is worked out from a diary, and no question asks for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "schema", schema(required = false))]
    pub derived: bool,
    /// `yes_no`, `number` or `choice`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What a number counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub unit: Option<&'g str>,
    /// The least number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub min: Option<i64>,
    /// The largest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub max: Option<i64>,
    /// What can be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub options: Option<Vec<FindingOption<'g>>>,
    /// Every answer that fits; of a number in words.
    pub allowed: Vec<String>,
}

/// One of the answers to choose from.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FindingOption<'g> {
    /// The answer.
    pub id: &'g str,
    /// Words on the screen.
    pub label: &'g str,
}

/// The answer that is neither yes nor no, and never taken for a no.
const NOT_SURE: &str = "not sure";

impl<'g> Question<'g> {
    /// The words of a screen, with what it asks for.
    pub fn with(question: &'g care::Question, findings: Vec<Finding<'g>>) -> Self {
        Self {
            question: &question.id,
            chapter: question.chapter.id(),
            ask: &question.ask,
            why: &question.why,
            help: question.help.as_deref(),
            findings,
        }
    }

    /// A screen with what is still open of it.
    pub fn of(guideline: &'g Guideline, ask: &Ask) -> Self {
        let findings = ask.findings.iter().map(|id| Finding::of(guideline.finding(*id))).collect();
        Self::with(guideline.question(ask.question), findings)
    }
}

impl<'g> Finding<'g> {
    /// A finding with what it takes.
    pub fn of(finding: &'g care::Finding) -> Self {
        let mut view = Self {
            id: &finding.id,
            label: &finding.label,
            danger: finding.danger,
            derived: finding.derived.is_some(),
            kind: "yes_no",
            unit: None,
            min: None,
            max: None,
            options: None,
            allowed: Vec::new(),
        };
        match &finding.kind {
            FindingKind::YesNo => view.allowed = ["yes", "no"].map(str::to_owned).into(),
            FindingKind::Number { unit, min, max } => {
                view.kind = "number";
                (view.unit, view.min, view.max) = (Some(unit.as_str()), Some(*min), Some(*max));
                view.allowed = vec![format!("a whole number from {min} to {max}")];
            }
            FindingKind::Choice(options) => {
                view.kind = "choice";
                let option =
                    |option: &'g care::ChoiceOption| FindingOption { id: &option.id, label: &option.label };
                view.options = Some(options.iter().map(option).collect());
                view.allowed = options.iter().map(|option| option.id.clone()).collect();
            }
        }
        view.allowed.push(NOT_SURE.to_owned());
        view
    }
}

/// Something to do, and for how long.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Timed<'g> {
    /// What to do.
    #[serde(rename = "do")]
    pub action: &'g str,
    /// How long it takes, in seconds.
    pub timer_seconds: Option<u32>,
}

/// What to do, in order.
pub fn steps(steps: &[RemedyStep]) -> Vec<Timed<'_>> {
    let step = |step: &'_ RemedyStep| step.timer.map(care::Seconds::get);
    steps.iter().map(|of| Timed { action: &of.text, timer_seconds: step(of) }).collect()
}
