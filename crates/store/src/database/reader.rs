//! Reading a record, and seeing whether it is all that was written.

use std::sync::Arc;

use sqlx::Connection as _;
use tokio::sync::Mutex;

use super::error::StoreError;
use super::heads::{self, End};
use super::line::Line;
use super::pages::Pages;
use super::statements::{RECORDS, SEAL, VERSION};
use super::{RecordId, file, read_row, writer};
use crate::chain::{Head, Verifier};
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

impl Reader {
    pub(super) fn new(line: Arc<Mutex<Line>>, key: Option<Arc<Key>>, is_chained: bool) -> Self {
        Self { line, key, is_chained, version: None }
    }

    /// What is new in a record.
    pub(super) async fn read(&mut self, record: &RecordId, mark: &Mark) -> Result<Reading, StoreError> {
        let line = self.line.clone();
        let mut line = line.lock().await;
        let reading = self.find(&mut line, record, mark).await;
        if reading.is_err() {
            line.throw_away().await;
        }
        let mut reading = reading?;
        let gone = line.place().filter(|place| !place.is_there()).map(|place| place.path().to_owned());
        reading.faults.extend(gone.map(|path| Fault::Gone { path }));
        Ok(reading)
    }

    /// The same in one transaction.
    async fn find(
        &mut self,
        line: &mut Line,
        record: &RecordId,
        known: &Mark,
    ) -> Result<Reading, StoreError> {
        let is_new = line.is_new();
        let key = self.key.clone();
        let key = key.as_deref();
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
                let is_same_end = head.last == known.last.0 && head.link == known.link;
                let is_longer = head.last > known.last.0;
                // Somebody wrote, and yet added nothing: what was read may be changed.
                let is_touched = is_same_end && !is_new && self.version != Some(version);
                head.start != known.start || is_touched || !(is_same_end || is_longer)
            }
            End::None | End::Broken => true,
        };
        let after = if from_start { i64::MIN } else { known.last.0 };
        let mut pages = Pages::after(record.as_str(), after, self.is_chained);
        let mut rows = pages.next(&mut transaction).await?;
        let is_new_record = *record != RecordId::own() && rows.is_empty();
        let (head, mut faults) = match end {
            End::At(head) => (Some(head), Vec::new()),
            // The end of a person's own record is noted from the beginning.
            End::None if is_new_record => (None, Vec::new()),
            // Of the first format: only gaps can be seen.
            End::None if !self.is_chained => (None, Vec::new()),
            End::None | End::Broken => (None, vec![Fault::NoEnd]),
        };
        let mut verifier = match &head {
            Some(head) if !from_start => {
                faults.clone_from(&known.faults);
                Verifier::behind(key, record.as_str(), head.clone(), known.last, known.link.clone())
            }
            head => Verifier::from_start(key, record.as_str(), head.clone()),
        };
        let (mut events, mut last) = (Vec::new(), 0);
        while let Some(row) = rows.last() {
            last = row.sequence;
            for row in &rows {
                if !verifier.holds(row) {
                    continue;
                }
                match read_row(key, record, row) {
                    Ok(stored) => events.push(stored),
                    Err(_) => verifier.unreadable(row.sequence),
                }
            }
            // Others are served by this thread.
            tokio::task::yield_now().await;
            rows = pages.next(&mut transaction).await?;
        }
        transaction.commit().await?;
        self.version = Some(version);
        faults.extend(verifier.end());
        let head = head.unwrap_or_else(|| Head { last, ..Head::default() });
        let mark =
            Mark { start: head.start, last: Sequence(head.last), link: head.link, faults: faults.clone() };
        Ok(Reading { anew: from_start, events, faults, mark })
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
