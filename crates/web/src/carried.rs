//! Forms on their way to the page that shows them.
//!
//! A form is always answered by a redirect, so that no browser ever asks to send it
//! again. What the page after it needs of the form, the text of a refused one or the
//! dose that somebody thinks of, waits here: in memory only, and never in an address.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use store::{Record, Sequence};

use crate::request::{Form, Method, Request};
use crate::response::Response;

/// So long what was sent is filled in again. A pain of this morning is not that of tonight.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);

/// What one visitor's forms may take in memory, in bytes of names and values. The
/// oldest go first.
const MOST_BYTES: usize = 1 << 21;

/// The forms of one visitor that wait for a page: at most one for each address.
#[derive(Clone, Debug, Default)]
pub struct Carried(Vec<Waiting>);

#[derive(Clone, Debug)]
struct Waiting {
    /// The address of the page that shows it.
    page: String,
    /// Where the form was sent.
    action: String,
    form: Arc<Form>,
    at: Timestamp,
    /// With what the record began when it was sent; an erased one begins otherwise.
    of: Option<Beginning>,
}

/// The first event of a record: its place and its time.
pub(crate) type Beginning = (Sequence, Timestamp);

/// With what a record begins; none while it is empty.
pub(crate) fn beginning(record: &Record) -> Option<Beginning> {
    record.events().first().map(|first| (first.sequence, first.at))
}

/// For a visit that no form leads to.
static NOTHING: Carried = Carried(Vec::new());

impl Carried {
    /// No form at all.
    pub fn nothing() -> &'static Self {
        &NOTHING
    }

    /// The form that waits for a page.
    ///
    /// ```
    /// # use web::Carried;
    /// assert!(Carried::default().form("/question/danger_nerves").is_none());
    /// ```
    pub fn form(&self, page: &str) -> Option<&Form> {
        self.0.iter().find(|waiting| waiting.page == page).map(|waiting| &*waiting.form)
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets the forms that have waited too long, and those of a record that was erased since.
    pub(crate) fn forget(&mut self, now: Timestamp, of: Option<Beginning>) {
        self.0.retain(|waiting| {
            now.duration_since(waiting.at) < LONGEST_WAIT && (waiting.of.is_none() || waiting.of == of)
        });
    }

    /// Takes in what a response carries on, at a time and over a record. A form that was taken
    /// in takes the refused one before it away.
    pub fn follow(&mut self, request: &Request, response: &Response, now: Timestamp, of: Option<Beginning>) {
        if request.method != Method::Post {
            return;
        }
        self.0.retain(|waiting| waiting.action != request.path);
        let (Some(form), Some(page)) = (&response.carries, response.header("location")) else { return };
        let page = page.split('#').next().unwrap_or_default().to_owned();
        self.0.retain(|waiting| waiting.page != page);
        self.0.push(Waiting {
            page,
            action: request.path.clone(),
            form: Arc::new(form.clone()),
            at: now,
            of,
        });
        while self.0.iter().map(|waiting| waiting.form.size()).sum::<usize>() > MOST_BYTES {
            self.0.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn what_waits_for_long_is_filled_in_no_more() {
        let mut carried = Carried::default();
        sent(&mut carried, "/diary", "/diary", Some("a note"));
        carried.forget(NOW + SignedDuration::from_mins(59), None);
        assert!(carried.form("/diary").is_some());
        carried.forget(NOW + LONGEST_WAIT, None);
        assert!(carried.is_empty());
    }

    #[test]
    fn what_waits_goes_with_its_record() {
        let (one, other) = ((Sequence(1), NOW), (Sequence(1), NOW + LONGEST_WAIT));
        for (before, after, is_kept) in [
            (None, Some(one), true),
            (Some(one), Some(one), true),
            (Some(one), None, false),
            (Some(one), Some(other), false),
        ] {
            let mut carried = Carried::default();
            let response = Response { carries: Some(Form::default()), ..Response::see("/diary") };
            carried.follow(&Request::post("/diary", Form::default()), &response, NOW, before);
            carried.forget(NOW, after);
            assert_eq!(carried.form("/diary").is_some(), is_kept, "{before:?} {after:?}");
        }
    }

    fn sent(carried: &mut Carried, action: &str, page: &str, form: Option<&str>) {
        let mut response = Response::see(page);
        response.carries = form.map(|text| [("note", text)].into_iter().collect());
        carried.follow(&Request::post(action, Form::default()), &response, NOW, None);
    }

    #[test]
    fn a_form_waits_for_its_page_until_one_sent_to_the_same_place_is_taken_in() {
        let mut carried = Carried::default();
        sent(&mut carried, "/diary", "/diary", Some("first"));
        sent(&mut carried, "/diary", "/diary", Some("second"));
        sent(&mut carried, "/settings", "/settings/saved", None);
        assert_eq!(carried.form("/diary").map(|form| form.text("note")), Some("second"));
        sent(&mut carried, "/diary", "/diary/result", None);
        assert!(carried.is_empty());
    }

    #[test]
    fn a_page_that_is_read_takes_nothing_away() {
        let mut carried = Carried::default();
        sent(&mut carried, "/diary", "/diary", Some("a note"));
        carried.follow(&Request::get("/diary"), &Response::see("/"), NOW, None);
        assert!(carried.form("/diary").is_some());
    }

    #[test]
    fn what_is_too_much_pushes_out_the_oldest() {
        let mut carried = Carried::default();
        let long = "x".repeat(MOST_BYTES / 2);
        for page in ["/a", "/b", "/c"] {
            sent(&mut carried, page, page, Some(&long));
        }
        assert!(carried.form("/a").is_none() && carried.form("/c").is_some());
        sent(&mut carried, "/d", "/d", Some(&"x".repeat(MOST_BYTES)));
        assert!(carried.is_empty(), "more than there is room for");
    }
}
