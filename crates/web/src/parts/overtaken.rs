//! What another window changed since the page of a form was made: settings, or answers.

use store::{Event, Record, Sequence};

use crate::asking::last_answer;
use crate::request::{Form, Request};
use crate::response::Response;
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

/// Where it is asked what changed.
pub(crate) const CHANGED: &str = "/changed";

/// What a form that begins the questions again gets where something was answered since its page
/// was made: nobody has seen what would be asked once more, so it is said, and nothing begins.
/// The same form sent twice is overtaken by itself alone.
pub(crate) fn answered_since(visitor: &Visitor<'_>, to: &str, form: &Form) -> Option<Response> {
    let is_overtaken = form.get("seen").is_some_and(|seen| seen != last_answer(visitor.record).to_string());
    let is_repeated =
        || Request::post(to, form.clone()).once().is_some_and(|once| visitor.record.has_seen(&once));
    (is_overtaken && !is_repeated()).then(|| Response::see(CHANGED).carrying(form))
}
