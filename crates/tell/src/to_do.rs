//! What to do now: whom to call, then the steps.

use care::{HelpLine, Instructions, Region, Urgency};

use crate::line::Words;
use crate::message::Message;

/// Whom to call and what to do, below a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDo<'g> {
    /// The heading.
    pub title: &'g str,
    /// The line to call before the emergency number, where the region has it.
    pub first_call: Option<Call<'g>>,
    /// The emergency number, where it is an emergency.
    pub emergency: Option<Call<'g>>,
    /// Lines to call beside it, what matters most first.
    pub calls: Vec<Call<'g>>,
    /// What to do, first things first.
    pub actions: Vec<&'g str>,
    /// A line for health advice, where one fits how soon it is.
    pub advice: Option<Call<'g>>,
}

impl ToDo<'_> {
    /// Whether there is anybody to call.
    pub fn asks_to_call(&self) -> bool {
        self.first_call.is_some() || self.emergency.is_some() || !self.calls.is_empty()
    }
}

/// Somebody to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call<'g> {
    /// Which line: `Poison line`; before the emergency number, when: `Call`.
    pub what: Words<'g>,
    /// Its number, as a person reads it.
    pub number: Words<'g>,
}

impl<'g> Call<'g> {
    /// What a telephone dials, if that is known.
    pub fn dial(&self) -> Option<&str> {
        match &self.number {
            Words::Book(words) => dial(words),
            Words::Program(_) => None,
        }
    }

    /// The same for a `tel:` link.
    pub fn tel(&self) -> Option<String> {
        self.dial().map(|number| number.replace(' ', ""))
    }

    fn line(region: &'g Region, line: HelpLine) -> Self {
        let number = region.line(line).map_or(Message::ToDoAskEmergencyNumber.into(), Words::from);
        Self { what: line.title().into(), number }
    }
}

/// What is told at an urgency, for a region.
pub fn to_do<'g>(region: &'g Region, urgency: Urgency, told: &Instructions<'g>) -> ToDo<'g> {
    // Without a number of its own the emergency number comes first.
    let first = told.first_call.filter(|line| region.line(*line).is_some());
    let others = told.calls.iter().filter(|line| first.as_ref() != Some(*line));
    let call = if first.is_some() { Message::ToDoInDangerCall } else { Message::ToDoCall };
    ToDo {
        title: told.title,
        first_call: first.map(|line| Call::line(region, line)),
        emergency: (urgency == Urgency::Emergency)
            .then(|| Call { what: call.into(), number: region.emergency.as_str().into() }),
        calls: others.map(|line| Call::line(region, *line)).collect(),
        actions: told.actions.clone(),
        advice: region
            .advice
            .as_deref()
            .filter(|_| urgency == Urgency::SameDay)
            .map(|number| Call { what: Message::ToDoAdviceLine.into(), number: number.into() }),
    }
}

/// The number that a telephone dials, out of words that begin with it.
///
/// ```
/// assert_eq!(tell::dial("911"), Some("911"));
/// assert_eq!(tell::dial("112 or 999"), Some("112"));
/// assert_eq!(tell::dial("01 809 2166 (8am to 10pm)"), Some("01 809 2166"));
/// assert_eq!(tell::dial("your local emergency number (112, 911 or 999)"), None);
/// ```
pub fn dial(words: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == ' ' || letter == '-';
    let number = words.split(|letter| !is_part(letter)).next().unwrap_or_default().trim();
    number.starts_with(|first: char| first.is_ascii_digit()).then_some(number)
}
