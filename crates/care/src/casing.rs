//! Words at the start of a sentence, and inside one.

/// Words with a capital at the front, as a heading or a sentence begins.
///
/// ```
/// assert_eq!(care::sentence_case("ice or heat"), "Ice or heat");
/// assert_eq!(care::sentence_case(""), "");
/// ```
pub fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The same words inside a sentence: without the capital, except for "I" and names in capitals.
pub fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else { return String::new() };
    let rest = letters.as_str();
    if rest.starts_with([' ', '\'']) && first == 'I' || rest.starts_with(char::is_uppercase) {
        return words.to_owned();
    }
    first.to_lowercase().chain(rest.chars()).collect()
}
