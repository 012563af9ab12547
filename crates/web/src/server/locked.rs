//! What a browser without the secret gets to see: how to get in, and nothing of the person.

use askama::Template;

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::pages;
use crate::response::Response;
use crate::site::Site;
use crate::visit::Visit;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/locked.html")]
struct LockedPage<'v> {
    frame: Frame<'v>,
}

/// A page that is shown to whoever asks: when to call for help, which knows nothing
/// of the person, and what keeps it at hand.
pub(super) fn open_to_all(path: &str) -> Option<&'static str> {
    ["/emergency", "/service-worker.js"].into_iter().find(|open| *open == path)
}

/// Says how to get in.
pub(super) fn page(site: &Site<'_>, visit: &Visit<'_>) -> Response {
    let title = "Only for the person who started it";
    let visitor = Visitor::new(site, visit);
    let frame = Frame::new(&visitor, Here::Elsewhere, title).without_nav();
    let page = LockedPage { frame };
    match page.frame.around(&page) {
        Ok(response) => Response { status: 403, ..response },
        Err(_) => pages::error(&visitor, &PageError::Template),
    }
}
