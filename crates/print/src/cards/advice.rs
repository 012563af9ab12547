//! Cards for what helps: remedies, habits, and where sources differ about them.

use askama::Template;
use care::{BlockId, BlockKind, CauseId, Disagreement, Habit, HabitId, Remedy, RemedyId};

use super::desk::{Cite, Desk, Foot, Head};
use crate::level::Level;
use crate::links::Link;
use crate::words::Words;

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
        head: Head::new(desk, BlockKind::Remedy, &remedy.id),
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
#[template(path = "book/habit.html")]
struct HabitCard<'b> {
    head: Head<'b>,
    habit: &'b Habit,
    up_to: Level,
    offer: Option<Words>,
    avoid: Option<Words>,
    acts_on: Vec<Link>,
    disagreements: Vec<Link>,
    foot: Foot,
}

/// A habit.
pub(super) fn habit(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let book = desk.guideline.book();
    let found = (0..).map(HabitId).zip(&book.habits).find(|(_, habit)| habit.id == id);
    let Some((id, habit)) = found else { return Ok(None) };
    let acts_on = |cause: &CauseId| care::habits::acts_on(desk.guideline, id, *cause);
    let card = HabitCard {
        head: Head::new(desk, BlockKind::Habit, &habit.id),
        habit,
        up_to: habit.up_to.into(),
        offer: habit.offer.as_ref().map(|condition| desk.words(condition)),
        avoid: habit.avoid.as_ref().map(|condition| desk.words(condition)),
        acts_on: desk
            .guideline
            .causes()
            .filter(acts_on)
            .map(|cause| desk.links.cause(desk.guideline.cause(cause)))
            .collect(),
        disagreements: desk.disagreements_about(BlockId::Habit(id)),
        foot: desk.foot(&habit.sources, &[], &habit.claims),
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
        head: Head::new(desk, BlockKind::Disagreement, &disagreement.id),
        disagreement,
        about: disagreement.about.iter().map(remedy).chain(desk.blocks(&disagreement.about_others)).collect(),
        positions: disagreement
            .positions
            .iter()
            .map(|position| (position.says.as_str(), desk.cites(&position.sources)))
            .collect(),
    };
    card.render().map(Some)
}
