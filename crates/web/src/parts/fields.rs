//! Fields of forms: a score, or one of several.

use care::{FindingId, FindingKind, Guideline};

use crate::request::Form;
use crate::screen::{Choice, Problem};

/// A score from 0 to 10.
#[derive(Debug)]
pub(crate) struct Rating {
    pub(crate) id: &'static str,
    pub(crate) label: &'static str,
    pub(crate) points: Vec<Choice<'static>>,
    /// When it was given last, and what: `Yesterday: 4.`
    pub(crate) last: Option<String>,
    pub(crate) error: Option<String>,
}

/// One of several.
#[derive(Debug)]
pub(crate) struct Pick {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) options: Vec<Choice<'static>>,
    pub(crate) error: Option<String>,
}

impl Rating {
    /// A score of pain.
    pub(crate) fn pain(id: &'static str, label: &'static str, is_optional: bool) -> Self {
        Self::of(id, label, ("none", "worst"), is_optional)
    }

    /// With a score that was told before, to be changed where it is another.
    #[must_use]
    pub(crate) fn told(mut self, score: Option<u8>) -> Self {
        let value = score.map(|score| score.to_string());
        self.points.iter_mut().for_each(|point| point.checked = Some(&point.value) == value.as_ref());
        self
    }

    /// A score with words at its ends.
    pub(crate) fn of(
        id: &'static str,
        label: &'static str,
        ends: (&'static str, &'static str),
        is_optional: bool,
    ) -> Self {
        let point = |point: u8| Choice {
            value: point.to_string(),
            label: point.to_string(),
            checked: false,
            note: match point {
                0 => Some(ends.0),
                10 => Some(ends.1),
                _ => None,
            },
        };
        let mut points: Vec<Choice<'static>> = (0..=10).map(point).collect();
        if is_optional {
            let (value, label) = (String::new(), "Leave out".to_owned());
            points.push(Choice { value, label, checked: false, note: None });
        }
        Self { id, label, points, last: None, error: None }
    }

    /// Says beside a score when it was given last.
    #[must_use]
    pub(crate) fn given(mut self, last: Option<(u8, &'static str)>) -> Self {
        if let Some((score, when)) = last
            && let Some(point) = self.points.get_mut(usize::from(score))
        {
            point.note = Some("last");
            self.last = Some(format!("{when}: {score}."));
        }
        self
    }

    /// Marks the score that was sent; what is wrong with it.
    pub(crate) fn fill(&mut self, form: &Form) -> Option<Problem> {
        let chosen = choose(&mut self.points, form.all(self.id));
        chosen.is_err().then(|| self.wrong(Unreadable::MESSAGE.to_owned()))
    }

    /// The score that was given.
    pub(crate) fn points(&self) -> Option<u8> {
        self.points.iter().find(|point| point.checked)?.value.parse().ok()
    }

    /// Says what is wrong with it.
    pub(crate) fn wrong(&mut self, message: String) -> Problem {
        self.error = Some(message.clone());
        Problem { field: self.id.to_owned(), message }
    }
}

impl Pick {
    /// Marks the option that was sent; what is wrong with it.
    pub(crate) fn fill(&mut self, form: &Form) -> Option<Problem> {
        let chosen = choose(&mut self.options, form.all(&self.id));
        chosen.is_err().then(|| self.wrong(Unreadable::MESSAGE.to_owned()))
    }

    /// Of these values and labels.
    pub(crate) fn of(id: &str, label: &str, options: &[(&str, &str)]) -> Self {
        let option = |(value, label): &(&str, &str)| Choice {
            value: (*value).to_owned(),
            label: (*label).to_owned(),
            checked: false,
            note: None,
        };
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            options: options.iter().map(option).collect(),
            error: None,
        }
    }

    /// A finding with options, as the book words it.
    pub(crate) fn of_choice(guideline: &Guideline, id: FindingId) -> Self {
        let finding = guideline.finding(id);
        let mut options: Vec<(&str, &str)> = match &finding.kind {
            FindingKind::Choice(options) => {
                options.iter().map(|option| (option.id.as_str(), option.label.as_str())).collect()
            }
            _ => Vec::new(),
        };
        options.push(("not sure", "I am not sure"));
        Self::of(&finding.id, &finding.label, &options)
    }

    /// A line of a checklist that fitted when it was asked last.
    pub(crate) fn still(guideline: &Guideline, id: FindingId) -> Self {
        let finding = guideline.finding(id);
        let ask = guideline.asked_by(id).map(|question| guideline.question(question).ask.as_str());
        let label = format!("{} {}", ask.unwrap_or_default(), finding.label);
        Self::of(
            &finding.id,
            &label,
            &[("yes", "Yes, it is the same"), ("no", "No, that is over"), ("not sure", "I am not sure")],
        )
    }

    /// The value that was chosen.
    pub(crate) fn chosen(&self) -> Option<&str> {
        self.options.iter().find(|option| option.checked).map(|option| option.value.as_str())
    }

    /// Says what is wrong with it.
    pub(crate) fn wrong(&mut self, message: String) -> Problem {
        self.error = Some(message.clone());
        Problem { field: self.id.clone(), message }
    }
}

/// Marks the option that was given. An error where more than one was, or none that there is.
fn choose<'f>(options: &mut [Choice<'_>], given: impl Iterator<Item = &'f str>) -> Result<(), Unreadable> {
    let mut given: Vec<&str> = given.collect();
    given.dedup();
    for option in options.iter_mut() {
        option.checked = given == [option.value.as_str()];
    }
    let is_known = options.iter().any(|option| option.checked);
    if is_known || given.iter().all(|value| value.is_empty()) { Ok(()) } else { Err(Unreadable) }
}

/// An answer that no form of ours can have sent.
pub(crate) struct Unreadable;

impl Unreadable {
    /// What is said to whoever sent it.
    pub(crate) const MESSAGE: &str = "This answer did not arrive as we know it. Please choose again";
}

/// What is wrong with a text that is too long. Nothing of it is cut off.
pub(crate) fn too_long(field: &str, text: &str, longest: usize) -> Option<Problem> {
    let length = text.chars().count();
    let message = format!(
        "This is {length} letters long, and we keep at most {longest}. Please shorten it. Nothing is lost."
    );
    (longest < length).then(|| Problem { field: field.to_owned(), message })
}
