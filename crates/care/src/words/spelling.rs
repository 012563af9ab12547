//! How far apart two spellings are.

/// How many letters must be added, dropped, changed or swapped with their
/// neighbour to make one word of the other.
pub(crate) fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut two_above: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut previous = None;
    for (row, letter) in left.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let changed = above[column] + usize::from(letter != *other);
            let mut best = changed.min(above[column + 1] + 1).min(current[column] + 1);
            if column > 0 && Some(*other) == previous && right[column - 1] == letter {
                best = best.min(two_above[column - 1] + 1);
            }
            current.push(best);
        }
        two_above = std::mem::replace(&mut above, current);
        previous = Some(letter);
    }
    above[right.len()]
}

/// The consonants as they sound: words that are misspelt by ear share it.
///
/// "cansur" and "cancer" are both `knsr`, "temprature" and "temperature" `tmprtr`.
pub(crate) fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut sound = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let next = letters.get(index + 1).copied();
        let is_silent = match letter {
            'g' => next == Some('h'),
            'h' | 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' => index > 0,
            _ => false,
        };
        if is_silent {
            continue;
        }
        let is_soft = *letter == 'z' || *letter == 'c' && matches!(next, Some('e' | 'i' | 'y'));
        let heard = match letter {
            _ if is_soft => 's',
            'c' | 'q' => 'k',
            'p' if next == Some('h') => 'f',
            other => *other,
        };
        if !sound.ends_with(heard) {
            sound.push(heard);
        }
    }
    sound
}

/// Whether `written` may be a slip for `word`: how many edits, if so.
///
/// One edit from four letters on; a second from five on, where the word sounds
/// the same. Shorter words only ever miss their last letter.
pub(crate) fn slip(written: &str, word: &str) -> Option<usize> {
    let length = written.chars().count();
    if length < 3 || length.abs_diff(word.chars().count()) > 2 {
        return None;
    }
    let edits = distance(written, word);
    let allowed = match length {
        3 => usize::from(word.starts_with(written)),
        _ => 1 + usize::from(length > 4 && edits == 2 && sound(written) == sound(word)),
    };
    (edits <= allowed).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::{distance, slip, sound};

    #[test]
    fn a_swap_counts_once() {
        assert_eq!(distance("siezed", "seized"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn words_misspelt_by_ear_sound_the_same() {
        assert_eq!(sound("cansur"), sound("cancer"));
        assert_eq!(sound("nite"), sound("night"));
        assert_ne!(sound("fever"), sound("fibre"));
    }

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        assert_eq!(slip("fevr", "fever"), Some(1));
        assert_eq!(slip("num", "numb"), Some(1));
        assert_eq!(slip("cat", "can"), None);
        assert_eq!(slip("headache", "heartbeat"), None);
    }
}
