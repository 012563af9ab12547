//! One module a page.

use askama::Template;

use crate::frame::{Frame, Here};
use crate::limits::takes_a_file;
use crate::page_error::PageError;
use crate::request::{Method, Request};
use crate::response::Response;
use crate::visitor::Visitor;

pub(crate) mod after_session;
pub(crate) mod again;
pub(crate) mod boot;
pub(crate) mod causes;
pub(crate) mod changed;
pub(crate) mod check;
pub(crate) mod clinic;
pub(crate) mod data;
pub(crate) mod diary;
pub(crate) mod doctor;
pub(crate) mod emergency;
pub(crate) mod figures;
pub(crate) mod habits;
pub(crate) mod help;
pub(crate) mod helped;
pub(crate) mod home;
pub(crate) mod learn;
pub(crate) mod medicines;
pub(crate) mod outcome;
pub(crate) mod question;
pub(crate) mod relief;
pub(crate) mod session;
pub(crate) mod settings;

#[derive(Template)]
#[template(path = "pages/error.html")]
struct ErrorPage<'v> {
    frame: Frame<'v>,
    /// What became of what was sent.
    lead: &'static str,
    message: String,
    /// What was sent and not kept, to be sent again as it is: it counts once.
    again: Option<&'v Request>,
}

impl<'v> ErrorPage<'v> {
    /// What the person wrote in it, to be read and copied.
    fn written(&self) -> Vec<&'v str> {
        const WRITTEN: [&str; 3] = ["own_words", "note", "own_trigger"];
        let texts = self.again.into_iter().flat_map(|sent| WRITTEN.map(|name| sent.form.text(name)));
        texts.filter(|text| !text.is_empty()).collect()
    }
}

/// The page about an error.
pub(crate) fn error(visitor: &Visitor<'_>, error: &PageError) -> Response {
    error_with(visitor, error, None)
}

/// The page that says that a form was not kept, or that the record cannot be read. It answers the form itself, and not a
/// redirect: to load it anew is to send the form again, which is what a person wants then.
pub(crate) fn not_kept(visitor: &Visitor<'_>, error: String, sent: &Request) -> Response {
    // A file is chosen again.
    let is_sent = sent.method == Method::Post;
    let again = Some(sent).filter(|sent| is_sent && !takes_a_file(&sent.path));
    let error = if is_sent { PageError::NotKept(error) } else { PageError::OutOfReach(error) };
    error_with(visitor, &error, again)
}

fn error_with<'v>(visitor: &'v Visitor<'_>, error: &PageError, again: Option<&'v Request>) -> Response {
    let frame = Frame::new(visitor, Here::Elsewhere, error.title());
    let fallback = "Something went wrong. In an emergency call your emergency number.".to_owned();
    let page = ErrorPage { frame, lead: error.lead(), message: error.to_string(), again };
    let response = page.frame.around(&page).unwrap_or_else(|_| Response::page(fallback));
    Response { status: error.status(), ..response }
}
