//! A record that somebody else keeps, row by row: a browser in its own database.
//!
//! The rows and their chain are those of the file ([`crate::Database`]), never sealed.
//! Whoever keeps them only moves them, and writes rows and end in one transaction, if the
//! record still ends where [`Mark`] says.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::chain::{self, Head, Row};
use crate::event::{Event, Once};
use crate::fault::Fault;
use crate::reading::{Mark, Reading, Through};
use crate::record_id::RecordId;
use crate::row;
use crate::store_error::StoreError;

/// An event, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRow {
    /// Its place: 1 for the first, without gaps.
    pub sequence: i64,
    /// When it was written down, in RFC 3339.
    pub at: String,
    /// The token of the form that it came with, which counts once in a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once: Option<Once>,
    /// The event as JSON.
    pub payload: String,
    /// The hash over the link of the row before it and over all of this.
    pub link: String,
}

/// Where a record ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptHead {
    /// Random, and new whenever the record begins anew.
    pub start: String,
    /// The place of the last row.
    pub last: i64,
    /// The link of the last row.
    pub link: String,
}

/// What is kept of a record: all of it, or what came after a [`Mark`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRows {
    /// Where the record ends; none where there is nothing.
    pub head: Option<KeptHead>,
    /// The rows in order.
    pub rows: Vec<KeptRow>,
    /// Whether these are all of them.
    pub all: bool,
}

impl KeptRows {
    /// What is new in them, and everything that is wrong with the record. Nothing that is
    /// wrong is an error: what holds is read.
    ///
    /// # Errors
    ///
    /// [`StoreError::Erased`] if these rows go on from a record that is not the known one:
    /// then all of them are to be read.
    ///
    /// ```
    /// # use store::{Event, KeptRows, Mark, Sequence, Settings};
    /// let nothing = KeptRows { all: true, ..KeptRows::default() };
    /// let mark = nothing.reading(&Mark::default())?.mark;
    /// let at = "2026-11-29T10:00:00Z".parse().unwrap();
    /// let events = vec![(at, Event::SettingsChanged(Settings::default()))];
    /// let kept = KeptRows::after(&mark, "random", None, &events)?;
    /// let reading = kept.reading(&mark)?;
    /// assert_eq!((reading.events.len(), reading.mark.last()), (1, Sequence(1)));
    /// assert!(reading.faults.is_empty());
    /// # Ok::<(), store::StoreError>(())
    /// ```
    pub fn reading(&self, known: &Mark) -> Result<Reading, StoreError> {
        let record = RecordId::own();
        let head = self.head.as_ref().map(|kept| Head {
            start: kept.start.clone(),
            last: kept.last,
            link: kept.link.clone(),
        });
        let mut through = match head {
            Some(head) if !self.all && known.is_part_of(&head) => Through::behind(None, &record, head, known),
            _ if !self.all => return Err(StoreError::Erased),
            head => Through::from_start(None, &record, head),
        };
        if self.head.is_none() && !self.rows.is_empty() {
            through.note(Fault::NoEnd);
        }
        let rows: Vec<Row> = self.rows.iter().map(KeptRow::as_row).collect();
        through.take(&rows);
        Ok(through.end())
    }

    /// Events as they are to be kept after what is known, with the end that is to be noted.
    /// `start` is random, for a record that begins with them. The token stands with the
    /// first of them.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoEnd`] if nobody knows where the record ends.
    pub fn after(
        known: &Mark,
        start: &str,
        once: Option<&Once>,
        events: &[(Timestamp, Event)],
    ) -> Result<Self, StoreError> {
        let record = RecordId::own();
        let mut head = known.head(start)?;
        let mut rows = Vec::with_capacity(events.len());
        for (at, event) in events {
            let once = once.filter(|_| rows.is_empty());
            let mut row = row::of(None, record.as_str(), head.last + 1, (*at, event), once)?;
            let link = chain::link(None, record.as_str(), &head.link, &row);
            row.link = Some(link.clone().into_bytes());
            head = Head { last: row.sequence, link, ..head };
            rows.push(KeptRow::of(&row));
        }
        let Head { start, last, link } = head;
        Ok(Self { head: Some(KeptHead { start, last, link }), rows, all: known.is_nothing() })
    }
}

impl KeptRow {
    fn of(row: &Row) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            sequence: row.sequence,
            at: text(&row.written_at),
            once: row.once.as_deref().map(text),
            payload: text(&row.payload),
            link: row.link.as_deref().map(text).unwrap_or_default(),
        }
    }

    fn as_row(&self) -> Row {
        Row {
            sequence: self.sequence,
            written_at: self.at.clone().into_bytes(),
            once: self.once.clone().map(String::into_bytes),
            payload: self.payload.clone().into_bytes(),
            link: Some(self.link.clone().into_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Sequence, Settings};

    fn events(count: usize) -> Vec<(Timestamp, Event)> {
        let at = "2026-11-29T10:00:00Z".parse().unwrap();
        vec![(at, Event::SettingsChanged(Settings::default())); count]
    }

    fn nothing() -> Mark {
        KeptRows { all: true, ..KeptRows::default() }.reading(&Mark::default()).unwrap().mark
    }

    #[test]
    fn what_is_kept_in_two_steps_reads_as_one_record() {
        let first = KeptRows::after(&nothing(), "start", Some(&"form".to_owned()), &events(2)).unwrap();
        let mark = first.reading(&nothing()).unwrap().mark;
        let second = KeptRows::after(&mark, "other", None, &events(1)).unwrap();
        assert_eq!(second.rows[0].sequence, 3);
        let new = second.reading(&mark).unwrap();
        assert!(!new.anew && new.faults.is_empty() && new.events.len() == 1);
        let rows = [first.rows.clone(), second.rows.clone()].concat();
        let whole = KeptRows { head: second.head.clone(), rows, all: true };
        let whole = whole.reading(&Mark::default()).unwrap();
        assert_eq!((whole.events.len(), whole.faults.len(), &whole.mark), (3, 0, &new.mark));
        assert_eq!(whole.events[0].once.as_deref(), Some("form"));
        assert_eq!(whole.mark.last(), Sequence(3));
    }

    #[test]
    fn what_is_wrong_is_said_and_what_holds_is_read() {
        let mut kept = KeptRows::after(&nothing(), "start", None, &events(3)).unwrap();
        kept.all = true;
        kept.rows.remove(1);
        let reading = kept.reading(&Mark::default()).unwrap();
        assert_eq!(reading.faults[0].to_string(), "entry 2 is missing");
        assert_eq!(reading.events.len(), 2);
        kept.head = None;
        let reading = kept.reading(&Mark::default()).unwrap();
        assert_eq!(reading.faults[0], Fault::NoEnd);
        assert_eq!(KeptRows::after(&reading.mark, "start", None, &events(1)), Err(StoreError::NoEnd));
    }

    #[test]
    fn rows_of_another_record_do_not_go_on() {
        let first = KeptRows::after(&nothing(), "start", None, &events(2)).unwrap();
        let mark = first.reading(&nothing()).unwrap().mark;
        let other = KeptRows::after(&nothing(), "another", None, &events(3)).unwrap();
        let part = KeptRows { all: false, ..other };
        assert_eq!(part.reading(&mark), Err(StoreError::Erased));
    }
}
