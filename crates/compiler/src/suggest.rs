//! "Did you mean ...?"

use strsim::osa_distance;

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
        .map(|name| (osa_distance(word, name), name))
        .filter(|(edits, _)| *edits <= limit)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_near_names_are_suggested() {
        assert_eq!(nearest("fevr", ["age", "fever"]), Some("fever"));
        // Two letters that changed places are one edit.
        assert_eq!(nearest("fevre", ["age", "fever"]), Some("fever"));
        assert_eq!(nearest("rash", ["age", "fever"]), None);
    }
}
