//! The patterns of a book, ready to be looked for.

use crate::book::pattern::{Atom, Named, Part, TOGETHER, parts, sides};
use crate::book::{Book, FindingId, Hears, OptionIndex};
use crate::decision::guideline::Guideline;
use crate::english::free_text::together::{Side, SideId, Together, side};
use crate::english::words::{ClassId, Lexicon};

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

/// The patterns of a book, ready to be looked for, and those of several sides. One that
/// cannot be read was refused by the check of the book, and is left out.
pub(super) fn of(guideline: &Guideline, lexicon: &mut Lexicon) -> (Vec<Pattern>, Vec<Together>) {
    let (mut patterns, mut together) = (Vec::new(), Vec::new());
    let mut next_side = 0;
    for (index, finding) in (0..).zip(&guideline.book().findings) {
        let fits = |hears: &&Hears| finding.kind.takes(hears.option);
        for Hears { option, pattern: written } in finding.hears.iter().filter(fits) {
            let meaning = Meaning::Finding(FindingId(index), *option);
            if !written.contains(TOGETHER) {
                patterns.extend(pattern(meaning, written, lexicon));
                continue;
            }
            let mut read = |written: &str| {
                if let Some(named) = Named::read(written) {
                    return side(named, guideline);
                }
                let id = SideId(next_side);
                next_side += 1;
                patterns.push(Pattern { side: Some(id), ..pattern(meaning, written, lexicon)? });
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
