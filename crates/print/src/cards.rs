//! Every block of the book as a card that can be read without knowing TOML.

mod advice;
mod answers;
mod causes;
mod clinic;
mod interview;
mod medicines;
mod safety_net;

use askama::Template;
use care::{BlockKind, Condition, FindingId, Guideline, Passage, SourceId};

use crate::level::Level;
use crate::links::{Link, Links, anchor, external, spaced};
use crate::words::{Words, words};

/// What a card needs besides its block.
#[derive(Clone, Copy)]
pub(super) struct Desk<'b> {
    pub(super) guideline: &'b Guideline,
    /// Links from the page that the card stands on.
    pub(super) links: Links<'b>,
    /// The rank of its heading: one below the heading that it stands under.
    pub(super) rank: u8,
}

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

/// The top of a card: its anchor, what kind of block it is, its heading.
struct Head<'b> {
    anchor: String,
    kind: &'static str,
    id: &'b str,
    rank: u8,
}

impl<'b> Head<'b> {
    fn new(desk: Desk<'_>, kind: BlockKind, id: &'b str) -> Self {
        Self { anchor: anchor(kind, id), kind: kind.id(), id, rank: desk.rank }
    }
}

/// A source as it is named on a card.
pub(super) struct Cite {
    /// To the list of sources.
    pub(super) entry: Link,
    /// To the document itself.
    pub(super) document: Option<Link>,
}

/// The bottom of a card: where it is taken from, and which tables it covers.
#[derive(Template)]
#[template(path = "book/foot.html")]
struct Foot {
    sources: Vec<Cite>,
    evidence: String,
    claims: String,
    codes: Vec<(&'static str, String)>,
}

impl<'b> Desk<'b> {
    /// For a page whose text stands directly below its title.
    pub(super) fn new(guideline: &'b Guideline, links: Links<'b>) -> Self {
        Self { guideline, links, rank: 2 }
    }

    fn foot(self, sources: &[SourceId], evidence: &[String], claims: &[String]) -> Foot {
        let (evidence, claims) = (evidence.join(", "), claims.join(", "));
        Foot { sources: self.cites(sources), evidence, claims, codes: Vec::new() }
    }

    /// Sources by title, with their links.
    pub(super) fn cites(self, sources: &[SourceId]) -> Vec<Cite> {
        sources
            .iter()
            .map(|id| {
                let source = self.guideline.source(*id);
                Cite { entry: self.links.source(source), document: external(source) }
            })
            .collect()
    }

    /// A block named as `rule.fever`; none if the book has no such block, or no card links to its kind.
    fn named(self, name: &str) -> Option<Link> {
        let (word, id) = name.split_once('.')?;
        let kind = BlockKind::named(word)?;
        let passage = Passage::named(self.guideline, name)?;
        let (place, heading) = (passage.place(self.guideline), passage.heading(self.guideline));
        Some(self.links.named(kind, id, place, heading))
    }

    /// Disagreements about a block named as `habit.walk`.
    fn disagreements_about(self, name: &str) -> Vec<Link> {
        let all = self.guideline.book().disagreements.iter();
        let about = all.filter(|disagreement| disagreement.about_others.iter().any(|other| other == name));
        about.map(|disagreement| self.links.disagreement(disagreement)).collect()
    }

    /// A condition in words.
    pub(super) fn words(self, condition: &Condition) -> Words {
        words(self.guideline, self.links, condition)
    }

    fn findings(self, ids: &'b [FindingId]) -> impl Iterator<Item = &'b care::Finding> {
        ids.iter().map(move |id| self.guideline.finding(*id))
    }
}
