//! Cards for what may lie behind the pain.

use askama::Template;
use care::{BlockKind, Cause, CauseId, CauseKind};

use super::desk::{Cite, Desk, Foot, Head};
use crate::links::Link;
use crate::words::Words;

#[derive(Template)]
#[template(path = "book/cause.html")]
struct CauseCard<'b> {
    head: Head<'b>,
    cause: &'b Cause,
    kind: &'static str,
    rules: Vec<Link>,
    when: Option<Words>,
    not_likely_if: Option<Words>,
    goes_with: Vec<Link>,
    helps: Vec<Link>,
    base_rate_sources: Vec<Cite>,
    /// What all answers together weigh at most.
    most: f64,
    evidence: Vec<EvidenceRow>,
    foot: Foot,
}

/// One sign and how much it weighs.
struct EvidenceRow {
    sign: Words,
    yes: String,
    no: String,
    defining: bool,
    sources: Vec<Cite>,
}

/// A cause.
pub(super) fn cause(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let book = desk.guideline.book();
    let Some((index, cause)) = (0..).zip(&book.causes).find(|(_, cause)| cause.id == id) else {
        return Ok(None);
    };
    let suspects = |rule: &&care::Rule| rule.suspect == Some(CauseId(index));
    let row = |evidence: &care::Evidence| EvidenceRow {
        sign: desk.words(&evidence.condition),
        yes: ratio(evidence.yes),
        no: ratio(evidence.no),
        defining: evidence.defining,
        sources: desk.cites(&evidence.sources),
    };
    let card = CauseCard {
        head: Head::new(desk, BlockKind::Cause, &cause.id),
        cause,
        kind: match cause.kind {
            CauseKind::Contributor => "a contributor: it helps to bring a spasm on",
            CauseKind::Condition => "a condition",
            CauseKind::Mimic => "a mimic: it only feels like a back spasm",
        },
        rules: book.rules.iter().filter(suspects).map(|rule| desk.links.rule(rule)).collect(),
        when: cause.when.as_ref().map(|condition| desk.words(condition)),
        not_likely_if: cause.not_likely_if.as_ref().map(|condition| desk.words(condition)),
        goes_with: cause
            .goes_with
            .iter()
            .map(|other| desk.links.cause(desk.guideline.cause(*other)))
            .collect(),
        helps: desk.blocks(&cause.helps),
        base_rate_sources: desk.cites(&cause.base_rate_sources),
        most: desk.guideline.threshold(care::Cutoff::MostRatio),
        evidence: cause.evidence.iter().map(row).collect(),
        foot: desk.foot(&cause.sources, &[], &cause.claims),
    };
    card.render().map(Some)
}

/// A likelihood ratio; 1 says nothing.
fn ratio(ratio: f64) -> String {
    if (ratio - 1.0).abs() < 1e-9 { "says nothing".to_owned() } else { format!("× {ratio}") }
}
