//! From a batch of records to their outcomes.

use care::Guideline;
use care::circuit::Told;
use serde::{Deserialize, Serialize};

use crate::batch::{Batch, Records};
use crate::block::{Block, PEOPLE};
use crate::engine::Engine;
use crate::format::Format;
use crate::header::{Column, Others};
use crate::kept;
use crate::reader::{Place, Reader};
use crate::record::{Id, Record};
use crate::table::{Table, Words};
use crate::width::Width;

/// One of those who work at the same time: each has a block of its own.
pub(crate) struct Worker<'g> {
    guideline: &'g Guideline,
    words: Words,
    engine: Engine,
    block: Block,
    others: Others,
    /// In what form outcomes are written.
    format: Format,
    keeps_planes: bool,
    /// Whose answers are in the block.
    ids: Vec<Id>,
    record: Record,
}

/// What became of a batch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Done {
    table: Table,
    /// The outcomes as they are written.
    pub(crate) out: Out,
    /// Lines of the file of those that were refused.
    pub(crate) rejects: Vec<u8>,
    /// Blocks of the file of planes that are kept.
    pub(crate) kept: Vec<u8>,
    pub(crate) counts: Counts,
}

/// Outcomes as they are written.
#[derive(Clone, Debug)]
pub(crate) enum Out {
    Text(Vec<u8>),
    #[cfg(feature = "columnar")]
    Rows(arrow_array::RecordBatch),
}

impl Default for Out {
    fn default() -> Self {
        Self::Text(Vec::new())
    }
}

/// How many there were of what. Every record that came in went out or was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records read.
    pub records: u64,
    /// Outcomes written.
    pub outcomes: u64,
    /// Records refused.
    pub rejects: u64,
    /// How many people have which bounds: `bounds[lower][upper]`.
    pub bounds: [[u64; 5]; 5],
    /// In how many people each rule holds, in reading order.
    pub rules: Vec<u64>,
}

impl Counts {
    /// Adds those of another part.
    pub fn add(&mut self, more: &Self) {
        self.records += more.records;
        self.outcomes += more.outcomes;
        self.rejects += more.rejects;
        for (all, more) in self.bounds.iter_mut().flatten().zip(more.bounds.iter().flatten()) {
            *all += more;
        }
        self.rules.resize(self.rules.len().max(more.rules.len()), 0);
        for (all, more) in self.rules.iter_mut().zip(&more.rules) {
            *all += more;
        }
    }
}

/// A record that was refused, as a line of their file.
#[derive(Serialize)]
struct Reject<'r> {
    #[serde(flatten)]
    place: Place,
    /// Whose it is, where that could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<std::borrow::Cow<'r, str>>,
    reason: &'r str,
}

impl<'g> Worker<'g> {
    pub(crate) fn new(guideline: &'g Guideline, format: Format, others: Others, keeps_planes: bool) -> Self {
        let engine = Engine::new(guideline, Width::widest());
        let block = Block::new(guideline, engine.circuit());
        let words = Words::new(guideline);
        let (ids, record) = (Vec::new(), Record::default());
        Self { guideline, words, engine, block, others, format, keeps_planes, ids, record }
    }

    pub(crate) fn work(&mut self, batch: &Batch, columns: &[Column]) -> Done {
        let mut done = self.decide_all(batch, columns);
        let table = std::mem::take(&mut done.table);
        done.out = match self.format {
            Format::Csv => Out::Text(table.csv(&self.words)),
            #[cfg(feature = "columnar")]
            Format::Parquet => Out::Rows(crate::parquet_out::rows(&table, &self.words)),
            _ => Out::Text(table.ndjson(&self.words)),
        };
        done
    }

    fn decide_all(&mut self, batch: &Batch, columns: &[Column]) -> Done {
        let mut done = Done::default();
        done.counts.rules = vec![0; self.words.rules.len()];
        if let Records::Kept(blocks) = &batch.records {
            for (ids, planes) in blocks {
                done.counts.records += ids.len() as u64;
                decide(&mut self.engine, self.keeps_planes, ids.clone(), planes, &mut done);
            }
            return done;
        }
        let reader = Reader::new(self.guideline, columns, self.others, batch);
        let mut record = std::mem::take(&mut self.record);
        batch.each(|place, raw| {
            let read = reader.read(&raw, &mut record);
            self.take(place, &mut record, read, &mut done);
        });
        self.record = record;
        self.close_block(&mut done);
        done
    }

    /// Puts a record into the block, or among those that were refused.
    fn take(&mut self, place: Place, record: &mut Record, read: Result<(), String>, done: &mut Done) {
        done.counts.records += 1;
        if let Err(reason) = read {
            done.counts.rejects += 1;
            refuse(place, record.id.as_ref(), &reason, &mut done.rejects);
            return;
        }
        self.block.add(&record.answers);
        let number = || Id::Number(i64::try_from(place.number()).unwrap_or(i64::MAX));
        self.ids.push(record.id.take().unwrap_or_else(number));
        if self.ids.len() == PEOPLE {
            self.close_block(done);
        }
    }

    fn close_block(&mut self, done: &mut Done) {
        if self.ids.is_empty() {
            return;
        }
        let ids = std::mem::take(&mut self.ids);
        let (engine, keeps_planes) = (&mut self.engine, self.keeps_planes);
        decide(engine, keeps_planes, ids, self.block.planes(), done);
    }
}

/// Adds a record that was refused to the lines of their file.
pub(crate) fn refuse(place: Place, id: Option<&Id>, reason: &str, lines: &mut Vec<u8>) {
    let reject = Reject { place, id: id.map(Id::text), reason };
    // Texts and numbers always become JSON.
    if let Ok(text) = serde_json::to_string(&reject) {
        lines.extend(care::printable_json(&text).bytes());
        lines.push(b'\n');
    }
}

/// Decides for the people of a block.
fn decide(engine: &mut Engine, keeps_planes: bool, mut ids: Vec<Id>, planes: &[Told], done: &mut Done) {
    if keeps_planes {
        kept::write_block(&ids, planes, &mut done.kept);
    }
    let verdicts = engine.decide(planes, ids.len());
    let counts = &mut done.counts;
    counts.outcomes += ids.len() as u64;
    for (lower, upper) in verdicts.lower.iter().zip(&verdicts.upper) {
        counts.bounds[*lower as usize][*upper as usize] += 1;
    }
    for rule in &verdicts.fired.items {
        counts.rules[usize::from(*rule)] += 1;
    }
    done.table.add(&mut ids, verdicts);
}
