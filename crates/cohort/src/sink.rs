//! Where outcomes, refused records and kept planes are written.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::cohort_error::{CohortError, shown};

/// A file that grows at its end and can be cut back to where it was known to be whole.
pub(crate) struct Growing {
    file: BufWriter<File>,
    path: PathBuf,
    length: u64,
}

impl Growing {
    /// Opens a file that holds so much; what is behind it was written after the last time that
    /// everything was safe, and is written again.
    pub(crate) fn open(path: &Path, length: u64) -> Result<Self, CohortError> {
        let cannot = |error: std::io::Error| CohortError::cannot_write(&shown(path), &error);
        let options = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let mut file = options.map_err(cannot)?;
        if file.metadata().map_err(cannot)?.len() < length {
            let what = "it is shorter than it was; begin again with --overwrite";
            return Err(CohortError::cannot_write(&shown(path), &what));
        }
        file.set_len(length).map_err(cannot)?;
        file.seek(SeekFrom::Start(length)).map_err(cannot)?;
        Ok(Self { file: BufWriter::with_capacity(1 << 18, file), path: path.to_owned(), length })
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<(), CohortError> {
        self.length += bytes.len() as u64;
        let added = self.file.write_all(bytes);
        added.map_err(|error| CohortError::cannot_write(&shown(&self.path), &error))
    }

    /// Everything is on its disk; so long is it.
    pub(crate) fn keep(&mut self) -> Result<u64, CohortError> {
        let kept = self.file.flush().and_then(|()| self.file.get_ref().sync_data());
        kept.map_err(|error| CohortError::cannot_write(&shown(&self.path), &error))?;
        Ok(self.length)
    }

    /// Gives the file its name.
    pub(crate) fn finish(mut self, name: &Path) -> Result<(), CohortError> {
        self.keep()?;
        rename(&self.path, name)
    }

    /// Takes the file away where nothing was written, and gives it its name otherwise.
    pub(crate) fn finish_unless_empty(self, name: &Path) -> Result<(), CohortError> {
        if self.length > 0 {
            return self.finish(name);
        }
        remove(&self.path)
    }
}

pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), CohortError> {
    std::fs::rename(from, to).map_err(|error| CohortError::cannot_write(&shown(to), &error))
}

/// Takes a file away that may not be there.
pub(crate) fn remove(path: &Path) -> Result<(), CohortError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(CohortError::cannot_write(&shown(path), &error))
        }
        _ => Ok(()),
    }
}

/// The path with something behind its name.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
