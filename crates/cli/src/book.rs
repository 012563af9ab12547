//! The guideline as a static, printable book: `unclench book DIR`.

mod folder;

use std::path::Path;

use care::Region;
use compiler::Compiled;
use print::PrintError;

use crate::exit::{BadInput, Exit};

/// Writes the book into a folder, which is made if it is missing.
///
/// # Errors
///
/// [`BadInput`] if the folder holds anything but an earlier book; otherwise if
/// it cannot be written.
pub(crate) fn run(library: &Compiled, region: &Region, dir: &Path) -> anyhow::Result<Exit> {
    folder::check(dir)?;
    let sheets = print::sheets(library, region).map_err(refused)?;
    folder::write(dir, &sheets)?;
    let pages = sheets.iter().filter(|sheet| is_html(&sheet.path)).count();
    let index = dir.join("index.html").display().to_string();
    crate::page::say!("Wrote {pages} pages; open {}", care::printable(&index));
    Ok(Exit::Ok)
}

/// A page whose name is taken is the fault of the book, and so of what was given.
pub(crate) fn refused(error: PrintError) -> anyhow::Error {
    match error {
        PrintError::Taken(_) => BadInput::because(error.to_string()),
        PrintError::Template(_) => error.into(),
    }
}

fn is_html(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "html")
}
