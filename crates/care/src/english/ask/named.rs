//! A passage by its name, where it stands, and what a link to it says.

use crate::book::{BlockId, KnownAnswer, Medicine, Place};
use crate::casing::sentence_case;
use crate::decision::guideline::Guideline;
use crate::english::passage::Passage;

impl Passage {
    /// The passage with this kind and name, as [`Passage::name`] gives it: `remedy.heat`.
    pub fn named(guideline: &Guideline, name: &str) -> Option<Self> {
        Self::of(guideline.book().block_named(name)?)
    }

    /// The passage that a block is; `None` for a kind that answers no question.
    pub fn of(block: BlockId) -> Option<Self> {
        match block {
            BlockId::Answer(id) => Some(Self::Answer(id.index())),
            BlockId::Rule(id) => Some(Self::Rule(id)),
            BlockId::Remedy(id) => Some(Self::Remedy(id)),
            BlockId::Cause(id) => Some(Self::Cause(id)),
            BlockId::Habit(id) => Some(Self::Habit(id.index())),
            BlockId::Referral(id) => Some(Self::Referral(id.index())),
            BlockId::Medicine(id) => Some(Self::Medicine(id.index())),
            BlockId::Disagreement(id) => Some(Self::Disagreement(id.index())),
            BlockId::Finding(_)
            | BlockId::Question(_)
            | BlockId::Outcome(_)
            | BlockId::ComeBack(_)
            | BlockId::Region(_)
            | BlockId::Product(_)
            | BlockId::OtherMedicine(_)
            | BlockId::MedicineClass(_)
            | BlockId::BodyPlace(_)
            | BlockId::Curve(_)
            | BlockId::Checkpoint(_)
            | BlockId::Threshold(_)
            | BlockId::Pose(_)
            | BlockId::NotFollowed(_) => None,
        }
    }

    /// Where it stands in the book.
    pub fn place(self, guideline: &Guideline) -> &Place {
        let book = guideline.book();
        match self {
            Self::Answer(index) => &book.answers[index].place,
            Self::Rule(id) => &guideline.rule(id).place,
            Self::Remedy(id) => &guideline.remedy(id).place,
            Self::Cause(id) => &guideline.cause(id).place,
            Self::Habit(index) => &book.habits[index].place,
            Self::Referral(index) => &book.referrals[index].place,
            Self::Medicine(index) => &book.medicines[index].place,
            Self::Disagreement(index) => &book.disagreements[index].place,
        }
    }

    /// What it is about, in a few words that begin with a capital.
    pub fn heading(self, guideline: &Guideline) -> String {
        let book = guideline.book();
        match self {
            Self::Answer(index) => book.answers[index].heading(),
            Self::Rule(id) => sentence_case(&guideline.rule(id).id.replace('_', " ")),
            Self::Remedy(id) => sentence_case(&guideline.remedy(id).name),
            Self::Cause(id) => sentence_case(&guideline.cause(id).name),
            Self::Habit(index) => sentence_case(&book.habits[index].name),
            Self::Referral(index) => sentence_case(&book.referrals[index].name),
            Self::Medicine(index) => book.medicines[index].heading(guideline),
            Self::Disagreement(index) => sentence_case(&book.disagreements[index].topic),
        }
    }
}

impl KnownAnswer {
    /// The first way in which people ask it, as a heading: `What is a spasm?`
    pub fn heading(&self) -> String {
        let first = sentence_case(self.asks.first().map_or("", String::as_str));
        if first.ends_with(['?', '.', '!']) { first } else { first + "?" }
    }
}

impl Medicine {
    /// Its name and whose label it is: `Ibuprofen, US`.
    pub fn heading(&self, guideline: &Guideline) -> String {
        format!("{}, {}", self.name, guideline.region(self.region).id.to_uppercase())
    }
}
