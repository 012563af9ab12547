//! One module a page.

use askama::Template;

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
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
pub(crate) mod emergency;
pub(crate) mod habits;
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
}

/// The page about an error.
pub(crate) fn error(visitor: &Visitor<'_>, error: &PageError) -> Response {
    let frame = Frame::new(visitor, Here::Elsewhere, error.title());
    let fallback = "Something went wrong. In an emergency call your emergency number.".to_owned();
    let html =
        ErrorPage { frame, lead: error.lead(), message: error.to_string() }.render().unwrap_or(fallback);
    Response { status: error.status(), ..Response::page(html) }
}
