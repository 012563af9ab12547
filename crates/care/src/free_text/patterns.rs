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

use crate::condition::OptionIndex;
use crate::free_text::together::{Named, Side, SideId, Together};
use crate::guideline::{Book, FindingId, FindingKind, Guideline, Hears};
use crate::words::{ClassId, Lexicon};

/// What a pattern is heard as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A finding, or one option of a choice.
    Finding(FindingId, Option<OptionIndex>),
    /// A topic that people ask about: an index into those of `words.toml`.
    Topic(usize),
}

/// One way in which people say something.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) meaning: Meaning,
    /// Never empty.
    pub(crate) elements: Vec<ClassId>,
    pub(crate) excluded: Vec<ClassId>,
    /// Whether its parts may stand anywhere in a sentence.
    pub(crate) is_wide: bool,
    pub(crate) written: String,
    /// Which side it is, where it is only one side of what must be told.
    pub(super) side: Option<SideId>,
}

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
enum Part<'p> {
    /// Side by side; one only where it stands alone.
    Chain(Vec<Atom<'p>>),
    Not(Atom<'p>),
    Wide,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Atom<'p> {
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
fn sides(written: &str) -> impl Iterator<Item = &str> {
    written.split(TOGETHER)
}

/// Stands between the sides of a pattern.
const TOGETHER: char = '&';

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

fn parts(written: &str) -> Result<Vec<Part<'_>>, BadPattern> {
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

/// The patterns of a book, ready to be looked for, and those of several sides. One that
/// cannot be read was refused by the check of the book, and is left out.
pub(super) fn of(guideline: &Guideline, lexicon: &mut Lexicon) -> (Vec<Pattern>, Vec<Together>) {
    let (mut patterns, mut together) = (Vec::new(), Vec::new());
    let mut next_side = 0;
    for (index, finding) in (0..).zip(&guideline.book().findings) {
        let fits = |hears: &&Hears| fits(&finding.kind, hears.option);
        for Hears { option, pattern: written } in finding.hears.iter().filter(fits) {
            let meaning = Meaning::Finding(FindingId(index), *option);
            if !written.contains(TOGETHER) {
                patterns.extend(pattern(meaning, written, lexicon));
                continue;
            }
            let mut read = |side: &str| {
                if let Some(named) = Named::read(side) {
                    return named.side(guideline);
                }
                let id = SideId(next_side);
                next_side += 1;
                patterns.push(Pattern { side: Some(id), ..pattern(meaning, side, lexicon)? });
                Some(Side::Pattern(id))
            };
            let sides: Option<Vec<Side>> = sides(written).map(|side| read(side.trim())).collect();
            let of = |sides| Together {
                finding: FindingId(index),
                option: *option,
                sides,
                written: written.clone(),
            };
            together.extend(sides.map(of));
        }
    }
    (patterns, together)
}

/// Whether a finding of this kind can be heard as this option, or as none.
pub(crate) fn fits(kind: &FindingKind, option: Option<OptionIndex>) -> bool {
    match (kind, option) {
        (FindingKind::Choice(options), Some(option)) => usize::from(option) < options.len(),
        (FindingKind::YesNo | FindingKind::Number { .. }, None) => true,
        _ => false,
    }
}

/// The patterns of the topics that people ask about. A question has its words anywhere.
pub(crate) fn of_topics(book: &Book, lexicon: &mut Lexicon) -> Vec<Pattern> {
    let topics = book.words.topics.iter().enumerate();
    topics
        .flat_map(|(index, topic)| topic.asks.iter().map(move |written| (index, written)))
        .filter_map(|(index, written)| {
            let pattern = pattern(Meaning::Topic(index), written, lexicon)?;
            Some(Pattern { is_wide: true, ..pattern })
        })
        .collect()
}

fn pattern(meaning: Meaning, written: &str, lexicon: &mut Lexicon) -> Option<Pattern> {
    let mut elements = Vec::new();
    let mut excluded = Vec::new();
    let mut is_wide = false;
    for part in parts(written).ok()? {
        match part {
            Part::Wide => is_wide = true,
            Part::Not(atom) => excluded.push(class(&atom, lexicon)?),
            Part::Chain(atoms) => {
                let classes: Option<Vec<ClassId>> = atoms.iter().map(|atom| class(atom, lexicon)).collect();
                elements.push(match classes?[..] {
                    [one] => one,
                    ref chain => lexicon.chain(chain.to_vec())?,
                });
            }
        }
    }
    Some(Pattern { meaning, elements, excluded, is_wide, written: written.to_owned(), side: None })
}

fn class(atom: &Atom<'_>, lexicon: &mut Lexicon) -> Option<ClassId> {
    match atom {
        Atom::Class(name) => lexicon.class(name),
        Atom::Words(words) => Some(lexicon.plain(words)),
    }
}

#[cfg(test)]
mod tests {
    use super::{BadPattern, classes_of, findings_of, parts};

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
}
