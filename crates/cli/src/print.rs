//! The guideline as a static, printable book: `unclench book DIR`.
//!
//! Everything is derived from the compiled book: its prose, a readable card in
//! place of every block, the sources with what cites them, the assumptions, and
//! a version of the triage for pen and paper. The pages need no script and fetch
//! nothing. The same book gives the same bytes.

mod cards;
mod folder;
mod level;
mod links;
mod pages;
mod paper;
mod prose;
mod served;
mod words;

use std::collections::BTreeSet;
use std::path::Path;

use care::Region;
use compiler::Compiled;

use crate::exit::{BadInput, Exit};

pub(crate) use served::pages_for_web;

/// One file of the printed book.
struct Sheet {
    /// Path below the folder, with forward slashes.
    path: String,
    /// Its whole text.
    text: String,
}

/// Writes the book into a folder, which is made if it is missing.
///
/// # Errors
///
/// [`BadInput`] if the folder holds anything but an earlier book; otherwise if
/// it cannot be written.
pub(crate) fn run(library: &Compiled, region: &Region, dir: &Path) -> anyhow::Result<Exit> {
    folder::check(dir)?;
    let sheets = sheets(library, region)?;
    folder::write(dir, &sheets)?;
    let pages = sheets.iter().filter(|sheet| is_html(&sheet.path)).count();
    let index = dir.join("index.html").display().to_string();
    crate::page::say!("Wrote {pages} pages; open {}", care::printable(&index));
    Ok(Exit::Ok)
}

fn sheets(library: &Compiled, region: &Region) -> anyhow::Result<Vec<Sheet>> {
    let mut sheets = pages::topics(library)?;
    sheets.push(pages::sources(library)?);
    sheets.push(pages::assumptions(library)?);
    sheets.push(paper::sheet(library, region)?);
    sheets.push(Sheet { path: "book.css".into(), text: include_str!("../templates/book/book.css").into() });
    let mut paths = BTreeSet::new();
    for sheet in &sheets {
        if !paths.insert(sheet.path.as_str()) {
            let message =
                format!("a topic must not become {}, which the book makes itself; rename it", sheet.path);
            return Err(BadInput::because(message));
        }
    }
    Ok(sheets)
}

fn is_html(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "html")
}
