//! Cards for what people ask, and for what the articles say and we do not act on.

use askama::Template;
use care::{BlockId, BlockKind, Claim, KnownAnswer, NotFollowed};

use super::desk::{Desk, Foot, Head};
use crate::links::Link;

#[derive(Template)]
#[template(path = "book/answer.html")]
struct AnswerCard<'b> {
    head: Head<'b>,
    title: String,
    answer: &'b KnownAnswer,
    /// The other ways in which people ask it.
    others: String,
    danger: Option<Link>,
    see: Vec<Link>,
    disagreement: Option<Link>,
    foot: Foot,
}

/// A question that people ask.
pub(super) fn answer(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let answers = &desk.guideline.book().answers;
    let Some(answer) = answers.iter().find(|answer| answer.id == id) else { return Ok(None) };
    let card = AnswerCard {
        head: Head::new(desk, BlockKind::Answer, &answer.id),
        title: answer.heading(),
        answer,
        others: answer.asks.iter().skip(1).map(|ask| format!("“{ask}”")).collect::<Vec<_>>().join(", "),
        danger: answer.danger.map(|rule| desk.links.rule(desk.guideline.rule(rule))),
        see: desk.blocks(&answer.see),
        disagreement: answer.disagreement.and_then(|id| desk.block(BlockId::Disagreement(id))),
        foot: desk.foot(&answer.sources, &[], &answer.claims),
    };
    card.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/not_followed.html")]
struct NotFollowedCard<'b> {
    head: Head<'b>,
    because: &'b str,
    claims: Vec<&'b Claim>,
}

/// Claims that we do not act on.
pub(super) fn not_followed(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let book = desk.guideline.book();
    let Some(block) = book.not_followed.iter().find(|block| block.id == id) else { return Ok(None) };
    let NotFollowed { id, because, claims, .. } = block;
    let claim = |id: &String| book.claims.iter().find(|claim| claim.id == *id);
    let claims = claims.iter().filter_map(claim).collect();
    NotFollowedCard { head: Head::new(desk, BlockKind::NotFollowed, id), because, claims }.render().map(Some)
}
