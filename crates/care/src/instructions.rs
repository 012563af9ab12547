//! What the person is told to do: the page of the outcome, made for these reasons.

use crate::guideline::{Guideline, HelpLine, Outcome, SourceId};
use crate::reasons::Reason;
use crate::urgency::Urgency;

/// What to do at an urgency, for the reasons that led there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instructions<'g> {
    /// The heading.
    pub title: &'g str,
    /// The line to call before the emergency number, where the region has it.
    pub first_call: Option<HelpLine>,
    /// What to do, first things first; never empty.
    pub actions: Vec<&'g str>,
    /// Standing lines.
    pub say: Vec<&'g str>,
    /// Lines to call beside the emergency number, what matters most first.
    pub calls: Vec<HelpLine>,
    /// Where it is taken from.
    pub sources: Vec<SourceId>,
}

/// What to do at `urgency`, which `because` led to.
///
/// A rule may have a page of its own. Where the rules that decide ask for
/// different pages, the first of them in the order of the book leads, and the
/// others add what they must not leave unsaid.
pub fn instructions<'g>(guideline: &'g Guideline, urgency: Urgency, because: &[Reason]) -> Instructions<'g> {
    let usual = guideline.outcome(urgency);
    let deciding = || because.iter().filter(|reason| reason.urgency == urgency);
    let page_for = |reason: &Reason| -> &'g Outcome {
        let own = guideline.rule(reason.rule).tells.map(|outcome| guideline.outcome_with(outcome));
        own.filter(|outcome| outcome.urgency == urgency).unwrap_or(usual)
    };
    let asked_for: Vec<&str> = deciding().map(|reason| page_for(reason).id.as_str()).collect();
    let mut pages =
        guideline.book().outcomes.iter().filter(|outcome| asked_for.contains(&outcome.id.as_str()));
    let lead = pages.next().unwrap_or(usual);
    let mut actions: Vec<&str> = lead.actions.iter().take(1).map(String::as_str).collect();
    let added = pages.flat_map(|page| &page.also).chain(lead.actions.iter().skip(1));
    for action in added {
        if !actions.contains(&action.as_str()) {
            actions.push(action);
        }
    }
    let mut calls = Vec::new();
    for line in because.iter().flat_map(|reason| &guideline.rule(reason.rule).calls) {
        if !calls.contains(line) {
            calls.push(*line);
        }
    }
    Instructions {
        title: &lead.title,
        first_call: lead.first_call,
        actions,
        say: lead.say.iter().map(String::as_str).collect(),
        calls,
        sources: lead.sources.clone(),
    }
}
