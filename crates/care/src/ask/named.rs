//! A passage by its name, where it stands, and what a link to it says.

use super::Passage;
use crate::guideline::{CauseId, Guideline, Place};
use crate::knowledge::KnownAnswer;
use crate::medicine::Medicine;
use crate::wording::sentence_case;

impl Passage {
    /// The passage with this kind and name, as [`Passage::name`] gives it: `remedy.heat`.
    pub fn named(guideline: &Guideline, name: &str) -> Option<Self> {
        let book = guideline.book();
        let (kind, id) = name.split_once('.')?;
        match kind {
            "answer" => book.answers.iter().position(|answer| answer.id == id).map(Self::Answer),
            "rule" => guideline.rule_named(id).map(Self::Rule),
            "remedy" => guideline.remedy_named(id).map(Self::Remedy),
            "cause" => {
                let mut all = (0..).map(CauseId).zip(&book.causes);
                all.find(|(_, cause)| cause.id == id).map(|(index, _)| Self::Cause(index))
            }
            "habit" => book.habits.iter().position(|habit| habit.id == id).map(Self::Habit),
            "referral" => book.referrals.iter().position(|referral| referral.id == id).map(Self::Referral),
            "medicine" => book.medicines.iter().position(|medicine| medicine.id == id).map(Self::Medicine),
            "disagreement" => {
                let mut all = book.disagreements.iter();
                all.position(|disagreement| disagreement.id == id).map(Self::Disagreement)
            }
            _ => None,
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
            Self::Medicine(index) => book.medicines[index].heading(),
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
    pub fn heading(&self) -> String {
        format!("{}, {}", self.name, self.region.to_uppercase())
    }
}
