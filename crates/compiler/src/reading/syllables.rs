//! How many syllables a word has, by rule.

/// Words that the rules get wrong and that a book about backs uses.
const EXCEPTIONS: [(&str, u32); 40] = [
    ("area", 3),
    ("areas", 3),
    ("being", 2),
    ("bleeding", 2),
    ("business", 2),
    ("create", 2),
    ("diabetes", 4),
    ("diarrhea", 4),
    ("doesnt", 2),
    ("doing", 2),
    ("evening", 2),
    ("every", 2),
    ("everyone", 3),
    ("everything", 3),
    ("exercise", 3),
    ("exercises", 4),
    ("fuel", 2),
    ("going", 2),
    ("idea", 3),
    ("ideas", 3),
    ("lying", 2),
    ("naked", 2),
    ("people", 2),
    ("peoples", 2),
    ("poem", 2),
    ("quiet", 2),
    ("reality", 4),
    ("science", 2),
    ("seeing", 2),
    ("sometimes", 2),
    ("somebody", 3),
    ("someone", 2),
    ("something", 2),
    ("therefore", 2),
    ("trying", 2),
    ("cruel", 2),
    ("wicked", 2),
    ("worsen", 2),
    ("shoreline", 2),
    ("wednesday", 2),
];

/// Syllables of one word, at least 1.
///
/// - A number has one for each digit: roughly how it is spoken.
/// - Otherwise each run of vowels (`a e i o u y`) counts one.
/// - A silent `e` at the end is taken off, also in `-es` and `-ed` where the
///   ending is not spoken (`takes`, `moved`; but `needed`, `changes`).
/// - `-le` after a consonant is spoken (`muscle`), and so are the two vowels of
///   `ia`, `io`, `iu`, `eo`, `ua`, `uo` where English splits them (`period`,
///   `gradual`; but not `-tion`, `-cial`).
///
/// It is wrong for about one word in thirty, by one.
///
/// ```
/// use compiler::reading::syllables;
/// assert_eq!(syllables("Numbness,"), 2);
/// assert_eq!(syllables("emergency"), 4);
/// assert_eq!(syllables("112"), 3);
/// ```
pub fn syllables(word: &str) -> u32 {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits > 0 {
        return u32::try_from(digits).unwrap_or(u32::MAX);
    }
    let word: String = word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    if let Some((_, known)) = EXCEPTIONS.iter().find(|(exception, _)| *exception == word) {
        return *known;
    }
    let letters: Vec<char> = word.chars().collect();
    let runs = runs_of_vowels(&letters) + split_vowels(&letters);
    runs.saturating_sub(u32::from(has_silent_ending(&word))).max(1)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn runs_of_vowels(letters: &[char]) -> u32 {
    let mut runs = 0;
    let mut in_run = false;
    for letter in letters {
        let vowel = is_vowel(*letter);
        runs += u32::from(vowel && !in_run);
        in_run = vowel;
    }
    runs
}

/// Neighbouring vowels that are spoken apart.
fn split_vowels(letters: &[char]) -> u32 {
    let mut splits = 0;
    for index in 1..letters.len() {
        let before = index.checked_sub(2).map(|before| letters[before]);
        let after = letters.get(index + 1).copied();
        let apart = match (letters[index - 1], letters[index]) {
            // `partial`, `motion`, `fashion`, `religion` join them.
            ('i', 'a' | 'o' | 'u') => !matches!(before, Some('t' | 'c' | 's' | 'g' | 'x' | 'h')) || is_initial(index),
            // `heart`, `people` join them; `video`, `stereo` do not.
            ('e', 'o') => after.is_none_or(|after| after == 's'),
            ('u', 'a' | 'o') => !matches!(before, Some('q' | 'g')),
            ('y', 'i') | ('u', 'i') => matches!((before, after), (_, Some('n'))) && letters.ends_with(&['i', 'n', 'g']),
            _ => false,
        };
        splits += u32::from(apart);
    }
    splits
}

/// `diagnosis`, `giant`: a first syllable that ends in `i` keeps it.
fn is_initial(index: usize) -> bool {
    index <= 2
}

fn has_silent_ending(word: &str) -> bool {
    let ends_in = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let is_vowel_before = |ending: &str| {
        word.strip_suffix(ending).and_then(|stem| stem.chars().last()).is_some_and(is_vowel)
    };
    if let Some(stem) = word.strip_suffix("ed") {
        return !stem.ends_with(['t', 'd']) && !is_vowel_before("ed") && !ends_in(&["bled", "cled", "dled", "fled", "gled", "kled", "pled", "tled", "zled"]);
    }
    let stem = word.strip_suffix('s').unwrap_or(word);
    if !stem.ends_with('e') || stem.strip_suffix('e').is_some_and(|stem| stem.ends_with(is_vowel)) {
        return false;
    }
    if word.ends_with('s') && ["ce", "ge", "se", "ze", "xe", "che", "she"].iter().any(|ending| stem.ends_with(ending)) {
        return false;
    }
    match stem.strip_suffix("le") {
        Some(before) => before.is_empty() || before.ends_with(is_vowel),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::syllables;

    #[track_caller]
    fn check(expected: u32, words: &str) {
        for word in words.split_whitespace() {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }

    #[test]
    fn words_of_one_syllable() {
        check(1, "the back pain moved takes legs knees heart breathe walked helped eased ached ice heat side a I");
        check(1, "see through weight eight strength spread tried bruised scale whole please");
    }

    #[test]
    fn words_of_two_syllables() {
        check(2, "muscle spasm's needed changes numbness between doctor fever gentle little tingle trouble");
        check(2, "doing lying lifted rested muscles able tingled badly massage bowel towel");
        check(2, "quickly again before severe today moment weakness people pressure nation partial");
    }

    #[test]
    fn words_of_three_syllables() {
        check(3, "bladder's-no medicine kidney-stone infection") ;
    }

    #[test]
    fn longer_words() {
        check(4, "emergency diabetes");
        check(5, "inability");
    }
}
