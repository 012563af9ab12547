//! What to expect of a clinician, and what to ask.

use askama::Template;
use tell::{Message, Visit, visit};

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::sources::{SourceLine, source_lines};
use crate::parts::subject::Subject;
use crate::response::Response;
use crate::visitor::Visitor;

/// The questions of this page.
pub(crate) const SUBJECT: Subject = Subject {
    home: "/clinic",
    question: "/clinic/question",
    caption: "For your visit",
    here: Here::Home,
    next: |guideline, answers, _| care::clinic::next_question(guideline, answers),
};

#[derive(Template)]
#[template(path = "pages/clinic.html")]
struct ClinicPage<'v> {
    frame: Frame<'v>,
    has_question: bool,
    told: Visit<'v>,
    sources: Vec<SourceLine<'v>>,
}

/// `GET /clinic`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    let Some(finished) = case.manageable() else { return Ok(Response::see("/outcome")) };
    let guideline = visitor.guideline();
    let told = visit(finished);
    let page = ClinicPage {
        frame: Frame::new(visitor, Here::Home, "What to expect at a visit").with_scripts(&["print.js"]),
        has_question: SUBJECT.ask(guideline, case).is_some(),
        sources: source_lines(guideline, &told.citations),
        told,
    };
    page.frame.around(&page)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Person, guideline, plain_spasm};

    #[test]
    fn what_a_visit_brings_is_shown_with_what_speaks_for_and_against_it() {
        let page = Person::with_a_plain_spasm().get("/clinic");
        assert_eq!(page.status, 200);
        for kind in care::ReferralKind::ALL {
            assert!(page.text().contains(kind.title()), "{}", kind.title());
        }
        assert!(page.text().contains("For it:"));
    }

    #[test]
    fn in_an_emergency_nothing_but_help_is_shown() {
        let mut person = Person::new();
        person.answer_next(&json!({ "saddle_numbness": "yes" }));
        assert_eq!(person.get("/clinic").header("location"), Some("/outcome"));
    }

    #[test]
    fn a_treatment_that_must_be_avoided_is_not_among_what_to_ask_for() {
        let mut answers = plain_spasm();
        for (finding, answer) in
            [("drowsy_or_dizzy", json!("yes")), ("days_since_onset", json!(5)), ("course", json!("same"))]
        {
            answers[finding] = answer;
        }
        let person = Person::new().triaged(&answers);
        let case = crate::case::Case::at(guideline(), &person.record, person.now.timestamp());
        let finished = case.manageable().unwrap();
        let expect = care::clinic::to_expect(finished);
        assert!(!expect.withheld.is_empty());
        assert!(person.get("/clinic").text().contains("not known to be safe"));
    }
}
