//! What a telephone dials.

/// The number that a telephone dials, out of words that begin with it.
pub(crate) fn dial(words: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == ' ' || letter == '-';
    let number = words.split(|letter| !is_part(letter)).next().unwrap_or_default().trim();
    number.starts_with(|first: char| first.is_ascii_digit()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::dial;

    #[test]
    fn a_number_is_read_out_of_its_words() {
        assert_eq!(dial("911"), Some("911"));
        assert_eq!(dial("112 or 999"), Some("112"));
        assert_eq!(dial("01 809 2166 (8am to 10pm)"), Some("01 809 2166"));
        assert_eq!(dial("your local emergency number (112, 911 or 999)"), None);
    }
}
