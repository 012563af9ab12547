//! Cards for what lies behind the pain and what helps: causes, remedies, disagreements.

use askama::Template;
use care::{Cause, CauseId, CauseKind, Disagreement, Remedy, RemedyId};
use compiler::Kind;

use super::{Cite, Desk, Foot, Head};
use crate::print::level::Level;
use crate::print::links::Link;
use crate::print::words::Words;

#[derive(Template)]
#[template(path = "book/cause.html")]
struct CauseCard<'b> {
    head: Head<'b>,
    cause: &'b Cause,
    kind: &'static str,
    rules: Vec<Link>,
    foot: Foot,
}

/// A cause.
pub(super) fn cause(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let book = desk.guideline.book();
    let Some((index, cause)) = (0..).zip(&book.causes).find(|(_, cause)| cause.id == id) else {
        return Ok(None);
    };
    let suspects = |rule: &&care::Rule| rule.suspect == Some(CauseId(index));
    let card = CauseCard {
        head: Head::new(Kind::Cause, &cause.id),
        cause,
        kind: match cause.kind {
            CauseKind::Contributor => "a contributor: it helps to bring a spasm on",
            CauseKind::Condition => "a condition",
            CauseKind::Mimic => "a mimic: it only feels like a back spasm",
        },
        rules: book.rules.iter().filter(suspects).map(|rule| desk.links.rule(rule)).collect(),
        foot: desk.foot(&cause.sources, &[], &cause.claims),
    };
    card.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/remedy.html")]
struct RemedyCard<'b> {
    head: Head<'b>,
    remedy: &'b Remedy,
    up_to: Level,
    offer: Option<Words>,
    avoid: Option<Words>,
    disagreements: Vec<Link>,
    foot: Foot,
}

/// A remedy.
pub(super) fn remedy(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let guideline = desk.guideline;
    let Some(remedy_id) = guideline.remedy_named(id) else { return Ok(None) };
    let remedy = guideline.remedy(remedy_id);
    let disagreements = guideline.book().disagreements.iter();
    let card = RemedyCard {
        head: Head::new(Kind::Remedy, &remedy.id),
        remedy,
        up_to: remedy.up_to.into(),
        offer: remedy.offer.as_ref().map(|condition| desk.words(condition)),
        avoid: remedy.avoid.as_ref().map(|condition| desk.words(condition)),
        disagreements: disagreements
            .filter(|disagreement| disagreement.about.contains(&remedy_id))
            .map(|disagreement| desk.links.disagreement(disagreement))
            .collect(),
        foot: desk.foot(&remedy.sources, &[], &remedy.claims),
    };
    card.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/disagreement.html")]
struct DisagreementCard<'b> {
    head: Head<'b>,
    disagreement: &'b Disagreement,
    about: Vec<Link>,
    positions: Vec<(&'b str, Vec<Cite>)>,
}

/// A disagreement between sources.
pub(super) fn disagreement(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let disagreements = &desk.guideline.book().disagreements;
    let Some(disagreement) = disagreements.iter().find(|disagreement| disagreement.id == id) else {
        return Ok(None);
    };
    let remedy = |id: &RemedyId| desk.links.remedy(desk.guideline.remedy(*id));
    let card = DisagreementCard {
        head: Head::new(Kind::Disagreement, &disagreement.id),
        disagreement,
        about: disagreement.about.iter().map(remedy).collect(),
        positions: disagreement
            .positions
            .iter()
            .map(|position| (position.says.as_str(), desk.cites(&position.sources)))
            .collect(),
    };
    card.render().map(Some)
}
