//! Cards for what a person is told and whom they call: outcomes, regions.

use askama::Template;
use care::{Outcome, Region, Urgency};
use compiler::Kind;

use super::{Desk, Foot, Head};
use crate::print::level::Level;

#[derive(Template)]
#[template(path = "book/outcome.html")]
struct OutcomeCard<'b> {
    head: Head<'b>,
    outcome: &'b Outcome,
    level: Level,
    foot: Foot,
}

/// What a person is told at one urgency.
pub(super) fn outcome(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let Ok(urgency) = id.parse::<Urgency>() else { return Ok(None) };
    let outcome = desk.guideline.outcome(urgency);
    let card = OutcomeCard {
        head: Head::new(desk, Kind::Outcome, urgency.id()),
        outcome,
        level: urgency.into(),
        foot: desk.foot(&outcome.sources, &[], &outcome.claims),
    };
    card.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/region.html")]
struct RegionCard<'b> {
    head: Head<'b>,
    region: &'b Region,
    foot: Foot,
}

/// Whom to call in one region.
pub(super) fn region(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let regions = &desk.guideline.book().regions;
    let Some(region) = regions.iter().find(|region| region.id == id) else { return Ok(None) };
    let head = Head::new(desk, Kind::Region, &region.id);
    let foot = desk.foot(&region.sources, &[], &[]);
    RegionCard { head, region, foot }.render().map(Some)
}
