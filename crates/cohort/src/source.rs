//! A file of records, batch after batch.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use care::Guideline;
use care::circuit::Circuit;

use crate::batch::{Batch, LONGEST_LINE, Position, Records, Text};
use crate::cohort_error::{CohortError, open, shown};
use crate::csv;
use crate::format::Format;
use crate::header::{Column, Others, columns};
use crate::kept::KeptFile;

/// A file that is being read.
pub(crate) struct Source {
    /// What its columns are; empty where each record says it itself.
    pub(crate) columns: Vec<Column>,
    /// What they are called.
    pub(crate) names: Vec<String>,
    /// What the progress goes to.
    total: u64,
    reader: Reader,
}

enum Reader {
    Lines(Lines),
    Kept(KeptFile),
    #[cfg(feature = "columnar")]
    Columnar(crate::columnar::Rows),
}

impl Source {
    /// Opens a file, from the beginning or from where an earlier run stopped.
    pub(crate) fn open(
        path: &Path,
        guideline: &Guideline,
        circuit: &Circuit,
        others: Others,
        from: Option<Position>,
    ) -> Result<Self, CohortError> {
        let format = Format::of(path).ok_or_else(|| CohortError::Format {
            file: shown(path),
            done: "read",
            known: ".csv, .ndjson, .jsonl, .parquet, .arrow and .planes",
        })?;
        let name = shown(path);
        let total = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
        let header = |error| CohortError::Header { file: name.clone(), because: error };
        match format {
            Format::Csv => {
                let mut lines = Lines::new(open(path)?, &name, format);
                let names = lines.header()?;
                let columns = columns(guideline, names.iter().map(String::as_str), others).map_err(header)?;
                lines.go_to(from)?;
                Ok(Self { columns, names, total, reader: Reader::Lines(lines) })
            }
            Format::Json => {
                let mut lines = Lines::new(open(path)?, &name, format);
                lines.go_to(from)?;
                Ok(Self { columns: Vec::new(), names: Vec::new(), total, reader: Reader::Lines(lines) })
            }
            Format::Planes => {
                let kept = KeptFile::open(open(path)?, &name, guideline, circuit, from)?;
                Ok(Self { columns: Vec::new(), names: Vec::new(), total, reader: Reader::Kept(kept) })
            }
            #[cfg(feature = "columnar")]
            Format::Parquet | Format::Arrow => {
                let (rows, names) = crate::columnar::Rows::open(open(path)?, &name, format, from)?;
                let total = rows.total();
                let columns = columns(guideline, names.iter().map(String::as_str), others).map_err(header)?;
                Ok(Self { columns, names, total, reader: Reader::Columnar(rows) })
            }
            #[cfg(not(feature = "columnar"))]
            Format::Parquet | Format::Arrow => Err(CohortError::NoColumns { file: name }),
        }
    }

    /// What the progress of its batches goes to.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    pub(crate) fn next(&mut self) -> Result<Option<Batch>, CohortError> {
        match &mut self.reader {
            Reader::Lines(lines) => lines.next(),
            Reader::Kept(kept) => kept.next(),
            #[cfg(feature = "columnar")]
            Reader::Columnar(rows) => rows.next(),
        }
    }
}

/// A text, by whole lines.
struct Lines {
    file: BufReader<File>,
    name: String,
    format: Format,
    position: Position,
}

/// So much of a text at once: at most so many records of the shortest, and a few hundred of the
/// longest that are usual.
const BATCH: usize = 2 << 20;

impl Lines {
    fn new(file: File, name: &str, format: Format) -> Self {
        let file = BufReader::with_capacity(1 << 16, file);
        Self { file, name: name.to_owned(), format, position: Position { done: 0, next: 1 } }
    }

    fn cannot_read(&self, error: &std::io::Error) -> CohortError {
        CohortError::cannot_read(&self.name, error)
    }

    /// The names in the first line.
    fn header(&mut self) -> Result<Vec<String>, CohortError> {
        let mut line = Vec::new();
        let most = LONGEST_LINE as u64;
        let read = (&mut self.file).take(most).read_until(b'\n', &mut line);
        read.map_err(|error| self.cannot_read(&error))?;
        if line.trim_ascii().is_empty() {
            return Err(CohortError::Empty(self.name.clone()));
        }
        self.position = Position { done: line.len() as u64, next: 2 };
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\n', '\r']);
        let mut names = Vec::new();
        let take = |name: &str| {
            names.push(name.trim_matches(' ').to_owned());
            Ok(())
        };
        csv::cells(text, take).map_err(|because| CohortError::Read {
            file: self.name.clone(),
            because: format!("in its first line {because}"),
        })?;
        Ok(names)
    }

    fn go_to(&mut self, from: Option<Position>) -> Result<(), CohortError> {
        self.position = from.unwrap_or(self.position);
        let seek = self.file.seek(SeekFrom::Start(self.position.done));
        seek.map_err(|error| self.cannot_read(&error))?;
        if self.position.done == 0 && self.format == Format::Json {
            let first = self.file.fill_buf().map_err(|error| CohortError::cannot_read(&self.name, &error))?;
            if first.starts_with("\u{feff}".as_bytes()) {
                self.file.consume(3);
                self.position.done = 3;
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<Batch>, CohortError> {
        let first = self.position.next;
        let mut bytes = Vec::with_capacity(BATCH + (BATCH >> 4));
        (&mut self.file)
            .take(BATCH as u64)
            .read_to_end(&mut bytes)
            .map_err(|error| self.cannot_read(&error))?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let mut is_cut = false;
        if bytes.len() == BATCH && bytes.last() != Some(&b'\n') {
            let of_line = bytes.len() - memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
            let most = LONGEST_LINE.saturating_sub(of_line) as u64;
            let rest = (&mut self.file).take(most).read_until(b'\n', &mut bytes);
            rest.map_err(|error| self.cannot_read(&error))?;
            if bytes.last() != Some(&b'\n') && !self.is_at_end()? {
                // Longer than any record. What is before it is a batch of its own.
                let line = memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
                if line > 0 {
                    let over = i64::try_from(bytes.len() - line).unwrap_or(i64::MAX);
                    self.file.seek_relative(-over).map_err(|error| self.cannot_read(&error))?;
                    bytes.truncate(line);
                } else {
                    is_cut = true;
                }
            }
        }
        let mut read = bytes.len() as u64;
        if is_cut {
            read += self.skip_line()?;
            bytes.truncate(1);
            bytes[0] = b'?';
        }
        let lines = memchr::memchr_iter(b'\n', &bytes).count() as u64;
        let is_open = bytes.last() != Some(&b'\n');
        self.position.done += read;
        self.position.next += lines + u64::from(is_open);
        let text = Text { bytes, is_cut };
        let records = if self.format == Format::Csv { Records::Csv(text) } else { Records::Json(text) };
        Ok(Some(Batch { first, records, then: self.position }))
    }

    fn is_at_end(&mut self) -> Result<bool, CohortError> {
        let rest = self.file.fill_buf().map_err(|error| CohortError::cannot_read(&self.name, &error))?;
        Ok(rest.is_empty())
    }

    /// Goes behind the end of the line, and says how far it was.
    fn skip_line(&mut self) -> Result<u64, CohortError> {
        let mut skipped = 0;
        loop {
            let part = self.file.fill_buf().map_err(|error| CohortError::cannot_read(&self.name, &error))?;
            let end = memchr::memchr(b'\n', part);
            let length = end.map_or(part.len(), |end| end + 1);
            self.file.consume(length);
            skipped += length as u64;
            if end.is_some() || length == 0 {
                return Ok(skipped);
            }
        }
    }
}
