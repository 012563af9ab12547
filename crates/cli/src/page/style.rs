//! Bold and colour, and that nothing else reaches a terminal.

use std::borrow::Cow;

use anstyle::{AnsiColor, Color, Style};

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const ALARM: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Red)));
pub(super) const HEADING: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));

/// A text in a style. What the text itself would do to a terminal is written out.
pub(super) fn styled(style: Style, text: &str) -> String {
    format!("{style}{}{style:#}", care::printable_lines(text))
}

/// A line in which nothing acts but the styles above.
///
/// Where a text of somebody else is put into a line it is made [`care::printable`] first;
/// this is the second lock, for the place that was forgotten.
pub(super) fn only_ours(line: &str) -> Cow<'_, str> {
    if !line.contains('\u{1b}') {
        return care::printable_lines(line);
    }
    let mut parts = line.split('\u{1b}');
    let mut safe = care::printable_lines(parts.next().unwrap_or_default()).into_owned();
    for part in parts {
        let style = part.strip_prefix('[').and_then(|rest| rest.split_once('m'));
        if let Some((code @ ("0" | "1" | "2" | "31" | "36"), rest)) = style {
            safe.extend(["\u{1b}[", code, "m"]);
            safe.push_str(&care::printable_lines(rest));
        } else {
            safe.push_str("\\u{1b}");
            safe.push_str(&care::printable_lines(part));
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_styles_stay_and_nothing_else_acts() {
        for style in [BOLD, DIM, ALARM, HEADING] {
            let line = styled(style, "plain");
            assert_eq!(only_ours(&line), line);
            assert_eq!(only_ours(&styled(style, "a\u{1b}[2Jb")), format!("{style}a\\u{{1b}}[2Jb{style:#}"));
        }
        for (line, shown) in [
            ("\u{1b}[2J\u{1b}[H", "\\u{1b}[2J\\u{1b}[H"),
            ("\u{1b}[8mhidden\u{1b}[0m", "\\u{1b}[8mhidden\u{1b}[0m"),
            ("\u{1b}]8;;x\u{7}", "\\u{1b}]8;;x\\u{7}"),
            ("\u{1b}", "\\u{1b}"),
            ("\u{202e}\u{9b}1m", "\\u{202e}\\u{9b}1m"),
        ] {
            assert_eq!(only_ours(line), shown);
        }
    }
}
