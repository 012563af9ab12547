//! A form that was sent again, long after: it counts once, and the page says so.
//!
//! A double click leads where the first one did. But a page that lay open for hours and is
//! sent once more may mean a second dose, a second entry: so it says what was written down
//! and when, and offers to write down another.

use askama::Template;
use jiff::SignedDuration;
use store::{Event, Stored};
use tell::Clock;

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::request::{Form, Request};
use crate::response::{Effect, Response};
use crate::visitor::Visitor;

/// A second press within this time is one press.
const ONE_PRESS: SignedDuration = SignedDuration::from_secs(60);

/// Fields by which a form that waits says where it was sent, and which one it was.
const SENT_TO: &str = "sent_to";
const SENT_AS: &str = "sent_as";

#[derive(Template)]
#[template(path = "pages/again.html")]
struct AgainPage<'v> {
    frame: Frame<'v>,
    /// What was written down, and when.
    what: String,
    when: String,
    /// What the button says that writes down another.
    another: &'static str,
    /// Where the form goes, and its fields.
    to: &'v str,
    fields: Vec<(&'v str, &'v str)>,
    /// Where what was written down is shown.
    shown: &'static str,
}

/// What is said to a form that was sent before, in the place of its own answer.
pub(crate) fn instead(request: &Request, visitor: &Visitor<'_>, response: Response) -> Response {
    let writes = match &response.effect {
        Effect::Append(events) => !events.is_empty(),
        Effect::Import(_) => true,
        Effect::None | Effect::Erase => false,
    };
    if !writes {
        return response;
    }
    let key = request.once().unwrap_or_default();
    let before = written(visitor, &key).map(|first| visitor.now.timestamp().duration_since(first.at));
    if matches!(response.effect, Effect::Import(_)) || before.is_none_or(|since| since < ONE_PRESS) {
        return Response { effect: Effect::None, ..response };
    }
    let mut form: Form = request.form.answered().collect();
    form.push(SENT_TO, &*request.path);
    form.push(SENT_AS, key);
    Response::see("/again").carrying(&form)
}

/// The first event that a form wrote.
fn written<'v>(visitor: &'v Visitor<'_>, key: &str) -> Option<&'v Stored> {
    visitor.record.events().iter().find(|stored| stored.once.as_deref() == Some(key))
}

/// The event of a form that a person would name: settings that came along are none.
fn named<'v>(visitor: &'v Visitor<'_>, first: &'v Stored) -> &'v Stored {
    let with_it = visitor.record.events().iter().filter(|stored| stored.sequence >= first.sequence);
    let with_it = with_it.take_while(|stored| stored.at == first.at);
    with_it.into_iter().find(|stored| !matches!(stored.event, Event::SettingsChanged(_))).unwrap_or(first)
}

/// `GET /again`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let sent = visitor.sent("/again");
    let Some((form, first)) = sent.and_then(|form| Some((form, written(visitor, form.text(SENT_AS))?)))
    else {
        return Ok(Response::see("/"));
    };
    let first = named(visitor, first);
    let (what, another, shown) = match &first.event {
        Event::DoseTaken(dose) => {
            (dose.name.clone(), "I took another one: write it down too", "/medicines/log")
        }
        Event::CheckedIn(entry) => {
            (format!("Your entry, pain {} of 10", entry.pain_now), "Write another entry like it", "/diary")
        }
        Event::RemedyTried { .. } => {
            ("This session".to_owned(), "I did it once more: write it down too", "/relief")
        }
        Event::InterviewStarted { .. } => ("That something changed".to_owned(), "Ask me once more", "/"),
        _ => ("What you sent".to_owned(), "Send it once more", "/"),
    };
    let is_own = |(name, _): &(&str, &str)| ![SENT_TO, SENT_AS].contains(name);
    let page = AgainPage {
        frame: Frame::new(visitor, Here::Elsewhere, "This was already written down"),
        what,
        when: Clock::of(visitor.now).words(first.at),
        another,
        to: form.text(SENT_TO),
        fields: form.answered().filter(is_own).collect(),
        shown,
    };
    page.frame.around(&page)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use crate::testing::Person;

    const DOSE: [(&str, &str); 3] = [("medicine", "nurofen_200"), ("units", "1"), ("when", "now")];

    fn with_a_dose() -> Person {
        let mut person = Person::with_a_plain_spasm();
        person.post("/settings", &[("dose_region", "uk")]);
        person.post_once("/medicines/log", "page", &DOSE);
        assert_eq!(person.record.doses().len(), 1);
        person
    }

    #[test]
    fn a_double_click_leads_where_the_first_one_did() {
        let mut person = with_a_dose();
        person.wait(SignedDuration::from_secs(2));
        let second = person.post_once("/medicines/log", "page", &DOSE);
        assert_eq!(second.header("location"), Some("/medicines/taken"));
        assert_eq!(person.record.doses().len(), 1);
    }

    #[test]
    fn hours_later_the_page_says_when_it_was_written_and_offers_another() {
        let mut person = with_a_dose();
        person.wait(SignedDuration::from_hours(6));
        let second = person.post_once("/medicines/log", "page", &DOSE);
        assert_eq!(second.header("location"), Some("/again"));
        assert_eq!(person.record.doses().len(), 1, "nothing is written twice");
        let page = person.get("/again");
        assert!(page.text().contains("today at 10:00"), "{}", page.text());
        assert!(page.text().contains("name=\"medicine\" value=\"nurofen_200\""));
        person.post("/medicines/log", &DOSE);
        let times: Vec<_> = person.record.doses().iter().map(|dose| dose.what.at).collect();
        assert_eq!(times[1].duration_since(times[0]), SignedDuration::from_hours(6));
    }

    #[test]
    fn an_entry_a_session_and_that_something_changed_are_told_apart() {
        for (path, fields, said) in [
            (
                "/diary",
                &[("pain_now", "4"), ("new_danger", "no"), ("seen", "0")][..],
                "Your entry, pain 4 of 10",
            ),
            ("/relief/heat", &[("before", "6"), ("after", "5")], "This session"),
            ("/changed", &[("what", "else"), ("seen", "SEEN")], "That something changed"),
        ] {
            let mut person = Person::with_a_plain_spasm();
            // What its page said, which the form itself has overtaken by the second time.
            let seen = crate::asking::last_answer(&person.record).to_string();
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, value)| (*name, if *value == "SEEN" { &*seen } else { *value }))
                .collect();
            person.post_once(path, "page", &fields);
            let events = person.record.events().len();
            person.wait(SignedDuration::from_mins(5));
            let second = person.post_once(path, "page", &fields);
            assert_eq!(second.header("location"), Some("/again"), "{path}");
            assert_eq!(person.record.events().len(), events, "{path}");
            assert!(person.get("/again").text().contains(said), "{path}: {}", person.get("/again").text());
        }
    }

    #[test]
    fn whoever_opens_the_page_by_itself_goes_home() {
        assert_eq!(Person::new().get("/again").header("location"), Some("/"));
    }
}
