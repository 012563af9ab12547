//! What to do now, as a page shows it: whom to call, then the steps.

use askama::Template;
use care::{HelpLine, Instructions, Region, Urgency};

use crate::dial::dial;
use crate::frame::Emergency;

/// Whom to call, most urgent first, and what to do; below its own heading.
#[derive(Template)]
#[template(path = "components/what_to_do.html")]
pub(crate) struct WhatToDo<'v> {
    is_emergency: bool,
    emergency: Emergency<'v>,
    /// The line to call before the emergency number.
    first_line: Option<Line<'v>>,
    /// Lines to call beside the emergency number.
    lines: Vec<Line<'v>>,
    /// What to do, first things first.
    actions: Vec<&'v str>,
    /// A line for health advice, with what is dialled, where one fits the level.
    advice: Option<(&'v str, Option<&'v str>)>,
}

/// A line to call.
struct Line<'v> {
    what: &'static str,
    words: &'v str,
    /// What is dialled, if it can be.
    number: Option<&'v str>,
}

impl<'v> WhatToDo<'v> {
    /// In a region, at an urgency.
    pub(crate) fn of(region: &'v Region, urgency: Urgency, told: &Instructions<'v>) -> Self {
        // Without a number of its own the emergency number comes first.
        let first = told.first_call.filter(|line| region.line(*line).is_some());
        let others = told.calls.iter().filter(|line| first.as_ref() != Some(*line));
        Self {
            is_emergency: urgency == Urgency::Emergency,
            emergency: Emergency::of(region),
            first_line: first.map(|line| Line::of(region, line)),
            lines: others.map(|line| Line::of(region, *line)).collect(),
            actions: told.actions.clone(),
            advice: region
                .advice
                .as_deref()
                .filter(|_| urgency == Urgency::SameDay)
                .map(|words| (words, dial(words))),
        }
    }
}

impl<'v> Line<'v> {
    fn of(region: &'v Region, line: HelpLine) -> Self {
        let words = region.line(line).unwrap_or("ask the emergency number for it");
        Self { what: line.title(), words, number: dial(words) }
    }
}
