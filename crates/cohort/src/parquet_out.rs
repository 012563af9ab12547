//! Outcomes as Parquet.
//!
//! A Parquet file is whole only once its end is written, so a run that is killed would lose all
//! of it. Outcomes go into segments, each a whole file with one row group; at the end their
//! bytes are put behind each other in one file, without being read as rows again.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use care::Urgency;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;

use crate::cohort_error::{CohortError, shown};
use crate::engine::Lists;
use crate::sink::{beside, remove, rename};
use crate::table::{COLUMNS, Table, Words};

/// The segments of a run.
pub(crate) struct Segments {
    part: PathBuf,
    /// How many are whole.
    closed: u64,
    open: Option<ArrowWriter<File>>,
    batches: u64,
}

fn cannot_write(path: &Path, error: &impl ToString) -> CohortError {
    CohortError::cannot_write(&shown(path), error)
}

impl Segments {
    /// Goes on behind so many whole segments.
    pub(crate) fn open(part: &Path, closed: u64) -> Self {
        Self { part: part.to_owned(), closed, open: None, batches: 0 }
    }

    pub(crate) fn closed(&self) -> u64 {
        self.closed
    }

    fn path(&self, number: u64) -> PathBuf {
        beside(&self.part, &format!(".{number}"))
    }

    /// Adds outcomes, and says whether everything so far is in whole segments.
    pub(crate) fn add(&mut self, rows: &RecordBatch, batches: u64) -> Result<bool, CohortError> {
        let path = self.path(self.closed);
        let cannot = |error: ParquetError| cannot_write(&path, &error);
        if self.open.is_none() {
            let file = File::create(&path).map_err(|error| cannot_write(&path, &error))?;
            let writer = ArrowWriter::try_new(file, schema(), Some(properties(None))).map_err(cannot)?;
            self.open = Some(writer);
        }
        if let Some(writer) = &mut self.open {
            writer.write(rows).map_err(cannot)?;
        }
        self.batches += 1;
        if !self.batches.is_multiple_of(batches) {
            return Ok(false);
        }
        self.close()?;
        Ok(true)
    }

    fn close(&mut self) -> Result<(), CohortError> {
        let path = self.path(self.closed);
        if let Some(writer) = self.open.take() {
            let file = writer.into_inner().map_err(|error| cannot_write(&path, &error))?;
            file.sync_data().map_err(|error| cannot_write(&path, &error))?;
            self.closed += 1;
        }
        Ok(())
    }

    /// Puts the segments into one file and gives it its name.
    pub(crate) fn finish(mut self, name: &Path) -> Result<(), CohortError> {
        if self.closed == 0 && self.open.is_none() {
            // A file without rows has its columns all the same.
            self.add(&RecordBatch::new_empty(schema()), u64::MAX)?;
        }
        self.close()?;
        let part = self.part.as_path();
        let cannot = |error: ParquetError| cannot_write(part, &error);
        let mut whole: Option<SerializedFileWriter<File>> = None;
        for number in 0..self.closed {
            let path = self.path(number);
            let cannot_read =
                |error: &dyn ToString| CohortError::cannot_read(&shown(&path), &error.to_string());
            let segment = File::open(&path).map_err(|error| cannot_read(&error))?;
            let again = segment.try_clone().map_err(|error| cannot_read(&error))?;
            let reader = SerializedFileReader::new(again).map_err(|error| cannot_read(&error))?;
            let metadata = reader.metadata();
            let writer = if let Some(writer) = &mut whole {
                writer
            } else {
                let file = File::create(part).map_err(|error| cannot_write(part, &error))?;
                let described = metadata.file_metadata();
                let schema = described.schema_descr().root_schema_ptr();
                let properties = properties(described.key_value_metadata().cloned());
                let writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(cannot)?;
                whole.insert(writer)
            };
            for group in metadata.row_groups() {
                let mut rows = writer.next_row_group().map_err(cannot)?;
                for column in group.columns() {
                    let written = ColumnCloseResult {
                        bytes_written: u64::try_from(column.compressed_size()).unwrap_or_default(),
                        rows_written: u64::try_from(group.num_rows()).unwrap_or_default(),
                        metadata: column.clone(),
                        bloom_filter: None,
                        column_index: None,
                        offset_index: None,
                    };
                    rows.append_column(&segment, written).map_err(cannot)?;
                }
                rows.close().map_err(cannot)?;
            }
        }
        if let Some(writer) = whole {
            let file = writer.into_inner().map_err(cannot)?;
            file.sync_data().map_err(|error| cannot_write(part, &error))?;
        }
        rename(part, name)?;
        (0..self.closed).try_for_each(|number| remove(&self.path(number)))
    }
}

fn properties(described: Option<Vec<parquet::file::metadata::KeyValue>>) -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        // A segment is one row group.
        .set_max_row_group_row_count(None)
        .set_created_by(format!("unclench {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(described)
        .build()
}

fn schema() -> Arc<Schema> {
    let [id, urgency, lower, upper, fired, missing] = COLUMNS;
    let text = |name: &str, may_be_empty| Field::new(name, DataType::Utf8, may_be_empty);
    let list = |name: &str| Field::new_list(name, Field::new_list_field(DataType::Utf8, true), false);
    Arc::new(Schema::new(vec![
        text(id, false),
        text(urgency, true),
        text(lower, false),
        text(upper, false),
        list(fired),
        list(missing),
    ]))
}

/// Outcomes as rows.
pub(crate) fn rows(table: &Table, words: &Words) -> RecordBatch {
    let people = 0..table.len();
    let (mut ids, mut urgency) = (StringBuilder::new(), StringBuilder::new());
    for person in people {
        ids.append_value(table.ids[person].text());
        urgency.append_option(table.urgency(person).map(Urgency::id));
    }
    let levels = |levels: &[Urgency]| -> ArrayRef {
        let mut texts = StringBuilder::new();
        for level in levels {
            texts.append_value(level.id());
        }
        Arc::new(texts.finish())
    };
    let lists = |lists: &Lists, names: &[String]| -> ArrayRef {
        let mut texts = ListBuilder::new(StringBuilder::new());
        for person in 0..table.len() {
            for item in lists.of(person) {
                texts.values().append_value(&names[usize::from(*item)]);
            }
            texts.append(true);
        }
        Arc::new(texts.finish())
    };
    let columns: Vec<ArrayRef> = vec![
        Arc::new(ids.finish()),
        Arc::new(urgency.finish()),
        levels(&table.lower),
        levels(&table.upper),
        lists(&table.fired, &words.rules),
        lists(&table.missing, &words.findings),
    ];
    RecordBatch::try_new(schema(), columns)
        .unwrap_or_else(|_| unreachable!("every column has a place a person, of the type of the schema"))
}
