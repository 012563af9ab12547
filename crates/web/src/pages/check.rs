//! Check your answers, and change any of them.

use askama::Template;
use care::answered_words;
use store::Reason;

use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::pages::PageError;
use crate::pages::question::{assessed, taken_back};
use crate::request::Form;
use crate::response::Response;
use crate::site::Site;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "pages/check.html")]
struct CheckPage<'v> {
    frame: Frame<'v>,
    chapters: Vec<(&'static str, Vec<Row<'v>>)>,
    is_finished: bool,
    /// What was told by another version of the book.
    notice: Option<String>,
}

struct Row<'v> {
    id: &'v str,
    title: &'v str,
    answer: String,
}

/// `GET /check`
pub(crate) fn show(site: &Site<'_>, visit: &Visit<'_>) -> Result<Response, PageError> {
    let case = Case::of(site, visit);
    let guideline = site.guideline();
    let mut questions = case.screens(guideline, visit.record);
    questions.sort_unstable();
    let mut chapters: Vec<(&str, Vec<Row<'_>>)> = Vec::new();
    for id in questions {
        let question = guideline.question(id);
        let answer = answered_words(guideline, &case.given, id);
        let title = question.title.as_ref().unwrap_or(&question.ask);
        let row = Row { id: &question.id, title, answer };
        let chapter = question.chapter.title();
        match chapters.iter_mut().find(|(title, _)| *title == chapter) {
            Some((_, rows)) => rows.push(row),
            None => chapters.push((chapter, vec![row])),
        }
    }
    let frame = Frame::new(site, visit, Here::Home, "Check your answers").without_nav();
    let is_finished = case.finished().is_some();
    let notice = case.told_before(site, visit);
    Ok(Response::page(CheckPage { frame, chapters, is_finished, notice }.render()?))
}

/// `POST /check`: the answers are right, so the outcome is worked out and kept.
pub(crate) fn confirm(site: &Site<'_>, visit: &Visit<'_>) -> Response {
    let case = Case::of(site, visit);
    match case.finished() {
        Some(finished) if !case.is_confirmed => {
            Response::see("/outcome").after(vec![assessed(finished, Reason::Interview)])
        }
        Some(_) => Response::see("/outcome"),
        None => Response::see("/question"),
    }
}

/// `POST /change`: asks one screen again.
pub(crate) fn change(site: &Site<'_>, visit: &Visit<'_>, form: &Form) -> Result<Response, PageError> {
    let question = site
        .guideline()
        .question_named(form.text("question"))
        .ok_or_else(|| PageError::BadForm("it names no question".to_owned()))?;
    let case = Case::of(site, visit);
    Ok(Response::see("/question").after(vec![taken_back(site, &case, question)]))
}
