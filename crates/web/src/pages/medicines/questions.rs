//! What must be known before a dose: one screen at a time, and changed later.

use askama::Template;
use care::{Chapter, QuestionId, Step, Urgency, answered_words, next};
use store::{Event, Reason};

use super::cabinet::{Cabinet, Pending, dose, keeping, with_events};
use super::check::{Asks, answer as answer_about};
use super::purpose::Purpose;
use crate::asking::{Asked, Taken, take};
use crate::events::assessed;
use crate::frame::Frame;
use crate::page_error::PageError;
use crate::request::Form;
use crate::response::Response;
use crate::screen::Screen;
use crate::visit::Visit;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/medicine_question.html")]
struct QuestionPage<'v> {
    frame: Frame<'v>,
    screen: Screen<'v>,
    /// Where the form goes: the address of the question.
    to: String,
    /// The page before it.
    back: String,
    /// The dose that it is asked for; none where an answer is changed.
    pending: Option<Pending<'v>>,
    /// Before any outcome: what the dose needs to know of.
    needs: Option<String>,
    /// That it was answered elsewhere meanwhile.
    notice: Option<String>,
}

/// `GET /medicines/question/ID` and `GET /medicines/answers/ID`, each with `/not_sure` for
/// the second step.
pub(crate) fn show(
    visitor: &Visitor<'_>,
    purpose: Purpose,
    id: &str,
    is_second_step: bool,
) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let guideline = cabinet.guideline();
    let question = guideline.question_named(id).ok_or(PageError::NotFound)?;
    let to = purpose.address(guideline, question);
    let answered = asked_before(&cabinet);
    let second = format!("{to}/not_sure");
    let form = visitor.sent(if is_second_step { &second } else { &to }).or_else(|| visitor.sent(&second));
    let pending = form.map(|form| Pending::read(guideline, form)).transpose()?.flatten();
    let asked = Asked::of(visitor, cabinet.case, question, &to, is_second_step);
    let is_asked = match purpose {
        Purpose::Dose => pending.is_some(),
        Purpose::Change => answered.contains(&question),
    };
    let Some(Asked { screen, notice }) = asked.filter(|_| is_asked) else {
        return Ok(Response::see(if is_second_step { &to } else { purpose.start() }));
    };
    let place = answered.iter().position(|known| *known == question).unwrap_or(answered.len());
    let before = place.checked_sub(1).map(|before| purpose.address(guideline, answered[before]));
    let before = before.filter(|before| visitor.sent(before).is_some());
    let frame = cabinet.frame(screen.asks().to_owned()).with_error(!screen.problems.is_empty());
    let page = QuestionPage {
        frame: frame.with_scripts(&["question.js"]).without_nav(),
        back: if screen.is_second_step() {
            to.clone()
        } else {
            before.unwrap_or_else(|| purpose.start().to_owned())
        },
        needs: pending.as_ref().filter(|_| cabinet.is_before_check).map(|pending| pending.needs(&cabinet)),
        screen,
        to,
        pending,
        notice,
    };
    page.frame.around(&page)
}

/// `POST /medicines/question/ID` and `POST /medicines/answers/ID`: a screen was answered,
/// for a dose or to change it.
pub(crate) fn answer(
    visitor: &Visitor<'_>,
    form: &Form,
    purpose: Purpose,
    id: &str,
) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let guideline = cabinet.guideline();
    let question = guideline.question_named(id);
    let question = question.ok_or_else(|| PageError::BadForm("it names no question".to_owned()))?;
    let to = purpose.address(guideline, question);
    let given = match take(visitor, cabinet.case, question, &to, form)? {
        Taken::Given(given) => given,
        Taken::Same => return go_on(visitor, form, Vec::new()),
        Taken::Refused(response) => return Ok(response),
    };
    let (answered, answers) = given.event(visitor.guideline(), cabinet.case, !cabinet.is_before_check);
    let mut events = vec![answered];
    // No question about medicines can be an emergency; a form that asks another one may.
    if let Step::Done(finished) = next(visitor.guideline(), &answers)
        && finished.urgency() == Urgency::Emergency
    {
        events.push(assessed(&finished, Reason::Interview));
    }
    go_on(visitor, form, events)
}

/// On with the dose that a form carries, else back to the answers, as the record
/// will be with these events.
fn go_on(visitor: &Visitor<'_>, form: &Form, events: Vec<Event>) -> Result<Response, PageError> {
    let record = with_events(visitor, &events);
    let visit = Visit { record: &record, ..visitor.visit.clone() };
    let visitor = Visitor::new(visitor.site, &visit);
    let response = match Cabinet::open(&visitor) {
        Ok(_) if form.text("medicine").is_empty() => Response::see("/medicines/answers"),
        Ok(cabinet) => {
            let found = cabinet.found(form)?;
            let wanted = dose(&found, form.text("units"));
            let wanted = wanted.map_err(PageError::BadForm)?;
            answer_about(&cabinet, &found, &wanted, Asks::WhereItMatters)
        }
        Err(elsewhere) => elsewhere,
    };
    Ok(keeping(response, events))
}

/// The questions about medicines that were answered, in the order in which they were asked.
fn asked_before(cabinet: &Cabinet<'_, '_>) -> Vec<QuestionId> {
    let guideline = cabinet.guideline();
    let mut questions = cabinet.case.screens(guideline, cabinet.visitor.record);
    questions.retain(|id| guideline.question(*id).chapter == Chapter::Medicines);
    questions
}

#[derive(Template)]
#[template(path = "pages/medicine_answers.html")]
struct AnswersPage<'v> {
    frame: Frame<'v>,
    rows: Vec<Row<'v>>,
}

struct Row<'v> {
    /// The address where it is changed.
    to: String,
    ask: &'v str,
    answer: String,
}

/// `GET /medicines/answers`
pub(crate) fn answers(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let guideline = cabinet.guideline();
    let row = |id: QuestionId| {
        let question = guideline.question(id);
        let answer = answered_words(guideline, &cabinet.case.given, id);
        Row { to: Purpose::Change.address(guideline, id), ask: &question.ask, answer }
    };
    let mut questions = asked_before(&cabinet);
    questions.sort_unstable();
    let rows = questions.into_iter().map(row).collect();
    let page = AnswersPage { frame: cabinet.frame("What you told us about medicines"), rows };
    page.frame.around(&page)
}
