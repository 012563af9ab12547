//! The content lines of a calendar file (RFC 5545, section 3.1).
//!
//! Each line is written by the library, which escapes and folds it. Its events and
//! components are not used: they fill in an id and a time where a part has none,
//! which no time zone has, out of the clock and random numbers. The pages have neither.

use icalendar::Property;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// A calendar file in the making.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line.
    pub(super) fn add(&mut self, name: &str, value: &str) {
        self.write(Property::new(name, printable(value)));
    }

    /// A line whose value is a time by the clock of a place; without a place by any clock.
    pub(super) fn add_in(&mut self, zone: Option<&str>, name: &str, value: &str) {
        let mut property = Property::new(name, value);
        if let Some(zone) = zone {
            property.add_parameter("TZID", zone);
        }
        self.write(property);
    }

    fn write(&mut self, property: Property) {
        // Writing to a text cannot fail.
        let line: String = property.try_into().unwrap_or_default();
        self.0.push_str(&line);
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
}

/// Control characters have no place in a line, but for the break between two lines of a text.
fn printable(text: &str) -> String {
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
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
        lines.add("DESCRIPTION", &text);
        let written = String::from_utf8(lines.into_bytes()).unwrap();
        assert!(written.split("\r\n").all(|line| line.len() <= 75), "{written}");
        assert!(written.split("\r\n").count() > 4);
        let unfolded = written.replace("\r\n ", "");
        assert_eq!(unfolded, format!("DESCRIPTION:{}\r\n", text.replace(',', "\\,").replace(';', "\\;")));
    }

    #[test]
    fn no_text_can_begin_a_line_of_its_own() {
        let mut lines = Lines::default();
        lines.add("SUMMARY", "a\r\nBEGIN:VALARM\\");
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
