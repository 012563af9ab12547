//! The conditions of a block, each with a name of its own.

use super::Block;
use crate::book::block_id::{BlockId, BlockKind};
use crate::book::condition::Condition;
use crate::book::medicine::Caution;
use crate::book::whole::Book;

/// Which condition of a [`Book`]: "caution 2 of ibuprofen". Two conditions that
/// say the same have two ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConditionId {
    /// The block that it stands in.
    pub block: BlockId,
    /// Where in it.
    pub key: ConditionKey,
}

/// Where in its block a condition stands; in a list it is counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConditionKey {
    /// When a question is asked.
    OnlyIf,
    /// When a rule fires, or a contributor is listed.
    When,
    /// When something is offered.
    Offer,
    /// When something is not.
    Avoid,
    /// What speaks for or against a cause.
    Evidence(u16),
    /// When a cause is never called likely.
    NotLikelyIf,
    /// When a medicine is never taken.
    Block(u16),
    /// When a clinician is asked before a medicine is taken.
    AskFirst(u16),
    /// While a remedy keeps its place in the plan.
    FirstWhile,
}

impl ConditionKey {
    /// The key in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::OnlyIf => "only_if",
            Self::When => "when",
            Self::Offer => "offer",
            Self::Avoid => "avoid",
            Self::Evidence(_) => "evidence",
            Self::NotLikelyIf => "not_likely_if",
            Self::Block(_) => "block",
            Self::AskFirst(_) => "ask_first",
            Self::FirstWhile => "first_while",
        }
    }

    /// Whether a list of conditions stands under the key, each in a table of its own.
    pub fn is_listed(self) -> bool {
        matches!(self, Self::Evidence(_) | Self::Block(_) | Self::AskFirst(_))
    }
}

impl BlockKind {
    /// Where conditions may stand in a block of this kind; of a list, the first place.
    pub fn condition_keys(self) -> &'static [ConditionKey] {
        use ConditionKey::{AskFirst, Avoid, Block, Evidence, FirstWhile, NotLikelyIf, Offer, OnlyIf, When};
        match self {
            Self::Question => &[OnlyIf],
            Self::Rule => &[When],
            Self::Cause => &[Evidence(0), NotLikelyIf, When],
            Self::Remedy => &[Offer, Avoid, FirstWhile],
            Self::Habit | Self::Referral => &[Offer, Avoid],
            Self::Medicine => &[Block(0), AskFirst(0)],
            Self::Finding
            | Self::Disagreement
            | Self::Outcome
            | Self::ComeBack
            | Self::Region
            | Self::Product
            | Self::OtherMedicine
            | Self::MedicineClass
            | Self::Answer
            | Self::BodyPlace
            | Self::Curve
            | Self::Checkpoint
            | Self::Threshold
            | Self::Pose
            | Self::NotFollowed => &[],
        }
    }
}

impl BlockId {
    /// A condition of this block; the book need not have it.
    pub fn condition(self, key: ConditionKey) -> ConditionId {
        ConditionId { block: self, key }
    }
}

impl<'b> Block<'b> {
    /// Every condition in it, in the order of its keys.
    pub fn conditions(self) -> Vec<(ConditionKey, &'b Condition)> {
        match self {
            Self::Question(question) => {
                let gate = question.only_if.iter();
                gate.map(|gate| (ConditionKey::OnlyIf, &gate.condition)).collect()
            }
            Self::Rule(rule) => vec![(ConditionKey::When, &rule.when)],
            Self::Cause(cause) => {
                let evidence = (0..).zip(&cause.evidence);
                let evidence =
                    evidence.map(|(index, evidence)| (ConditionKey::Evidence(index), &evidence.condition));
                let not_likely_if = cause.not_likely_if.iter().map(|not| (ConditionKey::NotLikelyIf, not));
                evidence
                    .chain(not_likely_if)
                    .chain(cause.when.iter().map(|when| (ConditionKey::When, when)))
                    .collect()
            }
            Self::Remedy(remedy) => {
                let mut all = offer_and_avoid(remedy.offer.as_ref(), remedy.avoid.as_ref());
                all.extend(remedy.first_while.iter().map(|first| (ConditionKey::FirstWhile, first)));
                all
            }
            Self::Habit(habit) => offer_and_avoid(habit.offer.as_ref(), habit.avoid.as_ref()),
            Self::Referral(referral) => offer_and_avoid(referral.offer.as_ref(), referral.avoid.as_ref()),
            Self::Medicine(medicine) => {
                let block = cautions(&medicine.block, ConditionKey::Block);
                block.chain(cautions(&medicine.ask_first, ConditionKey::AskFirst)).collect()
            }
            Self::Finding(_)
            | Self::Disagreement(_)
            | Self::Outcome(_)
            | Self::ComeBack(_)
            | Self::Region(_)
            | Self::Product(_)
            | Self::OtherMedicine(_)
            | Self::MedicineClass(_)
            | Self::Answer(_)
            | Self::BodyPlace(_)
            | Self::Curve(_)
            | Self::Checkpoint(_)
            | Self::Threshold(_)
            | Self::Pose(_)
            | Self::NotFollowed(_) => Vec::new(),
        }
    }
}

impl Book {
    /// Every condition of the book, by kind of block and then in reading order.
    pub fn conditions(&self) -> impl Iterator<Item = (ConditionId, &Condition)> {
        self.blocks().flat_map(|(id, block)| {
            block.conditions().into_iter().map(move |(key, condition)| (id.condition(key), condition))
        })
    }

    /// The conditions of one block, by their ids.
    pub(crate) fn conditions_of(&self, id: BlockId) -> Vec<ConditionId> {
        let conditions = self.block(id).map(Block::conditions).unwrap_or_default();
        conditions.into_iter().map(|(key, _)| id.condition(key)).collect()
    }

    /// The condition with this id; `None` if the book has none there.
    pub fn condition(&self, id: ConditionId) -> Option<&Condition> {
        let conditions = self.block(id.block)?.conditions();
        conditions.into_iter().find(|(key, _)| *key == id.key).map(|(_, condition)| condition)
    }
}

fn offer_and_avoid<'b>(
    offer: Option<&'b Condition>,
    avoid: Option<&'b Condition>,
) -> Vec<(ConditionKey, &'b Condition)> {
    let offer = offer.map(|offer| (ConditionKey::Offer, offer));
    offer.into_iter().chain(avoid.map(|avoid| (ConditionKey::Avoid, avoid))).collect()
}

fn cautions(
    list: &[Caution],
    key: impl Fn(u16) -> ConditionKey,
) -> impl Iterator<Item = (ConditionKey, &Condition)> {
    (0..).zip(list).map(move |(index, caution)| (key(index), &caution.condition))
}
