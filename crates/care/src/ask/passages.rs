//! The parts of the book that can answer a question, as words.

use std::collections::BTreeSet;

use crate::ask::Passage;
use crate::ask::index::SMALL_TALK;
use crate::book::{Book, CauseId, CauseKind, RemedyId, RuleId, findings_in};
use crate::words::{ClassId, Lexicon, Mark};

/// One passage, ready to be compared.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) passage: Passage,
    /// What it is called.
    pub(super) title: Vec<ClassId>,
    /// The phrasings of the question it answers, each by itself.
    pub(super) asks: Vec<Vec<ClassId>>,
    /// What it says.
    pub(super) text: Vec<ClassId>,
}

/// A passage as the book has it.
struct Written<'b> {
    passage: Passage,
    titles: Vec<&'b str>,
    asks: Vec<&'b str>,
    texts: Vec<&'b str>,
}

/// Teaches the lexicon every word of the book that a question may use.
pub(crate) fn learn(book: &Book, lexicon: &mut Lexicon) {
    lexicon.learn(SMALL_TALK);
    for written in written(book) {
        written.titles.iter().chain(&written.asks).for_each(|text| lexicon.learn(text));
        written.texts.iter().for_each(|text| lexicon.learn(text));
    }
}

/// The words of every passage, as they stand there, in lower case.
pub fn words_of_passages(book: &Book) -> BTreeSet<String> {
    let texts =
        written(book).into_iter().flat_map(|written| [written.titles, written.asks, written.texts].concat());
    let words = texts.flat_map(|text| {
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    });
    words.filter(|word| !word.is_empty()).collect()
}

/// Every passage of a book.
pub(super) fn of(book: &Book, lexicon: &Lexicon) -> Vec<Document> {
    let all = |texts: &[&str]| texts.iter().flat_map(|text| concepts(lexicon, text)).collect();
    written(book)
        .into_iter()
        .map(|Written { passage, titles, asks, texts }| Document {
            passage,
            title: all(&titles),
            asks: asks.iter().map(|ask| concepts(lexicon, ask)).collect(),
            text: all(&texts),
        })
        .collect()
}

fn concepts(lexicon: &Lexicon, text: &str) -> Vec<ClassId> {
    lexicon
        .read(text)
        .words
        .iter()
        .filter(|word| word.mark == Mark::Word)
        .filter_map(|word| word.concept)
        .collect()
}

fn written(book: &Book) -> Vec<Written<'_>> {
    let mut all = Vec::new();
    for (index, answer) in book.answers.iter().enumerate() {
        let asks = answer.asks.iter().map(String::as_str).collect();
        all.push(Written {
            passage: Passage::Answer(index),
            titles: vec![],
            asks,
            texts: vec![&answer.says],
        });
    }
    for (index, rule) in (0..).zip(&book.rules) {
        let mut findings = Vec::new();
        findings_in(book, &rule.when, &mut findings);
        let mut texts = vec![rule.because.as_str()];
        texts.extend(findings.iter().map(|finding| book.findings[finding.index()].label.as_str()));
        all.push(Written { passage: Passage::Rule(RuleId(index)), titles: vec![], asks: vec![], texts });
    }
    for (index, remedy) in (0..).zip(&book.remedies) {
        let mut texts = vec![remedy.why.as_str()];
        texts.extend(remedy.steps.iter().map(|step| step.text.as_str()));
        texts.extend(remedy.stop_if.iter().map(String::as_str));
        let passage = Passage::Remedy(RemedyId(index));
        all.push(Written { passage, titles: vec![&remedy.name], asks: vec![], texts });
    }
    for (index, cause) in (0..).zip(&book.causes) {
        let mut titles = vec![cause.name.as_str()];
        titles.extend(cause.term.as_deref());
        let mut texts = vec![cause.explain.as_str()];
        texts.extend(cause.confirm.as_deref());
        if cause.kind == CauseKind::Contributor {
            texts.push("cause why");
        }
        let passage = Passage::Cause(CauseId(index));
        all.push(Written { passage, titles, asks: vec![], texts });
    }
    for (index, habit) in book.habits.iter().enumerate() {
        let mut texts = vec![habit.why.as_str()];
        texts.extend(habit.steps.iter().map(|step| step.text.as_str()));
        all.push(Written { passage: Passage::Habit(index), titles: vec![&habit.name], asks: vec![], texts });
    }
    for (index, referral) in book.referrals.iter().enumerate() {
        let texts = vec![referral.for_person.as_str()];
        all.push(Written {
            passage: Passage::Referral(index),
            titles: vec![&referral.name],
            asks: vec![],
            texts,
        });
    }
    for (index, medicine) in book.medicines.iter().enumerate() {
        let mut titles = vec![medicine.name.as_str()];
        let mut texts: Vec<&str> = medicine.warn.iter().map(String::as_str).collect();
        texts
            .extend(medicine.block.iter().chain(&medicine.ask_first).map(|caution| caution.because.as_str()));
        texts.push(DOSE_WORDS);
        for product in &book.products {
            let is_sold = product.regions.contains(&medicine.region);
            // A name that stands for one ingredient only is a name of that ingredient.
            let is_pure = product.contains.len() == 1 && product.others.is_empty();
            if is_sold && is_pure && product.contains[0].0 == medicine.ingredient {
                titles.push(&product.name);
                texts.extend(product.also.iter().map(String::as_str));
                texts.extend(product.note.as_deref());
            }
        }
        all.push(Written { passage: Passage::Medicine(index), titles, asks: vec![], texts });
    }
    for (index, disagreement) in book.disagreements.iter().enumerate() {
        let mut texts = vec![disagreement.we_do.as_str(), disagreement.because.as_str()];
        texts.extend(disagreement.positions.iter().map(|position| position.says.as_str()));
        let passage = Passage::Disagreement(index);
        all.push(Written { passage, titles: vec![&disagreement.topic], asks: vec![], texts });
    }
    all
}

/// What the numbers of every medicine answer.
const DOSE_WORDS: &str =
    "dose how much how many how often how long a day in 24 hours limit maximum most tablets";
