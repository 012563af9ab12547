//! Reading a record, and seeing whether it is all that was written.

use std::sync::Arc;

use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::Mutex;

use super::error::StoreError;
use super::heads::{self, End};
use super::line::Line;
use super::statements::{AFTER, AFTER_IN_FIRST_FORMAT, RECORDS, SEAL, VERSION};
use super::{RecordId, RowTuple, file, read_row, row_of, writer};
use crate::chain::{Head, Row, Verifier};
use crate::event::{Sequence, Stored};
use crate::fault::Fault;
use crate::seal::Key;

/// How far a record was read, so that what is known is not read again; new for a
/// record of which nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    start: String,
    last: Sequence,
    link: String,
    faults: Vec<Fault>,
}

impl Mark {
    /// The place of the last event that was written, whether it is there or not.
    pub fn last(&self) -> Sequence {
        self.last
    }
}

/// What was read of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Whether these are all of its events, so that what was known of it before is to
    /// be forgotten: it is read for the first time, was erased, or was changed.
    pub anew: bool,
    /// The events that were not known, in order. One that does not hold is left out.
    pub events: Vec<Stored>,
    /// Everything that is wrong with the record.
    pub faults: Vec<Fault>,
    /// How far it is read now.
    pub mark: Mark,
}

/// The one that reads.
pub(super) struct Reader {
    line: Arc<Mutex<Line>>,
    key: Option<Arc<Key>>,
    /// A file of the first format that cannot be brought up to date has no chain.
    is_chained: bool,
    /// By which SQLite tells whether somebody has written.
    version: Option<i64>,
}

/// What the file says, as read in one transaction.
struct Found {
    is_chained: bool,
    end: End,
    rows: Vec<Row>,
    /// Whether the rows begin with the first.
    from_start: bool,
}

impl Reader {
    pub(super) fn new(line: Arc<Mutex<Line>>, key: Option<Arc<Key>>, is_chained: bool) -> Self {
        Self { line, key, is_chained, version: None }
    }

    /// What is new in a record.
    pub(super) async fn read(&mut self, record: &RecordId, mark: &Mark) -> Result<Reading, StoreError> {
        let (found, gone) = {
            let line = self.line.clone();
            let mut line = line.lock().await;
            let found = self.find(&mut line, record, mark).await;
            if found.is_err() {
                line.throw_away().await;
            }
            let gone = line.place().filter(|place| !place.is_there()).map(|place| place.path().to_owned());
            (found, gone)
        };
        let (key, record, known) = (self.key.clone(), record.clone(), mark.clone());
        let found = found?;
        // Hashing a long record takes a while, and others are served by this thread.
        let work = move || found.check(key.as_deref(), &record, known);
        let mut reading = tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Closed)?;
        reading.faults.extend(gone.map(|path| Fault::Gone { path }));
        Ok(reading)
    }

    async fn find(&mut self, line: &mut Line, record: &RecordId, mark: &Mark) -> Result<Found, StoreError> {
        let is_new = line.is_new();
        let key = self.key.as_deref();
        // It ends with this function, also where whoever asked has gone.
        let mut transaction = line.get().await?.begin().await?;
        let seal = file::about(&mut transaction, SEAL).await?;
        if !writer::same_key(key, None, seal.as_deref()) {
            return Err(StoreError::Resealed);
        }
        let version: i64 = sqlx::query_scalar(VERSION).fetch_one(&mut *transaction).await?;
        let end = if self.is_chained {
            heads::end(&mut transaction, key, record.as_str()).await?
        } else {
            End::None
        };
        let from_start = match &end {
            End::At(head) => {
                let is_same_end = head.last == mark.last.0 && head.link == mark.link;
                let is_longer = head.last > mark.last.0;
                // Somebody wrote, and yet added nothing: what was read may be changed.
                let is_touched = is_same_end && !is_new && self.version != Some(version);
                head.start != mark.start || is_touched || !(is_same_end || is_longer)
            }
            End::None | End::Broken => true,
        };
        let statement = if self.is_chained { AFTER } else { AFTER_IN_FIRST_FORMAT };
        let after = if from_start { i64::MIN } else { mark.last.0 };
        let rows = rows(&mut transaction, statement, record, after).await?;
        transaction.commit().await?;
        self.version = Some(version);
        Ok(Found { is_chained: self.is_chained, end, rows, from_start })
    }

    /// How many records there are.
    pub(super) async fn records(&mut self) -> Result<u64, StoreError> {
        let mut line = self.line.lock().await;
        let records: i64 = sqlx::query_scalar(RECORDS).fetch_one(line.get().await?).await?;
        Ok(u64::try_from(records).unwrap_or_default())
    }

    pub(super) async fn close(&mut self) {
        self.line.lock().await.close().await;
    }
}

async fn rows(
    connection: &mut SqliteConnection,
    statement: &'static str,
    record: &RecordId,
    after: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    let rows: Vec<RowTuple> =
        sqlx::query_as(statement).bind(record.as_str()).bind(after).fetch_all(connection).await?;
    Ok(rows.into_iter().map(row_of).collect())
}

impl Found {
    /// The events among the rows, and what is wrong.
    fn check(self, key: Option<&Key>, record: &RecordId, known: Mark) -> Reading {
        let name = record.as_str();
        let is_new_record = *record != RecordId::own() && self.rows.is_empty();
        let (head, mut faults) = match self.end {
            End::At(head) => (Some(head), Vec::new()),
            // The end of a person's own record is noted from the beginning.
            End::None if is_new_record => (None, Vec::new()),
            // Of the first format: only gaps can be seen.
            End::None if !self.is_chained => (None, Vec::new()),
            End::None | End::Broken => (None, vec![Fault::NoEnd]),
        };
        let mut verifier = match &head {
            Some(head) if !self.from_start => {
                faults = known.faults;
                Verifier::behind(key, name, head.clone(), known.last, known.link)
            }
            head => Verifier::from_start(key, name, head.clone()),
        };
        let events = events(key, record, &self.rows, &mut verifier);
        faults.extend(verifier.end());
        let last = self.rows.last().map(|row| row.sequence).unwrap_or_default();
        let head = head.unwrap_or_else(|| Head { last, ..Head::default() });
        let mark =
            Mark { start: head.start, last: Sequence(head.last), link: head.link, faults: faults.clone() };
        Reading { anew: self.from_start, events, faults, mark }
    }
}

fn events(key: Option<&Key>, record: &RecordId, rows: &[Row], verifier: &mut Verifier<'_>) -> Vec<Stored> {
    let mut events = Vec::with_capacity(rows.len());
    for row in rows {
        if verifier.holds(row) {
            match read_row(key, record, row) {
                Ok(stored) => events.push(stored),
                Err(_) => verifier.unreadable(row.sequence),
            }
        }
    }
    events
}
