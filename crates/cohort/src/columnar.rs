//! Files with columns: Parquet and Arrow IPC.

use std::fs::File;
use std::io::BufReader;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{AnyDictionaryArray, Array, RecordBatch};
use arrow_ipc::reader::FileReader;
use arrow_schema::{DataType, Schema};
use care::{Answer, FindingKind, Guideline};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use crate::batch::{Batch, Position, Records};
use crate::cohort_error::CohortError;
use crate::format::Format;
use crate::header::Column;
use crate::record::{Id, Record, answer_from_cell, does_not_fit, fits};

/// The rows of a file.
pub(crate) struct Rows {
    batches: Batches,
    name: String,
    position: Position,
    total: u64,
    /// How many rows of the next batch an earlier run had done.
    done: usize,
}

enum Batches {
    Parquet(ParquetRecordBatchReader),
    Arrow(Box<FileReader<BufReader<File>>>),
}

/// How many rows a batch has at most: some blocks for each of several workers.
const BATCH: usize = 16_384;

impl Rows {
    /// The rows of a file, and the names of its columns.
    pub(crate) fn open(
        file: File,
        name: &str,
        format: Format,
        from: Option<Position>,
    ) -> Result<(Self, Vec<String>), CohortError> {
        let position = from.unwrap_or(Position { done: 0, next: 1 });
        let rows_done = usize::try_from(position.next - 1).unwrap_or(usize::MAX);
        let names = |schema: &Schema| schema.fields().iter().map(|field| field.name().clone()).collect();
        if format == Format::Parquet {
            let builder = ParquetRecordBatchReaderBuilder::try_new(file);
            let builder = builder.map_err(|error| CohortError::cannot_read(name, &error))?;
            let names = names(builder.schema());
            let rows = builder.metadata().file_metadata().num_rows();
            let total = u64::try_from(rows).unwrap_or_default();
            let reader = builder.with_batch_size(BATCH).with_offset(rows_done).build();
            let reader = reader.map_err(|error| CohortError::cannot_read(name, &error))?;
            let batches = Batches::Parquet(reader);
            return Ok((Self { batches, name: name.to_owned(), position, total, done: 0 }, names));
        }
        let reader = FileReader::try_new(BufReader::new(file), None);
        let reader = reader.map_err(|error| CohortError::cannot_read(name, &error))?;
        let names = names(&reader.schema());
        let total = reader.num_batches() as u64;
        let batches = Batches::Arrow(Box::new(reader));
        // Batches that were done are gone through again, and counted again.
        let position = Position { done: 0, ..position };
        Ok((Self { batches, name: name.to_owned(), position, total, done: rows_done }, names))
    }

    /// How many rows, or of Arrow batches.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    pub(crate) fn next(&mut self) -> Result<Option<Batch>, CohortError> {
        let rows = loop {
            let next = match &mut self.batches {
                Batches::Parquet(reader) => reader.next(),
                Batches::Arrow(reader) => reader.next(),
            };
            let Some(rows) = next else { return Ok(None) };
            let rows = rows.map_err(|error| CohortError::cannot_read(&self.name, &error))?;
            if matches!(self.batches, Batches::Arrow(_)) {
                self.position.done += 1;
            }
            let skip = self.done.min(rows.num_rows());
            self.done -= skip;
            if skip < rows.num_rows() {
                break rows.slice(skip, rows.num_rows() - skip);
            }
        };
        let first = self.position.next;
        self.position.next += rows.num_rows() as u64;
        if matches!(self.batches, Batches::Parquet(_)) {
            self.position.done = self.position.next - 1;
        }
        Ok(Some(Batch { first, records: Records::Arrow(rows), then: self.position }))
    }
}

/// The cells of a batch that mean something.
pub(crate) struct Cells<'b> {
    guideline: &'b Guideline,
    columns: Vec<Values<'b>>,
}

/// One column.
struct Values<'b> {
    array: &'b dyn Array,
    /// Where the value of each row stands, of an array that names each value once.
    keys: Option<Vec<usize>>,
    column: Column,
}

impl<'b> Cells<'b> {
    pub(crate) fn new(guideline: &'b Guideline, rows: &'b RecordBatch, columns: &[Column]) -> Self {
        let columns = rows.columns().iter().zip(columns).filter(|(_, column)| **column != Column::Other);
        let columns = columns.map(|(array, column)| {
            let keys = array.as_any_dictionary_opt().map(AnyDictionaryArray::normalized_keys);
            Values { array: &**array, keys, column: *column }
        });
        Self { guideline, columns: columns.collect() }
    }

    /// Reads one row.
    ///
    /// # Errors
    ///
    /// Why it is no record.
    pub(crate) fn read(&self, row: usize, record: &mut Record) -> Result<(), String> {
        for values in &self.columns {
            let cell = values.cell(row);
            match values.column {
                Column::Id => match cell {
                    Cell::Nothing => {}
                    Cell::Text(text) => record.set_id(text)?,
                    Cell::Number(number) => record.id = Some(Id::Number(number)),
                    Cell::Yes(_) | Cell::Other(_) => {
                        return Err("`id` is neither a text nor a whole number".to_owned());
                    }
                },
                Column::Answers(finding) => {
                    let is_yes_no = self.guideline.finding(finding).kind == FindingKind::YesNo;
                    let refused = |given: &str| does_not_fit(self.guideline, finding, given);
                    let answer = match cell {
                        Cell::Nothing => None,
                        Cell::Yes(true) if is_yes_no => Some(Answer::Yes),
                        Cell::Yes(false) if is_yes_no => Some(Answer::No),
                        Cell::Yes(is_so) => return Err(refused(&is_so.to_string())),
                        Cell::Text(text) => answer_from_cell(self.guideline, finding, text)?,
                        Cell::Number(number) => {
                            let fits = fits(self.guideline, finding, number);
                            Some(fits.ok_or_else(|| refused(&number.to_string()))?)
                        }
                        Cell::Other(shown) => return Err(refused(&shown)),
                    };
                    record.answers.extend(answer.map(|answer| (finding, answer)));
                }
                Column::Other => {}
            }
        }
        Ok(())
    }
}

impl Values<'_> {
    fn cell(&self, row: usize) -> Cell<'_> {
        match (self.array.as_any_dictionary_opt(), &self.keys) {
            (Some(dictionary), Some(keys)) if self.array.is_valid(row) => {
                cell(dictionary.values().as_ref(), keys[row])
            }
            (Some(_), _) => Cell::Nothing,
            (None, _) => cell(self.array, row),
        }
    }
}

/// What stands in a cell.
enum Cell<'c> {
    Nothing,
    Yes(bool),
    Number(i64),
    Text(&'c str),
    /// Something that no answer is.
    Other(String),
}

fn cell(array: &dyn Array, row: usize) -> Cell<'_> {
    if array.is_null(row) {
        return Cell::Nothing;
    }
    match array.data_type() {
        DataType::Null => Cell::Nothing,
        DataType::Boolean => Cell::Yes(array.as_boolean().value(row)),
        DataType::Utf8 => Cell::Text(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Cell::Text(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Cell::Text(array.as_string_view().value(row)),
        DataType::Int8 => whole::<Int8Type>(array, row),
        DataType::Int16 => whole::<Int16Type>(array, row),
        DataType::Int32 => whole::<Int32Type>(array, row),
        DataType::Int64 => whole::<Int64Type>(array, row),
        DataType::UInt8 => whole::<UInt8Type>(array, row),
        DataType::UInt16 => whole::<UInt16Type>(array, row),
        DataType::UInt32 => whole::<UInt32Type>(array, row),
        DataType::UInt64 => match i64::try_from(array.as_primitive::<UInt64Type>().value(row)) {
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::Other("a number above 2^63".to_owned()),
        },
        // Tables of statisticians keep whole numbers so where some are missing.
        DataType::Float32 => fraction(f64::from(array.as_primitive::<Float32Type>().value(row))),
        DataType::Float64 => fraction(array.as_primitive::<Float64Type>().value(row)),
        other => Cell::Other(format!("a value of type {other}")),
    }
}

fn whole<T: ArrowPrimitiveType<Native: Into<i64>>>(array: &dyn Array, row: usize) -> Cell<'_> {
    Cell::Number(array.as_primitive::<T>().value(row).into())
}

/// 2^53: up to here every whole number is one of these.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

fn fraction<'c>(number: f64) -> Cell<'c> {
    if number.is_nan() {
        return Cell::Nothing;
    }
    if number.fract() != 0.0 || LARGEST_EXACT <= number.abs() {
        return Cell::Other(number.to_string());
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 2^53")]
    let whole = number as i64;
    Cell::Number(whole)
}
