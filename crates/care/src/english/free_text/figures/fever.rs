//! A fever in figures: "temperature of 39", "39.2 fever", "104 F".

use super::candidate::Words;
use crate::book::Role;
use crate::decision::guideline::Guideline;
use crate::english::free_text::cues::{Cues, Nature};
use crate::english::free_text::{Mention, Sense, span_of};
use crate::english::words::Text;

/// Words that make a number a temperature.
const TEMPERATURE: &[&str] = &[
    "temperature",
    "temp",
    "fever",
    "fevery",
    "feverish",
    "degrees",
    "degree",
    "deg",
    "celsius",
    "fahrenheit",
    "thermometer",
    "temps",
];

/// From 38 C or 100.4 F on.
pub(in crate::english::free_text) fn fever(
    guideline: &Guideline,
    text: &Text,
    cues: &Cues,
) -> Option<Mention> {
    let finding = guideline.with_role(Role::Fever)?;
    let words = Words { words: &text.words, is_helper: false };
    let at = (0..words.len()).find(|at| is_fever(&words, *at))?;
    let here = at..at + 1;
    let sense = match cues.sense(std::slice::from_ref(&here), Nature { lasts: false, counts_when_gone: true })
    {
        Sense::Absent => Sense::Unclear, // "not 39" may be 38.5
        sense => sense,
    };
    let span = span_of(words.words, std::slice::from_ref(&here));
    Some(Mention { finding, option: None, sense, span, trigger: "a temperature".to_owned() })
}

fn is_fever(words: &Words<'_>, at: usize) -> bool {
    let Ok(degrees) = words.at(at).replace(',', ".").parse::<f64>() else { return false };
    let is_celsius = (38.0..=43.0).contains(&degrees);
    let is_fahrenheit = (100.4..=109.0).contains(&degrees);
    let near = at.saturating_sub(5)..at + 4;
    let unit = words.at(at + 1);
    let has_unit = is_celsius && unit == "c" || is_fahrenheit && unit == "f";
    let is_weather = words.before(at, 1) == "in"
        || words.any(
            near.clone(),
            &["heat", "hot", "outside", "weather", "old", "yo", "shade", "room", "oven", "sun", "week"],
        );
    (is_celsius || is_fahrenheit) && (has_unit || words.any(near, TEMPERATURE)) && !is_weather
}
