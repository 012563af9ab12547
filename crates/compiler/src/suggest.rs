//! "Did you mean ...?"

/// A help line: the nearest of the names, if one is near, or else `otherwise`.
pub(crate) fn did_you_mean<'n>(
    word: &str,
    names: impl IntoIterator<Item = &'n str>,
    otherwise: impl Into<String>,
) -> String {
    match nearest(word, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => otherwise.into(),
    }
}

/// The name that is the fewest edits away, if those are at most a third of the word.
pub(crate) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let limit = (word.chars().count() / 3).max(1);
    names
        .into_iter()
        .filter(|name| name.len().abs_diff(word.len()) <= limit * 4)
        .map(|name| (distance(word, name), name))
        .filter(|(edits, _)| *edits <= limit)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

/// How many letters must be added, dropped, changed or swapped with their neighbour.
fn distance(left: &str, right: &str) -> usize {
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

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn edits_are_counted_with_swaps_as_one() {
        assert_eq!(distance("fever", "fever"), 0);
        assert_eq!(distance("fevre", "fever"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn only_near_names_are_suggested() {
        assert_eq!(nearest("fevr", ["age", "fever"]), Some("fever"));
        assert_eq!(nearest("rash", ["age", "fever"]), None);
    }
}
