//! Which pack: a shelf of the common ones, and a search that knows other spellings.

use askama::Template;
use care::medicine::{Found, Standing, common_packs, search, standings};
use tell::Message;
use tell::medicine::{self, holds};

use super::cabinet::{Cabinet, keeping};
use crate::frame::Frame;
use crate::page_error::PageError;
use crate::request::Form;
use crate::response::Response;
use crate::screen::Problem;
use crate::visitor::Visitor;

/// More would not be read.
const MOST_FOUND: usize = 8;

/// Packs to choose from, and a search for others.
pub(super) struct Shelf<'v> {
    /// Where a chosen pack leads.
    pub(super) to: &'static str,
    pub(super) packs: Vec<Pack<'v>>,
    /// What was searched for.
    pub(super) text: String,
    pub(super) problems: Vec<Problem>,
}

/// A pack, or a bare ingredient.
pub(super) struct Pack<'v> {
    pub(super) id: &'v str,
    pub(super) name: String,
    /// What it holds.
    pub(super) holds: Option<Message<'v>>,
    /// What it has in common with a dose of the last 24 hours.
    pub(super) kin: Option<Message<'v>>,
    /// It is a pack of another country.
    pub(super) abroad: bool,
}

impl<'v> Shelf<'v> {
    /// The common packs; a chosen one leads to `to`.
    pub(super) fn of(cabinet: &Cabinet<'v, '_>, to: &'static str) -> Self {
        let packs = common_packs(cabinet.guideline(), &cabinet.limits.id, &cabinet.log);
        let standings = standings(cabinet.guideline(), &cabinet.limits.id, &cabinet.log, cabinet.now());
        let packs = packs.into_iter().map(|one| Pack::of(cabinet, &standings, Found::Product(one))).collect();
        Self { to, packs, text: String::new(), problems: Vec::new() }
    }

    /// Whether a chosen pack is one that was taken already.
    pub(super) fn is_taken(&self) -> bool {
        self.to == TOOK
    }
}

impl<'v> Pack<'v> {
    fn of(cabinet: &Cabinet<'_, 'v>, standings: &[Standing<'_>], found: Found<'v>) -> Self {
        let (guideline, region) = (cabinet.guideline(), &cabinet.limits.id);
        let kin = found.kin_taken(guideline, standings, cabinet.now());
        Self {
            id: found.id(),
            name: found.name(),
            holds: holds(guideline, region, &found),
            kin: kin.map(|kin| medicine::kin(&kin, &cabinet.clock)),
            abroad: !found.is_in(guideline, region),
        }
    }
}

const CHECK: &str = "/medicines/check";
const TOOK: &str = "/medicines/took";

#[derive(Template)]
#[template(path = "pages/medicine_find.html")]
struct FindPage<'v> {
    frame: Frame<'v>,
    shelf: Shelf<'v>,
    /// The packs are those that a search found.
    is_search: bool,
    limits: &'v str,
}

/// `GET /medicines/took`: which one was it?
pub(crate) fn took(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open_log(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let shelf = Shelf::of(&cabinet, TOOK);
    let limits = &cabinet.limits.name;
    let page = FindPage { frame: cabinet.frame("What did you take?"), shelf, is_search: false, limits };
    page.frame.around(&page)
}

/// Where a search leads.
const FOUND: &str = "/medicines/found";

/// `POST /medicines/search`
pub(crate) fn find(visitor: &Visitor<'_>, form: &Form) -> Response {
    let (_, events) = visitor.by_own_clock(form);
    keeping(Response::see(FOUND).carrying(form), events)
}

/// `GET /medicines/found`: what a search found.
pub(crate) fn found(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open_log(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let Some(form) = visitor.sent(FOUND) else { return Ok(Response::see("/medicines")) };
    let to = if form.has("took") { TOOK } else { CHECK };
    let text = form.text("name").to_owned();
    let hits = search(cabinet.guideline(), cabinet.limits, &text, MOST_FOUND);
    let message = if text.is_empty() {
        Some("Write the name on the pack, or what is in it")
    } else if hits.is_empty() {
        Some(
            "We know no pack of that name. Look on the pack for the active ingredient, such as ibuprofen, \
             and write that. If it says anti-inflammatory or NSAID, write that. Or ask a pharmacist",
        )
    } else {
        None
    };
    let problem = |message: &str| Problem { field: "name".to_owned(), message: message.to_owned() };
    let problems: Vec<Problem> = message.into_iter().map(problem).collect();
    let is_wrong = !problems.is_empty();
    let shelf = if is_wrong {
        Shelf { text, problems, ..Shelf::of(&cabinet, to) }
    } else {
        let standings = standings(cabinet.guideline(), &cabinet.limits.id, &cabinet.log, cabinet.now());
        let packs = hits.into_iter().map(|found| Pack::of(&cabinet, &standings, found)).collect();
        Shelf { to, packs, text, problems }
    };
    let frame = cabinet.frame("Which one is it?").with_error(is_wrong);
    let page = FindPage { frame, shelf, is_search: !is_wrong, limits: &cabinet.limits.name };
    page.frame.around(&page)
}
