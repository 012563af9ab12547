//! Check your answers, and change any of them.

use askama::Template;
use care::{Chapter, Guideline, QuestionId, answered_words};
use store::{Reason, Sequence};
use tell::Message;

use crate::asking::last_answer;
use crate::case::Case;
use crate::events::assessed;
use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::onward::{address, goes_on, rests_too_long};
use crate::request::Form;
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/check.html")]
struct CheckPage<'v> {
    frame: Frame<'v>,
    rows: Vec<Row<'v>>,
    is_finished: bool,
    /// The page before it.
    back: String,
    /// What was told by another version of the book, or that the answers have changed.
    notice: Option<&'static str>,
    /// Where the answers ended that the page shows.
    seen: Sequence,
}

struct Row<'v> {
    /// The address of the question, where it is changed.
    to: String,
    title: &'v str,
    answer: String,
}

/// `GET /check`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.case();
    let guideline = visitor.guideline();
    if rests_too_long(case) {
        return Ok(Response::see(&goes_on(guideline, case)));
    }
    let mut questions = case.screens(guideline, visitor.record);
    let back = questions.last().map_or_else(|| "/".to_owned(), |last| address(visitor.guideline(), *last));
    questions.sort_unstable();
    let row = |id: QuestionId| {
        let question = guideline.question(id);
        let title = question.title.as_ref().unwrap_or(&question.ask);
        Row { to: change(guideline, case, id), title, answer: answered_words(guideline, &case.given, id) }
    };
    let rows = questions.into_iter().map(row).collect();
    let seen = last_answer(visitor.record);
    let is_overtaken = visitor.sent(CHECK).is_some_and(|form| form.text("seen") != seen.to_string());
    let page = CheckPage {
        frame: Frame::new(visitor, Here::Home, Message::CheckTitle.to_string()).of_interview(),
        rows,
        is_finished: case.finished().is_some(),
        back,
        notice: is_overtaken.then_some(OVERTAKEN),
        seen,
    };
    page.frame.around(&page)
}

const CHECK: &str = "/check";

const OVERTAKEN: &str = "An answer was changed in another window since you opened this page. So nothing was confirmed. \
                         Please look at the answers again.";

/// Where the answer to a question is changed: where it was asked.
fn change(guideline: &Guideline, case: &Case<'_>, question: QuestionId) -> String {
    let asked = guideline.question(question);
    match asked.chapter {
        Chapter::Medicines if case.manageable().is_some() => format!("/medicines/answers/{}", asked.id),
        Chapter::Causes if case.manageable().is_some() => format!("/causes/question/{}", asked.id),
        _ => address(guideline, question),
    }
}

/// `POST /check`: the answers are right, so the outcome is worked out and kept.
pub(crate) fn confirm(visitor: &Visitor<'_>, form: &Form) -> Response {
    let case = visitor.case();
    let hash = &visitor.guideline().book().hash;
    // Whoever read what a new version of the book says else confirms it once more.
    let is_of_this_book =
        visitor.record.assessments().last().is_none_or(|told| told.shown.guideline_hash == *hash);
    match case.finished() {
        _ if rests_too_long(case) => Response::see(&goes_on(visitor.guideline(), case)),
        Some(_) if case.is_confirmed && is_of_this_book => Response::see("/outcome"),
        // Only what was seen is confirmed.
        _ if form.text("seen") != last_answer(visitor.record).to_string() => {
            Response::see(CHECK).carrying(form)
        }
        Some(finished) => Response::see("/outcome").after(vec![assessed(finished, Reason::Interview)]),
        None => Response::see(&goes_on(visitor.guideline(), case)),
    }
}
