//! The guideline as pages that can be read, printed and drawn.
//!
//! Everything is derived from the compiled book: its prose, a readable card in
//! place of every block, the sources with what cites them, the assumptions, a
//! version of the triage for pen and paper, and the graph of what leads where.
//! The pages need no script and fetch nothing. The same book gives the same
//! bytes. Nothing here touches a file, a socket or a terminal: who asks for a
//! page puts it where it belongs.

mod cards;
pub mod graph;
mod level;
mod links;
mod pages;
mod paper;
mod prose;
mod served;
mod words;

use std::collections::BTreeSet;

use care::Region;
use compiler::Compiled;

pub use served::pages_for_web;

/// One file of the printed book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Path below the folder, with forward slashes.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// Why a book cannot be printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// A topic would have the address of a page that the book makes itself.
    #[error("a topic must not become {0}, which the book makes itself; rename it")]
    Taken(String),
    /// A template failed, which only a bug can cause.
    #[error(transparent)]
    Template(#[from] askama::Error),
}

/// Stands in the head of every page of [`sheets`], so that whoever writes them
/// knows the pages of an earlier book; see `templates/book/layout.html`.
pub const MARK: &str = r#"<meta name="generator" content="unclench book"/>"#;

/// The whole book as files: a page for every topic and the style sheet, with the
/// numbers of a region on the paper version of the triage.
///
/// # Errors
///
/// If two of them would be one file, or a template fails.
pub fn sheets(library: &Compiled, region: &Region) -> Result<Vec<Sheet>, PrintError> {
    let mut sheets = pages::topics(library)?;
    sheets.push(pages::sources(library)?);
    sheets.push(pages::assumptions(library)?);
    sheets.push(paper::sheet(library, region)?);
    sheets.push(Sheet { path: "book.css".into(), text: include_str!("../templates/book/book.css").into() });
    each_once(sheets.iter().map(|sheet| sheet.path.clone()))?;
    Ok(sheets)
}

/// Refuses an address that stands twice.
fn each_once(addresses: impl Iterator<Item = String>) -> Result<(), PrintError> {
    let mut seen = BTreeSet::new();
    for address in addresses {
        if seen.contains(&address) {
            return Err(PrintError::Taken(address));
        }
        seen.insert(address);
    }
    Ok(())
}
