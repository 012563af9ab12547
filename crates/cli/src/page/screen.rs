//! The top of an interview screen, and how it fits the terminal.

use care::{Question, Region};

use crate::page::{BOLD, WIDTH, aside, paragraph, styled, wrap};

/// Clears the terminal for the next screen.
///
/// # Errors
///
/// If the terminal cannot be written to.
pub(crate) fn clear() -> anyhow::Result<()> {
    use crossterm::cursor::MoveTo;
    use crossterm::terminal::{Clear, ClearType};
    crossterm::execute!(std::io::stdout(), Clear(ClearType::All), MoveTo(0, 0))?;
    Ok(())
}

/// The top of a screen: where we are, whom to call, the question.
///
/// # Errors
///
/// If the terminal cannot be written to.
pub(crate) fn screen_head(
    question: &Question,
    number: usize,
    region: &Region,
    notice: Option<&str>,
) -> anyhow::Result<()> {
    clear()?;
    aside(&format!(
        "Screen {number} · {} · In an emergency call {}",
        question.chapter.title(),
        region.emergency
    ));
    if let Some(notice) = notice {
        anstream::println!();
        paragraph(notice);
    }
    anstream::println!();
    for line in wrap(&question.ask, "", "").lines() {
        anstream::println!("{}", styled(BOLD, line));
    }
    if let Some(help) = &question.help {
        aside(help);
    }
    anstream::println!();
    Ok(())
}

/// Why a question is asked, between two prompts.
pub(crate) fn why_we_ask(why: &str) {
    anstream::println!();
    paragraph(&format!("Why we ask: {why}"));
    anstream::println!();
}

/// How many lines a list may take, so that it fits under the top of the screen.
pub(crate) fn rows_for_a_list() -> usize {
    let rows = crossterm::terminal::size().map_or(24, |(_, rows)| usize::from(rows));
    rows.saturating_sub(9).clamp(5, 24)
}

/// A text cut to one line of the terminal.
pub(crate) fn one_line(text: &str) -> String {
    let width =
        crossterm::terminal::size().map_or(WIDTH, |(columns, _)| usize::from(columns)).saturating_sub(6);
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let cut: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{cut}…")
}
