//! Who is sent elsewhere by another book, over the same records.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use care::{Guideline, Urgency};
use serde_json::{Map, Value};

use crate::batch::Batch;
use crate::block::{Block, PEOPLE};
use crate::cohort_error::{CohortError, shown};
use crate::csv::write_cell;
use crate::engine::{Engine, Verdicts};
use crate::format::Format;
use crate::header::{Column, Others, column};
use crate::reader::{Raw, Reader};
use crate::record::{Id, Record};
use crate::run::Step;
use crate::source::Source;
use crate::table::Words;
use crate::width::Width;

/// The urgency that is certain, and the highest that is possible.
pub type Levels = (Urgency, Urgency);

/// People whose bounds change in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// By the old book.
    pub from: Levels,
    /// By the new book.
    pub to: Levels,
    /// How many people.
    pub people: u64,
    /// Rules that hold for some of them by the old book only, with for how many.
    pub no_longer: BTreeMap<String, u64>,
    /// Rules that hold for some of them by the new book only.
    pub newly: BTreeMap<String, u64>,
}

impl Change {
    /// Whether somebody would be told something less urgent than before.
    pub fn is_lowering(&self) -> bool {
        self.to.0 < self.from.0 || self.to.1 < self.from.1
    }
}

/// What another book changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Records read.
    pub records: u64,
    /// Records that one of the books refuses; they are compared by neither.
    pub rejects: u64,
    /// Those whose bounds are the same.
    pub same: u64,
    /// The others: lowerings first, then by how many people.
    pub changes: Vec<Change>,
}

/// Runs two books over one file. Whoever changes goes into `ids`, a table with commas.
///
/// # Errors
///
/// [`CohortError`]; a bad record is none.
pub fn diff(
    old: &Guideline,
    new: &Guideline,
    input: &Path,
    others: Others,
    mut ids: Option<&mut dyn Write>,
    progress: &mut dyn FnMut(Step),
) -> Result<Changes, CohortError> {
    if Format::of(input) == Some(Format::Planes) {
        let because = "planes are of one book; give the records";
        return Err(CohortError::cannot_read(&shown(input), &because));
    }
    let mut books = [Book::new(old), Book::new(new)];
    // What is none of one book may be of the other.
    let open =
        |book: &Book<'_>| Source::open(input, book.guideline, book.engine.circuit(), Others::LeftOut, None);
    let mut sources = [open(&books[0])?, open(&books[1])?];
    let columns = sources.each_ref().map(|source| source.columns.clone());
    if others == Others::Refused {
        refuse_unknown(new, &columns, &sources[0].names, input)?;
    }
    if let Some(ids) = &mut ids {
        write_to(*ids, b"id,from_lower,from_upper,to_lower,to_upper,no_longer,newly\n")?;
    }
    let total = sources[0].total();
    let mut found = Found::default();
    let [of_old, of_new] = &mut sources;
    while let (Some(batch), Some(same)) = (of_old.next()?, of_new.next()?) {
        compare_batch(&mut books, [&batch, &same], &columns, others, &mut found);
        if let Some(ids) = &mut ids {
            write_to(*ids, &found.people)?;
        }
        found.people.clear();
        progress(Step { done: batch.then.done, of: total, records: found.all.records });
    }
    let mut changes: Vec<Change> = found.changes.into_values().collect();
    changes.sort_by_key(|change| (!change.is_lowering(), std::cmp::Reverse(change.people)));
    Ok(Changes { changes, ..found.all })
}

fn write_to(ids: &mut dyn Write, bytes: &[u8]) -> Result<(), CohortError> {
    ids.write_all(bytes).map_err(|error| CohortError::cannot_write("the file of ids", &error))
}

/// One of the two books.
struct Book<'g> {
    guideline: &'g Guideline,
    words: Words,
    engine: Engine,
    block: Block,
}

impl<'g> Book<'g> {
    fn new(guideline: &'g Guideline) -> Self {
        let engine = Engine::new(guideline, Width::widest());
        let block = Block::new(guideline, engine.circuit());
        Self { guideline, words: Words::new(guideline), engine, block }
    }

    fn decide(&mut self, people: usize) -> Verdicts {
        self.engine.decide(self.block.planes(), people)
    }

    /// The rules that hold for a person, by name.
    fn fired(&self, verdicts: &Verdicts, person: usize) -> Vec<&str> {
        let rules = verdicts.fired.of(person).iter();
        rules.map(|rule| self.words.rules[usize::from(*rule)].as_str()).collect()
    }
}

/// Refuses a column that neither book knows.
fn refuse_unknown(
    new: &Guideline,
    columns: &[Vec<Column>; 2],
    names: &[String],
    input: &Path,
) -> Result<(), CohortError> {
    for (place, name) in names.iter().enumerate() {
        if columns.iter().all(|columns| columns[place] == Column::Other) {
            let refused = column(new, name, Others::Refused).map(|_| ());
            refused.map_err(|because| CohortError::Header { file: shown(input), because })?;
        }
    }
    Ok(())
}

/// Refuses a record with a name that neither book knows.
fn known_to_one(books: &[Book<'_>; 2], line: &str) -> Result<(), String> {
    if fhir::is_fhir(line) {
        return Ok(());
    }
    let object: Map<String, Value> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    for name in object.keys() {
        if column(books[0].guideline, name, Others::Refused).is_err() {
            column(books[1].guideline, name, Others::Refused).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// What was found so far.
#[derive(Default)]
struct Found {
    changes: BTreeMap<(Levels, Levels), Change>,
    all: Changes,
    /// Whoever changes, as lines of their table.
    people: Vec<u8>,
    /// Whose answers are in the blocks.
    ids: Vec<Id>,
}

fn compare_batch(
    books: &mut [Book<'_>; 2],
    batches: [&Batch; 2],
    columns: &[Vec<Column>; 2],
    others: Others,
    found: &mut Found,
) {
    let [of_old, of_new] =
        [0, 1].map(|side| Reader::new(books[side].guideline, &columns[side], Others::LeftOut, batches[side]));
    let (mut before, mut after) = (Record::default(), Record::default());
    batches[0].each(|place, raw| {
        found.all.records += 1;
        let read = of_old.read(&raw, &mut before).and_then(|()| of_new.read(&raw, &mut after));
        let read = read.and_then(|()| match (&raw, others) {
            (Raw::Json(Ok(line)), Others::Refused) => known_to_one(books, line),
            _ => Ok(()),
        });
        if read.is_err() {
            found.all.rejects += 1;
            return;
        }
        for (book, record) in books.iter_mut().zip([&before, &after]) {
            book.block.add(&record.answers);
        }
        let number = i64::try_from(place.number()).unwrap_or(i64::MAX);
        found.ids.push(before.id.take().unwrap_or(Id::Number(number)));
        if found.ids.len() == PEOPLE {
            compare(books, found);
        }
    });
    if !found.ids.is_empty() {
        compare(books, found);
    }
}

/// Decides by both books for the people in their blocks.
fn compare(books: &mut [Book<'_>; 2], found: &mut Found) {
    let ids = std::mem::take(&mut found.ids);
    let [of_old, of_new] = books.each_mut().map(|book| book.decide(ids.len()));
    let [old, new] = books;
    for (person, id) in ids.iter().enumerate() {
        let [from, to] = [&of_old, &of_new].map(|of| (of.lower[person], of.upper[person]));
        if from == to {
            found.all.same += 1;
            continue;
        }
        let (before, after) = (old.fired(&of_old, person), new.fired(&of_new, person));
        let no_longer: Vec<&str> = before.iter().filter(|rule| !after.contains(rule)).copied().collect();
        let newly: Vec<&str> = after.iter().filter(|rule| !before.contains(rule)).copied().collect();
        let change = found.changes.entry((from, to)).or_insert_with(|| Change {
            from,
            to,
            people: 0,
            no_longer: BTreeMap::new(),
            newly: BTreeMap::new(),
        });
        change.people += 1;
        for (counts, rules) in [(&mut change.no_longer, &no_longer), (&mut change.newly, &newly)] {
            for rule in rules {
                *counts.entry((*rule).to_owned()).or_default() += 1;
            }
        }
        write_cell(&id.text(), &mut found.people);
        let levels = [from.0, from.1, to.0, to.1].map(Urgency::id).join(",");
        found.people.extend(format!(",{levels},{},{}\n", no_longer.join(" "), newly.join(" ")).bytes());
    }
}
