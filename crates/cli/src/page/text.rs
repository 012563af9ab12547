//! Lines for a person or a program, as they are printed.
//!
//! Colour and bold are dropped where the output is not a terminal or `NO_COLOR`
//! is set; nothing is said by colour alone.

use std::fmt::Display;
use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::page::style::{self, ALARM, DIM, HEADING, styled};

/// Prints a line. Whoever closed the pipe, as `head` does, has read enough: that is no
/// error, and the program ends with the exit code that it would have had. Where a
/// line cannot be written otherwise, the program ends and says so.
macro_rules! say {
    ($($argument:tt)*) => {
        $crate::page::text::write_line(&format!($($argument)*))
    };
}
pub(crate) use say;

/// What [`say`] does.
pub(crate) fn write_line(line: &str) {
    use std::io::Write;
    if is_read() {
        written(writeln!(anstream::stdout(), "{}", style::only_ours(line)));
    }
}

fn write_raw(text: &str) {
    use std::io::Write;
    if !is_read() {
        return;
    }
    let mut out = std::io::stdout().lock();
    written(out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()));
}

/// Whether nobody reads any more.
static IS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether somebody still reads the output.
pub(crate) fn is_read() -> bool {
    !IS_CLOSED.load(Ordering::Relaxed)
}

/// Whether this command has kept something by now.
static HAS_KEPT: AtomicBool = AtomicBool::new(false);

/// Something was kept: that it cannot be shown is then no reason to enter it again.
pub(crate) fn has_kept() {
    HAS_KEPT.store(true, Ordering::Relaxed);
}

fn written(result: std::io::Result<()>) {
    match result {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => IS_CLOSED.store(true, Ordering::Relaxed),
        Err(error) if HAS_KEPT.load(Ordering::Relaxed) => {
            IS_CLOSED.store(true, Ordering::Relaxed);
            note(&format!("unclench: what you entered is kept; only the output cannot be written: {error}"));
        }
        Err(error) => {
            note(&format!("{} cannot write the output: {error}", error_word()));
            std::process::exit(1);
        }
    }
}

/// Prints a line for another program at once, as it is.
pub(crate) fn line(text: &str) {
    write_raw(text);
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
        shown.extend(["\n", indent, line]);
    }
    note(&format!("{} {shown}", error_word()));
}

/// Prints a line beside the output. If nobody reads it there is nobody to tell.
pub(crate) fn note(text: &str) {
    use std::io::Write;
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Longer lines are hard to read.
pub(super) const WIDTH: usize = 78;

/// The word before an error.
fn error_word() -> String {
    styled(ALARM, "error:")
}

/// A heading with a blank line before it.
pub(crate) fn heading(text: impl Display) {
    say!("\n{}", styled(HEADING, &text.to_string()));
}

/// A heading that must not be missed.
pub(crate) fn alarm(text: &str) {
    say!("\n{}", styled(ALARM, text));
}

/// A paragraph, wrapped.
pub(crate) fn paragraph(text: impl Display) {
    say!("{}", wrap(&text.to_string(), "", ""));
}

/// A paragraph in a quieter tone, wrapped.
pub(crate) fn aside(text: &str) {
    for line in wrap(text, "", "").lines() {
        say!("{}", styled(DIM, line));
    }
}

/// A point of a list, wrapped.
pub(crate) fn point(mark: &str, text: impl Display) {
    let indent = " ".repeat(mark.chars().count() + 3);
    say!("{}", wrap(&text.to_string(), &format!("  {mark} "), &indent));
}

/// Points of a list, each with the same mark.
pub(crate) fn points(mark: &str, texts: impl IntoIterator<Item = impl Display>) {
    for text in texts {
        point(mark, text);
    }
}

/// A line under a point, in a quieter tone, wrapped.
pub(crate) fn quiet_point(text: impl Display) {
    for line in wrap(&text.to_string(), "      ", "      ").lines() {
        say!("{}", styled(DIM, line));
    }
}

/// Lines of that width.
pub(super) fn wrap(text: &str, first: &str, others: &str) -> String {
    let options = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(others);
    // A word with a hyphen, or a range of pages, stays whole.
    let options = options.word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}
