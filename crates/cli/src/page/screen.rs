//! The top of an interview screen, and how it fits the terminal.

use care::{Question, Region};

use crate::page::style::{BOLD, styled};
use crate::page::text::{WIDTH, aside, paragraph, say, wrap};

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
        say!("");
        paragraph(notice);
    }
    say!("");
    for line in wrap(&question.ask, "", "").lines() {
        say!("{}", styled(BOLD, line));
    }
    if let Some(help) = &question.help {
        aside(help);
    }
    say!("");
    Ok(())
}

/// Why a question is asked, between two prompts.
pub(crate) fn why_we_ask(why: &str) {
    say!("");
    paragraph(format!("Why we ask: {why}"));
    say!("");
}

/// How many of these lines a list may show at once, so that it fits under the top
/// of the screen whichever of them are in view. `mark` is the width before the text.
pub(crate) fn lines_that_fit<'t>(texts: impl IntoIterator<Item = &'t str>, mark: usize) -> usize {
    let (columns, rows) = crossterm::terminal::size()
        .map_or((80, 24), |(columns, rows)| (usize::from(columns), usize::from(rows)));
    let width = columns.saturating_sub(mark).max(20);
    let mut heights: Vec<usize> = texts.into_iter().map(|text| textwrap::wrap(text, width).len()).collect();
    heights.sort_unstable_by_key(|height| std::cmp::Reverse(*height));
    let room = rows.saturating_sub(ROWS_AROUND_A_LIST);
    let fits = heights
        .iter()
        .scan(0, |filled, height| {
            *filled += height;
            Some(*filled)
        })
        .take_while(|filled| *filled <= room);
    fits.count().max(4)
}

/// How many lines of one row each fit under the top of the screen.
pub(crate) fn short_lines_that_fit() -> usize {
    let rows = crossterm::terminal::size().map_or(24, |(_, rows)| usize::from(rows));
    rows.saturating_sub(ROWS_AROUND_A_LIST).max(4)
}

/// The top of the screen, the prompt and its help.
const ROWS_AROUND_A_LIST: usize = 8;

/// How wide the terminal is.
pub(crate) fn columns() -> usize {
    crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns))
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

/// A line of a list, broken between words where it is longer than the terminal
/// is wide, later rows set in.
///
/// The list itself breaks a long line anywhere. So each row is filled up with
/// spaces to the width of the terminal, and the break falls where we want it.
pub(crate) fn row_of_a_list(text: &str, mark: usize) -> String {
    let columns = crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns));
    let width = columns.saturating_sub(mark).max(20);
    let rows = textwrap::wrap(text, width);
    let last = rows.len().saturating_sub(1);
    let mut line = String::new();
    for (index, row) in rows.iter().enumerate() {
        line.push_str(row);
        if index < last {
            let filled = textwrap::core::display_width(row);
            line.push_str(&" ".repeat(width.saturating_sub(filled) + mark));
        }
    }
    line
}
