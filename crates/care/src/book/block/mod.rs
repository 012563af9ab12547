//! The spine of the book: every kind of block, listed once.
//!
//! Whoever needs all conditions, texts, sources or references of a book asks
//! the blocks for them, and so forgets no kind. A new kind of block is a variant
//! here; the compiler then names every place that has to know of it.
//!
//! Sources and claims are no blocks: they stand in files of their own, and
//! blocks refer to them.

mod conditions;
mod pictures;
mod references;
mod texts;

use crate::book::answer::KnownAnswer;
use crate::book::block_id::{BlockId, BlockKind, kind_of};
use crate::book::body_place::BodyPlace;
use crate::book::cause::Cause;
use crate::book::claim::NotFollowed;
use crate::book::course::{Checkpoint, Curve};
use crate::book::disagreement::Disagreement;
use crate::book::finding::Finding;
use crate::book::habit::Habit;
use crate::book::ids::SourceId;
use crate::book::medicine::{ClassWords, Medicine, OtherMedicine, Product};
use crate::book::outcome::{ComeBackLine, Outcome};
use crate::book::place::Place;
use crate::book::pose::Pose;
use crate::book::question::Question;
use crate::book::referral::Referral;
use crate::book::region::Region;
use crate::book::remedy::Remedy;
use crate::book::rule::Rule;
use crate::book::threshold::Threshold;
use crate::book::whole::Book;

pub use conditions::{ConditionId, ConditionKey};
pub use references::Reference;
pub(crate) use references::{Index, of_words};
pub use texts::{Text, TextFor, TextKey};

/// A block of a [`Book`].
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each is a block of the kind of its name")]
pub enum Block<'b> {
    Finding(&'b Finding),
    Question(&'b Question),
    Rule(&'b Rule),
    Cause(&'b Cause),
    Remedy(&'b Remedy),
    Disagreement(&'b Disagreement),
    Outcome(&'b Outcome),
    ComeBack(&'b ComeBackLine),
    Region(&'b Region),
    Medicine(&'b Medicine),
    Product(&'b Product),
    OtherMedicine(&'b OtherMedicine),
    MedicineClass(&'b ClassWords),
    Habit(&'b Habit),
    Referral(&'b Referral),
    Answer(&'b KnownAnswer),
    BodyPlace(&'b BodyPlace),
    Curve(&'b Curve),
    Checkpoint(&'b Checkpoint),
    Threshold(&'b Threshold),
    Pose(&'b Pose),
    NotFollowed(&'b NotFollowed),
}

impl Book {
    /// The block with this id; `None` if the book ends before it.
    pub fn block(&self, id: BlockId) -> Option<Block<'_>> {
        Some(match id {
            BlockId::Finding(id) => Block::Finding(self.findings.get(id.index())?),
            BlockId::Question(id) => Block::Question(self.questions.get(id.index())?),
            BlockId::Rule(id) => Block::Rule(self.rules.get(id.index())?),
            BlockId::Cause(id) => Block::Cause(self.causes.get(id.index())?),
            BlockId::Remedy(id) => Block::Remedy(self.remedies.get(id.index())?),
            BlockId::Disagreement(id) => Block::Disagreement(self.disagreements.get(id.index())?),
            BlockId::Outcome(id) => Block::Outcome(self.outcomes.get(id.index())?),
            BlockId::ComeBack(id) => Block::ComeBack(self.come_back.get(id.index())?),
            BlockId::Region(id) => Block::Region(self.regions.get(id.index())?),
            BlockId::Medicine(id) => Block::Medicine(self.medicines.get(id.index())?),
            BlockId::Product(id) => Block::Product(self.products.get(id.index())?),
            BlockId::OtherMedicine(id) => Block::OtherMedicine(self.other_medicines.get(id.index())?),
            BlockId::MedicineClass(id) => Block::MedicineClass(self.medicine_classes.get(id.index())?),
            BlockId::Habit(id) => Block::Habit(self.habits.get(id.index())?),
            BlockId::Referral(id) => Block::Referral(self.referrals.get(id.index())?),
            BlockId::Answer(id) => Block::Answer(self.answers.get(id.index())?),
            BlockId::BodyPlace(id) => Block::BodyPlace(self.body_places.get(id.index())?),
            BlockId::Curve(id) => Block::Curve(self.curves.get(id.index())?),
            BlockId::Checkpoint(id) => Block::Checkpoint(self.checkpoints.get(id.index())?),
            BlockId::Threshold(id) => Block::Threshold(self.thresholds.get(id.index())?),
            BlockId::Pose(id) => Block::Pose(self.poses.get(id.index())?),
            BlockId::NotFollowed(id) => Block::NotFollowed(self.not_followed.get(id.index())?),
        })
    }

    /// The blocks of one kind, in reading order.
    pub fn blocks_of(&self, kind: BlockKind) -> impl Iterator<Item = (BlockId, Block<'_>)> {
        (0..=u16::MAX).map_while(move |index| {
            let id = kind.nth(index);
            self.block(id).map(|block| (id, block))
        })
    }

    /// Every block, by kind and then in reading order.
    pub fn blocks(&self) -> impl Iterator<Item = (BlockId, Block<'_>)> {
        BlockKind::ALL.into_iter().flat_map(|kind| self.blocks_of(kind))
    }

    /// The block of this kind with this name: `remedy`, `heat`.
    pub fn find(&self, kind: BlockKind, name: &str) -> Option<BlockId> {
        self.blocks_of(kind).find(|(_, block)| block.name() == name).map(|(id, _)| id)
    }

    /// The block with this kind and name, as [`Block::full_name`] gives it: `remedy.heat`.
    pub fn block_named(&self, full_name: &str) -> Option<BlockId> {
        let (kind, name) = full_name.split_once('.')?;
        self.find(BlockKind::named(kind)?, name)
    }
}

impl<'b> Block<'b> {
    /// What kind of block it is.
    pub fn kind(self) -> BlockKind {
        kind_of!(self)
    }

    /// The one name it has everywhere among its kind. That of a class of medicines is the class,
    /// that of a
    /// curve its edge, that of a threshold what it is of.
    pub fn name(self) -> &'b str {
        match self {
            Self::Finding(block) => &block.id,
            Self::Question(block) => &block.id,
            Self::Rule(block) => &block.id,
            Self::Cause(block) => &block.id,
            Self::Remedy(block) => &block.id,
            Self::Disagreement(block) => &block.id,
            Self::Outcome(block) => &block.id,
            Self::ComeBack(block) => &block.id,
            Self::Region(block) => &block.id,
            Self::Medicine(block) => &block.id,
            Self::Product(block) => &block.id,
            Self::OtherMedicine(block) => &block.id,
            Self::MedicineClass(block) => block.class.id(),
            Self::Habit(block) => &block.id,
            Self::Referral(block) => &block.id,
            Self::Answer(block) => &block.id,
            Self::BodyPlace(block) => &block.id,
            Self::Curve(block) => block.edge.id(),
            Self::Checkpoint(block) => &block.id,
            Self::Threshold(block) => block.cutoff.id(),
            Self::Pose(block) => &block.id,
            Self::NotFollowed(block) => &block.id,
        }
    }

    /// Its kind and name: `remedy.heat`.
    pub fn full_name(self) -> String {
        format!("{}.{}", self.kind().id(), self.name())
    }

    /// Where it stands.
    pub fn place(self) -> &'b Place {
        match self {
            Self::Finding(block) => &block.place,
            Self::Question(block) => &block.place,
            Self::Rule(block) => &block.place,
            Self::Cause(block) => &block.place,
            Self::Remedy(block) => &block.place,
            Self::Disagreement(block) => &block.place,
            Self::Outcome(block) => &block.place,
            Self::ComeBack(block) => &block.place,
            Self::Region(block) => &block.place,
            Self::Medicine(block) => &block.place,
            Self::Product(block) => &block.place,
            Self::OtherMedicine(block) => &block.place,
            Self::MedicineClass(block) => &block.place,
            Self::Habit(block) => &block.place,
            Self::Referral(block) => &block.place,
            Self::Answer(block) => &block.place,
            Self::BodyPlace(block) => &block.place,
            Self::Curve(block) => &block.place,
            Self::Checkpoint(block) => &block.place,
            Self::Threshold(block) => &block.place,
            Self::Pose(block) => &block.place,
            Self::NotFollowed(block) => &block.place,
        }
    }

    /// The claims that it speaks of: those that it acts on, or of
    /// [`Block::NotFollowed`] those that nothing acts on.
    pub fn claims(self) -> &'b [String] {
        match self {
            Self::Finding(block) => &block.claims,
            Self::Rule(block) => &block.claims,
            Self::Cause(block) => &block.claims,
            Self::Remedy(block) => &block.claims,
            Self::Outcome(block) => &block.claims,
            Self::Medicine(block) => &block.claims,
            Self::Product(block) => &block.claims,
            Self::OtherMedicine(block) => &block.claims,
            Self::Habit(block) => &block.claims,
            Self::Referral(block) => &block.claims,
            Self::Answer(block) => &block.claims,
            Self::NotFollowed(block) => &block.claims,
            Self::Question(_)
            | Self::Disagreement(_)
            | Self::ComeBack(_)
            | Self::Region(_)
            | Self::MedicineClass(_)
            | Self::BodyPlace(_)
            | Self::Curve(_)
            | Self::Checkpoint(_)
            | Self::Threshold(_)
            | Self::Pose(_) => &[],
        }
    }

    /// Every source that it cites anywhere, in the order of its keys. One that it
    /// cites at two places stands twice.
    pub fn sources(self) -> Vec<SourceId> {
        match self {
            Self::Finding(block) => block.sources.clone(),
            Self::Question(block) => block.sources.clone(),
            Self::Rule(block) => block.sources.clone(),
            Self::Remedy(block) => block.sources.clone(),
            Self::Outcome(block) => block.sources.clone(),
            Self::ComeBack(block) => block.sources.clone(),
            Self::Region(block) => block.sources.clone(),
            Self::OtherMedicine(block) => block.sources.clone(),
            Self::MedicineClass(block) => block.sources.clone(),
            Self::Habit(block) => block.sources.clone(),
            Self::Referral(block) => block.sources.clone(),
            Self::Answer(block) => block.sources.clone(),
            Self::Cause(cause) => {
                let evidence = cause.evidence.iter().flat_map(|evidence| &evidence.sources);
                cause.sources.iter().chain(&cause.base_rate_sources).chain(evidence).copied().collect()
            }
            Self::Disagreement(disagreement) => {
                disagreement.positions.iter().flat_map(|position| position.sources.clone()).collect()
            }
            Self::Medicine(medicine) => {
                let cautions = medicine.block.iter().chain(&medicine.ask_first);
                let cautions = cautions.flat_map(|caution| &caution.sources);
                let label = [medicine.label_source];
                medicine.sources.iter().chain(&label).chain(cautions).copied().collect()
            }
            Self::Product(product) => {
                product.sources.iter().chain(&product.limits.label_source).copied().collect()
            }
            Self::Curve(block) => block.sources.clone(),
            Self::Checkpoint(block) => block.sources.clone(),
            Self::Threshold(block) => block.sources.clone(),
            Self::BodyPlace(_) | Self::Pose(_) | Self::NotFollowed(_) => Vec::new(),
        }
    }
}
