//! Forms on their way to the page that shows them.
//!
//! A form is always answered by a redirect, so that no browser ever asks to send it
//! again. What the page after it needs of the form, the text of a refused one or the
//! dose that somebody thinks of, waits here: in memory only, and never in an address.

use std::sync::Arc;

use crate::request::{Form, Method, Request};
use crate::response::Response;

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

    /// Takes in what a response carries on. A form that was taken in takes the refused
    /// one before it away.
    pub fn follow(&mut self, request: &Request, response: &Response) {
        if request.method != Method::Post {
            return;
        }
        self.0.retain(|waiting| waiting.action != request.path);
        let (Some(form), Some(page)) = (&response.carries, response.header("location")) else { return };
        let page = page.split('#').next().unwrap_or_default().to_owned();
        self.0.retain(|waiting| waiting.page != page);
        self.0.push(Waiting { page, action: request.path.clone(), form: Arc::new(form.clone()) });
        while self.0.iter().map(|waiting| waiting.form.size()).sum::<usize>() > MOST_BYTES {
            self.0.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(carried: &mut Carried, action: &str, page: &str, form: Option<&str>) {
        let mut response = Response::see(page);
        response.carries = form.map(|text| [("note", text)].into_iter().collect());
        carried.follow(&Request::post(action, Form::default()), &response);
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
        carried.follow(&Request::get("/diary"), &Response::see("/"));
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
