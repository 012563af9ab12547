//! Erasing everything: asked for twice, with a copy offered first.

use askama::Template;
use jiff::SignedDuration;
use store::{DoseTaken, Sequence, Timed};
use tell::Clock;

use super::frame;
use crate::frame::Frame;
use crate::page_error::PageError;
use crate::request::Form;
use crate::response::{Effect, Response};
use crate::screen::Problem;
use crate::visitor::Visitor;

/// Every limit of a painkiller looks back as far as this, or at whole days.
const LIMITS_LOOK_BACK: SignedDuration = SignedDuration::from_hours(24);

#[derive(Template)]
#[template(path = "pages/erase.html")]
struct ErasePage<'v> {
    frame: Frame<'v>,
    entries: usize,
    /// What was taken in the last day, and when: the next dose depends on it.
    doses: Vec<(&'v str, String)>,
    /// Where the record ended when the page was made.
    last: Sequence,
    problems: Vec<Problem>,
}

#[derive(Template)]
#[template(path = "pages/erased.html")]
struct ErasedPage<'v> {
    frame: Frame<'v>,
}

/// `GET /data/erase`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let page = page(visitor);
    page.frame.around(&page)
}

const ERASE: &str = "/data/erase";

fn page<'v>(visitor: &'v Visitor<'_>) -> ErasePage<'v> {
    let problem = visitor.sent(ERASE).map(|form| {
        let message = if form.has("sure") {
            "More was written down since you opened this page. Tick the line again to erase that too"
        } else {
            "Tick the line if you want to erase everything"
        };
        Problem { field: "sure".to_owned(), message: message.to_owned() }
    });
    let problems: Vec<Problem> = problem.into_iter().collect();
    let clock = Clock::of(visitor.now);
    let is_recent =
        |dose: &&Timed<DoseTaken>| visitor.now.timestamp().duration_since(dose.what.at) < LIMITS_LOOK_BACK;
    let doses = visitor.record.doses().iter().filter(is_recent);
    ErasePage {
        frame: frame(visitor, "Erase everything").with_error(!problems.is_empty()),
        entries: visitor.record.events().len(),
        last: visitor.record.last(),
        doses: doses.map(|dose| (dose.what.name.as_str(), clock.words(dose.what.at))).collect(),
        problems,
    }
}

/// `POST /data/erase`
pub(crate) fn erase(visitor: &Visitor<'_>, form: &Form) -> Response {
    if form.has("sure") && visitor.record.last() == Sequence::default() {
        // The same form sent twice: it is done.
        return Response::see("/data/erased");
    }
    if !form.has("sure") || is_overtaken(visitor, form) {
        return Response::see(ERASE).carrying(form);
    }
    Response { effect: Effect::Erase, ..Response::see("/data/erased") }
}

/// Whether more was written down since the page of a form was made.
fn is_overtaken(visitor: &Visitor<'_>, form: &Form) -> bool {
    form.get("last").is_some_and(|last| last != visitor.record.last().0.to_string())
}

/// `GET /data/erased`: only where there really is nothing.
pub(crate) fn erased(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    if !visitor.record.events().is_empty() {
        return Ok(Response::see("/data"));
    }
    let page = ErasedPage { frame: frame(visitor, "Everything is erased") };
    page.frame.around(&page)
}
