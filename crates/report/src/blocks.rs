//! What is not torn apart: a heading, or an entry with its mark and its notes.

use tell::{DoctorPage, Mark, Part, Section};

use crate::typeface::Faces;

/// What a piece of text is in the order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The heading of a section.
    Heading,
    /// What stands before an entry.
    Mark,
    /// An entry.
    Words,
    /// One of the notes below it.
    Note(usize),
}

/// A line of text in a block, from its left upper corner.
pub(crate) struct Piece {
    pub(crate) left: f32,
    /// Where its letters stand.
    pub(crate) base: f32,
    pub(crate) size: f32,
    pub(crate) is_bold: bool,
    pub(crate) text: String,
    pub(crate) role: Role,
}

/// A filled rectangle, which nobody reads: a rule or the edge of a box.
pub(crate) type Ink = (f32, f32, f32, f32);

/// What stands together.
pub(crate) struct Block {
    pub(crate) section: usize,
    /// Which entry of the section; none for its heading.
    pub(crate) entry: Option<usize>,
    pub(crate) height: f32,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) inks: Vec<Ink>,
    /// It is the place of the body map.
    pub(crate) has_body: bool,
}

/// How high the body map is drawn.
pub(crate) const BODY: f32 = 84.0;

const TEXT: f32 = 7.6;
const NOTE: f32 = 6.8;
const HEADING: f32 = 9.0;
/// From line to line, in letter heights.
const LEADING: f32 = 1.22;
/// How far the notes are set in.
const INSET: f32 = 8.0;
/// What a hairline is.
const HAIR: f32 = 0.6;
/// Between a mark and its words.
const GAP: f32 = 4.0;

/// The blocks of a section, for a column of this width.
pub(crate) fn blocks(
    page: &DoctorPage<'_>,
    section: usize,
    width: f32,
    faces: &Faces,
    has_body: bool,
) -> Vec<Block> {
    let of = &page.sections[section];
    let entries = (0..of.lines.len()).map(|entry| entry_block(of, (section, entry), width, faces));
    let write = (of.part == Part::Ask).then(|| room_to_write(section, width));
    let body = (has_body && of.part == Part::Places).then(|| room_for_the_body(section));
    entries.chain(body).chain(write).collect()
}

/// Where the body map is drawn.
fn room_for_the_body(section: usize) -> Block {
    let (pieces, inks) = (Vec::new(), Vec::new());
    Block { section, entry: None, height: BODY + 4.0, pieces, inks, has_body: true }
}

/// The heading of a section, below a rule.
pub(crate) fn heading(page: &DoctorPage<'_>, section: usize, width: f32, faces: &Faces) -> Block {
    let mut block = Block {
        section,
        entry: None,
        height: 5.0,
        pieces: Vec::new(),
        inks: vec![(0.0, 3.0, width, 2.0 * HAIR)],
        has_body: false,
    };
    let title = page.sections[section].title.to_string();
    let at = Set { left: 0.0, width, size: HEADING, is_bold: true, role: Role::Heading };
    block.set(&title, &at, faces);
    block.height += 1.0;
    block
}

/// How a text is set.
struct Set {
    left: f32,
    width: f32,
    size: f32,
    is_bold: bool,
    role: Role,
}

impl Block {
    /// Whether it is the heading of what comes next.
    pub(crate) fn is_heading(&self) -> bool {
        self.pieces.first().is_some_and(|piece| piece.role == Role::Heading)
    }

    /// Adds a text below what is there.
    fn set(&mut self, text: &str, at: &Set, faces: &Faces) {
        let face = if at.is_bold { &faces.bold } else { &faces.regular };
        for text in face.wrapped(text, at.size, at.width - at.left) {
            let base = self.height + at.size;
            let Set { left, size, is_bold, role, .. } = *at;
            self.pieces.push(Piece { left, base, size, is_bold, text, role });
            self.height += at.size * LEADING;
        }
    }
}

fn entry_block(of: &Section<'_>, (section, entry): (usize, usize), width: f32, faces: &Faces) -> Block {
    let line = &of.lines[entry];
    let mut block = Block {
        section,
        entry: Some(entry),
        height: 0.0,
        pieces: Vec::new(),
        inks: Vec::new(),
        has_body: false,
    };
    let is_strong = matches!(line.mark, Mark::Yes | Mark::NotSure)
        || entry == 0 && matches!(of.part, Part::Advised | Part::Pain);
    // In line with the others of its kind, and never over its own mark.
    let least = match line.mark {
        Mark::Plain => 0.0,
        Mark::Box => 10.0,
        Mark::Yes | Mark::NotSure | Mark::NotAsked => 34.0,
    };
    let face = if is_strong { &faces.bold } else { &faces.regular };
    let mark = line.mark.word().map(|mark| face.width(&mark.to_string(), TEXT) + GAP);
    let left = mark.map_or(least, |mark| mark.max(least));
    if let Some(mark) = line.mark.word() {
        let at = Set { left: 0.0, width, size: TEXT, is_bold: is_strong, role: Role::Mark };
        // The words stand beside it.
        let top = block.height;
        block.set(&mark.to_string(), &at, faces);
        block.height = top;
    }
    if line.mark == Mark::Box {
        let side = TEXT * 0.8;
        block.inks.extend([
            (0.0, 1.5, side, HAIR),
            (0.0, 1.5 + side, side + HAIR, HAIR),
            (0.0, 1.5, HAIR, side),
            (side, 1.5, HAIR, side),
        ]);
    }
    // What is absent is looked up and not read through.
    let size = if of.part == Part::Absent { NOTE } else { TEXT };
    let at = Set { left, width, size, is_bold: is_strong, role: Role::Words };
    block.set(&line.words.to_string(), &at, faces);
    for (number, note) in line.notes.iter().enumerate() {
        let at = Set { left: left + INSET, width, size: NOTE, is_bold: false, role: Role::Note(number) };
        block.set(&note.to_string(), &at, faces);
    }
    block.height += 1.0;
    block
}

/// A frame to write in by hand.
fn room_to_write(section: usize, width: f32) -> Block {
    let height = 44.0;
    let inks = vec![
        (0.0, 2.0, width, HAIR),
        (0.0, height, width, HAIR),
        (0.0, 2.0, HAIR, height - 2.0),
        (width - HAIR, 2.0, HAIR, height - 2.0),
    ];
    Block { section, entry: None, height: height + 2.0, pieces: Vec::new(), inks, has_body: false }
}
