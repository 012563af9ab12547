//! Whose limits count: asked once, changed when somebody buys elsewhere.

use askama::Template;
use care::medicine::{NoLimits, regions_with_limits};
use store::{Event, Sequence, Settings};

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::overtaken::{OVERTAKEN, is_overtaken, last_change};
use crate::parts::today::limits;
use crate::request::Form;
use crate::response::Response;
use crate::screen::Problem;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/medicine_region.html")]
struct RegionPage<'v> {
    frame: Frame<'v>,
    /// Id, name, and whether it is the one that counts now.
    regions: Vec<(&'v str, &'v str, bool)>,
    /// Where the person is, if the book has no doses for it.
    without: Option<&'v str>,
    /// Their packs are from none of these.
    is_other: bool,
    /// Some limits count already.
    is_known: bool,
    /// Doses are in the log already.
    has_log: bool,
    problems: Vec<Problem>,
    /// That settings were changed elsewhere meanwhile.
    notice: Option<&'static str>,
    /// Where the changes ended that the page shows.
    seen: Sequence,
}

fn page<'v>(visitor: &'v Visitor<'_>) -> RegionPage<'v> {
    let problem = || {
        let field = regions_with_limits(visitor.guideline());
        let field = field.first().map(|region| format!("limits_{}", region.id)).unwrap_or_default();
        Problem { field, message: "Choose the country that your pack is from".to_owned() }
    };
    let sent = visitor.sent(REGION);
    let chosen = sent.map(|form| form.text("dose_region")).filter(|chosen| !chosen.is_empty());
    let notice = sent.filter(|form| is_overtaken(visitor, form)).map(|_| OVERTAKEN);
    let is_missing = sent.is_some() && chosen.is_none();
    let problems: Vec<Problem> = is_missing.then(problem).into_iter().collect();
    let now = limits(visitor);
    let is_other = chosen == Some(OTHER);
    let current = chosen.or_else(|| now.as_ref().ok().map(|region| region.id.as_str()));
    let frame = Frame::new(visitor, Here::Medicines, "Where are your painkillers from?");
    RegionPage {
        frame: frame.of_their_own(visitor).with_error(!problems.is_empty()),
        regions: regions_with_limits(visitor.guideline())
            .into_iter()
            .map(|region| (region.id.as_str(), region.name.as_str(), Some(region.id.as_str()) == current))
            .collect(),
        without: matches!(now, Err(NoLimits::In(_))).then(|| visitor.region().name.as_str()),
        is_other,
        is_known: now.is_ok(),
        has_log: !visitor.record.doses().is_empty(),
        problems,
        notice,
        seen: last_change(visitor.record),
    }
}

/// `GET /medicines/region`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    if !is_open(visitor) {
        return Ok(Response::see("/outcome"));
    }
    let page = page(visitor);
    page.frame.around(&page)
}

/// The log of what was taken needs it in an emergency too, and a check before any question.
fn is_open(visitor: &Visitor<'_>) -> bool {
    let standing = visitor.standing();
    standing.opens_what_was_written(visitor.guideline(), visitor.record)
}

const REGION: &str = "/medicines/region";

/// None of those that the book has doses for.
const OTHER: &str = "other";

/// `POST /medicines/region`
pub(crate) fn choose(visitor: &Visitor<'_>, form: &Form) -> Result<Response, PageError> {
    if !is_open(visitor) {
        return Ok(Response::see("/outcome"));
    }
    let chosen = form.text("dose_region");
    if chosen.is_empty() || chosen == OTHER {
        return Ok(Response::see(REGION).carrying(form));
    }
    let known = regions_with_limits(visitor.guideline()).into_iter().find(|region| region.id == chosen);
    let known = known.ok_or_else(|| PageError::BadForm("it names no country with doses".to_owned()))?;
    if is_overtaken(visitor, form) {
        return Ok(Response::see(REGION).carrying(form));
    }
    let settings = Settings { dose_region: Some(known.id.clone()), ..Settings::default() };
    Ok(Response::see("/medicines").after(vec![Event::SettingsChanged(settings)]))
}
