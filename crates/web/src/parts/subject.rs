//! Questions that are asked once the triage is finished, because the person
//! wants to know more: what may lie behind the pain, what a visit brings.

use care::{Answers, Ask, Chapter, Guideline, QuestionId, Step, Urgency, next};
use store::Reason;

use crate::asking::{Asked, Taken, about, take};
use crate::case::Case;
use crate::events::assessed;
use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::onward::address;
use crate::parts::question_page::QuestionPage;
use crate::request::Form;
use crate::response::Response;
use crate::visitor::Visitor;

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
    pub(crate) fn ask(&self, guideline: &Guideline, case: &Case<'_>) -> Option<Ask> {
        let finished = case.manageable()?;
        (self.next)(guideline, &case.answers, finished.urgency())
    }

    fn address(&self, guideline: &Guideline, question: QuestionId) -> String {
        format!("{}/{}", self.question, guideline.question(question).id)
    }

    /// On to the next question, or back to the page of the subject.
    pub(crate) fn resume(&self, visitor: &Visitor<'_>) -> String {
        let guideline = visitor.guideline();
        let next = self.ask(guideline, visitor.standing()).map(|ask| self.address(guideline, ask.question));
        next.unwrap_or_else(|| self.home.to_owned())
    }

    /// Shows a question: the next one, or one that was answered.
    pub(crate) fn show(
        &self,
        visitor: &Visitor<'_>,
        id: &str,
        is_second_step: bool,
    ) -> Result<Response, PageError> {
        let guideline = visitor.guideline();
        let question = guideline.question_named(id).ok_or(PageError::NotFound)?;
        let case = visitor.standing();
        let answered = answered(visitor);
        let is_next = self.ask(guideline, case).is_some_and(|ask| ask.question == question);
        if case.manageable().is_none() || !(is_next || answered.contains(&question)) {
            return Ok(Response::see(&self.resume(visitor)));
        }
        let to = self.address(guideline, question);
        let Some(asked) = Asked::of(visitor, case, question, &to, is_second_step) else {
            return Ok(if is_second_step { Response::see(&to) } else { Response::see(self.home) });
        };
        let Asked { screen, notice } = asked;
        let place = answered.iter().position(|known| *known == question).unwrap_or(answered.len());
        let before = place.checked_sub(1).map(|before| self.address(guideline, answered[before]));
        let frame = Frame::new(visitor, self.here, screen.asks().to_owned());
        let page = QuestionPage {
            frame: frame.with_error(!screen.problems.is_empty()).with_scripts(&["question.js"]),
            caption: self.caption.to_owned(),
            way: None,
            back: if screen.is_second_step() {
                to.clone()
            } else {
                before.unwrap_or_else(|| self.home.to_owned())
            },
            to,
            screen,
            warning: None,
            heard: None,
            about: about(visitor.record),
            notice,
        };
        page.frame.around(&page)
    }

    /// Keeps an answer. The triage stays finished only if it comes out as before.
    pub(crate) fn answer(&self, visitor: &Visitor<'_>, form: &Form, id: &str) -> Result<Response, PageError> {
        let guideline = visitor.guideline();
        let question = guideline.question_named(id).ok_or(PageError::NotFound)?;
        let case = visitor.standing();
        // The triage stops before screens that could not change its outcome; a subject may ask them.
        let is_asked = self.ask(guideline, case).is_some_and(|ask| ask.question == question);
        if !(is_asked || is_further(guideline, question) || answered(visitor).contains(&question)) {
            return Err(PageError::NotFound);
        }
        let given = match take(visitor, case, question, &self.address(guideline, question), form)? {
            Taken::Given(given) => given,
            Taken::Same => return Ok(Response::see(self.question)),
            Taken::Refused(response) => return Ok(response),
        };
        let before = case.manageable().map(care::Finished::urgency);
        let (_, answers) = given.event(guideline, case, true);
        let (to, stays, emergency) = match next(guideline, &answers) {
            Step::Done(finished) if finished.urgency() == Urgency::Emergency => {
                ("/outcome".to_owned(), false, Some(assessed(&finished, Reason::Interview)))
            }
            Step::Done(finished) if Some(finished.urgency()) == before => {
                (self.question.to_owned(), true, None)
            }
            Step::Done(_) => ("/check".to_owned(), false, None),
            Step::Ask(_) if case.is_standing => (self.question.to_owned(), true, None),
            Step::Ask(ask) => (address(guideline, ask.question), false, None),
        };
        let (answered, _) = given.event(guideline, case, stays);
        Ok(Response::see(&to).after([answered].into_iter().chain(emergency).collect()))
    }
}

/// Whether a question belongs to a subject and never to the triage.
fn is_further(guideline: &Guideline, question: QuestionId) -> bool {
    matches!(guideline.question(question).chapter, Chapter::Causes | Chapter::Medicines)
}

/// The questions that were answered after the triage and still apply, in order.
fn answered(visitor: &Visitor<'_>) -> Vec<QuestionId> {
    let case = visitor.standing();
    let guideline = visitor.guideline();
    let after = case.answered_after_triage(guideline, visitor.record);
    let mut screens = case.screens(guideline, visitor.record);
    screens.retain(|question| is_further(guideline, *question) || after.contains(question));
    screens
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Subject;
    use crate::pages::{causes, clinic, habits};
    use crate::testing::{Person, guideline, plain_spasm};

    /// Goes through all that a subject asks, as somebody who answers so.
    fn go_through(person: &mut Person, subject: Subject, answers: &serde_json::Value) {
        let page = person.follow(person.get(subject.question));
        let last = person.answer_all(subject.question, page, &[], answers);
        assert!(last.status < 400, "{}", last.text());
    }

    /// The triage stops at whatever could not change its outcome any more; a subject may
    /// ask that, and then its answer is taken like any other.
    #[test]
    fn whoever_is_asked_can_answer_whatever_else_is_so() {
        let mut asked = 0;
        for finding in guideline().findings().map(|id| guideline().finding(id)) {
            let mut answers = plain_spasm();
            answers["age"] = json!(58);
            answers["cancer_history"] = json!("yes");
            if finding.kind == care::FindingKind::YesNo {
                answers[&finding.id] = json!("yes");
            }
            let mut person = Person::new().triaged(&answers);
            for subject in [causes::SUBJECT, clinic::SUBJECT, habits::SUBJECT] {
                go_through(&mut person, subject, &answers);
            }
            let after = |stored: &&store::Stored| {
                matches!(&stored.event, store::Event::Answered { after_triage: true, .. })
            };
            asked += person.record.events().iter().filter(after).count();
        }
        assert!(asked > 100, "{asked}");
    }
}
