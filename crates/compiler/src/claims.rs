//! `claims.tsv`: what the source articles say, one statement a line.

use std::collections::HashMap;
use std::ops::Range;

use care::{Block, BlockKind, Book, Claim};

use crate::problem::{FileId, Log, Spot};

/// Where the claims stand. A book without the file has none.
pub(crate) const PATH: &str = "claims.tsv";

const COLUMNS: [&str; 7] = ["id", "seed", "section", "kind", "statement", "parameters", "system_behaviour"];

/// Every claim of the book, and where it stands.
#[derive(Default)]
pub(crate) struct Claims {
    pub(crate) list: Vec<Claim>,
    /// For each claim its id in the file.
    spots: Vec<Spot>,
    by_id: HashMap<String, usize>,
}

impl Claims {
    /// Whether there is a claim with this id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Every id, in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|claim| claim.id.as_str())
    }

    /// Where a claim stands.
    pub(crate) fn spot(&self, index: usize) -> &Spot {
        &self.spots[index]
    }
}

/// Reads the whole file.
pub(crate) fn read(text: &str, file: FileId, log: &mut Log) -> Claims {
    let mut claims = Claims::default();
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let span = start..start + line.trim_end().len();
        start += line.len();
        let cells: Vec<&str> = line.trim_end_matches(['\n', '\r']).split('\t').collect();
        if index == 0 {
            if cells != COLUMNS {
                let help =
                    format!("the first line names the columns, with tabs between: {}", COLUMNS.join(", "));
                log.problem(&Spot { file, span }, "these are not the columns of the claims", help);
            }
        } else if let Some(claim) = claim(&cells, file, &span, log) {
            let spot = Spot { file, span: span.start..span.start + claim.id.len() };
            if let Some(first) = claims.by_id.insert(claim.id.clone(), claims.list.len()) {
                let line = first + 2;
                log.problem(
                    &spot,
                    format!("the claim `{}` is already on line {line}", claim.id),
                    "give each claim once",
                );
            }
            claims.list.push(claim);
            claims.spots.push(spot);
        }
    }
    claims
}

fn claim(cells: &[&str], file: FileId, line: &Range<usize>, log: &mut Log) -> Option<Claim> {
    let [id, seed, section, kind, statement, parameters, system_behaviour] = cells else {
        let message = format!("a claim has {} cells, not {}", COLUMNS.len(), cells.len());
        log.problem(
            &Spot { file, span: line.clone() },
            message,
            "put one tab between cells, and none inside",
        );
        return None;
    };
    let spot = Spot { file, span: line.start..line.start + id.len() };
    if !is_id(id) {
        log.problem(&spot, format!("`{id}` is no id of a claim"), "write it like S1-016");
        return None;
    }
    if !id.starts_with(seed) || seed.is_empty() {
        log.problem(
            &spot,
            format!("`{id}` is no claim of `{seed}`"),
            "the seed is the part before the hyphen",
        );
    }
    for (name, cell) in [
        ("section", section),
        ("kind", kind),
        ("statement", statement),
        ("system_behaviour", system_behaviour),
    ] {
        if cell.trim().is_empty() {
            log.problem(&spot, format!("the claim `{id}` has no {name}"), "fill the cell");
        }
    }
    let owned = |cell: &&str| (*cell).to_owned();
    Some(Claim {
        id: owned(id),
        section: owned(section),
        kind: owned(kind),
        statement: owned(statement),
        parameters: owned(parameters),
        system_behaviour: owned(system_behaviour),
    })
}

/// `S`, a digit, a hyphen and three digits.
fn is_id(id: &str) -> bool {
    let digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    id.strip_prefix('S')
        .and_then(|rest| rest.split_once('-'))
        .is_some_and(|(seed, number)| digits(seed, 1) && digits(number, 3))
}

/// Every block that acts on claims, by kind and then in reading order. Blocks
/// that say why claims are not followed are not among them.
pub fn claimed(book: &Book) -> Vec<Block<'_>> {
    let blocks = book.blocks().map(|(_, block)| block);
    blocks.filter(|block| !block.claims().is_empty() && block.kind() != BlockKind::NotFollowed).collect()
}
