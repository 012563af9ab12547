//! The outcome at the end of an interview in a terminal, one page at a time.

use std::fmt;

use care::first_hour::is_session;
use care::{Finished, Region, Remedy};
use inquire::{InquireError, Select};
use tell::Message;

use crate::interview::session;
use crate::page::{self, Outcome};

/// Shows the pages of an outcome. True to end, false to change an answer.
pub(super) fn turn_pages(finished: &Finished<'_>, region: &Region) -> anyhow::Result<bool> {
    let outcome = Outcome::new(finished, region);
    let mut part = Part::Outcome;
    page::clear()?;
    part.show(&outcome);
    loop {
        page::say!("");
        let picked = Select::new("What next?", part.choices(&outcome))
            .with_page_size(page::short_lines_that_fit())
            .without_filtering()
            .with_help_message("↑↓ move · enter choose · esc back")
            .prompt_skippable();
        let choice = match picked {
            Ok(Some(choice)) => choice,
            Err(InquireError::OperationInterrupted) => Choice::End,
            Ok(None) | Err(InquireError::OperationCanceled) => match part {
                Part::Outcome => Choice::End,
                Part::Remedy(_) => Choice::Turn(Part::Plan),
                Part::Why | Part::Plan | Part::Card => Choice::Turn(Part::Outcome),
                Part::WholeCard => Choice::Turn(Part::Card),
            },
            Err(error) => return Err(error.into()),
        };
        match choice {
            Choice::Turn(to) => {
                part = to;
                page::clear()?;
                part.show(&outcome);
            }
            Choice::Session(remedy) => {
                page::clear()?;
                session::guide(remedy)?;
            }
            Choice::Everything => outcome.all(),
            Choice::Sources => outcome.sources(),
            Choice::Change => return Ok(false),
            Choice::End => {
                outcome.footer();
                return Ok(true);
            }
        }
    }
}

/// A page of the outcome.
#[derive(Clone, Copy)]
enum Part<'g> {
    Outcome,
    Why,
    Plan,
    Remedy(&'g Remedy),
    Card,
    WholeCard,
}

impl<'g> Part<'g> {
    fn show(self, outcome: &Outcome<'_>) {
        match self {
            Self::Outcome if outcome.is_emergency() => outcome.what_to_do(),
            Self::Outcome => outcome.first(),
            Self::Why => {
                outcome.why();
                if !outcome.is_emergency() {
                    outcome.also_said();
                }
            }
            Self::Plan => {
                outcome.left_out();
                page::heading("What helps");
                page::paragraph("Pick one to see its steps. Start with what feels best to you.");
            }
            Self::Remedy(remedy) => outcome.remedy_with_sources(remedy),
            Self::Card => outcome.come_back(),
            Self::WholeCard => outcome.whole_come_back(),
        }
    }

    /// What can be done next; the first line is what most people want.
    fn choices(self, outcome: &Outcome<'g>) -> Vec<Choice<'g>> {
        let has_plan = outcome.remedies().next().is_some();
        let mut choices = match self {
            // In an emergency the page holds what to do and nothing that could push it out of sight.
            Self::Outcome if outcome.is_emergency() => vec![Choice::Turn(Self::Why), Choice::End],
            Self::Outcome if !has_plan => vec![Choice::Turn(Self::Why), Choice::End],
            Self::Why => vec![Choice::Turn(Self::Outcome), Choice::End],
            Self::Outcome => {
                vec![Choice::Turn(Self::Plan), Choice::Turn(Self::Card), Choice::Turn(Self::Why)]
            }
            Self::Remedy(_) => vec![Choice::Turn(Self::Plan), Choice::Turn(Self::Card)],
            Self::Plan => vec![Choice::Turn(Self::Card)],
            Self::Card => vec![
                Choice::End,
                Choice::Turn(Self::WholeCard),
                Choice::Turn(Self::Outcome),
                Choice::Turn(Self::Plan),
            ],
            Self::WholeCard => vec![Choice::End, Choice::Turn(Self::Card), Choice::Turn(Self::Outcome)],
        };
        match self {
            Self::Plan => choices.extend(outcome.remedies().map(|remedy| Choice::Turn(Self::Remedy(remedy)))),
            Self::Remedy(remedy) if is_session(remedy) => choices.insert(0, Choice::Session(remedy)),
            Self::Remedy(_) | Self::Why => {}
            Self::Outcome if outcome.is_emergency() => {}
            Self::Outcome | Self::Card | Self::WholeCard => choices.push(Choice::Everything),
        }
        choices.extend([Choice::Sources, Choice::Change]);
        if !choices.iter().any(|choice| matches!(choice, Choice::End)) {
            choices.push(Choice::End);
        }
        choices
    }
}

/// What can be done at the end of a page of the outcome.
enum Choice<'g> {
    Turn(Part<'g>),
    Session(&'g Remedy),
    Everything,
    Sources,
    Change,
    End,
}

impl fmt::Display for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Turn(Part::Outcome) => f.write_str("The outcome again"),
            Self::Turn(Part::Why) => Message::OutcomeWhy.fmt(f),
            Self::Turn(Part::Plan) => f.write_str("What helps: pick a step"),
            Self::Turn(Part::Card) => f.write_str("Your come-back card: when to get help"),
            Self::Turn(Part::WholeCard) => Message::CardWhole.fmt(f),
            Self::Turn(Part::Remedy(remedy)) => {
                write!(f, "{}: {} ({})", remedy.stage.title(), remedy.name, remedy.strength.words())
            }
            Self::Session(_) => f.write_str("Do it now, step by step"),
            Self::Everything => f.write_str("Everything on one page, with where sources differ"),
            Self::Sources => f.write_str("The sources behind the numbers"),
            Self::Change => f.write_str("Change an answer"),
            Self::End => f.write_str("Done"),
        }
    }
}
