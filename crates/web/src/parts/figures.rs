//! Pictures of the book as pages show them.

use care::{Block, Book, Picture, Question, Remedy, Spot};
use figure::{sign_size, size};

/// A picture on a page.
#[derive(Clone, Debug)]
pub(crate) struct Figure<'v> {
    pub(crate) alt: &'v str,
    /// Where it stands still.
    pub(crate) still: String,
    /// Where it moves, if it does.
    pub(crate) moving: Option<String>,
    /// What its switch is called on the page.
    pub(crate) switch: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl<'v> Figure<'v> {
    fn of(book: &Book, block: Block<'v>, step: usize, picture: &'v Picture) -> Option<Self> {
        let (width, height) = size(book, picture)?;
        let folder = format!("/figures/{}/{}/{step}", block.kind().id(), block.name());
        Some(Self {
            alt: &picture.alt,
            still: format!("{folder}/still.svg"),
            moving: (1 < picture.poses.len()).then(|| format!("{folder}/moving.svg")),
            switch: format!("moves_{step}"),
            width,
            height,
        })
    }

    /// The small picture beside a card of lines, counted from 0.
    pub(crate) fn of_card(book: &Book, question: &'v Question, card: usize) -> Option<Self> {
        let picture = &question.cards.get(card)?.picture;
        let (width, height) = sign_size(book, picture)?;
        Some(Self { width, height, ..Self::of(book, Block::Question(question), card + 1, picture)? })
    }

    /// The picture of a step, counted from 1, or with 0 of the whole.
    pub(crate) fn at(book: &Book, block: Block<'v>, step: usize) -> Option<Self> {
        let (_, picture) = block.pictures().into_iter().find(|(number, _)| *number == step)?;
        Self::of(book, block, step, picture)
    }

    /// The one picture that stands for all of a remedy, for somebody who begins here: of what only
    /// others do it shows nothing.
    pub(crate) fn of_remedy(book: &Book, remedy: &'v Remedy, here: Option<Spot>) -> Option<Self> {
        let block = Block::Remedy(remedy);
        let is_for_them = |number: usize| {
            let step = number.checked_sub(1).and_then(|index| remedy.steps.get(index));
            step.is_none_or(|step| step.is_for(here))
        };
        let (number, picture) = block.pictures().into_iter().find(|(number, _)| is_for_them(*number))?;
        Self::of(book, block, number, picture)
    }

    /// The one picture that stands for all of it: that of the whole, or the first of a step.
    pub(crate) fn first(book: &Book, block: Block<'v>) -> Option<Self> {
        let (step, picture) = block.pictures().into_iter().next()?;
        Self::of(book, block, step, picture)
    }
}
