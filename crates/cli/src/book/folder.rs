//! The folder a book is written to. Nothing but an earlier book is ever overwritten.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use print::{MARK, Sheet};

use crate::exit::BadInput;

/// Refuses a folder that holds anything but an earlier book.
///
/// # Errors
///
/// [`BadInput`] in that case, or if the path cannot be a folder.
pub(super) fn check(dir: &Path) -> anyhow::Result<()> {
    let mut entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => {
            return Err(BadInput::because(format!("cannot use {} as a folder: {error}", dir.display())));
        }
    };
    if entries.next().is_none() || is_ours(&dir.join("index.html")) {
        return Ok(());
    }
    Err(BadInput::because(format!(
        "{} is not empty and holds no earlier book; choose a new or empty folder",
        dir.display()
    )))
}

/// Writes every sheet, and removes the pages of an earlier book that are no longer part of it.
///
/// # Errors
///
/// If a file cannot be written or removed.
pub(super) fn write(dir: &Path, sheets: &[Sheet]) -> anyhow::Result<()> {
    let mut written = BTreeSet::new();
    for sheet in sheets {
        let path: PathBuf = dir.join(sheet.path.split('/').collect::<PathBuf>());
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)
                .with_context(|| format!("cannot make the folder {}", parent.display()))?;
        }
        std::fs::write(&path, &sheet.text).with_context(|| format!("cannot write {}", path.display()))?;
        written.insert(path);
    }
    remove_old_pages(dir, &written)
}

fn remove_old_pages(dir: &Path, written: &BTreeSet<PathBuf>) -> anyhow::Result<()> {
    for entry in
        std::fs::read_dir(dir).with_context(|| format!("cannot read the folder {}", dir.display()))?
    {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() {
            remove_old_pages(&path, written)?;
        } else if !written.contains(&path) && is_ours(&path) {
            std::fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Whether a file is a page that we wrote.
fn is_ours(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "html")
        && std::fs::read_to_string(path).is_ok_and(|text| text.contains(MARK))
}
