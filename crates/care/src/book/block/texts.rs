//! The texts of a block by key: for whoever measures, prints or translates them.

use std::fmt;

use super::Block;
use crate::book::disagreement::Disagreement;
use crate::book::finding::{Finding, FindingKind};
use crate::book::medicine::{Caution, Medicine, Product};
use crate::book::outcome::Signs;
use crate::book::pose::Picture;
use crate::book::question::Question;
use crate::book::referral::Referral;
use crate::book::region::Region;
use crate::book::remedy::RemedyStep;

/// A text of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text<'b> {
    /// Where in its block it stands.
    pub key: TextKey<'b>,
    /// The text itself.
    pub words: &'b str,
    /// Who reads it.
    pub reader: TextFor,
}

/// Where in its block a text stands. Printed as `why`, `steps.2` (the second) or
/// `options.lifting`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextKey<'b> {
    /// The only text under a key.
    Only(&'static str),
    /// One of the texts under a key, counted from 0.
    Nth(&'static str, usize),
    /// The text of something that has a name under a key.
    Of(&'static str, &'b str),
}

impl fmt::Display for TextKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only(key) => f.write_str(key),
            Self::Nth(key, index) => write!(f, "{key}.{}", index + 1),
            Self::Of(key, name) => write!(f, "{key}.{name}"),
        }
    }
}

/// Who reads a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextFor {
    /// The person, perhaps in pain: how hard it is to read is measured.
    Person,
    /// Clinicians.
    Clinician,
    /// Everyone, in words that are not ours to choose: names of places, products and
    /// ingredients, units, numbers to call, how people ask, and the sides of a
    /// disagreement with what was chosen between them.
    AsItIs,
}

impl<'b> Block<'b> {
    /// Every text in it, in the order of its keys.
    pub fn texts(self) -> Vec<Text<'b>> {
        let all = Texts::default();
        let all = match self {
            Self::Finding(block) => of_finding(block),
            Self::Question(block) => of_question(block),
            Self::Rule(block) => all.person("because", &block.because),
            Self::Cause(block) => all
                .person("name", &block.name)
                .clinician("term", &block.term)
                .person("explain", &block.explain)
                .person("confirm", &block.confirm),
            Self::Remedy(block) => all
                .person("name", &block.name)
                .person("avoid_because", &block.avoid_because)
                .person("why", &block.why)
                .picture(block.picture.as_ref())
                .steps(&block.steps)
                .each_person("stop_if", &block.stop_if)
                .signs("at_once", block.at_once.as_deref().unwrap_or_default()),
            Self::Disagreement(block) => of_disagreement(block),
            Self::Outcome(block) => all
                .person("title", &block.title)
                .each_person("actions", &block.actions)
                .each_person("also", &block.also)
                .each_person("say", &block.say)
                .signs("red_lines", &block.red_lines),
            Self::ComeBack(block) => all.person("says", &block.says).person("short", &block.short).each(
                "already",
                block.already.iter().map(|part| part.instead.as_str()),
                TextFor::Person,
            ),
            Self::Region(block) => of_region(block),
            Self::Medicine(block) => of_medicine(block),
            Self::Product(block) => of_product(block),
            Self::OtherMedicine(block) => all.each_kept("names", &block.names).person("note", &block.note),
            Self::MedicineClass(block) => {
                all.kept("name", &block.name).person("ask_first_because", &block.ask_first_because)
            }
            Self::Habit(block) => all
                .person("name", &block.name)
                .person("avoid_because", &block.avoid_because)
                .person("why", &block.why)
                .picture(block.picture.as_ref())
                .steps(&block.steps),
            Self::Referral(block) => of_referral(block),
            Self::Answer(block) => all.each_kept("asks", &block.asks).person("says", &block.says),
            Self::BodyPlace(block) => all.person("name", &block.name),
            Self::Curve(block) => all.person("below", &block.below).person("above", &block.above),
            Self::Checkpoint(block) => all.kept("name", &block.name).person("expect", &block.expect),
            Self::Threshold(_) | Self::Pose(_) => all,
            Self::NotFollowed(block) => all.clinician("because", &block.because),
        };
        all.list
    }
}

/// The texts of one block as they are collected.
#[derive(Default)]
struct Texts<'b> {
    list: Vec<Text<'b>>,
}

/// A text, or none where the block leaves the key out.
trait MaybeText {
    fn words(&self) -> Option<&str>;
}

impl MaybeText for String {
    fn words(&self) -> Option<&str> {
        Some(self)
    }
}

impl MaybeText for Option<String> {
    fn words(&self) -> Option<&str> {
        self.as_deref()
    }
}

impl<'b> Texts<'b> {
    fn push(mut self, key: TextKey<'b>, words: Option<&'b str>, reader: TextFor) -> Self {
        self.list.extend(words.map(|words| Text { key, words, reader }));
        self
    }

    fn person(self, key: &'static str, text: &'b impl MaybeText) -> Self {
        self.push(TextKey::Only(key), text.words(), TextFor::Person)
    }

    fn clinician(self, key: &'static str, text: &'b impl MaybeText) -> Self {
        self.push(TextKey::Only(key), text.words(), TextFor::Clinician)
    }

    fn kept(self, key: &'static str, text: &'b impl MaybeText) -> Self {
        self.push(TextKey::Only(key), text.words(), TextFor::AsItIs)
    }

    fn each(self, key: &'static str, texts: impl Iterator<Item = &'b str>, reader: TextFor) -> Self {
        let each = texts.enumerate();
        each.fold(self, |all, (index, words)| all.push(TextKey::Nth(key, index), Some(words), reader))
    }

    fn each_person(self, key: &'static str, texts: &'b [String]) -> Self {
        self.each(key, texts.iter().map(String::as_str), TextFor::Person)
    }

    fn each_kept(self, key: &'static str, texts: &'b [String]) -> Self {
        self.each(key, texts.iter().map(String::as_str), TextFor::AsItIs)
    }

    fn signs(self, key: &'static str, signs: &'b [Signs]) -> Self {
        self.each(key, signs.iter().map(|signs| signs.says.as_str()), TextFor::Person)
    }

    /// The steps, and then their pictures by the number of the step.
    fn steps(self, steps: &'b [RemedyStep]) -> Self {
        let all = self.each("steps", steps.iter().map(|step| step.text.as_str()), TextFor::Person);
        let pictures = steps.iter().enumerate();
        pictures.fold(all, |all, (index, step)| {
            let alt = step.picture.as_ref().map(|picture| picture.alt.as_str());
            all.push(TextKey::Nth("picture", index), alt, TextFor::Person)
        })
    }

    fn picture(self, picture: Option<&'b Picture>) -> Self {
        let alt = picture.map(|picture| picture.alt.as_str());
        self.push(TextKey::Only("picture"), alt, TextFor::Person)
    }

    fn cautions(self, key: &'static str, cautions: &'b [Caution]) -> Self {
        self.each(key, cautions.iter().map(|caution| caution.because.as_str()), TextFor::Person)
    }
}

fn of_finding(finding: &Finding) -> Texts<'_> {
    let all = Texts::default().person("label", &finding.label).person("come_back", &finding.come_back);
    // What is said back has a place for the answer in it, so it is no sentence by itself.
    let all = all.kept("told", &finding.told);
    match &finding.kind {
        FindingKind::YesNo => all,
        FindingKind::Number { unit, .. } => all.kept("unit", unit),
        FindingKind::Choice(options) => options.iter().fold(all, |all, option| {
            all.push(TextKey::Of("options", &option.id), Some(&option.label), TextFor::Person)
        }),
    }
}

fn of_question(question: &Question) -> Texts<'_> {
    let gate = question.only_if.as_ref().map(|gate| gate.otherwise_no_because.as_str());
    Texts::default()
        .person("ask", &question.ask)
        .person("title", &question.title)
        .person("why", &question.why)
        .person("help", &question.help)
        .person("changed", &question.changed)
        .person("none", &question.none)
        .push(TextKey::Only("otherwise_no_because"), gate, TextFor::Clinician)
        .each("cards", question.cards.iter().map(|card| card.picture.alt.as_str()), TextFor::Person)
}

fn of_disagreement(disagreement: &Disagreement) -> Texts<'_> {
    let positions = disagreement.positions.iter().map(|position| position.says.as_str());
    Texts::default()
        .kept("topic", &disagreement.topic)
        .each("positions", positions, TextFor::AsItIs)
        .kept("we_do", &disagreement.we_do)
        .person("because", &disagreement.because)
}

fn of_region(region: &Region) -> Texts<'_> {
    Texts::default()
        .kept("name", &region.name)
        .kept("emergency", &region.emergency)
        .kept("advice", &region.advice)
        .kept("crisis", &region.crisis)
        .kept("poison", &region.poison)
        .kept("maternity", &region.maternity)
        .kept("abuse", &region.abuse)
}

fn of_medicine(medicine: &Medicine) -> Texts<'_> {
    let daily = medicine.daily.as_ref().map(|daily| daily.says.as_str());
    Texts::default()
        .kept("name", &medicine.name)
        .each_kept("also", &medicine.also)
        .person("most_says", &medicine.most_says)
        .push(TextKey::Only("daily_says"), daily, TextFor::Person)
        .person("not_for_because", &medicine.not_for_because)
        .cautions("block", &medicine.block)
        .cautions("ask_first", &medicine.ask_first)
        .each_person("warn", &medicine.warn)
}

fn of_product(product: &Product) -> Texts<'_> {
    Texts::default()
        .kept("name", &product.name)
        .each_kept("also", &product.also)
        .each_kept("others", &product.others)
        .person("note", &product.note)
}

fn of_referral(referral: &Referral) -> Texts<'_> {
    Texts::default()
        .person("name", &referral.name)
        .person("avoid_because", &referral.avoid_because)
        .person("for_person", &referral.for_person)
        .clinician("for_clinician", &referral.for_clinician)
        .clinician("scenario", &referral.scenario)
        .clinician("evidence_for", &referral.evidence_for)
        .clinician("evidence_against", &referral.evidence_against)
}
