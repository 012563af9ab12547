//! Which words are English, so that none of them is taken for a slip.

/// The commoner half of English, British and American, one lower-case word of four
/// letters or more a line, sorted: the small lists of SCOWL, version 2020.12.07
/// (copyright in `english.copyright`).
const WORDS: &str = include_str!("english.txt");

/// Whether a lower-case word stands in the list.
pub(super) fn is_english(word: &str) -> bool {
    let bytes = WORDS.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |line| line + 1);
        let end =
            bytes[middle..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |to| middle + to);
        match WORDS[start..end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{WORDS, is_english};

    #[test]
    fn every_word_of_the_list_is_found_and_no_other() {
        assert!(WORDS.lines().all(is_english));
        for word in ["nummb", "blader", "", "aaaa", "zzzz", "stood\nstool"] {
            assert!(!is_english(word), "{word}");
        }
    }
}
