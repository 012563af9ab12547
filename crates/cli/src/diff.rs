//! `unclench diff`: who is told something else by another version of the book?

mod revision;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use care::{Guideline, printable};
use compare::{changelog, compare, text};

use crate::exit::{BadInput, Exit};
use crate::{library, page};

/// What is compared, and how it is told.
#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The version that was: a folder with a book, or a git revision
    old: String,
    /// The version that would be: the same
    new: String,
    /// Print JSON instead of text
    #[arg(long, conflicts_with = "changelog")]
    json: bool,
    /// Print lines for the changelog instead
    #[arg(long)]
    changelog: bool,
    /// Also write a page
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
}

/// Compares two versions.
///
/// # Errors
///
/// If one cannot be read or has problems.
pub(crate) fn run(arguments: &DiffArgs) -> anyhow::Result<Exit> {
    let [old, new] = [open(&arguments.old)?, open(&arguments.new)?];
    let difference = compare(&old, &new)?;
    if let Some(file) = &arguments.page {
        std::fs::write(file, compare::page(&difference))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    if arguments.json {
        page::json(&difference)?;
    } else if arguments.changelog {
        page::data(&changelog(&difference));
    } else {
        page::data(&text(&difference));
    }
    Ok(if difference.lowered.is_zero() { Exit::Ok } else { Exit::Failed })
}

/// The book of a folder, or of a revision.
fn open(named: &str) -> anyhow::Result<Guideline> {
    let folder = Path::new(named);
    let files = if folder.is_dir() { library::read(Some(folder))? } else { revision::read(named)? };
    let compiled = compiler::compile(&files).map_err(|problems| {
        let first = problems.iter().next().map(ToString::to_string).unwrap_or_default();
        let count = problems.iter().count();
        let named = printable(named);
        BadInput::because(format!(
            "the book of {named} has {count} problems by this version, the first: {first}"
        ))
    })?;
    Ok(compiled.guideline)
}
