//! Some records of a file, on their way to somebody who reads them.

use care::circuit::Told;

use crate::record::Id;

/// Some records, and where the first of them stands.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    /// Its line or row, counted from 1.
    pub(crate) first: u64,
    pub(crate) records: Records,
    /// Where the file goes on.
    pub(crate) then: Position,
}

/// How far a file has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Position {
    /// How far the progress is: so many bytes, of Parquet rows, and of Arrow batches.
    pub(crate) done: u64,
    /// The line or row that comes next, counted from 1.
    pub(crate) next: u64,
}

/// Records as they stand in their file.
#[derive(Clone, Debug)]
pub(crate) enum Records {
    /// Lines of a table with commas.
    Csv(Text),
    /// Lines of JSON.
    Json(Text),
    /// Rows of a table by columns.
    #[cfg(feature = "columnar")]
    Arrow(arrow_array::RecordBatch),
    /// Blocks of planes.
    Kept(Vec<KeptBlock>),
}

/// Planes of a block, and whose they are.
pub(crate) type KeptBlock = (Vec<Id>, Vec<Told>);

/// Whole lines.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) bytes: Vec<u8>,
    /// A line that is longer than any record: only its beginning is there.
    pub(crate) is_cut: bool,
}

/// No record is longer: 1 MiB, some thirty times a whole book answered in FHIR.
pub(crate) const LONGEST_LINE: usize = 1 << 20;

impl Text {
    /// The lines that are not blank, each with its number and without its end.
    pub(crate) fn lines(&self, first: u64) -> impl Iterator<Item = (u64, Result<&str, String>)> {
        let mut rest = self.bytes.as_slice();
        let lines = std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let line = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            Some(line.strip_suffix(b"\r").unwrap_or(line))
        });
        let is_cut = self.is_cut;
        let text = move |line| {
            if is_cut {
                return Err(format!("it is longer than any record: more than {LONGEST_LINE} bytes"));
            }
            std::str::from_utf8(line)
                .map_err(|error| format!("it is not text in UTF-8, from byte {} on", error.valid_up_to() + 1))
        };
        (first..)
            .zip(lines)
            .filter(|(_, line)| !line.trim_ascii().is_empty())
            .map(move |(number, line)| (number, text(line)))
    }
}
