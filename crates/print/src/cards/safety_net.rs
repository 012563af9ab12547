//! Cards for what a person is told and whom they call: outcomes, regions.

use askama::Template;
use care::{BlockKind, ComeBackLine, Outcome, Region};

use super::desk::{Desk, Foot, Head};
use crate::level::Level;

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
    let outcomes = &desk.guideline.book().outcomes;
    let Some(outcome) = outcomes.iter().find(|outcome| outcome.id == id) else { return Ok(None) };
    let card = OutcomeCard {
        head: Head::new(desk, BlockKind::Outcome, &outcome.id),
        outcome,
        level: outcome.urgency.into(),
        foot: desk.foot(&outcome.sources, &[], &outcome.claims),
    };
    card.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/come_back.html")]
struct ComeBackCard<'b> {
    head: Head<'b>,
    line: &'b ComeBackLine,
    covers: Vec<&'b str>,
    foot: Foot,
}

/// A line of the short come-back card.
pub(super) fn come_back(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let lines = &desk.guideline.book().come_back;
    let Some(line) = lines.iter().find(|line| line.id == id) else { return Ok(None) };
    let covers = desk.findings(&line.covers).map(|finding| finding.label.as_str()).collect();
    let head = Head::new(desk, BlockKind::ComeBack, &line.id);
    ComeBackCard { head, line, covers, foot: desk.foot(&line.sources, &[], &[]) }.render().map(Some)
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
    let head = Head::new(desk, BlockKind::Region, &region.id);
    let foot = desk.foot(&region.sources, &[], &[]);
    RegionCard { head, region, foot }.render().map(Some)
}
