//! What is said of painkillers: of a verdict and each of its reasons, of a dose that was
//! taken, of where each one stands, and of amounts and packs.
//!
//! `care::medicine` decides and counts; here are the words, for every page alike.

mod amount;
mod because;
mod counts;
mod pack;
mod standing;
mod verdict;
mod warning;

pub use amount::{amount, count_label, named, of_pack, of_unit, span, time_left};
pub use because::because;
pub use counts::{CountsTogether, counts_together, keep_in_mind, note_on};
pub use pack::{described, holds, kin, limits_of};
pub use standing::{StandingTold, overdosed, standing};
pub use verdict::{Why, heading, then, why};
pub use warning::warning;

use std::borrow::Cow;

use care::medicine::class_words;
use care::{Guideline, Medicine, MedicineClass, SourceId};
use jiff::Timestamp;

use crate::clock::Clock;
use crate::line::Paragraph;
use crate::message::Message;

/// Some sentences and where they are taken from; no sources where they are about the log itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<'g> {
    /// Whole sentences.
    pub text: Paragraph<'g>,
    /// Where they are taken from.
    pub sources: Vec<SourceId>,
}

/// When a dose was taken, or that nobody knows.
pub fn when_taken(clock: &Clock, at: Timestamp, is_time_known: bool) -> String {
    let when = clock.words(at);
    if is_time_known { when } else { Message::DoseTimeNotKnown { when: when.into() }.to_string() }
}

/// The plain name of a medicine, inside a sentence.
fn name(medicine: &Medicine) -> Cow<'static, str> {
    inside(&medicine.plain_name())
}

/// A name inside a sentence: without the capital.
fn inside(name: &str) -> Cow<'static, str> {
    care::lower_first(name).into()
}

/// What one of a class is called: `an anti-inflammatory, like ibuprofen`.
pub fn kind(guideline: &Guideline, class: MedicineClass) -> Cow<'_, str> {
    class_words(guideline, class).map_or_else(
        || Message::PackOfClass { class: class.id().replace('_', " ").into() }.to_string().into(),
        |words| words.name.as_str().into(),
    )
}

/// Names one after the other, each put behind those before by `more`.
fn list(items: &[String], more: impl Fn(String, &str) -> String) -> String {
    let Some((first, others)) = items.split_first() else { return String::new() };
    others.iter().fold(first.clone(), |all, item| more(all, item))
}

fn and(all: String, last: &str) -> String {
    Message::ListAnd { all: all.into(), last: last.into() }.to_string()
}

fn comma(first: String, more: &str) -> String {
    Message::ListComma { first: first.into(), more: more.into() }.to_string()
}
