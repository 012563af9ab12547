//! What a finding is heard by: patterns over classes of words.
//!
//! A pattern lists what must stand in one statement, in any order:
//!
//! - `<numb>`: a word or phrase of a class of `words.toml`;
//! - `give way`: these words side by side, in any form;
//! - `<not>+<bowel>+control`: these side by side, in this order;
//! - `...`: the rest may stand anywhere in the same sentence, however far away;
//! - `!<fear>`: this stands nowhere in the sentence;
//! - `&`: what stands on either side may be told anywhere in the text, each by itself;
//! - `[fever]` as one side: another finding is told of.

use std::fmt;

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPattern {
    /// A class that the book does not have.
    UnknownClass(String),
    /// It asks for nothing, or only for what must not be there.
    Empty,
    /// A bracket, a plus or a mark where none belongs.
    Malformed(String),
}

impl fmt::Display for BadPattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownClass(name) => write!(out, "there is no class `<{name}>` in words.toml"),
            Self::Empty => write!(out, "the pattern asks for nothing"),
            Self::Malformed(part) => write!(out, "`{part}` is neither a word nor a class"),
        }
    }
}

/// One part of a pattern as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part<'p> {
    /// Side by side; one only where it stands alone.
    Chain(Vec<Atom<'p>>),
    Not(Atom<'p>),
    Wide,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Atom<'p> {
    Class(&'p str),
    Words(String),
}

/// The names of the classes that a pattern asks for.
///
/// # Errors
///
/// If it cannot be read; whether the classes exist is for the caller.
pub fn classes_of(written: &str) -> Result<Vec<&str>, BadPattern> {
    let mut names = Vec::new();
    for part in all_parts(written)? {
        let atoms = match part {
            Part::Chain(atoms) => atoms,
            Part::Not(atom) => vec![atom],
            Part::Wide => continue,
        };
        names.extend(atoms.into_iter().filter_map(|atom| match atom {
            Atom::Class(name) => Some(name),
            Atom::Words(_) => None,
        }));
    }
    Ok(names)
}

/// The ids of the findings that a pattern names as its sides: `[fever]`.
pub fn findings_of(written: &str) -> impl Iterator<Item = &str> {
    sides(written).filter_map(|side| Named::read(side.trim())).map(|named| named.finding)
}

/// What stands between the `&` of a pattern.
pub(crate) fn sides(written: &str) -> impl Iterator<Item = &str> {
    written.split(TOGETHER)
}

/// Stands between the sides of a pattern.
pub(crate) const TOGETHER: char = '&';

/// The parts of all sides of a pattern.
fn all_parts(written: &str) -> Result<Vec<Part<'_>>, BadPattern> {
    let mut all = Vec::new();
    for side in sides(written) {
        match side.trim() {
            named if named.starts_with('[') && written.contains(TOGETHER) => {
                Named::read(named).ok_or_else(|| BadPattern::Malformed(named.to_owned()))?;
            }
            _ => all.extend(parts(side)?),
        }
    }
    Ok(all)
}

pub(crate) fn parts(written: &str) -> Result<Vec<Part<'_>>, BadPattern> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut is_in_words = false;
    for piece in written.split_whitespace() {
        let was_in_words = std::mem::take(&mut is_in_words);
        if piece == "..." {
            parts.push(Part::Wide);
        } else if let Some(excluded) = piece.strip_prefix('!') {
            parts.push(Part::Not(atom(excluded)?));
        } else if piece.contains('+') {
            let atoms: Result<Vec<Atom<'_>>, BadPattern> = piece.split('+').map(atom).collect();
            parts.push(Part::Chain(atoms?));
        } else {
            let atom = atom(piece)?;
            is_in_words = matches!(atom, Atom::Words(_));
            match (parts.last_mut(), &atom) {
                (Some(Part::Chain(chain)), Atom::Words(word)) if was_in_words => {
                    if let Some(Atom::Words(before)) = chain.last_mut() {
                        before.push(' ');
                        before.push_str(word);
                    }
                }
                _ => parts.push(Part::Chain(vec![atom])),
            }
        }
    }
    if parts.iter().any(|part| matches!(part, Part::Chain(_))) { Ok(parts) } else { Err(BadPattern::Empty) }
}

fn atom(piece: &str) -> Result<Atom<'_>, BadPattern> {
    let malformed = || BadPattern::Malformed(piece.to_owned());
    if let Some(name) = piece.strip_prefix('<') {
        let name = name.strip_suffix('>').ok_or_else(malformed)?;
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
        return if is_name { Ok(Atom::Class(name)) } else { Err(malformed()) };
    }
    let is_word = !piece.is_empty() && piece.chars().all(|letter| letter.is_alphanumeric() || letter == '\'');
    if is_word { Ok(Atom::Words(piece.to_lowercase())) } else { Err(malformed()) }
}

/// A side in square brackets as it is written: `[fever]`, `[pain_now>=8]`, `[course=worse]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named<'p> {
    pub(crate) finding: &'p str,
    pub(crate) at_least: Option<i64>,
    pub(crate) option: Option<&'p str>,
}

impl<'p> Named<'p> {
    /// Reads a side in brackets; `None` where it is none.
    pub(crate) fn read(side: &'p str) -> Option<Self> {
        let inside = side.strip_prefix('[')?.strip_suffix(']')?;
        let (finding, at_least, option) = if let Some((finding, least)) = inside.split_once(">=") {
            (finding, Some(least.parse().ok()?), None)
        } else if let Some((finding, option)) = inside.split_once('=') {
            (finding, None, Some(option))
        } else {
            (inside, None, None)
        };
        let is_id = |text: &str| {
            let is_part =
                |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
            !text.is_empty() && text.chars().all(is_part)
        };
        (is_id(finding) && option.is_none_or(is_id)).then_some(Self { finding, at_least, option })
    }
}

#[cfg(test)]
mod tests {
    use super::{BadPattern, Named, classes_of, findings_of, parts};

    #[test]
    fn a_pattern_names_its_classes() {
        assert_eq!(classes_of("<numb> down there !<fear> ..."), Ok(vec!["numb", "fear"]));
        assert_eq!(classes_of("<not>+<bowel>+control"), Ok(vec!["not", "bowel"]));
        assert_eq!(parts("give way <leg>").map(|parts| parts.len()), Ok(2));
    }

    #[test]
    fn sides_name_their_classes_and_findings() {
        let written = "<steroids> ... years & [fever] & <ill_now> !<joke>";
        assert_eq!(classes_of(written), Ok(vec!["steroids", "ill_now", "joke"]));
        assert_eq!(findings_of(written).collect::<Vec<_>>(), ["fever"]);
        assert_eq!(classes_of("<numb> & !<joke>"), Err(BadPattern::Empty));
        assert!(matches!(classes_of("<numb> & [Fever]"), Err(BadPattern::Malformed(_))));
        assert!(matches!(classes_of("[fever]"), Err(BadPattern::Malformed(_))));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        assert_eq!(classes_of("!<fear>"), Err(BadPattern::Empty));
        assert_eq!(classes_of("  "), Err(BadPattern::Empty));
        assert!(matches!(classes_of("<numb"), Err(BadPattern::Malformed(_))));
        assert!(matches!(classes_of("numb,leg"), Err(BadPattern::Malformed(_))));
    }

    #[test]
    fn a_side_in_brackets_names_a_finding_and_what_is_asked_of_it() {
        let named = |side| Named::read(side).map(|named| (named.finding, named.at_least, named.option));
        assert_eq!(named("[fever]"), Some(("fever", None, None)));
        assert_eq!(named("[pain_now>=8]"), Some(("pain_now", Some(8), None)));
        assert_eq!(named("[course=worse]"), Some(("course", None, Some("worse"))));
        for wrong in ["fever", "[]", "[fe ver]", "[pain_now>=much]", "[course=]", "[fever"] {
            assert_eq!(named(wrong), None, "{wrong}");
        }
    }
}
