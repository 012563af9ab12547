//! What may lie behind the pain: an order with reasons, never a diagnosis.

use askama::Template;
use tell::{Message, PossibleCauses, possible_causes};

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::sources::{SourceLine, source_lines};
use crate::parts::subject::Subject;
use crate::response::Response;
use crate::visitor::Visitor;

/// The questions of this page.
pub(crate) const SUBJECT: Subject = Subject {
    home: "/causes",
    question: "/causes/question",
    caption: "What may lie behind it",
    here: Here::Home,
    next: |guideline, answers, _| care::causes::next_question(guideline, answers),
};

#[derive(Template)]
#[template(path = "pages/causes.html")]
struct CausesPage<'v> {
    frame: Frame<'v>,
    /// A question would tell more.
    has_question: bool,
    told: PossibleCauses<'v>,
    sources: Vec<SourceLine<'v>>,
}

/// `GET /causes`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    // Nothing about causes is shown before the danger questions are closed.
    let Some(told) = case.manageable().and_then(possible_causes) else {
        return Ok(Response::see("/outcome"));
    };
    let guideline = visitor.guideline();
    let page = CausesPage {
        frame: Frame::new(visitor, Here::Home, Message::CausesTitle.to_string()),
        has_question: SUBJECT.ask(guideline, case).is_some(),
        sources: source_lines(guideline, &told.citations),
        told,
    };
    page.frame.around(&page)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Person, plain_spasm};

    #[test]
    fn nothing_about_causes_is_shown_before_the_danger_questions_are_closed() {
        let mut person = Person::new();
        person.answer_next(&plain_spasm());
        assert_eq!(person.get("/causes").status, 303);
        assert_eq!(person.get("/causes/question").header("location"), Some("/causes"));
        let mut person = Person::new();
        person.answer_next(&json!({ "saddle_numbness": "yes" }));
        assert_eq!(person.get("/causes").header("location"), Some("/outcome"));
    }

    #[test]
    fn an_order_is_shown_and_further_answers_leave_the_triage_finished() {
        let mut person = Person::with_a_plain_spasm();
        assert!(person.get("/causes").text().contains("These are guesses"));
        let mut asked = 0;
        while person.get("/causes/question").header("location") != Some("/causes") {
            let case =
                crate::case::Case::at(crate::testing::guideline(), &person.record, person.now.timestamp());
            let ask = super::SUBJECT.ask(crate::testing::guideline(), &case).unwrap();
            let fields = crate::testing::answers_for(
                crate::testing::guideline(),
                &ask,
                &json!({ "did_too_much": "yes" }),
            );
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let to = format!("/causes/question/{}", crate::testing::guideline().question(ask.question).id);
            assert_eq!(person.get(&to).status, 200, "{to}");
            assert_eq!(person.post(&to, &fields).status, 303);
            // It can be opened again, and shows what was answered.
            assert!(person.get(&to).text().contains(" checked"), "{to}");
            asked += 1;
            assert!(asked < 20);
        }
        assert!(asked >= 2);
        assert!(person.record.interview().assessed.is_some());
        let page = person.get("/causes");
        assert!(page.text().contains("You said"), "{}", page.text());
        assert!(!page.text().contains("/causes/question"));
        let screens = person.record.interview().screens.clone();
        let last = format!("/causes/question/{}", screens.last().unwrap());
        let before = format!("href=\"/causes/question/{}\"", screens[screens.len() - 2]);
        assert!(person.get(&last).text().contains(&before), "{}", person.get(&last).text());
        assert!(person.record.interview().assessed.is_some());
    }
}
