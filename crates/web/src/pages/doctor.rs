//! What to show to the doctor: one side that is read in a minute, so that nobody in pain has to
//! tell it all again.

use askama::Template;
use tell::{Confided, DoctorPage, Mark, Message, Part};

use crate::body_map::BodyMarks;
use crate::frame::{Frame, Here};
use crate::hand_off::{first_of_all, with_hand_off};
use crate::page_error::PageError;
use crate::response::Response;
use crate::visit::Home;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/doctor.html")]
struct Doctor<'v, 'p> {
    frame: Frame<'v>,
    who: &'static [(&'static str, Message<'static>)],
    page: DoctorPage<'p>,
    is_in_full: bool,
    /// It can be had as a PDF: of a browser's own record the browser makes one.
    has_pdf: bool,
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
            has_pdf: matches!(visitor.visit.home, Home::File { .. }),
            marks: BodyMarks::of(visitor.guideline(), &marked),
        };
        page.frame.around(&page)
    });
    made.unwrap_or_else(|| Ok(first_of_all(case)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use store::{DoseTaken, Event};

    use crate::testing::{Person, plain_spasm};

    /// Where a text stands on a page.
    fn place(text: &str, words: &str) -> usize {
        text.find(words).unwrap_or_else(|| panic!("{words} is not there: {text}"))
    }

    #[test]
    fn who_and_what_is_there_comes_first_and_what_is_absent_by_what_it_would_speak_for() {
        let mut answers = plain_spasm();
        answers["fever"] = json!("yes");
        let mut person = Person::new().triaged(&answers);
        person.post("/diary", &[("pain_now", "4"), ("new_danger", "no"), ("note", "SECRETNOTE")]);
        let page = person.get("/doctor");
        let text = page.text();
        let order = [
            "Age of the person in pain: 44",
            "<b class=\"doctor__mark\">Yes</b> <span>A fever",
            "Now: 4, today at 10:00",
            "No painkiller was written down. Some may have been taken.",
            "Cauda equina: Numb between your legs or around your bottom; New trouble",
        ];
        let places = order.map(|words| place(text, words));
        assert!(places.is_sorted(), "{places:?}: {text}");
        let absent = &text[place(text, "doctor__absent")..];
        let absent = &absent[..place(absent, "</section>")];
        let lines = absent.matches("<li").count();
        assert!(lines <= 16, "{lines} lines of what is absent");
        assert!(!text.contains("No No ") && !text.contains("No</b> <span>No "), "{text}");
        assert!(!text.contains("SECRETNOTE"));
    }

    #[test]
    fn medicines_stand_together_with_what_the_painkillers_add_up_to() {
        let mut answers = plain_spasm();
        answers["bleeds_easily"] = json!("yes");
        let mut person = Person::new().triaged(&answers);
        for (hours, amount) in [(0, 400), (44, 400), (0, 200)] {
            person.wait(jiff::SignedDuration::from_hours(hours));
            let dose = DoseTaken {
                at: person.now.timestamp(),
                product: None,
                name: format!("Ibuprofen, {amount} mg"),
                units: amount,
                hundredths: None,
                amounts: vec![("ibuprofen".to_owned(), amount)],
                region: "uk".to_owned(),
                verdict: care::DoseLevel::Allowed,
                time_unknown: false,
            };
            person.record.add(dose.at, Event::DoseTaken(dose));
        }
        let page = person.get("/doctor");
        let taken = &page.text()[place(page.text(), "doctor__taken")..];
        let taken = &taken[..place(taken, "</section>")];
        for words in [
            "A blood thinner or anti-clot pill, or easy bleeding: yes",
            "Painkillers in the last 24 hours: ibuprofen 600 mg",
            "Ibuprofen, 200 mg, today at 06:00",
            "Tuesday 24 November: ibuprofen 400 mg",
        ] {
            assert!(taken.contains(words), "{words}: {taken}");
        }
    }

    #[test]
    fn what_the_diary_reported_and_nobody_asked_about_stands_before_what_was_denied() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/diary", &[("pain_now", "4"), ("new_danger", "yes"), ("course", "easing")]);
        let page = person.get("/doctor");
        let text = page.text();
        assert!(place(text, "something is new. It has not been asked") < place(text, "doctor__absent"));
        let person = person.triaged(&plain_spasm());
        assert!(!person.get("/doctor").text().contains("something is new"));
    }

    /// The paper would list as denied what the person has just told.
    #[test]
    fn while_an_answer_since_speaks_against_it_the_questions_come_first() {
        let mut person = Person::with_a_plain_spasm();
        assert_eq!(person.get("/doctor").status, 200);
        person.post("/start", &[("over", "yes")]);
        assert_eq!(person.get("/doctor").status, 200, "nothing was answered yet");
        let mut answers = plain_spasm();
        answers["fever"] = json!("not sure");
        while person.get("/doctor").status == 200 && person.answer_next(&answers) {}
        assert_eq!(person.get("/doctor").header("location"), Some("/question"));
        assert_eq!(person.get("/data/for-the-doctor.fhir.json").status, 303);
        let person = person.triaged(&answers);
        assert!(person.get("/doctor").text().contains("Not sure</b> <span>A fever"));
    }

    #[test]
    fn only_what_fits_the_case_is_to_be_examined() {
        let plain = Person::with_a_plain_spasm();
        let mut answers = plain_spasm();
        answers["leg_weak_or_numb"] = json!("yes");
        let leg = Person::new().triaged(&answers);
        assert!(!plain.get("/doctor").text().contains("Reflexes"));
        assert!(leg.get("/doctor").text().contains("Reflexes"));
        assert!(plain.get("/doctor").text().contains("How far your back moves"));
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
