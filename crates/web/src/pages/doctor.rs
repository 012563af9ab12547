//! What to show to the doctor: one side that is read in a minute, so that nobody in pain has to
//! tell it all again.

use askama::Template;
use tell::{Confided, DoctorPage, Mark, Message, Part};

use crate::body_map::BodyMarks;
use crate::frame::{Frame, Here};
use crate::hand_off::with_hand_off;
use crate::page_error::PageError;
use crate::parts::onward::elsewhere;
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/doctor.html")]
struct Doctor<'v, 'p> {
    frame: Frame<'v>,
    who: &'static [(&'static str, Message<'static>)],
    page: DoctorPage<'p>,
    is_in_full: bool,
    marks: Option<BodyMarks<'p>>,
}

/// What is filled in by hand and printed, and never sent or kept: each with its id.
const WHO: [(&str, Message<'static>); 3] =
    [("name", Message::DoctorName), ("born", Message::DoctorBorn), ("date", Message::DoctorDate)];

/// `GET /doctor` without what is private, and `GET /doctor/in-full` with it: whoever asks for that
/// wants it there. Nothing is kept of it, so that the next paper is again one without.
pub(crate) fn show(visitor: &Visitor<'_>, confided: Confided) -> Result<Response, PageError> {
    let case = visitor.standing();
    let made = with_hand_off(visitor.guideline(), visitor.record, case, visitor.now, |to_hand_over| {
        let (page, marked) = to_hand_over.page(visitor.region(), confided);
        let page = Doctor {
            frame: Frame::new(visitor, Here::Home, Message::DoctorTitle.to_string())
                .with_scripts(&["print.js"]),
            who: &WHO,
            page,
            is_in_full: confided == Confided::PutOn,
            marks: BodyMarks::of(visitor.guideline(), &marked),
        };
        page.frame.around(&page)
    });
    made.unwrap_or_else(|| Ok(elsewhere(case)))
}

#[cfg(test)]
mod tests {
    use crate::testing::Person;

    #[test]
    fn it_says_what_was_answered_and_what_was_not_and_no_private_note() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/diary", &[("pain_now", "4"), ("new_danger", "no"), ("note", "SECRETNOTE")]);
        let page = person.get("/doctor");
        let text = page.text();
        assert!(text.contains("Age of the person in pain: 44"), "{text}");
        assert!(text.contains("<b class=\"doctor__mark\">No</b> <span>Numb between your legs"), "{text}");
        assert!(text.contains("Now: 4, today at 10:00"), "{text}");
        assert!(text.contains("None was written down, which is no &#34;none&#34;."), "{text}");
        assert!(!text.contains("SECRETNOTE"));
    }

    #[test]
    fn it_is_there_in_an_emergency_and_never_before_an_outcome() {
        let mut person = Person::new();
        assert_eq!(person.get("/doctor").header("location"), Some("/question"));
        person.answer_next(&serde_json::json!({ "saddle_numbness": "yes" }));
        let page = person.get("/doctor");
        assert!(page.text().contains("<b class=\"doctor__mark\">Yes</b> <span>Numb between your legs"));
        assert!(page.text().contains("<b class=\"doctor__mark\">Not asked</b>"), "{}", page.text());
    }
}
