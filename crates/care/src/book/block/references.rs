//! What a block refers to. In a checked book the book has all of it.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use super::Block;
use crate::book::block_id::{BlockId, BlockKind};
use crate::book::condition::{Condition, OptionIndex};
use crate::book::finding::{Finding, FindingKind};
use crate::book::ids::{FindingId, SourceId};
use crate::book::pattern::{classes_of, findings_of};
use crate::book::whole::Book;
use crate::book::words::{WordClass, Words};

/// Something that a part of the book names, and that the book must have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reference<'b> {
    /// A block, by its place in the list of its kind.
    Block(BlockId),
    /// A test of a finding, which must fit what the finding takes as an answer.
    Test(&'b Condition),
    /// What a finding is heard as: one of its options, or none where it has none.
    Heard(FindingId, Option<OptionIndex>),
    /// A source.
    Source(SourceId),
    /// A claim of the source articles, by its id.
    Claim(&'b str),
    /// A block by its name: one of these kinds has it.
    Named(&'static [BlockKind], &'b str),
    /// A block of any kind by its full name: `remedy.heat`.
    FullName(&'b str),
    /// An ingredient of some medicine.
    Ingredient(&'b str),
    /// A class of words.
    WordClass(&'b str),
    /// A pattern over classes of words that cannot be read.
    BadPattern(&'b str),
}

/// Everything that can be referred to by name, so that each name is looked up at once.
pub(crate) struct Index<'b> {
    book: &'b Book,
    blocks: HashSet<(BlockKind, &'b str), FxBuildHasher>,
    claims: HashSet<&'b str, FxBuildHasher>,
    ingredients: HashSet<&'b str, FxBuildHasher>,
    classes: HashSet<&'b str, FxBuildHasher>,
}

impl<'b> Index<'b> {
    pub(crate) fn of(book: &'b Book) -> Self {
        let classes = book.words.known().map(|words| &words.classes[..]).unwrap_or_default();
        let others = book.other_medicines.iter().map(|other| &other.id);
        let ingredients = book.medicines.iter().map(|medicine| &medicine.ingredient).chain(others);
        Self {
            book,
            blocks: book.blocks().map(|(_, block)| (block.kind(), block.name())).collect(),
            claims: book.claims.iter().map(|claim| claim.id.as_str()).collect(),
            ingredients: ingredients.map(String::as_str).collect(),
            classes: classes.iter().map(|class| class.name.as_str()).collect(),
        }
    }

    /// Whether the book has what is referred to.
    pub(crate) fn has(&self, reference: Reference<'_>) -> bool {
        match reference {
            Reference::Block(id) => self.book.block(id).is_some(),
            Reference::Test(condition) => self.test_fits(condition),
            Reference::Heard(finding, option) => self.kind_of(finding).is_some_and(|kind| kind.takes(option)),
            Reference::Source(id) => id.index() < self.book.sources.len(),
            Reference::Claim(id) => self.claims.contains(id),
            Reference::Named(kinds, name) => kinds.iter().any(|kind| self.blocks.contains(&(*kind, name))),
            Reference::FullName(name) => {
                let parts = name.split_once('.').map(|(kind, name)| (BlockKind::named(kind), name));
                matches!(parts, Some((Some(kind), name)) if self.blocks.contains(&(kind, name)))
            }
            Reference::Ingredient(name) => self.ingredients.contains(name),
            Reference::WordClass(name) => self.classes.contains(name),
            Reference::BadPattern(_) => false,
        }
    }

    fn kind_of(&self, finding: FindingId) -> Option<&'b FindingKind> {
        self.book.findings.get(finding.index()).map(|finding| &finding.kind)
    }

    /// Whether a test asks of its finding what that takes as an answer.
    fn test_fits(&self, condition: &Condition) -> bool {
        let kind = condition.finding().and_then(|finding| self.kind_of(finding));
        match (condition, kind) {
            (Condition::Yes(_), Some(FindingKind::YesNo))
            | (Condition::Compare(..), Some(FindingKind::Number { .. })) => true,
            (Condition::Is(_, option), Some(FindingKind::Choice(options))) => {
                usize::from(*option) < options.len()
            }
            _ => false,
        }
    }
}

impl<'b> Block<'b> {
    /// Everything that it refers to. `id` is its own.
    pub fn references(self, id: BlockId) -> Vec<Reference<'b>> {
        let mut all: Vec<Reference<'b>> = self.sources().into_iter().map(Reference::Source).collect();
        all.extend(self.claims().iter().map(|claim| Reference::Claim(claim)));
        for (_, condition) in self.conditions() {
            condition.walk(&mut |part| match part {
                Condition::Yes(_) | Condition::Compare(..) | Condition::Is(..) => {
                    all.push(Reference::Test(part));
                }
                Condition::Rule(rule) => all.push(Reference::Block(BlockId::Rule(*rule))),
                Condition::AtLeast(..) | Condition::And(_) | Condition::Or(_) | Condition::Not(_) => {}
            });
        }
        all.extend(self.own_references(id));
        all
    }

    /// What it refers to beside sources, claims and what its conditions test.
    fn own_references(self, id: BlockId) -> Vec<Reference<'b>> {
        let finding = |id: &FindingId| Reference::Block(BlockId::Finding(*id));
        match self {
            Self::Finding(block) => of_finding(block, id),
            Self::Question(block) => {
                let shown = block.shows.iter().chain(block.cards.iter().map(|card| &card.from));
                shown.map(finding).chain(self.of_pictures()).collect()
            }
            Self::Rule(block) => {
                let suspect = block.suspect.map(BlockId::Cause);
                suspect.into_iter().chain(block.tells.map(BlockId::Outcome)).map(Reference::Block).collect()
            }
            Self::Cause(block) => {
                let others = block.goes_with.iter().map(|other| Reference::Block(BlockId::Cause(*other)));
                others.chain(block.helps.iter().copied().map(Reference::Block)).collect()
            }
            Self::Disagreement(block) => {
                let about = block.about.iter().map(|remedy| Reference::Block(BlockId::Remedy(*remedy)));
                about.chain(block.about_others.iter().copied().map(Reference::Block)).collect()
            }
            Self::ComeBack(block) => {
                let joins = block.joins.map(|line| Reference::Block(BlockId::ComeBack(line)));
                let already = block.already.iter().flat_map(|part| &part.covers);
                block.covers.iter().chain(already).map(finding).chain(joins).collect()
            }
            Self::Medicine(block) => vec![Reference::Block(BlockId::Region(block.region))],
            Self::Product(block) => {
                let contains = block.contains.iter().map(|(name, _)| Reference::Ingredient(name));
                let regions = block.regions.iter().map(|region| Reference::Block(BlockId::Region(*region)));
                contains.chain(regions).collect()
            }
            Self::Habit(block) => {
                let causes = block.for_causes.iter().map(|cause| Reference::Block(BlockId::Cause(*cause)));
                causes.chain(self.of_pictures()).collect()
            }
            Self::Remedy(block) => {
                let covers = block.at_once.iter().flatten().flat_map(|signs| &signs.covers).map(finding);
                covers.chain(self.of_pictures()).collect()
            }
            Self::Outcome(block) => {
                block.red_lines.iter().flat_map(|signs| &signs.covers).map(finding).collect()
            }
            Self::Answer(block) => {
                let danger = block.danger.map(BlockId::Rule).into_iter();
                let disagreement = block.disagreement.map(BlockId::Disagreement);
                danger.chain(block.see.iter().copied()).chain(disagreement).map(Reference::Block).collect()
            }
            Self::BodyPlace(block) => vec![finding(&block.finding)],
            Self::Region(_)
            | Self::OtherMedicine(_)
            | Self::MedicineClass(_)
            | Self::Referral(_)
            | Self::Curve(_)
            | Self::Checkpoint(_)
            | Self::Threshold(_)
            | Self::Pose(_)
            | Self::NotFollowed(_) => Vec::new(),
        }
    }

    /// The poses that its pictures show.
    fn of_pictures(self) -> impl Iterator<Item = Reference<'b>> {
        let poses = self.pictures().into_iter().flat_map(|(_, picture)| &picture.poses);
        poses.map(|pose| Reference::Block(BlockId::Pose(*pose)))
    }
}

fn of_finding(finding: &Finding, id: BlockId) -> Vec<Reference<'_>> {
    let others = finding.follows_up.iter().chain(&finding.heard_with);
    let mut all: Vec<Reference<'_>> =
        others.map(|other| Reference::Block(BlockId::Finding(*other))).collect();
    for hears in finding.hears.known().into_iter().flatten() {
        if let BlockId::Finding(id) = id {
            all.push(Reference::Heard(id, hears.option));
        }
        all.extend(of_pattern(&hears.pattern));
    }
    all
}

/// The classes of words that a pattern is made of, and the findings it names.
fn of_pattern(pattern: &str) -> Vec<Reference<'_>> {
    let findings = findings_of(pattern).map(|name| Reference::Named(&[BlockKind::Finding], name));
    match classes_of(pattern) {
        Ok(classes) => classes.into_iter().map(Reference::WordClass).chain(findings).collect(),
        Err(_) => vec![Reference::BadPattern(pattern)],
    }
}

/// What the words of the book refer to, each with the class, topic or question that does.
pub(crate) fn of_words(words: &Words) -> Vec<(&str, Reference<'_>)> {
    let mut all: Vec<(&str, Reference<'_>)> = Vec::new();
    for class in &words.classes {
        let taken_in = class.words.iter().filter_map(|entry| WordClass::taken_in(entry));
        all.extend(taken_in.map(|name| (class.name.as_str(), Reference::WordClass(name))));
    }
    all.extend(words.sealed.iter().map(|name| (name.as_str(), Reference::WordClass(name))));
    for topic in &words.topics {
        let asks = topic.asks.iter().flat_map(|pattern| of_pattern(pattern));
        all.extend(asks.chain(shown(&topic.shows)).map(|reference| (topic.id.as_str(), reference)));
    }
    for asked in &words.asked {
        let named = shown(&asked.shows).chain(shown(&asked.dangers));
        all.extend(named.map(|reference| (asked.question.as_str(), reference)));
    }
    all
}

/// The passages that a topic or a question names. The kind alone stands for whichever
/// medicines a question names.
fn shown(names: &[String]) -> impl Iterator<Item = Reference<'_>> {
    names.iter().filter(|name| *name != BlockKind::Medicine.id()).map(|name| Reference::FullName(name))
}
