//! Whether the file is still where it was opened.
//!
//! A copy tool, a sync folder or the person may move, replace or delete it while the
//! program runs. A write would then go into a file that nobody looks into any more.

use std::path::{Path, PathBuf};

use crate::store_error::StoreError;

/// Where a file was opened, and which one it was.
#[derive(Clone, Debug)]
pub(super) struct FilePlace {
    path: PathBuf,
    file: FileId,
}

/// What tells one file from another: device and number. Elsewhere than on Unix a file
/// that is open cannot be moved, so there it is enough that it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileId(u64, u64);

impl FilePlace {
    /// The file that is there now.
    pub(super) fn of(path: &Path) -> std::io::Result<Self> {
        Ok(Self { path: path.to_owned(), file: file_id(path)? })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Asks the name and opens nothing: closing a handle would drop SQLite's locks.
    pub(super) fn is_there(&self) -> bool {
        file_id(&self.path).is_ok_and(|file| file == self.file)
    }

    /// As [`FilePlace::is_there`], as an error.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        if self.is_there() { Ok(()) } else { Err(StoreError::Gone { path: self.path.clone() }) }
    }

    /// The same, and whether it may be written to. The administrator could write all the same;
    /// the owner has said that nobody is to.
    pub(super) fn check_to_write(&self) -> Result<(), StoreError> {
        self.check()?;
        let is_read_only = std::fs::metadata(&self.path).is_ok_and(|file| file.permissions().readonly());
        if is_read_only { Err(StoreError::ReadOnly { path: Some(self.path.clone()) }) } else { Ok(()) }
    }
}

#[cfg(unix)]
fn file_id(path: &Path) -> std::io::Result<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = std::fs::metadata(path)?;
    Ok(FileId(metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn file_id(path: &Path) -> std::io::Result<FileId> {
    std::fs::metadata(path).map(|_| FileId(0, 0))
}
