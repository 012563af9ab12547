//! What can be ticked in a check-in.

use store::Trigger;

use crate::parts::fields::Unreadable;
use crate::request::Form;
use crate::screen::Problem;

/// A place that can be ticked, with how much it hurts there.
#[derive(Debug)]
pub(crate) struct PlaceLine<'v> {
    pub(crate) id: &'v str,
    pub(crate) label: &'v str,
    pub(crate) checked: bool,
    pub(crate) pain: Option<u8>,
}

/// A line that can be ticked.
#[derive(Debug)]
pub(crate) struct Tick {
    /// The cause of the book that it is, by its id.
    pub(crate) cause: Option<String>,
    pub(crate) label: String,
    pub(crate) checked: bool,
}

impl Tick {
    /// What is kept of it.
    pub(crate) fn trigger(&self) -> Trigger {
        let words = self.label.clone();
        match &self.cause {
            Some(cause) => Trigger::Known { cause: cause.clone(), words },
            None => Trigger::Own(words),
        }
    }
}

impl PlaceLine<'_> {
    /// Ticks it as it was sent; what is wrong with it. Who says how much it hurts there
    /// has ticked it.
    pub(crate) fn fill(&mut self, form: &Form) -> Option<Problem> {
        let sent = form.text(&format!("pain_{}", self.id));
        self.pain = sent.parse().ok().filter(|points| *points <= 10);
        self.checked = self.pain.is_some() || form.all("place").any(|id| id == self.id);
        let is_unreadable = self.pain.is_none() && !sent.is_empty();
        is_unreadable.then(|| Problem { field: self.id.to_owned(), message: Unreadable::MESSAGE.to_owned() })
    }
}
