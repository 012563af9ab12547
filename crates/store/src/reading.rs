//! Going through the rows of a record, and seeing whether it is all that was written.

use crate::chain::{Head, Row, Verifier};
use crate::event::{Sequence, Stored};
use crate::fault::Fault;
use crate::record_id::RecordId;
use crate::row;
use crate::seal::Key;
use crate::store_error::StoreError;

/// What became of events that were to be added.
#[derive(Clone, Debug, PartialEq)]
pub enum Appended {
    /// They are on the disk, with their places.
    Stored(Vec<Stored>),
    /// A form with this token was stored before, so nothing was written.
    SeenBefore,
}

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
    /// Of what could be read of a damaged file, of which nobody knows how it goes on.
    #[cfg(feature = "sqlite")]
    pub(crate) fn of_salvaged(last: Sequence, faults: Vec<Fault>) -> Self {
        Self { last, faults, ..Self::default() }
    }

    /// Whether nothing was there.
    pub(crate) fn is_nothing(&self) -> bool {
        self.last == Sequence(0)
    }

    /// Where the next event is to hang; a record that begins with it hangs on `start`.
    ///
    /// # Errors
    ///
    /// If nobody knows.
    pub(crate) fn head(&self, start: &str) -> Result<Head, StoreError> {
        match self.start.is_empty() {
            true if self.is_nothing() => Ok(Head::new(start.to_owned())),
            true => Err(StoreError::NoEnd),
            false => {
                let (start, link) = (self.start.clone(), self.link.clone());
                Ok(Head { start, last: self.last.0, link })
            }
        }
    }

    /// What the record hangs on; none where nothing was there.
    pub fn start(&self) -> Option<&str> {
        Some(self.start.as_str()).filter(|start| !start.is_empty())
    }

    /// Whether a record that ends there still begins with what was read: nothing that is
    /// known has to be read again.
    pub(crate) fn is_part_of(&self, head: &Head) -> bool {
        let is_same_end = head.last == self.last.0 && head.link == self.link;
        head.start == self.start && (is_same_end || head.last > self.last.0)
    }

    /// Whether a record that ends there is this one as it was before: an older file was put
    /// over it.
    #[cfg(feature = "sqlite")]
    pub(crate) fn is_ahead_of(&self, head: &Head) -> bool {
        let is_other_end = head.last == self.last.0 && head.link != self.link;
        head.start == self.start && (is_other_end || head.last < self.last.0)
    }

    /// The place of the last event that was written, whether it is there or not.
    pub fn last(&self) -> Sequence {
        self.last
    }

    /// Nothing new, and something more that is wrong: what was read before still holds.
    pub fn with(&self, fault: Fault) -> Reading {
        let mut faults = self.faults.clone();
        faults.push(fault);
        Reading { anew: false, events: Vec::new(), faults, mark: self.clone() }
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

/// Goes through the rows of a record as they come.
pub(crate) struct Through<'k> {
    key: Option<&'k Key>,
    record: &'k RecordId,
    verifier: Verifier<'k>,
    head: Option<Head>,
    /// The place of the last row, in a record that notes no end.
    last: i64,
    reading: Reading,
}

impl<'k> Through<'k> {
    /// From the first row on: of a record of which nothing is known.
    pub(crate) fn from_start(key: Option<&'k Key>, record: &'k RecordId, head: Option<Head>) -> Self {
        let verifier = Verifier::from_start(key, record.as_str(), head.clone());
        let reading = Reading { anew: true, ..Reading::default() };
        Self { key, record, verifier, head, last: 0, reading }
    }

    /// From behind what is known on.
    pub(crate) fn behind(key: Option<&'k Key>, record: &'k RecordId, head: Head, known: &Mark) -> Self {
        let verifier = Verifier::behind(key, record.as_str(), head.clone(), known.last, known.link.clone());
        let reading = Reading { faults: known.faults.clone(), ..Reading::default() };
        Self { key, record, verifier, head: Some(head), last: 0, reading }
    }

    /// Something that is known to be wrong before any row is seen.
    pub(crate) fn note(&mut self, fault: Fault) {
        self.reading.faults.push(fault);
    }

    /// The next rows, in the order of their places.
    pub(crate) fn take(&mut self, rows: &[Row]) {
        for row in rows {
            self.last = row.sequence;
            if !self.verifier.holds(row) {
                continue;
            }
            match row::read(self.key, self.record, row) {
                Ok(stored) => self.reading.events.push(stored),
                Err(_) => self.verifier.unreadable(row.sequence),
            }
        }
    }

    /// What was read, once every row was seen.
    pub(crate) fn end(self) -> Reading {
        let Self { verifier, head, last, mut reading, .. } = self;
        reading.faults.extend(verifier.end());
        let Head { start, last, link } = head.unwrap_or_else(|| Head { last, ..Head::default() });
        reading.mark = Mark { start, last: Sequence(last), link, faults: reading.faults.clone() };
        reading
    }
}
