//! What ends a run.

use std::io;

use care::printable;

use crate::header::HeaderError;

/// Why records could not be read, or outcomes not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CohortError {
    /// A file cannot be read.
    #[error("cannot read {file}: {because}")]
    Read {
        /// Its name.
        file: String,
        /// What the system, or its format, says.
        because: String,
    },
    /// A file cannot be written.
    #[error("cannot write {file}: {because}")]
    Write {
        /// Its name.
        file: String,
        /// What the system, or its format, says.
        because: String,
    },
    /// Its name does not tell what is in a file.
    #[error("{file} is none of the files that can be {done}: {known}")]
    Format {
        /// Its name.
        file: String,
        /// `read` or `written`.
        done: &'static str,
        /// Those that can be.
        known: &'static str,
    },
    /// This program was built without columns.
    #[error(
        "{file}: this program was built without Parquet and Arrow; build it with them by \
         `cargo build --release --features columnar`, or use CSV or NDJSON"
    )]
    NoColumns {
        /// Its name.
        file: String,
    },
    /// A table has no line with the names of its columns.
    #[error("{0} is empty; its first line names the columns")]
    Empty(String),
    /// The columns are not those of this book.
    #[error("{file}: {because}")]
    Header {
        /// The name of the file.
        file: String,
        /// What is wrong with them.
        because: HeaderError,
    },
    /// A file is none of kept planes.
    #[error("{0} holds no planes that this version kept")]
    NoPlanes(String),
    /// Planes were kept with another book.
    #[error(
        "{file} was kept with another book ({book}), and planes mean nothing with this one ({ours}); \
         run the records again"
    )]
    PlanesOfAnotherBook {
        /// The name of the file.
        file: String,
        /// The hash of the book that they were made with.
        book: String,
        /// The hash of this one.
        ours: String,
    },
    /// A file of planes is cut off or was changed.
    #[error("{0} is cut off or was changed; run the records again")]
    DamagedPlanes(String),
    /// There is a file already.
    #[error("{0} is there already; give another name, or --overwrite")]
    Exists(String),
    /// A run that was stopped was another one.
    #[error(
        "{file} is of a run that was stopped and differs: {what}; run that one to its end, or begin again \
         with --overwrite"
    )]
    OtherRun {
        /// The file that says how far it came.
        file: String,
        /// What differs.
        what: &'static str,
    },
    /// A record is neither among the outcomes nor among those refused. Only a bug can do that.
    #[error("{records} records came in, but {outcomes} outcomes and {rejects} refused went out")]
    Lost {
        /// How many came in.
        records: u64,
        /// How many went out.
        outcomes: u64,
        /// How many were refused.
        rejects: u64,
    },
}

impl CohortError {
    pub(crate) fn cannot_read(file: &str, because: &impl ToString) -> Self {
        Self::Read { file: printable(file).into_owned(), because: because.to_string() }
    }

    pub(crate) fn cannot_write(file: &str, because: &impl ToString) -> Self {
        Self::Write { file: printable(file).into_owned(), because: because.to_string() }
    }

    /// Whether what was given is at fault, and not the machine.
    pub fn is_of_the_input(&self) -> bool {
        !matches!(self, Self::Write { .. } | Self::Lost { .. })
    }
}

/// The name of a file, as it is shown.
pub(crate) fn shown(path: &std::path::Path) -> String {
    printable(&path.display().to_string()).into_owned()
}

/// Opens a file to read it; a pipe or a device is none, and could not be taken up again.
pub(crate) fn open(path: &std::path::Path) -> Result<std::fs::File, CohortError> {
    let cannot = |error: io::Error| CohortError::cannot_read(&shown(path), &error);
    // Looked at before it is opened: opening a pipe waits for somebody to write to it.
    let metadata = std::fs::metadata(path).map_err(cannot)?;
    if !metadata.is_file() {
        let because = "it is no file; a run that was stopped goes on in a file only";
        return Err(CohortError::cannot_read(&shown(path), &because));
    }
    std::fs::File::open(path).map_err(cannot)
}
