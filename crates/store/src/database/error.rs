//! What can go wrong with the file, in words for the person in front of it.

use std::path::{Path, PathBuf};

use crate::store_error::StoreError;

/// A record file cannot be opened, sealed or unsealed. It is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// It is some other kind of file.
    #[error("{} is not a record of this program; choose another file", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// It belongs to another program.
    #[error("{} belongs to another program; choose another file", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It is damaged.
    #[error("{} is damaged ({problem}); restore it from a copy, or move it away to begin a new one", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        problem: String,
    },
    /// There is nothing in it, not even that it is a record: a new one never is so.
    #[error(
        "{} is empty: what was in it is gone, or it was never a record; restore it from a copy, or move it \
         away to begin a new one", path.display()
    )]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of the program made it.
    #[error(
        "{} was written by a newer version of this program (format {found}, this one knows {known}); \
         install the newer version", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// It is sealed and no passphrase was given.
    #[error("{} is sealed; give its passphrase", path.display())]
    PassphraseNeeded {
        /// The file.
        path: PathBuf,
    },
    /// The passphrase does not open it.
    #[error("the passphrase does not open {}; try again, nothing was changed", path.display())]
    WrongPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// A passphrase was given for a file that is not sealed.
    #[error("{} is not sealed; open it without a passphrase, or seal it first", path.display())]
    NotSealed {
        /// The file.
        path: PathBuf,
    },
    /// It is to be sealed and is already.
    #[error("{} is sealed already; for another passphrase, unseal it and seal it again", path.display())]
    AlreadySealed {
        /// The file.
        path: PathBuf,
    },
    /// There is no record to seal or to unseal.
    #[error("there is no record at {}; check the path", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Another program has locked it.
    #[error("{} is locked by another program; close that program and try again", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// It is sealed or unsealed, and what it held before may still be read from the disk.
    #[error(
        "{} was rewritten, but another program is reading it, so traces of what it held before remain; \
         close that program and open the record once to remove them", path.display()
    )]
    StillRead {
        /// The file.
        path: PathBuf,
    },
    /// Its folder does not take files.
    #[error("cannot write in the folder {}; allow it or choose another place", folder.display())]
    FolderNotWritable {
        /// The folder.
        folder: PathBuf,
    },
    /// It cannot be written to, and what was asked for needs that.
    #[error("{} is read-only; allow writing to it and to its folder, or work on a copy", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// It is a link that leads nowhere.
    #[error("{} is a link to a file that is not there; mend the link or remove it", path.display())]
    LeadsNowhere {
        /// The link.
        path: PathBuf,
    },
    /// It cannot be read.
    #[error("cannot read {}: {problem}; check who may read it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: std::io::Error,
    },
    /// There is no room.
    #[error("no room on the disk for {}; free some and try again", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The system gives no random numbers, so nothing can be sealed.
    #[error("the system gives no random numbers ({0}); try again later")]
    NoRandomness(String),
    /// The disk gave an error.
    #[error("the disk gave an error with {} ({problem}); check the disk and try again", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: String,
    },
    /// Anything else that the database says.
    #[error("cannot open {}: {problem}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What it says.
        problem: String,
    },
}

/// What SQLite means, so far as it can be told in words of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Locked,
    NotWritable,
    Full,
    Damaged,
    NotADatabase,
    Disk,
    NoMemory,
    Other,
}

/// By the result code: the low byte is the kind, the rest says more
/// (<https://www.sqlite.org/rescode.html>).
fn cause_of(code: i32) -> Cause {
    match code & 0xff {
        5 | 6 | 15 => Cause::Locked,
        3 | 8 | 14 => Cause::NotWritable,
        7 => Cause::NoMemory,
        10 => Cause::Disk,
        11 => Cause::Damaged,
        13 => Cause::Full,
        26 => Cause::NotADatabase,
        _ => Cause::Other,
    }
}

fn cause(error: &sqlx::Error) -> Cause {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.and_then(|code| code.parse().ok()).map_or(Cause::Other, cause_of)
}

/// Whether the file, its folder or the disk takes no writes.
pub(super) fn is_not_writable(error: &sqlx::Error) -> bool {
    cause(error) == Cause::NotWritable
}

/// Whether another program holds the file.
pub(super) fn is_locked(error: &sqlx::Error) -> bool {
    cause(error) == Cause::Locked
}

impl OpenError {
    pub(super) fn of(path: &Path, error: &sqlx::Error) -> Self {
        let path = path.to_owned();
        match cause(error) {
            Cause::Locked => Self::Locked { path },
            Cause::NotWritable => Self::FolderNotWritable { folder: folder(&path).to_owned() },
            Cause::Full => Self::DiskFull { path },
            Cause::Damaged => Self::Damaged { path, problem: error.to_string() },
            Cause::NotADatabase => Self::NotADatabase { path },
            Cause::Disk => Self::Disk { path, problem: error.to_string() },
            Cause::NoMemory | Cause::Other => Self::Other { path, problem: error.to_string() },
        }
    }
}

impl From<&sqlx::Error> for StoreError {
    fn from(error: &sqlx::Error) -> Self {
        match (cause(error), error) {
            (_, sqlx::Error::PoolClosed) => Self::Closed,
            (Cause::Locked, _) => Self::Locked,
            (Cause::Full, _) => Self::DiskFull,
            (Cause::NotWritable, _) => Self::ReadOnly { path: None },
            (Cause::Damaged | Cause::NotADatabase, error) => Self::Unreadable(error.to_string()),
            (Cause::Disk, error) => Self::Disk(error.to_string()),
            (Cause::NoMemory, _) => Self::NoMemory,
            (Cause::Other, error) => Self::Other(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::from(&error)
    }
}

/// The folder of a file; the working folder for a bare name.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
