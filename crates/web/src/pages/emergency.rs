//! Whom to call and when: always in reach, also without a connection.

use askama::Template;

use care::Urgency;

use crate::assets::SERVICE_WORKER;
use crate::frame::{Frame, Here};
use crate::numbers::{RegionLine, danger_signs, region_lines};
use crate::page_error::PageError;
use crate::response::Response;
use crate::site::Site;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/emergency.html")]
struct EmergencyPage<'v> {
    frame: Frame<'v>,
    actions: &'v [String],
    signs: Vec<&'v str>,
    regions: Vec<RegionLine<'v>>,
}

/// `GET /emergency`: the danger card. It says nothing about the person, so the
/// browser may keep it for when there is no connection.
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let guideline = visitor.guideline();
    let book = guideline.book();
    let frame = Frame::new(visitor, Here::Elsewhere, "When to call for help").without_nav();
    let regions = region_lines(&frame, book);
    let page = EmergencyPage {
        frame,
        actions: &guideline.outcome(Urgency::Emergency).actions,
        signs: danger_signs(visitor.site),
        regions,
    };
    page.frame.around(&page)
}

/// `GET /service-worker.js`: keeps the danger card for when there is no connection.
/// It names the versions it was made for: a browser that finds it changed fetches the card again.
pub(crate) fn service_worker(site: &Site<'_>) -> Result<Response, PageError> {
    let asset = site.assets().respond(SERVICE_WORKER).ok_or(PageError::NotFound)?;
    let version = format!("{} {}", site.guideline().book().hash, site.assets().fingerprint());
    let script = asset.text().replace("VERSION", &version);
    let mut response = Response::with_type("text/javascript; charset=utf-8", script.into_bytes());
    response.headers.push(("cache-control", "no-cache".to_owned()));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Person, guideline};

    #[test]
    fn the_script_that_keeps_the_card_changes_with_the_book() {
        let script = Person::new().get("/service-worker.js");
        assert!(script.text().contains(&guideline().book().hash), "{}", script.text());
        assert!(!script.text().contains("VERSION"));
    }

    #[test]
    fn the_card_has_the_line_that_the_script_shows_without_a_connection() {
        assert!(Person::new().get("/emergency").text().contains("data-offline hidden"));
    }
}
