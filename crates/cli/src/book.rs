//! The guideline as a static, printable book: `unclench book DIR`; or as one file for a
//! program: `unclench book --compiled FILE`.

mod compiled;
mod folder;

use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use care::Region;
use compiler::Compiled;
use flate2::Compression;
use flate2::write::GzEncoder;
use print::PrintError;

use crate::exit::{BadInput, Exit};

/// Writes the book into a folder, which is made if it is missing.
///
/// # Errors
///
/// [`BadInput`] if the folder holds anything but an earlier book; otherwise if
/// it cannot be written.
pub(crate) fn run(library: &Compiled, region: &Region, dir: Option<&Path>) -> anyhow::Result<Exit> {
    let dir = dir.ok_or_else(|| BadInput::because("no folder is named".to_owned()))?;
    folder::check(dir)?;
    let sheets = print::sheets(library, region).map_err(refused)?;
    folder::write(dir, &sheets)?;
    let pages = sheets.iter().filter(|sheet| is_html(&sheet.path)).count();
    let index = dir.join("index.html").display().to_string();
    crate::page::say!("Wrote {pages} pages; open {}", care::printable(&index));
    Ok(Exit::Ok)
}

/// Writes the checked book and its pages as one file.
///
/// # Errors
///
/// [`BadInput`] if something else stands there; otherwise if it cannot be written.
pub(crate) fn compile(library: &Compiled, file: &Path) -> anyhow::Result<Exit> {
    let pages = print::pages_for_web(library).map_err(refused)?;
    let (book, count) = (library.guideline.book(), pages.len());
    let bytes =
        care::compiled::write(&library.guideline, pages).context("the book cannot be written as one file")?;
    compiled::replace(file, &bytes)?;
    crate::page::say!(
        "Wrote {}: book {} and {} pages, {} kB, in version {} of the form",
        care::printable(&file.display().to_string()),
        care::printable(&book.version),
        count,
        bytes.len().div_ceil(1_000),
        care::compiled::VERSION,
    );
    crate::page::say!("{:<20} {:>9} {:>9}", "part", "bytes", "gzip -9");
    for (part, bytes) in care::compiled::parts(book)? {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&bytes)?;
        crate::page::say!("{part:<20} {:>9} {:>9}", bytes.len(), packed.finish()?.len());
    }
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
