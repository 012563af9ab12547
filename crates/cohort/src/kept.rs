//! Bit planes kept in a file, so that the next run need not read records again.
//!
//! The first line is JSON and says by which book they were made. Then come blocks: how many
//! people (4 bytes), how long their ids are together (4 bytes), the ids, and the planes as words
//! of 64 people. Every number has its lowest byte first.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use care::circuit::{Bits, Circuit, Told};
use care::{Guideline, printable};
use serde::{Deserialize, Serialize};

use crate::batch::{Batch, KeptBlock, Position, Records};
use crate::block::{CHUNKS, PEOPLE};
use crate::cohort_error::CohortError;
use crate::record::Id;

/// The first line of a file of planes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    /// What it is: `unclench planes 1`.
    format: String,
    /// The hash of the book by which the planes were made.
    book: String,
    /// How many inputs each block has.
    inputs: usize,
    /// How many people a block has room for.
    people: usize,
}

const FORMAT: &str = "unclench planes 1";

impl Head {
    fn of(guideline: &Guideline, circuit: &Circuit) -> Self {
        Self {
            format: FORMAT.to_owned(),
            book: guideline.book().hash.clone(),
            inputs: circuit.inputs().len(),
            people: PEOPLE,
        }
    }
}

/// The first line for planes of this book.
pub(crate) fn head(guideline: &Guideline, circuit: &Circuit) -> Vec<u8> {
    let mut line = serde_json::to_vec(&Head::of(guideline, circuit)).unwrap_or_default();
    line.push(b'\n');
    line
}

/// Adds a block.
pub(crate) fn write_block(ids: &[Id], planes: &[Told], out: &mut Vec<u8>) {
    let mut names = Vec::new();
    for id in ids {
        let (kind, text) = match id {
            Id::Text(text) => (b't', text.as_str().into()),
            Id::Number(_) => (b'n', id.text()),
        };
        names.push(kind);
        names.extend(length(text.len()));
        names.extend(text.bytes());
    }
    out.extend(length(ids.len()));
    out.extend(length(names.len()));
    out.extend(names);
    for told in planes {
        for word in told.yes_or_open.0.into_iter().chain(told.yes_or_unsure.0) {
            out.extend(word.to_le_bytes());
        }
    }
}

fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}

/// A file of planes, block after block.
#[derive(Debug)]
pub(crate) struct KeptFile {
    file: BufReader<File>,
    name: String,
    inputs: usize,
    position: Position,
}

impl KeptFile {
    pub(crate) fn open(
        file: File,
        name: &str,
        guideline: &Guideline,
        circuit: &Circuit,
        from: Option<Position>,
    ) -> Result<Self, CohortError> {
        let (mut file, name) = (BufReader::new(file), printable(name).into_owned());
        let mut line = Vec::new();
        let read = (&mut file).take(LONGEST_HEAD).read_until(b'\n', &mut line);
        read.map_err(|error| CohortError::cannot_read(&name, &error))?;
        let head: Head = serde_json::from_slice(&line).map_err(|_| CohortError::NoPlanes(name.clone()))?;
        let ours = Head::of(guideline, circuit);
        if head.format != ours.format {
            return Err(CohortError::NoPlanes(name));
        }
        if head != ours {
            return Err(CohortError::PlanesOfAnotherBook { file: name, book: head.book, ours: ours.book });
        }
        let position = from.unwrap_or(Position { done: line.len() as u64, next: 1 });
        let seek = file.seek(SeekFrom::Start(position.done));
        seek.map_err(|error| CohortError::cannot_read(&name, &error))?;
        Ok(Self { file, name, inputs: head.inputs, position })
    }

    pub(crate) fn next(&mut self) -> Result<Option<Batch>, CohortError> {
        let first = self.position.next;
        let mut blocks = Vec::new();
        while blocks.len() < BLOCKS_OF_A_BATCH {
            let Some(block) = self.block()? else { break };
            self.position.next += block.0.len() as u64;
            blocks.push(block);
        }
        let batch = Batch { first, records: Records::Kept(blocks), then: self.position };
        Ok(Some(batch).filter(|batch| !matches!(&batch.records, Records::Kept(blocks) if blocks.is_empty())))
    }

    fn block(&mut self) -> Result<Option<KeptBlock>, CohortError> {
        let mut start = [0; 8];
        match self.file.read(&mut start[..1]) {
            Ok(0) => return Ok(None),
            Ok(_) => self.fill(&mut start[1..])?,
            Err(error) => return Err(CohortError::cannot_read(&self.name, &error)),
        }
        let number =
            |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte));
        let (people, names_length) = (number(&start[..4]), number(&start[4..]));
        if people == 0 || PEOPLE < people || people * LONGEST_NAME < names_length {
            return Err(CohortError::DamagedPlanes(self.name.clone()));
        }
        let mut names = vec![0; names_length];
        self.fill(&mut names)?;
        let mut ids = Vec::with_capacity(people);
        let mut rest = names.as_slice();
        for _ in 0..people {
            let id = next_id(&mut rest).ok_or_else(|| CohortError::DamagedPlanes(self.name.clone()))?;
            ids.push(id);
        }
        let mut bytes = vec![0; self.inputs * CHUNKS * 2 * Bits::WORDS * 8];
        self.fill(&mut bytes)?;
        let words = bytes.chunks_exact(8).map(|bytes| {
            let mut word = [0; 8];
            word.copy_from_slice(bytes);
            u64::from_le_bytes(word)
        });
        let words: Vec<u64> = words.collect();
        let plane = |words: &[u64]| {
            let mut bits = Bits::NONE;
            bits.0.copy_from_slice(words);
            bits
        };
        let planes = words.chunks_exact(2 * Bits::WORDS).map(|words| Told {
            yes_or_open: plane(&words[..Bits::WORDS]),
            yes_or_unsure: plane(&words[Bits::WORDS..]),
        });
        self.position.done += (start.len() + names.len() + bytes.len()) as u64;
        Ok(Some((ids, planes.collect())))
    }

    fn fill(&mut self, into: &mut [u8]) -> Result<(), CohortError> {
        self.file.read_exact(into).map_err(|_| CohortError::DamagedPlanes(self.name.clone()))
    }
}

fn next_id(rest: &mut &[u8]) -> Option<Id> {
    let (kind, after) = rest.split_first()?;
    let (length, after) = after.split_first_chunk::<4>()?;
    let (text, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *rest = after;
    let text = std::str::from_utf8(text).ok()?;
    match kind {
        b't' => Some(Id::Text(text.to_owned())),
        b'n' => text.parse().ok().map(Id::Number),
        _ => None,
    }
}

/// A longer first line is none of ours.
const LONGEST_HEAD: u64 = 4_096;

/// Four bytes a letter at most, and five for the kind and the length.
const LONGEST_NAME: usize = 4 * crate::record::MOST_OF_AN_ID + 5;

const BLOCKS_OF_A_BATCH: usize = 8;
