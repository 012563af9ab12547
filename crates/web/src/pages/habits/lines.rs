//! The content lines of a calendar file (RFC 5545, section 3.1).
//!
//! Written here because it takes few lines, and because the library that was
//! tried reads the clock and makes random ids by itself: the pages do neither.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// A line holds at most so many bytes, without its end.
const LONGEST: usize = 75;

/// A calendar file in the making.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line whose value stands as it is.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A line whose value is text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                '\n' => escaped.push_str("\\n"),
                // Other control characters have no place in a line.
                letter if letter.is_control() => {}
                letter => escaped.push(letter),
            }
        }
        self.add(name, &escaped);
    }

    /// A part with its lines.
    pub(super) fn part(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.add("BEGIN", name);
        inside(self);
        self.add("END", name);
    }

    /// Everything, as the bytes of a file.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// Breaks a long line between letters; what follows a break begins with a blank, which counts.
    fn fold(&mut self, line: &str) {
        let mut width = 0;
        for letter in line.chars() {
            if LONGEST < width + letter.len_utf8() {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(letter);
            width += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// By the clock of some place: `20261124T080000`.
pub(super) fn local(time: DateTime) -> String {
    time.strftime("%Y%m%dT%H%M%S").to_string()
}

/// The same everywhere: `20261124T080000Z`.
pub(super) fn instant(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// How far a clock is from UTC: `+0530`, `-0400`.
pub(super) fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3_600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_between_letters_and_unfolds_to_itself() {
        let text = "Rücken, Schultern; Ärme und ✓ ".repeat(12);
        let mut lines = Lines::default();
        lines.text("DESCRIPTION", &text);
        let written = String::from_utf8(lines.into_bytes()).unwrap();
        assert!(written.split("\r\n").all(|line| line.len() <= LONGEST), "{written}");
        assert!(written.split("\r\n").count() > 4);
        let unfolded = written.replace("\r\n ", "");
        assert_eq!(unfolded, format!("DESCRIPTION:{}\r\n", text.replace(',', "\\,").replace(';', "\\;")));
    }

    #[test]
    fn no_text_can_begin_a_line_of_its_own() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", "a\r\nBEGIN:VALARM\\");
        assert_eq!(lines.into_bytes(), b"SUMMARY:a\\nBEGIN:VALARM\\\\\r\n");
    }

    #[test]
    fn an_offset_has_its_sign_and_seconds_only_where_there_are_any() {
        let written = |seconds| offset(Offset::from_seconds(seconds).unwrap());
        assert_eq!(written(0), "+0000");
        assert_eq!(written(19_800), "+0530");
        assert_eq!(written(-12_600), "-0330");
        assert_eq!(written(-75), "-000115");
    }
}
