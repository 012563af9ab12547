//! Every block of the book as a card that can be read without knowing TOML.

mod advice;
mod answers;
mod causes;
mod clinic;
mod course;
mod desk;
mod interview;
mod medicines;
mod pictures;
mod safety_net;

use askama::Template;
use care::BlockKind;

use crate::level::Level;
use crate::links::spaced;

pub(super) use desk::Desk;

/// The block with this kind and id as HTML; none if the book has no such block.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(super) fn card(desk: Desk<'_>, kind: BlockKind, id: &str) -> askama::Result<Option<String>> {
    match kind {
        BlockKind::Finding => interview::finding(desk, id),
        BlockKind::Question => interview::question(desk, id),
        BlockKind::Rule => interview::rule(desk, id),
        BlockKind::Cause => causes::cause(desk, id),
        BlockKind::Remedy => advice::remedy(desk, id),
        BlockKind::Disagreement => advice::disagreement(desk, id),
        BlockKind::Outcome => safety_net::outcome(desk, id),
        BlockKind::ComeBack => safety_net::come_back(desk, id),
        BlockKind::Region => safety_net::region(desk, id),
        BlockKind::Medicine => medicines::medicine(desk, id),
        BlockKind::Product => medicines::product(desk, id),
        BlockKind::OtherMedicine => medicines::other(desk, id),
        BlockKind::MedicineClass => medicines::class(desk, id),
        BlockKind::Habit => advice::habit(desk, id),
        BlockKind::Referral => clinic::referral(desk, id),
        BlockKind::Answer => answers::answer(desk, id),
        BlockKind::BodyPlace => course::body_place(desk, id),
        BlockKind::Curve => course::curve(desk, id),
        BlockKind::Checkpoint => course::checkpoint(desk, id),
        BlockKind::Threshold => course::threshold(desk, id),
        BlockKind::Pose => pictures::pose(desk, id),
        BlockKind::NotFollowed => answers::not_followed(desk, id),
    }
}

/// A card folded to one line.
#[derive(Template)]
#[template(path = "book/fold.html")]
struct Fold<'b> {
    kind: &'static str,
    level: Option<Level>,
    title: &'b str,
    card: &'b str,
}

/// Folds the cards that say how something is put into form, so that on a screen
/// the prose can be read in one go; what a person can do or is told stays open.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(super) fn fold(desk: Desk<'_>, kind: BlockKind, id: &str, card: String) -> askama::Result<String> {
    let guideline = desk.guideline;
    let folded = match kind {
        BlockKind::Finding => {
            guideline.finding_named(id).map(|id| (None, guideline.finding(id).label.clone()))
        }
        BlockKind::Question => {
            guideline.question_named(id).map(|id| (None, guideline.question(id).ask.clone()))
        }
        BlockKind::Rule => guideline.rule_named(id).map(|id| {
            let rule = guideline.rule(id);
            (Some(Level::from(rule.urgency)), spaced(&rule.id))
        }),
        BlockKind::Product => {
            let mut products = guideline.book().products.iter();
            products.find(|product| product.id == id).map(|product| (None, product.name.clone()))
        }
        _ => None,
    };
    let Some((level, title)) = folded else { return Ok(card) };
    Fold { kind: kind.id(), level, title: &title, card: &card }.render()
}
