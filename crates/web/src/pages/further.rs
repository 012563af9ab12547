//! Questions that are asked once the triage is finished, because the person
//! wants to know more: what may lie behind the pain, what a visit brings.

use askama::Template;
use care::{Answers, Ask, Chapter, Guideline, QuestionId, Step, Urgency, next};
use store::Reason;

use crate::asking::{Asked, Taken, take};
use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::pages::PageError;
use crate::pages::question::{QuestionPage, about, address, assessed};
use crate::request::Form;
use crate::response::Response;
use crate::site::Site;
use crate::visit::Visit;

/// What the person wants to know more about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    /// Its page.
    pub(crate) home: &'static str,
    /// Where its questions are asked, each below it.
    pub(crate) question: &'static str,
    /// Words above each of its questions.
    pub(crate) caption: &'static str,
    /// The part of the program it belongs to.
    pub(crate) here: Here,
    /// The next question that would tell more.
    pub(crate) next: fn(&Guideline, &Answers, Urgency) -> Option<Ask>,
}

impl Subject {
    /// The question to ask now; none once everything is known, or where there is no plan.
    pub(crate) fn ask(&self, site: &Site<'_>, case: &Case<'_>) -> Option<Ask> {
        let finished = case.manageable()?;
        (self.next)(site.guideline(), &case.answers, finished.urgency())
    }

    fn address(&self, site: &Site<'_>, question: QuestionId) -> String {
        format!("{}/{}", self.question, site.guideline().question(question).id)
    }

    /// On to the next question, or back to the page of the subject.
    pub(crate) fn resume(&self, site: &Site<'_>, visit: &Visit<'_>) -> String {
        let case = Case::standing(site, visit);
        let next = self.ask(site, &case).map(|ask| self.address(site, ask.question));
        next.unwrap_or_else(|| self.home.to_owned())
    }

    /// Shows a question: the next one, or one that was answered.
    pub(crate) fn show(
        &self,
        site: &Site<'_>,
        visit: &Visit<'_>,
        id: &str,
        is_second_step: bool,
    ) -> Result<Response, PageError> {
        let question = site.guideline().question_named(id).ok_or(PageError::NotFound)?;
        let case = Case::standing(site, visit);
        let answered = answered(site, visit, &case);
        let is_next = self.ask(site, &case).is_some_and(|ask| ask.question == question);
        if case.manageable().is_none() || !(is_next || answered.contains(&question)) {
            return Ok(Response::see(&self.resume(site, visit)));
        }
        let to = self.address(site, question);
        let Some(asked) = Asked::of(site, visit, &case, question, &to, is_second_step) else {
            return Ok(if is_second_step { Response::see(&to) } else { Response::see(self.home) });
        };
        let Asked { screen, notice } = asked;
        let place = answered.iter().position(|known| *known == question).unwrap_or(answered.len());
        let before = place.checked_sub(1).map(|before| self.address(site, answered[before]));
        let frame = Frame::new(site, visit, self.here, screen.asks().to_owned());
        let page = QuestionPage {
            frame: frame.with_error(!screen.problems.is_empty()).with_scripts(&["question.js"]),
            caption: self.caption.to_owned(),
            back: if screen.is_second_step() {
                to.clone()
            } else {
                before.unwrap_or_else(|| self.home.to_owned())
            },
            to,
            screen,
            warning: None,
            heard: None,
            about: about(visit),
            notice,
        };
        Ok(Response::page(page.render()?))
    }

    /// Keeps an answer. The triage stays finished only if it comes out as before.
    pub(crate) fn answer(
        &self,
        site: &Site<'_>,
        visit: &Visit<'_>,
        form: &Form,
        id: &str,
    ) -> Result<Response, PageError> {
        let guideline = site.guideline();
        let question = guideline.question_named(id).ok_or(PageError::NotFound)?;
        if !is_further(guideline, question) {
            return Err(PageError::NotFound);
        }
        let case = Case::standing(site, visit);
        let given = match take(site, visit, &case, question, &self.address(site, question), form)? {
            Taken::Given(given) => given,
            Taken::Same => return Ok(Response::see(self.question)),
            Taken::Refused(response) => return Ok(response),
        };
        let before = case.manageable().map(care::Finished::urgency);
        let (_, answers) = given.event(site, &case, true);
        let (to, stays, emergency) = match next(guideline, &answers) {
            Step::Done(finished) if finished.urgency() == Urgency::Emergency => {
                ("/outcome".to_owned(), false, Some(assessed(&finished, Reason::Interview)))
            }
            Step::Done(finished) if Some(finished.urgency()) == before => {
                (self.question.to_owned(), true, None)
            }
            Step::Done(_) => ("/check".to_owned(), false, None),
            Step::Ask(_) if case.is_standing => (self.question.to_owned(), true, None),
            Step::Ask(ask) => (address(site, ask.question), false, None),
        };
        let (answered, _) = given.event(site, &case, stays);
        Ok(Response::see(&to).after([answered].into_iter().chain(emergency).collect()))
    }
}

/// Whether a question is asked after the triage only.
fn is_further(guideline: &Guideline, question: QuestionId) -> bool {
    matches!(guideline.question(question).chapter, Chapter::Causes | Chapter::Medicines)
}

/// The questions that were answered after the triage and still apply, in order.
fn answered(site: &Site<'_>, visit: &Visit<'_>, case: &Case<'_>) -> Vec<QuestionId> {
    let guideline = site.guideline();
    let mut screens = case.screens(guideline, visit.record);
    screens.retain(|question| is_further(guideline, *question));
    screens
}
