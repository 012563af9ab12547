//! What every card is made of: what it needs, its top and its bottom.

use askama::Template;
use care::{BlockId, BlockKind, Condition, FindingId, Guideline, Passage, SourceId};

use crate::links::{Link, Links, anchor, external};
use crate::words::{Words, words};

/// What a card needs besides its block.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'b> {
    pub(crate) guideline: &'b Guideline,
    /// Links from the page that the card stands on.
    pub(crate) links: Links<'b>,
    /// The rank of its heading: one below the heading that it stands under.
    pub(crate) rank: u8,
}

/// The top of a card: its anchor, what kind of block it is, its heading.
pub(super) struct Head<'b> {
    pub(super) anchor: String,
    pub(super) kind: &'static str,
    pub(super) id: &'b str,
    pub(crate) rank: u8,
}

impl<'b> Head<'b> {
    pub(super) fn new(desk: Desk<'_>, kind: BlockKind, id: &'b str) -> Self {
        Self { anchor: anchor(kind, id), kind: kind.id(), id, rank: desk.rank }
    }
}

/// A source as it is named on a card.
pub(crate) struct Cite {
    /// To the list of sources.
    pub(crate) entry: Link,
    /// To the document itself.
    pub(crate) document: Option<Link>,
}

/// The bottom of a card: where it is taken from, and which tables it covers.
#[derive(Template)]
#[template(path = "book/foot.html")]
pub(super) struct Foot {
    pub(super) sources: Vec<Cite>,
    pub(super) evidence: String,
    pub(super) claims: String,
    pub(super) codes: Vec<(&'static str, String)>,
}

impl<'b> Desk<'b> {
    /// For a page whose text stands directly below its title.
    pub(crate) fn new(guideline: &'b Guideline, links: Links<'b>) -> Self {
        Self { guideline, links, rank: 2 }
    }

    pub(super) fn foot(self, sources: &[SourceId], evidence: &[String], claims: &[String]) -> Foot {
        let (evidence, claims) = (evidence.join(", "), claims.join(", "));
        Foot { sources: self.cites(sources), evidence, claims, codes: Vec::new() }
    }

    /// Sources by title, with their links.
    pub(crate) fn cites(self, sources: &[SourceId]) -> Vec<Cite> {
        sources
            .iter()
            .map(|id| {
                let source = self.guideline.source(*id);
                Cite { entry: self.links.source(source), document: external(source) }
            })
            .collect()
    }

    /// A link to a block; none if no card links to its kind.
    pub(super) fn block(self, id: BlockId) -> Option<Link> {
        let block = self.guideline.book().block(id)?;
        let passage = Passage::of(id)?;
        let (place, heading) = (passage.place(self.guideline), passage.heading(self.guideline));
        Some(self.links.named(id.kind(), block.name(), place, heading))
    }

    /// Links to these blocks.
    pub(super) fn blocks(self, ids: &[BlockId]) -> Vec<Link> {
        ids.iter().filter_map(|id| self.block(*id)).collect()
    }

    /// Disagreements about a block that is no remedy.
    pub(super) fn disagreements_about(self, id: BlockId) -> Vec<Link> {
        let all = self.guideline.book().disagreements.iter();
        let about = all.filter(|disagreement| disagreement.about_others.contains(&id));
        about.map(|disagreement| self.links.disagreement(disagreement)).collect()
    }

    /// A condition in words.
    pub(crate) fn words(self, condition: &Condition) -> Words {
        words(self.guideline, self.links, condition)
    }

    pub(super) fn findings(self, ids: &'b [FindingId]) -> impl Iterator<Item = &'b care::Finding> {
        ids.iter().map(move |id| self.guideline.finding(*id))
    }
}
