//! What can go wrong with a record, in words for the person in front of it.

use std::path::{Path, PathBuf};

use crate::event::Sequence;

/// A record cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another program kept the file locked.
    #[error("the record is locked by another program; try again, and nothing was written")]
    Locked,
    /// There is no room.
    #[error("no room on the disk, and nothing was written; free some and try again")]
    DiskFull,
    /// Another program gave the file a write-ahead log, and has it open.
    #[error(
        "another program has changed how the file of the record is kept, so that a copy of it would lack what \
         is new, and nothing was written; close that program and try again"
    )]
    HasLog,
    /// The file was sealed or unsealed since it was opened.
    #[error("the record was sealed or unsealed by another program, and nothing was written; open it again")]
    Resealed,
    /// The record has grown past the place that was expected.
    #[error("the record has grown meanwhile (to {last}), and nothing was written; read it again and repeat")]
    Overtaken {
        /// Its last event now.
        last: Sequence,
    },
    /// The record was erased since it was read.
    #[error("the record was erased meanwhile; read it from the start")]
    Erased,
    /// The events are deleted, and may still be read from the disk.
    #[error(
        "the record is erased, but another program is reading the file, so traces of it remain; \
         close that program and erase it again"
    )]
    StillRead,
    /// An event does not read.
    #[error("event {sequence} of the record is damaged ({problem}); restore the file from a copy")]
    Damaged {
        /// Its place.
        sequence: Sequence,
        /// What is wrong; never what it says.
        problem: String,
    },
    /// What the file notes of its own end is missing or was changed.
    #[error(
        "the note of where the record ends is missing or was changed, and nothing was written; \
         restore the file from a copy"
    )]
    NoEnd,
    /// The file itself is damaged.
    #[error("the file of the record is damaged ({0}), and nothing was written; restore it from a copy")]
    Unreadable(String),
    /// The file is not where it was opened.
    #[error(
        "the file of the record is no longer at {}: it was moved, replaced or deleted; nothing more is \
         written until it is back in its place, or the program is started again", path.display()
    )]
    Gone {
        /// Where it was.
        path: PathBuf,
    },
    /// An older state of the file was put over it.
    #[error(
        "an older copy was put over the file of the record, so nothing more is written; put the newer file \
         back, or start the program again to go on with the older one"
    )]
    PutBack,
    /// Another record was put over the file.
    #[error(
        "another record was put over the file of this one, so nothing more is written; put the file back, \
         or start the program again to go on with the other record"
    )]
    Replaced,
    /// The file can be read and not be written to.
    #[error(
        "the record is read-only, and nothing was written; allow writing to the file and its folder{}",
        at(.path.as_deref())
    )]
    ReadOnly {
        /// The file, where it is known.
        path: Option<PathBuf>,
    },
    /// The disk gave an error.
    #[error("the disk gave an error ({0}); check the disk, look whether it was written, and try again")]
    Disk(String),
    /// The computer has no memory left for it.
    #[error("there is not enough memory, and nothing was written; close other programs and try again")]
    NoMemory,
    /// The database was closed.
    #[error("the record is closed; open it again")]
    Closed,
    /// Anything else that the database says.
    #[error("the record cannot be reached: {0}")]
    Other(String),
}

fn at(path: Option<&Path>) -> String {
    path.map(|path| format!(", {}", path.display())).unwrap_or_default()
}
