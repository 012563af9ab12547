//! What the person is told to do: the page of the outcome, made for these reasons.

use crate::book::{HelpLine, Outcome, RuleId, SourceId, Urgency};
use crate::decision::guideline::Guideline;
use crate::decision::interview::Finished;
use crate::decision::reasons::{Reason, reasons};

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

/// What to do after a finished triage, for the reasons that led there.
pub fn what_to_do<'g>(finished: &Finished<'g>) -> Instructions<'g> {
    what_to_do_for(finished, &reasons(finished.state()))
}

/// What to do after a finished triage, said for some of its reasons only: a page of its own that
/// only the others ask for is not told.
pub fn what_to_do_for<'g>(finished: &Finished<'g>, reasons: &[Reason]) -> Instructions<'g> {
    let because: Vec<(RuleId, Urgency)> =
        reasons.iter().map(|reason| (reason.rule, reason.urgency)).collect();
    instructions(finished.state().guideline(), finished.urgency(), &because)
}

/// What to do where nothing is known but that these rules may hold, as in a question
/// in own words; the usual page of self-care where there are none.
pub fn what_to_do_about<'g>(guideline: &'g Guideline, rules: &[RuleId]) -> Instructions<'g> {
    let because: Vec<(RuleId, Urgency)> =
        rules.iter().map(|rule| (*rule, guideline.rule(*rule).urgency)).collect();
    let urgency = because.iter().map(|(_, urgency)| *urgency).max().unwrap_or_default();
    instructions(guideline, urgency, &because)
}

/// What to do at `urgency`, which these rules, each with what it adds, led to.
///
/// A rule may have a page of its own. Where the rules that decide ask for
/// different pages, the first of them in the order of the book leads, and the
/// others add what they must not leave unsaid.
fn instructions<'g>(
    guideline: &'g Guideline,
    urgency: Urgency,
    because: &[(RuleId, Urgency)],
) -> Instructions<'g> {
    let deciding = because.iter().filter(|(_, adds)| *adds == urgency);
    let usual = guideline.outcome(urgency);
    let page_of = |(rule, _): &(RuleId, Urgency)| -> &'g Outcome {
        Some(guideline.outcome_told_by(*rule)).filter(|own| own.urgency == urgency).unwrap_or(usual)
    };
    let asked_for: Vec<&str> = deciding.map(|rule| page_of(rule).id.as_str()).collect();
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
    for line in because.iter().flat_map(|(rule, _)| &guideline.rule(*rule).calls) {
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
