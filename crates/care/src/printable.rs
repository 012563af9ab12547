//! Text of others, made safe to show in a line.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What is longer is cut: a message is for reading.
const LONGEST: usize = 300;

/// A text from elsewhere (a file, an argument, a certificate) as it may stand in a
/// message: what would move the cursor, begin a new line, or turn the direction of
/// writing is written out as `\u{1b}`. Longer than 300 characters it is cut.
///
/// ```
/// assert_eq!(care::printable("fever"), "fever");
/// assert_eq!(care::printable("a\u{1b}[2Jb\nc\u{202e}d"), "a\\u{1b}[2Jb\\nc\\u{202e}d");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    let cut = text.char_indices().nth(LONGEST).map(|(place, _)| place);
    let shown = &text[..cut.unwrap_or(text.len())];
    let mut safe = escaped(shown, |_| false);
    if cut.is_some() {
        safe.to_mut().push_str("...");
    }
    safe
}

/// As [`printable`], for a text of several lines and of any length: line breaks and tabs stay.
///
/// ```
/// assert_eq!(care::printable_lines("a\n\u{9b}b"), "a\n\\u{9b}b");
/// ```
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |letter| matches!(letter, '\n' | '\t'))
}

/// As [`printable_lines`], for JSON: what would act is written as JSON writes it, so that
/// the text means the same to a program.
///
/// ```
/// assert_eq!(care::printable_json("{\"a\": \"\u{202e}\"}"), "{\"a\": \"\\u202e\"}");
/// ```
pub fn printable_json(text: &str) -> Cow<'_, str> {
    let is_unsafe = |letter: char| is_acting(letter) && letter != '\n';
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if is_unsafe(letter) {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing into a text never fails.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(letter);
        }
    }
    Cow::Owned(safe)
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_unsafe = |letter: char| is_acting(letter) && !stays(letter);
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '\n' if is_unsafe(letter) => safe.push_str("\\n"),
            letter if is_unsafe(letter) => {
                // Writing into a text never fails.
                let _ = write!(safe, "{}", letter.escape_unicode());
            }
            letter => safe.push(letter),
        }
    }
    Cow::Owned(safe)
}

/// Whether a character does something instead of being seen: a control character, a
/// separator of lines or paragraphs, a mark of direction (Unicode Standard Annex 9), or
/// one of those that show nothing at all. Joiners stay, which scripts and emoji need.
///
/// ```
/// assert!(care::is_acting('\u{1b}') && !care::is_acting('é'));
/// ```
pub fn is_acting(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_written_out() {
        for (text, shown) in [
            ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
            ("a\rb\u{8}c\u{7f}", "a\\u{d}b\\u{8}c\\u{7f}"),
            ("\u{9b}2J\u{85}", "\\u{9b}2J\\u{85}"),
            ("\u{2066}x\u{2069}\u{200f}\u{61c}", "\\u{2066}x\\u{2069}\\u{200f}\\u{61c}"),
            ("\u{2028}\u{2029}\u{feff}", "\\u{2028}\\u{2029}\\u{feff}"),
            ("38.5 °C, Zoë, עברית, 👩\u{200d}⚕️", "38.5 °C, Zoë, עברית, 👩\u{200d}⚕️"),
        ] {
            assert_eq!(printable(text), shown);
        }
        assert_eq!(printable("two\nlines\tof"), "two\\nlines\\u{9}of");
        assert_eq!(printable_lines("two\nlines\tof\r"), "two\nlines\tof\\u{d}");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(printable(&"ä".repeat(300)), "ä".repeat(300));
        assert_eq!(printable(&"ä".repeat(301)), format!("{}...", "ä".repeat(300)));
    }
}
