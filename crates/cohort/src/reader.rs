//! From a batch to one record after the other, as a book reads them.

use care::Guideline;
use serde::Serialize;

use crate::batch::{Batch, Records};
use crate::header::{Column, Others};
use crate::record::Record;
use crate::{csv, json};

/// Where a record stands in its file, counted from 1.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    /// Of a text.
    Line(u64),
    /// Of a file with columns.
    #[cfg(feature = "columnar")]
    Row(u64),
}

impl Place {
    pub(crate) fn number(self) -> u64 {
        match self {
            Self::Line(number) => number,
            #[cfg(feature = "columnar")]
            Self::Row(number) => number,
        }
    }
}

/// One record, not read yet.
#[derive(Clone, Debug)]
pub(crate) enum Raw<'b> {
    Csv(Result<&'b str, String>),
    Json(Result<&'b str, String>),
    /// The row of the batch.
    #[cfg(feature = "columnar")]
    Row(usize),
}

/// Reads the records of one batch by one book.
pub(crate) struct Reader<'b> {
    guideline: &'b Guideline,
    columns: &'b [Column],
    others: Others,
    #[cfg(feature = "columnar")]
    cells: Option<crate::columnar::Cells<'b>>,
}

impl<'b> Reader<'b> {
    pub(crate) fn new(
        guideline: &'b Guideline,
        columns: &'b [Column],
        others: Others,
        #[cfg_attr(not(feature = "columnar"), expect(unused_variables, reason = "text needs no more"))]
        batch: &'b Batch,
    ) -> Self {
        Self {
            guideline,
            columns,
            others,
            #[cfg(feature = "columnar")]
            cells: match &batch.records {
                Records::Arrow(rows) => Some(crate::columnar::Cells::new(guideline, rows, columns)),
                _ => None,
            },
        }
    }

    /// Reads one record.
    ///
    /// # Errors
    ///
    /// Why it is none.
    pub(crate) fn read(&self, raw: &Raw<'_>, record: &mut Record) -> Result<(), String> {
        record.clear();
        match raw {
            Raw::Csv(line) => csv::read(self.guideline, self.columns, line.clone()?, record),
            Raw::Json(line) => json::read(self.guideline, self.others, line.clone()?, record),
            #[cfg(feature = "columnar")]
            Raw::Row(row) => self.cells.as_ref().map_or(Ok(()), |cells| cells.read(*row, record)),
        }
    }
}

impl Batch {
    /// Hands over each record; there is none in a batch of planes.
    pub(crate) fn each(&self, mut take: impl FnMut(Place, Raw<'_>)) {
        match &self.records {
            Records::Csv(text) => {
                text.lines(self.first).for_each(|(line, text)| take(Place::Line(line), Raw::Csv(text)));
            }
            Records::Json(text) => {
                text.lines(self.first).for_each(|(line, text)| take(Place::Line(line), Raw::Json(text)));
            }
            #[cfg(feature = "columnar")]
            Records::Arrow(rows) => {
                (0..rows.num_rows())
                    .zip(self.first..)
                    .for_each(|(row, number)| take(Place::Row(number), Raw::Row(row)));
            }
            Records::Kept(_) => {}
        }
    }
}
