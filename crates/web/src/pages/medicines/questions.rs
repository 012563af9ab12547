//! What must be known before a dose: one screen at a time, and changed later.

use askama::Template;
use care::{Ask, Chapter, Guideline, QuestionId, Step, Urgency, answered_words, next};
use store::{Event, Reason, Record};

use super::cabinet::{Cabinet, Pending, by_own_clock, dose, keeping, with_events};
use super::check::{Asks, answer as answer_about};
use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::pages::PageError;
use crate::pages::question::{Given, assessed, read, screen, taken_back};
use crate::request::Form;
use crate::response::Response;
use crate::screen::{Filled, Screen};
use crate::site::Site;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "pages/medicine_question.html")]
struct QuestionPage<'v> {
    frame: Frame<'v>,
    screen: Screen<'v>,
    /// The dose that it is asked for; none where an answer is changed.
    pending: Option<Pending<'v>>,
    /// A screen before it was answered for the same dose.
    can_go_back: bool,
}

/// The page that asks one screen about a dose.
pub(super) fn ask(
    cabinet: &Cabinet<'_, '_>,
    ask: &Ask,
    pending: &Pending<'_>,
) -> Result<Response, PageError> {
    page(cabinet, screen(cabinet.site, cabinet.visit, ask), Some(pending.clone()))
}

fn page(
    cabinet: &Cabinet<'_, '_>,
    screen: Screen<'_>,
    pending: Option<Pending<'_>>,
) -> Result<Response, PageError> {
    let is_wrong = !screen.problems.is_empty();
    let frame = cabinet.frame(screen.question.ask.clone()).with_error(is_wrong);
    let frame = frame.with_scripts(&["question.js"]).without_nav();
    let can_go_back = pending.is_some() && last_asked(cabinet.guideline(), cabinet.visit.record).is_some();
    let html = QuestionPage { frame, screen, pending, can_go_back }.render()?;
    Ok(if is_wrong { Response::refused(html) } else { Response::page(html) })
}

/// `POST /medicines/question`: a screen was answered, for a dose or to change it.
pub(crate) fn answer(site: &Site<'_>, visit: &Visit<'_>, form: &Form) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open(site, visit) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let pending = Pending::read(cabinet.guideline(), form)?;
    let given = match read(site, form)? {
        (question, Filled::Answers(given)) => Given { question, given },
        (_, Filled::Again(screen)) => return page(&cabinet, screen, pending),
    };
    let (answered, answers) = given.event(site, &cabinet.case, true);
    let mut events = vec![answered];
    // No question about medicines can be an emergency; a form that asks another one may.
    if let Step::Done(finished) = next(site.guideline(), &answers)
        && finished.urgency() == Urgency::Emergency
    {
        events.push(assessed(&finished, Reason::Interview));
    }
    go_on(site, visit, form, events)
}

/// On with the dose that a form carries, else back to the answers, as the record
/// will be with these events.
fn go_on(site: &Site<'_>, visit: &Visit<'_>, form: &Form, events: Vec<Event>) -> Result<Response, PageError> {
    let record = with_events(visit, &events);
    let visit = Visit { record: &record, ..visit.clone() };
    let response = match Cabinet::open(site, &visit) {
        Ok(cabinet) if form.text("medicine").is_empty() => {
            drop(cabinet);
            Response::see("/medicines/answers")
        }
        Ok(cabinet) => {
            let found = cabinet.found(form)?;
            let wanted = dose(&found, form.text("units"));
            let wanted = wanted.map_err(|error| PageError::BadForm(error.to_string()))?;
            answer_about(&cabinet, found, &wanted, Asks::WhereItMatters)?
        }
        Err(elsewhere) => elsewhere,
    };
    Ok(keeping(response, events))
}

/// `POST /medicines/back`: the screen before, with the dose in mind.
pub(crate) fn back(site: &Site<'_>, visit: &Visit<'_>, form: &Form) -> Result<Response, PageError> {
    let Some(question) = last_asked(site.guideline(), visit.record) else {
        return Ok(Response::see("/medicines"));
    };
    let case = Case::of(site, visit);
    let mut event = taken_back(site, &case, question);
    if let Event::TakenBack { after_triage, .. } = &mut event {
        *after_triage = true;
    }
    go_on(site, visit, form, vec![event])
}

/// The screen that was answered last since the triage was finished, and not taken back;
/// of those that the book still has.
fn last_asked(guideline: &Guideline, record: &Record) -> Option<QuestionId> {
    let since = record.interview().assessed?;
    let mut screens: Vec<&str> = Vec::new();
    for stored in record.events().iter().filter(|stored| stored.sequence > since) {
        match &stored.event {
            Event::Answered { question, after_triage: true, .. } => screens.push(question),
            Event::TakenBack { question, .. } => screens.retain(|screen| screen != question),
            _ => {}
        }
    }
    screens.into_iter().rev().find_map(|screen| guideline.question_named(screen))
}

#[derive(Template)]
#[template(path = "pages/medicine_answers.html")]
struct AnswersPage<'v> {
    frame: Frame<'v>,
    rows: Vec<Row<'v>>,
}

struct Row<'v> {
    id: &'v str,
    ask: &'v str,
    answer: String,
}

/// The screens about medicines that were answered.
fn answered(cabinet: &Cabinet<'_, '_>) -> Vec<QuestionId> {
    let guideline = cabinet.guideline();
    let mut questions = cabinet.case.screens(guideline, cabinet.visit.record);
    questions.retain(|id| guideline.question(*id).chapter == Chapter::Medicines);
    questions.sort_unstable();
    questions
}

/// `GET /medicines/answers`
pub(crate) fn answers(site: &Site<'_>, visit: &Visit<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open(site, visit) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let guideline = cabinet.guideline();
    let row = |id: QuestionId| {
        let question = guideline.question(id);
        let answer = answered_words(guideline, &cabinet.case.given, id);
        Row { id: &question.id, ask: &question.ask, answer }
    };
    let rows = answered(&cabinet).into_iter().map(row).collect();
    let page = AnswersPage { frame: cabinet.frame("What you told us about medicines"), rows };
    Ok(Response::page(page.render()?))
}

/// `POST /medicines/change`: one screen again, filled in as it was answered. The
/// earlier answer counts until there is a new one.
pub(crate) fn change(site: &Site<'_>, visit: &Visit<'_>, form: &Form) -> Result<Response, PageError> {
    let (visit, events) = by_own_clock(site, visit, form);
    let cabinet = match Cabinet::open(site, &visit) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(keeping(elsewhere, events)),
    };
    let guideline = cabinet.guideline();
    let question = guideline
        .question_named(form.text("question"))
        .filter(|id| answered(&cabinet).contains(id))
        .ok_or_else(|| PageError::BadForm("it names no question that was answered here".to_owned()))?;
    let findings = guideline.question(question).shows.clone();
    let again = screen(site, &visit, &Ask { question, findings });
    Ok(keeping(page(&cabinet, again, None)?, events))
}
