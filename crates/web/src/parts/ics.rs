//! The content lines of a calendar file (RFC 5545, section 3.1).

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// The most bytes of a line, its break apart.
const LONGEST: usize = 75;

/// A calendar file in the making.
#[derive(Debug, Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// A line whose value is no text of a person: a time, a number, a rule.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        let value: String = value.chars().filter(|letter| !letter.is_control()).collect();
        self.write(&format!("{name}:{value}"));
    }

    /// A line with a text, in which commas and semicolons divide nothing (section 3.3.11).
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for letter in printable(text).chars() {
            match letter {
                '\n' => escaped.push_str("\\n"),
                '\\' | ',' | ';' => escaped.extend(['\\', letter]),
                _ => escaped.push(letter),
            }
        }
        self.write(&format!("{name}:{escaped}"));
    }

    /// A line whose value is a time by the clock of a place; without a place by any clock.
    pub(crate) fn add_in(&mut self, zone: Option<&str>, name: &str, value: &str) {
        let zone = zone.map(|zone| format!(";TZID={zone}")).unwrap_or_default();
        self.write(&format!("{name}{zone}:{value}"));
    }

    /// Folded between letters: every line after the first begins with a blank.
    fn write(&mut self, line: &str) {
        let mut room = LONGEST;
        for letter in line.chars() {
            if room < letter.len_utf8() {
                self.0.push_str("\r\n ");
                room = LONGEST - 1;
            }
            room -= letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }

    /// A part with its lines.
    pub(crate) fn part(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.add("BEGIN", name);
        inside(self);
        self.add("END", name);
    }

    /// Everything, as the bytes of a file.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// Control characters have no place in a line, but for the break between two lines of a text.
fn printable(text: &str) -> String {
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}

/// By the clock of some place: `20261124T080000`.
pub(crate) fn local(time: DateTime) -> String {
    time.strftime("%Y%m%dT%H%M%S").to_string()
}

/// The same everywhere: `20261124T080000Z`.
pub(crate) fn instant(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// How far a clock is from UTC: `+0530`, `-0400`.
pub(crate) fn offset(offset: Offset) -> String {
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
        assert!(written.split("\r\n").all(|line| line.len() <= 75), "{written}");
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
