//! Finding the book: the one inside the program, or a folder.

use std::path::Path;

use care::{Guideline, Region, printable};
use compiler::{Compiled, Problems, SourceFile};
use rust_embed::RustEmbed;

use crate::exit::BadInput;
use crate::input;

/// The book as it was when the program was built.
#[derive(RustEmbed)]
#[folder = "../../guideline"]
struct Guidebook;

/// The vignettes as they were when the program was built.
#[derive(RustEmbed)]
#[folder = "../../vignettes"]
struct Stories;

/// The texts of the book in a folder, or of the one inside the program.
pub(crate) fn read(dir: Option<&Path>) -> anyhow::Result<Vec<SourceFile>> {
    match dir {
        Some(dir) => {
            let mut files = Vec::new();
            read_dir(dir, dir, &mut files)?;
            Ok(files)
        }
        None => Ok(embedded::<Guidebook>()),
    }
}

/// The vignettes in a folder, or the ones inside the program.
pub(crate) fn read_vignettes(dir: Option<&Path>) -> anyhow::Result<Vec<SourceFile>> {
    match dir {
        Some(dir) => {
            let mut files = Vec::new();
            read_dir(dir, dir, &mut files)?;
            Ok(files)
        }
        None => Ok(embedded::<Stories>()),
    }
}

fn embedded<E: RustEmbed>() -> Vec<SourceFile> {
    let mut paths: Vec<_> = E::iter().collect();
    paths.sort_unstable();
    paths
        .into_iter()
        .filter_map(|path| {
            let file = E::get(&path)?;
            Some(SourceFile {
                path: path.into_owned(),
                text: String::from_utf8_lossy(&file.data).into_owned(),
            })
        })
        .collect()
}

/// The longest file of the book has some 300 kB.
const MOST_BYTES: u64 = 8 << 20;

fn read_dir(root: &Path, dir: &Path, files: &mut Vec<SourceFile>) -> anyhow::Result<()> {
    let unreadable = || BadInput::because(format!("cannot read the folder {}", dir.display()));
    let mut entries: Vec<_> = std::fs::read_dir(dir)
        .map_err(|_| unreadable())?
        .collect::<Result<_, _>>()
        .map_err(|_| unreadable())?;
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            read_dir(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "md" || ending == "toml" || ending == "tsv")
        {
            let text = input::read_file(&path, MOST_BYTES)?;
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let path = relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            files.push(SourceFile { path, text });
        }
    }
    Ok(())
}

/// Reads and compiles a book.
///
/// # Errors
///
/// If the folder cannot be read, or the book has problems; the message says how
/// many and points to `unclench check`, which shows them.
pub(crate) fn open(dir: Option<&Path>) -> anyhow::Result<Compiled> {
    compiler::compile(&read(dir)?).map_err(|problems| refuse(dir, &problems))
}

fn refuse(dir: Option<&Path>, problems: &Problems) -> anyhow::Error {
    let check = dir.map_or_else(
        || "unclench check".to_owned(),
        |dir| format!("unclench check --guideline {}", printable(&dir.display().to_string())),
    );
    let count = problems.iter().count();
    let s = if count == 1 { "" } else { "s" };
    BadInput::because(format!("the book has {count} problem{s}; `{check}` shows them"))
}

/// The phone numbers to show.
pub(crate) fn region<'g>(guideline: &'g Guideline, id: &str) -> anyhow::Result<&'g Region> {
    let regions = &guideline.book().regions;
    let wanted = if id.trim().is_empty() { Region::ANYWHERE.to_owned() } else { id.trim().to_lowercase() };
    regions.iter().find(|region| region.id == wanted).ok_or_else(|| {
        let known: Vec<&str> = regions.iter().map(|region| region.id.as_str()).collect();
        BadInput::because(format!(
            "`{}` is not a region of this book; known are {}",
            printable(id),
            known.join(", ")
        ))
    })
}

/// The place that was chosen: the one that was typed, else the first that settings of the
/// record name, else the one that was typed after all, which is anywhere.
pub(crate) fn chosen<'g, 's>(
    guideline: &'g Guideline,
    typed: &'g Region,
    settings: impl IntoIterator<Item = &'s Option<String>>,
) -> &'g Region {
    let regions = &guideline.book().regions;
    let is_anywhere = regions.first().is_some_and(|anywhere| anywhere.id == typed.id);
    let named = |id: &String| regions.iter().find(|region| region.id == *id);
    let mut settings = settings.into_iter().flatten().filter_map(named);
    settings.next().filter(|_| is_anywhere).unwrap_or(typed)
}
