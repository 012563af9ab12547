//! Which words are English, so that none of them is taken for a slip.

use std::sync::OnceLock;

/// The commoner half of English, British and American, lower-case words of four letters or
/// more, sorted: the small lists of SCOWL, version 2020.12.07 (copyright in
/// `english.copyright`). Each line says with a digit (after 9 comes `a`) how many letters its
/// word begins with like the one before, and then the others. That is half as large
/// when it is packed, and a browser waits for it.
const SHORTENED: &str = include_str!("english.txt");

/// The words as they are, one a line.
fn words() -> &'static str {
    static WORDS: OnceLock<String> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = String::with_capacity(3 * SHORTENED.len());
        let mut before = 0;
        for line in SHORTENED.lines() {
            let mut letters = line.chars();
            let shared = letters.next().and_then(|digit| digit.to_digit(36)).unwrap_or_default();
            let start = words.len();
            words.extend_from_within(before..before + shared as usize);
            words.push_str(letters.as_str());
            words.push('\n');
            before = start;
        }
        words
    })
}

/// Whether a lower-case word stands in the list.
pub(super) fn is_english(word: &str) -> bool {
    let words = words();
    let bytes = words.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |line| line + 1);
        let end =
            bytes[middle..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |to| middle + to);
        match words[start..end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{SHORTENED, is_english, words};

    #[test]
    fn every_word_of_the_list_is_found_and_no_other() {
        assert!(words().lines().all(is_english));
        for word in ["nummb", "blader", "", "aaaa", "zzzz", "stood\nstool"] {
            assert!(!is_english(word), "{word}");
        }
    }

    #[test]
    fn the_words_are_sorted_and_each_is_written_as_short_as_it_can_be() {
        let mut before = "";
        let mut shortened = String::new();
        for word in words().lines() {
            assert!(before < word && word.chars().all(|letter| letter.is_ascii_lowercase()), "{word}");
            let shared = before.bytes().zip(word.bytes()).take_while(|(one, other)| one == other).count();
            let digit = char::from_digit(u32::try_from(shared).unwrap(), 36).unwrap();
            shortened.extend([&digit.to_string(), &word[shared..], "\n"]);
            before = word;
        }
        assert_eq!(shortened, SHORTENED);
    }
}
