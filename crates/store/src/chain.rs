//! The chain over the entries of a record.
//!
//! Each entry carries a link: a hash over the link of the one before and over all
//! that it says itself. The file also notes where the record ends. So an entry that
//! is missing, changed or moved, and an end that was cut off, are found out and can
//! be named. In a sealed file the hashes are keyed: whoever has no passphrase can
//! make none. In a plain file somebody who wants to can work all of them out anew;
//! there the chain finds accidents and what other programs do.
//!
//! Not found out: the whole file put back to an earlier state.

use care::hex;
use sha2::{Digest as _, Sha256};

use crate::event::Sequence;
use crate::fault::Fault;
use crate::seal::Key;

/// An entry as the file has it. Bytes and not text: a bit may have flipped.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) sequence: i64,
    pub(crate) written_at: Vec<u8>,
    pub(crate) once: Option<Vec<u8>>,
    pub(crate) payload: Vec<u8>,
    /// None in a file of the first format.
    pub(crate) link: Option<Vec<u8>>,
}

/// Where a record ends, and what its first link hangs on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// Random, and new whenever the record begins anew.
    pub(crate) start: String,
    /// The place of the last entry; 0 where there is none.
    pub(crate) last: i64,
    /// The link of the last entry, or the start.
    pub(crate) link: String,
}

impl Head {
    /// The end of a record without an entry.
    pub(crate) fn new(start: String) -> Self {
        Self { link: start.clone(), start, last: 0 }
    }

    /// What proves that this program wrote it.
    #[cfg(feature = "sqlite")]
    pub(crate) fn proof(&self, key: Option<&Key>, record: &str) -> String {
        let last = self.last.to_string();
        hash(key, &[b"head", record.as_bytes(), self.start.as_bytes(), last.as_bytes(), self.link.as_bytes()])
    }
}

/// The link of an entry that follows another.
pub(crate) fn link(key: Option<&Key>, record: &str, before: &str, row: &Row) -> String {
    let sequence = row.sequence.to_string();
    let is_once: &[u8] = if row.once.is_some() { b"once" } else { b"" };
    let once = row.once.as_deref().unwrap_or_default();
    hash(
        key,
        &[
            b"event",
            before.as_bytes(),
            record.as_bytes(),
            sequence.as_bytes(),
            &row.written_at,
            is_once,
            once,
            &row.payload,
        ],
    )
}

/// The length stands before each part, so that no two lists give the same bytes.
fn hash(key: Option<&Key>, parts: &[&[u8]]) -> String {
    let mut message = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        message.extend((part.len() as u64).to_le_bytes());
        message.extend_from_slice(part);
    }
    match key {
        None => hex(&Sha256::digest(&message)),
        Some(key) => hex(&key.authenticate(&message)),
    }
}

/// Goes along a chain, row by row in the order of their places.
pub(crate) struct Verifier<'k> {
    key: Option<&'k Key>,
    record: &'k str,
    /// Where the record ends; none where nobody knows.
    end: Option<Head>,
    /// The place that comes next.
    next: i64,
    /// What the next link may hang on: nothing known after a gap. After a row whose
    /// link does not fit there are two, since either the row or its link was changed.
    before: Vec<String>,
    faults: Vec<Fault>,
}

impl<'k> Verifier<'k> {
    /// From the first entry on. Without a head the chain is not known.
    pub(crate) fn from_start(key: Option<&'k Key>, record: &'k str, end: Option<Head>) -> Self {
        let before = end.iter().map(|head| head.start.clone()).collect();
        Self { key, record, end, next: 1, before, faults: Vec::new() }
    }

    /// From behind an entry on, whose link is known.
    pub(crate) fn behind(
        key: Option<&'k Key>,
        record: &'k str,
        end: Head,
        last: Sequence,
        link: String,
    ) -> Self {
        Self { key, record, end: Some(end), next: last.0 + 1, before: vec![link], faults: Vec::new() }
    }

    /// Whether this row is the one that was written at its place.
    pub(crate) fn holds(&mut self, row: &Row) -> bool {
        let is_past_the_end = self.end.as_ref().is_some_and(|end| row.sequence > end.last);
        if row.sequence < self.next || is_past_the_end {
            self.faults.push(Fault::PutIn { sequence: Sequence(row.sequence) });
            return false;
        }
        if row.sequence > self.next {
            self.missing(row.sequence - 1);
            self.before.clear();
        }
        self.next = row.sequence + 1;
        self.fits(row) || {
            self.faults.push(Fault::Changed { sequence: Sequence(row.sequence) });
            false
        }
    }

    /// Notes that a row holds in the chain and still does not read.
    pub(crate) fn unreadable(&mut self, sequence: i64) {
        self.faults.push(Fault::Changed { sequence: Sequence(sequence) });
    }

    fn fits(&mut self, row: &Row) -> bool {
        let Some(stored) = &row.link else {
            // Of a file that has no chain yet, or taken out.
            self.before.clear();
            return self.end.is_none();
        };
        let stored = String::from_utf8_lossy(stored).into_owned();
        let computed = |before: &String| link(self.key, self.record, before, row);
        let fits = self.before.is_empty() || self.before.iter().any(|before| computed(before) == stored);
        let other = if fits { None } else { self.before.first().map(computed) };
        self.before = std::iter::once(stored).chain(other).collect();
        fits
    }

    fn missing(&mut self, last: i64) {
        self.faults.push(Fault::Missing { first: Sequence(self.next), last: Sequence(last) });
    }

    /// What is wrong, once every row was seen.
    pub(crate) fn end(mut self) -> Vec<Fault> {
        let Some(end) = self.end.take() else { return self.faults };
        if self.next <= end.last {
            self.missing(end.last);
        } else if end.last > 0 && !self.before.is_empty() && !self.before.contains(&end.link) {
            let sequence = Sequence(end.last);
            if self.faults.last() != Some(&Fault::Changed { sequence }) {
                self.faults.push(Fault::Changed { sequence });
            }
        }
        self.faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: i64) -> (Head, Vec<Row>) {
        let mut head = Head::new("start".to_owned());
        let rows = (1..=count).map(|sequence| {
            let mut row = Row {
                sequence,
                written_at: b"2026-11-24T10:00:00Z".to_vec(),
                once: (sequence % 2 == 0).then(|| format!("form {sequence}").into_bytes()),
                payload: format!("{{\"number\":{sequence}}}").into_bytes(),
                link: None,
            };
            head.link = link(None, "own", &head.link, &row);
            head.last = sequence;
            row.link = Some(head.link.clone().into_bytes());
            row
        });
        let rows = rows.collect();
        (head, rows)
    }

    fn faults(head: Head, rows: &[Row]) -> Vec<String> {
        let mut verifier = Verifier::from_start(None, "own", Some(head));
        for row in rows {
            verifier.holds(row);
        }
        verifier.end().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_change_of_one_row_is_named_and_no_other_row() {
        let (head, all) = rows(9);
        assert_eq!(faults(head.clone(), &all), [""; 0]);
        for place in 0..all.len() {
            let number = place + 1;
            let changed = [format!("entry {number} was changed or moved after it was written")];
            let with = |change: fn(&mut Row)| {
                let mut rows = all.clone();
                change(&mut rows[place]);
                faults(head.clone(), &rows)
            };
            assert_eq!(with(|row| row.payload[3] ^= 1), changed);
            assert_eq!(with(|row| row.written_at[3] ^= 0x80), changed);
            assert_eq!(with(|row| row.once = Some(b"other".to_vec())), changed);
            assert_eq!(with(|row| row.link = None), changed);
            assert_eq!(with(|row| row.link = Some(vec![0xff; 64])), changed, "{number}");
            let mut rows = all.clone();
            rows.remove(place);
            assert_eq!(faults(head.clone(), &rows), [format!("entry {number} is missing")]);
        }
    }

    #[test]
    fn rows_that_changed_places_are_both_named() {
        let (head, mut rows) = rows(9);
        rows.swap(2, 5);
        (rows[2].sequence, rows[5].sequence) = (3, 6);
        let said = faults(head, &rows);
        assert!(said.contains(&"entry 3 was changed or moved after it was written".to_owned()), "{said:?}");
        assert!(said.contains(&"entry 6 was changed or moved after it was written".to_owned()), "{said:?}");
    }

    #[test]
    fn an_end_that_was_cut_off_and_rows_that_were_put_in_are_named() {
        let (head, rows) = rows(9);
        assert_eq!(faults(head.clone(), &rows[..6]), ["entries 7 to 9 are missing"]);
        assert_eq!(faults(head.clone(), &[]), ["entries 1 to 9 are missing"]);
        for sequence in [-4, 0, 10] {
            let mut more = rows.clone();
            more.push(Row { sequence, ..rows[3].clone() });
            more.sort_by_key(|row| row.sequence);
            let said = faults(head.clone(), &more);
            assert_eq!(said, [format!("entry {sequence} was put in by another program")]);
        }
        let other = Head { link: "another end".to_owned(), ..head };
        assert_eq!(faults(other, &rows), ["entry 9 was changed or moved after it was written"]);
    }
}
