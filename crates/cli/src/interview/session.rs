//! A remedy step by step in a terminal: one step on the screen, and its time counted down.

use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use care::{Pace, Remedy, RemedyStep, Spot};
use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, poll, read};
use inquire::{InquireError, Select};
use tell::Message;

use crate::interview::raw::{Raw, wipe};
use crate::page;

/// How a step was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Done,
    Stopped,
}

/// Leads through the steps.
///
/// # Errors
///
/// If the terminal cannot be used.
pub(super) fn guide(remedy: &Remedy) -> anyhow::Result<()> {
    page::heading(&remedy.name);
    let ControlFlow::Continue(here) = begins(remedy)? else { return Ok(()) };
    for stop in &remedy.stop_if {
        page::point("!", stop);
    }
    let steps: Vec<&RemedyStep> = remedy.steps.iter().filter(|step| step.is_for(here)).collect();
    for (number, step) in (1..).zip(&steps) {
        page::heading(format!("Step {number} of {}", steps.len()));
        page::paragraph(&step.text);
        if during(step)? == Left::Stopped {
            page::heading("Stopped");
            page::points("!", &remedy.stop_if);
            return Ok(());
        }
    }
    page::heading("Done");
    if let Some(gap) = remedy.gap {
        page::paragraph(Message::WaitAtLeast { gap: gap.to_string().into() });
    }
    Ok(())
}

/// Where the person begins, where the remedy has steps for one place only. It ends where they
/// go back.
fn begins(remedy: &Remedy) -> anyhow::Result<ControlFlow<(), Option<Spot>>> {
    let mut spots: Vec<Spot> = remedy.steps.iter().filter_map(|step| step.only_from).collect();
    spots.sort_unstable();
    spots.dedup();
    if spots.is_empty() {
        return Ok(ControlFlow::Continue(None));
    }
    let words: Vec<&str> = spots.iter().map(|spot| spot.words()).collect();
    let picked = Select::new("Where are you now?", words)
        .without_filtering()
        .with_help_message("↑↓ move · enter choose · esc back")
        .raw_prompt_skippable();
    match picked {
        Ok(Some(picked)) => Ok(ControlFlow::Continue(spots.get(picked.index).copied())),
        Ok(None) | Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => {
            Ok(ControlFlow::Break(()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Waits for the person, and counts the time of the step down meanwhile. It rings once when that
/// is over, and goes on only when they say so.
fn during(step: &RemedyStep) -> io::Result<Left> {
    let raw = Raw::begin()?;
    let (began, mut out) = (Instant::now(), io::stdout());
    let whole = step.timer.map(|timer| Duration::from_secs(timer.get().into()));
    let mut has_rung = false;
    let left = loop {
        let gone = began.elapsed();
        let is_over = whole.is_some_and(|whole| whole <= gone);
        let bell = if is_over && !has_rung { "\x07" } else { "" };
        has_rung |= is_over;
        write!(out, "{bell}{}", page::one_line(&status(whole, step.breathe, gone)))?;
        out.flush()?;
        // A breath goes by the same second as the clock.
        let next = Duration::from_secs(gone.as_secs() + 1).saturating_sub(gone);
        let key = if is_over || whole.is_none() || poll(next)? { pressed()? } else { None };
        wipe(1)?;
        if let Some(left) = key {
            break left;
        }
    };
    drop(raw);
    Ok(left)
}

/// What a key says, once one is pressed.
fn pressed() -> io::Result<Option<Left>> {
    let Event::Key(key) = read()? else { return Ok(None) };
    Ok(match key.code {
        _ if key.kind == KeyEventKind::Release => None,
        KeyCode::Enter => Some(Left::Done),
        KeyCode::Char('q') | KeyCode::Esc => Some(Left::Stopped),
        KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => Some(Left::Stopped),
        _ => None,
    })
}

/// The line under a step: what is left of its time, how to breathe, and the keys.
fn status(whole: Option<Duration>, pace: Option<Pace>, gone: Duration) -> String {
    let keys = "[enter go on · q stop]";
    let Some(whole) = whole else { return keys.to_owned() };
    let Some(left) = whole.checked_sub(gone).filter(|left| !left.is_zero()) else {
        return format!("Time is up.  {keys}");
    };
    // A second that has begun still counts.
    let seconds = left.as_secs() + u64::from(0 < left.subsec_nanos());
    let breath = pace.map(|pace| format!("{}  ", breath(pace, gone))).unwrap_or_default();
    format!("{breath}{}:{:02} left  {keys}", seconds / 60, seconds % 60)
}

/// `In 3` or `Out 5`: the seconds that are left of a breath.
fn breath(pace: Pace, gone: Duration) -> String {
    let [into, out] = [pace.breath_in, pace.breath_out].map(u64::from);
    let at = gone.as_secs() % (into + out);
    if at < into { format!("In {}", into - at) } else { format!("Out {}", into + out - at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_step_is_counted_down_to_its_end() {
        let at = |gone| status(Some(Duration::from_secs(90)), None, Duration::from_millis(gone));
        assert!(at(0).starts_with("1:30 left"), "{}", at(0));
        assert!(at(500).starts_with("1:30 left") && at(1_000).starts_with("1:29 left"));
        assert!(at(89_999).starts_with("0:01 left"));
        assert!(at(90_000).starts_with("Time is up.") && at(200_000).starts_with("Time is up."));
        assert_eq!(status(None, None, Duration::from_secs(7)), "[enter go on · q stop]");
    }

    #[test]
    fn a_breath_is_counted_in_and_out() {
        let pace = Pace { breath_in: 4, breath_out: 6 };
        let at = |gone| breath(pace, Duration::from_secs(gone));
        assert_eq!([0, 3, 4, 9, 10].map(at), ["In 4", "In 1", "Out 6", "Out 1", "In 4"]);
    }
}
