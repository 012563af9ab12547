//! Where each block stands: what matters most across the page, the rest in two columns.

use tell::{DoctorPage, Part};

use crate::blocks::{Block, blocks, heading};
use crate::typeface::Faces;

/// A4, in points.
pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);
/// What stays empty around it.
pub(crate) const EDGE: f32 = 26.0;
/// Between two columns.
const GAP: f32 = 14.0;
/// What is kept free at the foot for the line of the guideline.
const FOOT: f32 = 16.0;

/// A block with its place: which page, and its left upper corner there.
pub(crate) struct Placed {
    pub(crate) page: usize,
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) block: Block,
}

/// Where the next thing stands.
struct Cursor {
    page: usize,
    top: f32,
    placed: Vec<Placed>,
}

/// Every block of a page, in the order of reading, below what stands at its head. Sections of one
/// width that follow each other share their columns.
pub(crate) fn layout(page: &DoctorPage<'_>, below: f32, faces: &Faces, has_body: bool) -> Vec<Placed> {
    let mut cursor = Cursor { page: 0, top: below, placed: Vec::new() };
    let mut together: (usize, Vec<Block>) = (1, Vec::new());
    for (section, of) in page.sections.iter().enumerate() {
        let columns = if matches!(of.part, Part::Advised | Part::Absent) { 1 } else { 2 };
        if columns != together.0 {
            let (columns, blocks) = std::mem::replace(&mut together, (columns, Vec::new()));
            cursor.fill(blocks, columns);
        }
        let width = column(columns);
        together.1.push(heading(page, section, width, faces));
        together.1.extend(blocks(page, section, width, faces, has_body));
    }
    cursor.fill(together.1, together.0);
    cursor.placed
}

fn column(of: usize) -> f32 {
    let of = f32::from(u8::try_from(of).unwrap_or(1));
    (PAGE.0 - 2.0 * EDGE - GAP * (of - 1.0)) / of
}

impl Cursor {
    /// Places blocks in columns of about one height, and goes on below them; on further pages
    /// where they do not fit.
    fn fill(&mut self, mut blocks: Vec<Block>, columns: usize) {
        while !blocks.is_empty() {
            let room = PAGE.1 - EDGE - FOOT - self.top;
            let total: f32 = blocks.iter().map(|block| block.height).sum();
            let mut height = total / f32::from(u8::try_from(columns).unwrap_or(1));
            while height < room && fitting(&blocks, height, columns) < blocks.len() {
                height += 2.0;
            }
            let height = height.min(room);
            let mut fit = fitting(&blocks, height, columns);
            if fit == 0 && EDGE < self.top {
                (self.page, self.top) = (self.page + 1, EDGE);
                continue;
            }
            // What is higher than a page stands there all the same.
            fit = fit.max(1);
            let rest = blocks.split_off(fit);
            self.place(blocks, height, columns);
            blocks = rest;
            if !blocks.is_empty() {
                (self.page, self.top) = (self.page + 1, EDGE);
            }
        }
    }

    fn place(&mut self, blocks: Vec<Block>, height: f32, columns: usize) {
        let (mut number, mut used, mut lowest) = (0, 0.0, 0.0_f32);
        let together = together(&blocks);
        for (block, together) in blocks.into_iter().zip(together) {
            if 0.0 < used && height < used + together && number + 1 < columns {
                (number, used) = (number + 1, 0.0);
            }
            let left = EDGE + f32::from(u8::try_from(number).unwrap_or(0)) * (column(columns) + GAP);
            let top = self.top + used;
            used += block.height;
            lowest = lowest.max(used);
            self.placed.push(Placed { page: self.page, left, top, block });
        }
        self.top += lowest;
    }
}

/// How many of the blocks fit into columns of this height.
fn fitting(blocks: &[Block], height: f32, columns: usize) -> usize {
    let (mut number, mut used) = (1, 0.0);
    for (count, (block, together)) in blocks.iter().zip(together(blocks)).enumerate() {
        if height < used + together {
            if number == columns || height < together {
                return count;
            }
            (number, used) = (number + 1, 0.0);
        }
        used += block.height;
    }
    blocks.len()
}

/// The height of each block, and of a heading with what it stands above.
fn together(blocks: &[Block]) -> Vec<f32> {
    let next = |number: usize| blocks.get(number + 1).map_or(0.0, |next| next.height);
    let of = |(number, block): (usize, &Block)| {
        if block.is_heading() { block.height + next(number) } else { block.height }
    };
    blocks.iter().enumerate().map(of).collect()
}
