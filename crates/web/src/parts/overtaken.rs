//! Settings that another window changed since the page of a form was made.

use store::{Event, Record, Sequence};

use crate::request::Form;
use crate::visitor::Visitor;

/// What a form of settings says that is older than they are.
pub(crate) const OVERTAKEN: &str = "The settings were changed in another window since you opened this page. So nothing was saved. \
                         What you chose is filled in below. Please check it and save.";

/// The place of the last change of settings.
pub(crate) fn last_change(record: &Record) -> Sequence {
    let last = record.events().iter().rev().find(|stored| matches!(stored.event, Event::SettingsChanged(_)));
    last.map(|stored| stored.sequence).unwrap_or_default()
}

/// Whether the settings were changed since the page of a form was made.
pub(crate) fn is_overtaken(visitor: &Visitor<'_>, form: &Form) -> bool {
    form.get("seen").is_some_and(|seen| seen != last_change(visitor.record).to_string())
}
