//! Findings whose parts a text tells in different places.
//!
//! "On prednisolone for years. [...] Today I was sick six times" says one thing in two
//! sentences that may stand far apart. Such a pattern has several sides with `&` between
//! them: each side is told somewhere in the text, and each is judged by what stands around
//! it. A side in square brackets is another finding, so that whatever tells of that one
//! tells of this side.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Mention, Proposal, Sense};
use crate::book::pattern::Named;
use crate::book::{FindingId, FindingKind, OptionIndex};
use crate::decision::answer::Answer;
use crate::decision::guideline::Guideline;

/// The place of a side among all sides of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SideId(pub(super) usize);

/// One pattern of several sides.
#[derive(Clone, Debug)]
pub(super) struct Together {
    pub(super) finding: FindingId,
    pub(super) option: Option<OptionIndex>,
    /// Two or more.
    pub(super) sides: Vec<Side>,
    pub(super) written: String,
}

/// What must be told for a pattern of several sides.
#[derive(Clone, Debug)]
pub(super) enum Side {
    /// A pattern of its own.
    Pattern(SideId),
    /// Another finding is told of.
    Told(FindingId, Answered),
}

/// How another finding must be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answered {
    /// A yes, of whichever sort.
    Yes,
    /// A number of at least so much.
    AtLeast(i64),
    /// This option of a choice.
    Option(OptionIndex),
}

/// The finding and how it must be told of; `None` where the book has no such thing.
pub(super) fn side(named: Named<'_>, guideline: &Guideline) -> Option<Side> {
    let finding = guideline.finding_named(named.finding)?;
    let answered = match (&guideline.finding(finding).kind, named.at_least, named.option) {
        (FindingKind::YesNo, None, None) => Answered::Yes,
        (FindingKind::Number { .. }, Some(least), None) => Answered::AtLeast(least),
        (FindingKind::Choice(options), None, Some(named)) => {
            let option = options.iter().position(|option| option.id == named)?;
            Answered::Option(OptionIndex::try_from(option).ok()?)
        }
        _ => return None,
    };
    Some(Side::Told(finding, answered))
}

/// The best place of each side that has a pattern of its own: the one that says it is so.
#[derive(Debug, Default)]
pub(super) struct Sides(BTreeMap<SideId, (Sense, Range<usize>)>);

impl Sides {
    /// Keeps a place of a side, unless a better one is known.
    pub(super) fn found(&mut self, side: SideId, sense: Sense, span: Range<usize>) {
        let known = self.0.entry(side).or_insert((sense, span.clone()));
        if (sense, span.start) < (known.0, known.1.start) {
            *known = (sense, span);
        }
    }

    /// Mentions of the findings all sides of which a text tells. The first side is what is
    /// shown, and the least certain side says how it is spoken of.
    pub(super) fn joined(
        &self,
        patterns: &[Together],
        guideline: &Guideline,
        mentions: &[Mention],
        numbers: &[Proposal],
    ) -> Vec<Mention> {
        let heard = |side: &Side| match side {
            Side::Pattern(side) => self.0.get(side).cloned(),
            Side::Told(finding, Answered::AtLeast(least)) => {
                let is_so = |number: &&Proposal| {
                    number.finding == *finding
                        && matches!(number.answer, Answer::Number(value) if value >= *least)
                };
                numbers.iter().find(is_so).map(|number| (Sense::Present, number.span.clone()))
            }
            Side::Told(finding, answered) => told(guideline, mentions, *finding, *answered),
        };
        let whole = |pattern: &Together| {
            let sides: Option<Vec<(Sense, Range<usize>)>> = pattern.sides.iter().map(heard).collect();
            let sides = sides?;
            let sense = sides.iter().map(|(sense, _)| *sense).max()?;
            let span = sides.into_iter().next()?.1;
            let Together { finding, option, written, .. } = pattern;
            Some(Mention { finding: *finding, option: *option, sense, span, trigger: written.clone() })
        };
        patterns.iter().filter_map(whole).collect()
    }
}

/// How a text speaks of another finding, or of one that it takes in.
fn told(
    guideline: &Guideline,
    mentions: &[Mention],
    finding: FindingId,
    answered: Answered,
) -> Option<(Sense, Range<usize>)> {
    let narrower = &guideline.finding(finding).heard_with;
    let is_it = |mention: &&Mention| match answered {
        Answered::Option(option) => mention.finding == finding && mention.option == Some(option),
        _ => mention.finding == finding || narrower.contains(&mention.finding),
    };
    let best = mentions.iter().filter(is_it).min_by_key(|mention| (mention.sense, mention.span.start))?;
    Some((best.sense, best.span.clone()))
}
