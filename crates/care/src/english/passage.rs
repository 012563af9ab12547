//! The parts of the book that can answer a question, as they stand there.

use std::collections::BTreeSet;

use crate::book::{Book, CauseId, CauseKind, RemedyId, RuleId, findings_in};
use crate::decision::guideline::Guideline;
use crate::english::words::Lexicon;

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

/// A passage as the book has it.
pub(crate) struct Written<'b> {
    pub(crate) passage: Passage,
    pub(crate) titles: Vec<&'b str>,
    pub(crate) asks: Vec<&'b str>,
    pub(crate) texts: Vec<&'b str>,
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
pub(crate) fn written(book: &Book) -> Vec<Written<'_>> {
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

/// Words of a question that say little of what it is about.
pub(crate) const SMALL_TALK: &str = "\
    i me my mine you your he she it its they we us a an the is am are was were be been being do does did \
    have has had can could will would should shall may might must of in on at to for with by from as and \
    or but if so that this these those there then than what which who whom how when where please really \
    just like get got gets go any some ok okay tell into about because lately even way thing things \
    someone somebody anybody anyone actually also im um well very not up out off down now make makes \
    made come one need needed good best better worth sure list first soon later today yesterday still \
    already maybe possible right wrong yes no too much many more most lot bit little other else all \
    every each same new own try use using used give take taking took put keep let say says said think \
    know want feel feels look looks happen happens somehow instead since until till again ever never \
    always sometimes often after before while during over under between set kind sort type people person \
    body myself yourself ask asking question answer idea tip tips trick tricks advice stuff nothing \
    something anything everything here hi dear u ur pls thx few per times time old without next daily two three four \
    five day days week weeks";
