//! What a person reads in the terminal.
//!
//! Colour and bold are dropped where the output is not a terminal or `NO_COLOR`
//! is set; nothing is said by colour alone.

use anstyle::{AnsiColor, Style};

/// Prints a line, or ends the program where nobody can read it any more.
///
/// A pipe that was closed is no reason to panic; but whoever waits for an exit
/// code must not take a result that was never written for one that was.
macro_rules! say {
    ($($argument:tt)*) => {
        $crate::page::write_line(&format!($($argument)*))
    };
}
pub(crate) use say;

/// What [`say`] does.
pub(crate) fn write_line(line: &str) {
    use std::io::Write;
    if let Err(error) = writeln!(anstream::stdout(), "{line}") {
        // Whoever closed the pipe, as `head` does, has read enough and needs no message.
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            anstream::eprintln!("{} cannot write the output: {error}", error_word());
        }
        std::process::exit(1);
    }
}

mod outcome;
mod screen;

pub(crate) use outcome::{Outcome, show_what_to_do, unfinished};
pub(crate) use screen::{
    clear, lines_that_fit, one_line, row_of_a_list, screen_head, short_lines_that_fit, why_we_ask,
};

/// Longer lines are hard to read.
const WIDTH: usize = 78;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const ALARM: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const HEADING: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));

/// The word before an error.
pub(crate) fn error_word() -> String {
    styled(ALARM, "error:")
}

fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A heading with a blank line before it.
pub(crate) fn heading(text: &str) {
    crate::page::say!("\n{}", styled(HEADING, text));
}

/// A heading that must not be missed.
pub(crate) fn alarm(text: &str) {
    crate::page::say!("\n{}", styled(ALARM, text));
}

/// A paragraph, wrapped.
pub(crate) fn paragraph(text: &str) {
    crate::page::say!("{}", wrap(text, "", ""));
}

/// A paragraph in a quieter tone, wrapped.
pub(crate) fn aside(text: &str) {
    for line in wrap(text, "", "").lines() {
        crate::page::say!("{}", styled(DIM, line));
    }
}

/// A point of a list, wrapped.
pub(crate) fn point(mark: &str, text: &str) {
    let indent = " ".repeat(mark.chars().count() + 3);
    crate::page::say!("{}", wrap(text, &format!("  {mark} "), &indent));
}

/// A line under a point, in a quieter tone, wrapped.
pub(crate) fn quiet_point(text: &str) {
    for line in wrap(text, "      ", "      ").lines() {
        crate::page::say!("{}", styled(DIM, line));
    }
}

fn wrap(text: &str, first: &str, others: &str) -> String {
    let options = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(others);
    textwrap::fill(text, options)
}
