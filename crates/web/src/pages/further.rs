//! Questions that are asked once the triage is finished, because the person
//! wants to know more: what may lie behind the pain, what a visit brings.

use care::{Answers, Ask, Chapter, Guideline, Step, Urgency, next};
use store::Reason;

use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::pages::PageError;
use crate::pages::question::{Given, QuestionPage, about, assessed, read, screen, taken_back};
use crate::request::Form;
use crate::response::Response;
use crate::screen::{Filled, Screen};
use crate::site::Site;
use crate::visit::Visit;

/// What the person wants to know more about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    /// Its page.
    pub(crate) home: &'static str,
    /// Where its questions are asked.
    pub(crate) question: &'static str,
    /// Where going back is sent.
    pub(crate) back: &'static str,
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

    /// Shows the next question, or goes back to the page of the subject.
    pub(crate) fn show(&self, site: &Site<'_>, visit: &Visit<'_>) -> Result<Response, PageError> {
        let case = Case::of(site, visit);
        match self.ask(site, &case) {
            Some(ask) => self.page(site, visit, screen(site, visit, &ask)),
            None => Ok(Response::see(self.home)),
        }
    }

    fn page(&self, site: &Site<'_>, visit: &Visit<'_>, screen: Screen<'_>) -> Result<Response, PageError> {
        let is_wrong = !screen.problems.is_empty();
        let frame = Frame::new(site, visit, self.here, screen.question.ask.clone());
        let page = QuestionPage {
            frame: frame.with_error(is_wrong).with_scripts(&["question.js"]),
            screen,
            caption: self.caption.to_owned(),
            to: self.question,
            back: self.back,
            warning: None,
            heard: None,
            about: about(visit),
            can_go_back: true,
            notice: None,
        };
        page.respond()
    }

    /// Keeps an answer. The triage stays finished only if it comes out as before.
    pub(crate) fn answer(
        &self,
        site: &Site<'_>,
        visit: &Visit<'_>,
        form: &Form,
    ) -> Result<Response, PageError> {
        let given = match read(site, form)? {
            (question, Filled::Answers(given)) => Given { question, given },
            (_, Filled::Again(screen)) => return self.page(site, visit, screen),
        };
        let case = Case::of(site, visit);
        let before = case.manageable().map(care::Finished::urgency);
        let (_, answers) = given.event(site, &case, true);
        let (to, stays, emergency) = match next(site.guideline(), &answers) {
            Step::Done(finished) if finished.urgency() == Urgency::Emergency => {
                ("/outcome", false, Some(assessed(&finished, Reason::Interview)))
            }
            Step::Done(finished) if Some(finished.urgency()) == before => (self.question, true, None),
            Step::Done(_) => ("/check", false, None),
            Step::Ask(_) => ("/question", false, None),
        };
        let (answered, _) = given.event(site, &case, stays);
        Ok(Response::see(to).after([answered].into_iter().chain(emergency).collect()))
    }

    /// Takes back the last answer that was given after the triage, and asks it again.
    pub(crate) fn go_back(&self, site: &Site<'_>, visit: &Visit<'_>) -> Response {
        let guideline = site.guideline();
        let case = Case::of(site, visit);
        let last = case.screens(guideline, visit.record).pop();
        let is_further = |id: &care::QuestionId| {
            matches!(guideline.question(*id).chapter, Chapter::Causes | Chapter::Medicines)
        };
        match last.filter(is_further) {
            Some(question) => Response::see(self.question).after(vec![taken_back(site, &case, question)]),
            None => Response::see(self.home),
        }
    }
}
