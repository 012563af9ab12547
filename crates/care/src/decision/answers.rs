//! What a person has answered.

use serde_json::{Map, Value};
use strsim::osa_distance;

use crate::book::{FindingId, FindingKind};
use crate::decision::answer::Answer;
use crate::decision::guideline::Guideline;
use crate::printable;

/// Everything one person has answered so far.
///
/// Each answer fits the type and range of its finding: [`Answers::set`] and
/// [`Answers::from_json`] check once, and nothing downstream checks again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Answers(Vec<Option<Answer>>);

/// An answer that does not fit its finding, or a finding the book does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// There is no such finding.
    #[error("`{}` is not a finding of this guideline{}", printable(.field), suggestion(.did_you_mean.as_deref()))]
    UnknownFinding {
        /// The name that was given.
        field: String,
        /// A finding with a name much like it.
        did_you_mean: Option<String>,
    },
    /// The answer is of the wrong type or out of range.
    #[error("`{field}` cannot be {}; {allowed}", printable(.given))]
    DoesNotFit {
        /// The finding's name.
        field: String,
        /// The value that was given, as JSON.
        given: String,
        /// What would fit.
        allowed: String,
    },
    /// The whole is not an object of answers.
    #[error("expected one object of answers such as {{\"age\": 44, \"fever\": \"no\"}}, found {0}")]
    NotAnObject(&'static str),
}

fn suggestion(name: Option<&str>) -> String {
    name.map_or_else(
        || "; `unclench findings` lists them all".to_owned(),
        |name| format!("; did you mean `{name}`?"),
    )
}

impl Answers {
    /// Nothing answered yet.
    pub fn none(guideline: &Guideline) -> Self {
        Self(vec![None; guideline.book().findings.len()])
    }

    /// The answer to a finding, if there is one.
    pub fn get(&self, finding: FindingId) -> Option<Answer> {
        self.0[finding.index()]
    }

    /// Records an answer, in place of any earlier one.
    ///
    /// # Errors
    ///
    /// If the answer does not fit the finding's type or range; nothing is changed then.
    pub fn set(
        &mut self,
        guideline: &Guideline,
        finding: FindingId,
        answer: Answer,
    ) -> Result<(), AnswerError> {
        let fits = match (&guideline.finding(finding).kind, answer) {
            (_, Answer::NotSure) | (FindingKind::YesNo, Answer::Yes | Answer::No) => true,
            (FindingKind::Number { min, max, .. }, Answer::Number(value)) => (*min..=*max).contains(&value),
            (FindingKind::Choice(options), Answer::Option(option)) => usize::from(option) < options.len(),
            _ => false,
        };
        if !fits {
            return Err(does_not_fit(guideline, finding, answer_to_json_loosely(answer).to_string()));
        }
        self.0[finding.index()] = Some(answer);
        Ok(())
    }

    /// Takes an answer back: the finding is unanswered again.
    pub fn clear(&mut self, finding: FindingId) {
        self.0[finding.index()] = None;
    }

    /// Every answered finding with its answer, in reading order.
    pub fn iter(&self) -> impl Iterator<Item = (FindingId, Answer)> + '_ {
        (0..).zip(&self.0).filter_map(|(index, answer)| answer.map(|answer| (FindingId(index), answer)))
    }

    /// Whether nothing has been answered.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Reads one object of answers: `{"age": 44, "saddle_numbness": "no", "fever": "not sure"}`.
    ///
    /// A yes/no finding takes `"yes"`, `"no"`, `"not sure"`, `true` or `false`;
    /// a number finding a whole number in its range or `"not sure"`; a choice
    /// one of its option ids or `"not sure"`. Nothing is guessed.
    ///
    /// # Errors
    ///
    /// Every field that is unknown or does not fit, not just the first.
    pub fn from_json(guideline: &Guideline, value: &Value) -> Result<Self, Vec<AnswerError>> {
        let fields = value.as_object().ok_or_else(|| vec![AnswerError::NotAnObject(json_kind(value))])?;
        Self::from_json_fields(guideline, fields)
    }

    fn from_json_fields(
        guideline: &Guideline,
        fields: &Map<String, Value>,
    ) -> Result<Self, Vec<AnswerError>> {
        let mut answers = Self::none(guideline);
        let mut errors = Vec::new();
        for (field, value) in fields {
            let Some(finding) = guideline.finding_named(field) else {
                let did_you_mean =
                    if errors.len() < MOST_SUGGESTIONS { closest(guideline, field) } else { None };
                let field = field.chars().take(LONGEST_NAME).collect();
                errors.push(AnswerError::UnknownFinding { field, did_you_mean });
                continue;
            };
            match answer_from_json(guideline, finding, value) {
                Ok(answer) => answers.0[finding.index()] = Some(answer),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(answers) } else { Err(errors) }
    }

    /// The answers as an object that [`Answers::from_json`] reads back.
    pub fn to_json(&self, guideline: &Guideline) -> Map<String, Value> {
        self.iter()
            .map(|(finding, answer)| {
                (guideline.finding(finding).id.clone(), answer_to_json(guideline, finding, answer))
            })
            .collect()
    }
}

/// Reads one answer to one finding.
///
/// # Errors
///
/// If the value does not fit; the message names the field and what would fit.
pub fn answer_from_json(
    guideline: &Guideline,
    finding: FindingId,
    value: &Value,
) -> Result<Answer, AnswerError> {
    let answer = match (&guideline.finding(finding).kind, value) {
        (_, Value::String(word)) if word == "not sure" => Some(Answer::NotSure),
        (FindingKind::YesNo, Value::Bool(true)) => Some(Answer::Yes),
        (FindingKind::YesNo, Value::Bool(false)) => Some(Answer::No),
        (FindingKind::YesNo, Value::String(word)) => match word.as_str() {
            "yes" => Some(Answer::Yes),
            "no" => Some(Answer::No),
            _ => None,
        },
        (FindingKind::Number { min, max, .. }, Value::Number(number)) => {
            number.as_i64().filter(|value| (*min..=*max).contains(value)).map(Answer::Number)
        }
        (FindingKind::Choice(options), Value::String(word)) => {
            (0..).zip(options).find(|(_, option)| option.id == *word).map(|(index, _)| Answer::Option(index))
        }
        _ => None,
    };
    answer.ok_or_else(|| {
        let given: String = value.to_string().chars().take(LONGEST_NAME).collect();
        does_not_fit(guideline, finding, given)
    })
}

/// One answer as JSON: `"yes"`, `"no"`, `"not sure"`, a number or an option id.
pub fn answer_to_json(guideline: &Guideline, finding: FindingId, answer: Answer) -> Value {
    match (answer, &guideline.finding(finding).kind) {
        (Answer::Option(option), FindingKind::Choice(options)) => {
            options.get(usize::from(option)).map_or(Value::Null, |option| Value::String(option.id.clone()))
        }
        _ => answer_to_json_loosely(answer),
    }
}

fn answer_to_json_loosely(answer: Answer) -> Value {
    match answer {
        Answer::Yes => Value::from("yes"),
        Answer::No => Value::from("no"),
        Answer::NotSure => Value::from("not sure"),
        Answer::Number(value) => Value::from(value),
        Answer::Option(option) => Value::from(option),
    }
}

/// What a finding takes, in words.
pub fn allowed_answers(kind: &FindingKind) -> String {
    match kind {
        FindingKind::YesNo => "allowed are \"yes\", \"no\" and \"not sure\"".to_owned(),
        FindingKind::Number { unit, min, max } => {
            format!("allowed are whole numbers from {min} to {max} ({unit}) and \"not sure\"")
        }
        FindingKind::Choice(options) => {
            let ids: Vec<String> = options.iter().map(|option| format!("\"{}\"", option.id)).collect();
            format!("allowed are {} and \"not sure\"", ids.join(", "))
        }
    }
}

fn does_not_fit(guideline: &Guideline, finding: FindingId, given: String) -> AnswerError {
    let finding = guideline.finding(finding);
    AnswerError::DoesNotFit { field: finding.id.clone(), given, allowed: allowed_answers(&finding.kind) }
}

fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Whoever gives more wrong names than this gave another file, and no slip of the finger.
const MOST_SUGGESTIONS: usize = 20;

/// A longer name is no slip of the finger, and is shortened in messages.
const LONGEST_NAME: usize = 80;

/// The finding whose name is nearest, if one is near enough to be a slip of the finger.
fn closest(guideline: &Guideline, name: &str) -> Option<String> {
    if name.len() > LONGEST_NAME {
        return None;
    }
    guideline
        .book()
        .findings
        .iter()
        .map(|finding| (osa_distance(&finding.id, name), &finding.id))
        .filter(|(distance, id)| *distance <= id.len().min(name.len()) / 3)
        .min()
        .map(|(_, id)| id.clone())
}
