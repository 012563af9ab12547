//! Questions in a person's own words, answered with what the book says.
//!
//! Every block that a person can read is a passage. A question is compared with
//! each: by the words they share, rare words counting more (BM25), and by the
//! nearest phrasing that the book lists for it (`asks`). Where too little of the
//! question is found in the best passage, the book does not answer it.
//!
//! A question that speaks of a danger sign as the asker's own gets the rule
//! about that sign first, whatever else it asks.

mod danger;
mod index;
mod named;
mod passages;
mod told;

use crate::free_text::FreeText;
use crate::guideline::{Book, CauseId, Guideline, RemedyId, RuleId};
use crate::words::{Concept, Lexicon};

use index::Index;

pub use danger::rule_about;
pub(crate) use passages::learn;
pub use told::{Told, told};

/// Answers questions from one guideline. Building it is the slow part: do it once.
#[derive(Debug)]
pub struct AnswerSearch<'g> {
    free_text: FreeText<'g>,
    index: Index,
    /// For each medicine of the book, the words that name it.
    medicine_names: Vec<Vec<Concept>>,
}

/// A part of the book that can answer a question: an index into its list in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passage {
    /// A question that people ask.
    Answer(usize),
    /// When something matters.
    Rule(RuleId),
    /// Something to do.
    Remedy(RemedyId),
    /// What may lie behind it.
    Cause(CauseId),
    /// What keeps spasms away.
    Habit(usize),
    /// What a clinician may do.
    Referral(usize),
    /// A painkiller.
    Medicine(usize),
    /// Where sources differ.
    Disagreement(usize),
}

impl Passage {
    /// Its kind and name in the book: `answer.dehydration`.
    pub fn name(self, guideline: &Guideline) -> String {
        let book = guideline.book();
        match self {
            Self::Answer(index) => format!("answer.{}", book.answers[index].id),
            Self::Rule(id) => format!("rule.{}", guideline.rule(id).id),
            Self::Remedy(id) => format!("remedy.{}", guideline.remedy(id).id),
            Self::Cause(id) => format!("cause.{}", guideline.cause(id).id),
            Self::Habit(index) => format!("habit.{}", book.habits[index].id),
            Self::Referral(index) => format!("referral.{}", book.referrals[index].id),
            Self::Medicine(index) => format!("medicine.{}", book.medicines[index].id),
            Self::Disagreement(index) => format!("disagreement.{}", book.disagreements[index].id),
        }
    }
}

/// A passage that answers a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Which.
    pub passage: Passage,
    /// How well it fits: higher is better; comparable only within one reply.
    pub score: f64,
}

/// What the book has to say to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    /// Rules about danger signs that the asker has, the most urgent first. To be shown before anything else.
    pub danger: Vec<RuleId>,
    /// What answers it, best first; empty where the book does not answer it.
    pub hits: Vec<Hit>,
}

impl<'g> AnswerSearch<'g> {
    /// Prepares the passages of a guideline.
    pub fn new(guideline: &'g Guideline) -> Self {
        let free_text = FreeText::new(guideline);
        let index = Index::new(passages::of(guideline.book(), free_text.lexicon()), free_text.lexicon());
        let medicine_names = medicine_names(guideline.book(), free_text.lexicon());
        Self { free_text, index, medicine_names }
    }

    /// The reader of own words behind it, so that nobody needs to build a second one.
    pub fn free_text(&self) -> &FreeText<'g> {
        &self.free_text
    }

    /// Answers a question with at most this many passages.
    pub fn ask(&self, question: &str, most: usize) -> Reply {
        let danger = danger::first(&self.free_text, question);
        let words = self.free_text.lexicon().read(question);
        let mut hits = self.index.search(&words, most + self.medicine_names.len());
        // The dose of one medicine is never the answer to a question about another.
        hits.retain(|hit| match hit.passage {
            Passage::Medicine(index) => words
                .iter()
                .filter_map(|word| word.concept)
                .any(|concept| self.medicine_names[index].contains(&concept)),
            _ => true,
        });
        self.in_book_order(&mut hits);
        hits.truncate(most);
        Reply { danger, hits }
    }

    /// Answers a question without doses of another country than this one, unless there
    /// is nothing else.
    pub fn ask_in(&self, region: Option<&str>, question: &str, most: usize) -> Reply {
        let medicines = &self.free_text.guideline().book().medicines;
        let mut reply = self.ask(question, most + medicines.len());
        let is_elsewhere = |hit: &Hit| match hit.passage {
            Passage::Medicine(index) => region.is_some_and(|here| medicines[index].region != here),
            _ => false,
        };
        if !reply.hits.iter().all(is_elsewhere) {
            reply.hits.retain(|hit| !is_elsewhere(hit));
        }
        reply.hits.truncate(most);
        reply
    }

    /// The same ingredient stands in the book once for each country. Which of them is
    /// the most like a question says nothing, so they come in the order of the book.
    fn in_book_order(&self, hits: &mut [Hit]) {
        let medicines = &self.free_text.guideline().book().medicines;
        let medicine = |hit: &Hit| match hit.passage {
            Passage::Medicine(index) => Some(index),
            _ => None,
        };
        let listed: Vec<usize> = hits.iter().filter_map(medicine).collect();
        for ingredient in medicines.iter().map(|medicine| &medicine.ingredient) {
            let of_it = |index: &usize| medicines[*index].ingredient == *ingredient;
            let mut ordered: Vec<usize> = listed.iter().copied().filter(of_it).collect();
            ordered.sort_unstable();
            let mut ordered = ordered.into_iter();
            for hit in hits.iter_mut().filter(|hit| medicine(hit).is_some_and(|index| of_it(&index))) {
                if let Some(index) = ordered.next() {
                    hit.passage = Passage::Medicine(index);
                }
            }
        }
    }
}

/// For each medicine, the words that name it: its ingredient, and the first word
/// of each pack that holds nothing else.
fn medicine_names(book: &Book, lexicon: &Lexicon) -> Vec<Vec<Concept>> {
    book.medicines
        .iter()
        .map(|medicine| {
            let packs = book.products.iter().filter(|product| {
                product.others.is_empty()
                    && matches!(&product.contains[..], [(ingredient, _)] if *ingredient == medicine.ingredient)
            });
            let names = packs.flat_map(|pack| pack.also.iter().chain([&pack.name]));
            let names = names.chain([&medicine.ingredient, &medicine.name]);
            names.filter_map(|name| lexicon.read(name).into_iter().find_map(|word| word.concept)).collect()
        })
        .collect()
}
