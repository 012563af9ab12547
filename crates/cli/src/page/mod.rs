//! What a person reads in the terminal.
//!
//! Colour and bold are dropped where the output is not a terminal or `NO_COLOR`
//! is set; nothing is said by colour alone.

use style::{ALARM, BOLD, DIM, HEADING, styled};

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
    written(writeln!(anstream::stdout(), "{}", style::only_ours(line)));
}

fn write_raw(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()));
}

fn written(result: std::io::Result<()>) {
    if let Err(error) = result {
        // Whoever closed the pipe, as `head` does, has read enough and needs no message.
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            anstream::eprintln!("{} cannot write the output: {error}", error_word());
        }
        std::process::exit(1);
    }
}

/// Prints JSON: to a program it says the same, and on a terminal nothing in it acts.
pub(crate) fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    write_line(&care::printable_json(&serde_json::to_string_pretty(value)?));
    Ok(())
}

/// Prints data for another program, as it is; on a terminal only what can be seen.
pub(crate) fn data(text: &str) {
    use std::io::IsTerminal;
    if std::io::stdout().is_terminal() {
        write_line(&care::printable_lines(text));
    } else {
        write_raw(text);
    }
}

/// Prints an error. Its further lines are indented, so that nothing that it quotes can
/// pass for a line of ours.
pub(crate) fn error(text: &str) {
    let text = care::printable_lines(text);
    let mut lines = text.lines();
    let mut shown = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let indent = if line.is_empty() || line.starts_with("  ") { "" } else { "  " };
        shown.push_str(&format!("\n{indent}{line}"));
    }
    anstream::eprintln!("{} {shown}", error_word());
}

mod outcome;
mod screen;
mod style;

pub(crate) use outcome::{Outcome, show_what_to_do, unfinished};
pub(crate) use screen::{
    clear, lines_that_fit, one_line, row_of_a_list, screen_head, short_lines_that_fit, why_we_ask,
};

/// Longer lines are hard to read.
const WIDTH: usize = 78;

/// The word before an error.
fn error_word() -> String {
    styled(ALARM, "error:")
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
