//! The book in, a checked [`care::Guideline`] out, or every problem in it.
//!
//! The book is a set of Markdown files with fenced `toml` blocks, described in
//! `docs/book-format.md`. [`compile`] reads it in these steps, and reports what
//! is wrong in all of them at once, each problem with its line and what to do:
//!
//! 1. `order` and `markdown` find the files, their order and their blocks.
//! 2. `block` and `fields` find kinds, ids and keys; `read` makes values of them.
//! 3. [`condition`] turns the conditions into trees and settles their names.
//! 4. `check` looks at the book as a whole: what is never asked, never used,
//!    never true, always covered by something else.
//! 5. [`reading`] measures how hard the words are that a person reads.
//!
//! [`vignette()`] reads a story with what must come out; `play` finds out whether it does.
//!
//! Nothing here touches a file or a clock; callers hand over texts.

mod block;
mod check;
mod claims;
pub mod condition;
mod fields;
mod limits;
mod markdown;
mod names;
mod order;
mod play;
mod problem;
mod read;
pub mod reading;
mod sources;
mod suggest;
mod vignette;
mod words;
mod written;

use std::collections::BTreeSet;
use std::fmt::Write;

use care::{Book, Guideline};
use sha2::{Digest, Sha256};

use crate::block::Blocks;
use crate::problem::{FileId, Log, Spot};
use crate::reading::ReadingReport;

pub use claims::claimed;
pub use problem::{Problem, Problems};
pub use vignette::{Case, Expectation, Otherwise, Vignette, vignette};

/// One file of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the book's folder, with forward slashes.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// A book that has been checked.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Ready to decide.
    pub guideline: Guideline,
    /// The book to read, in reading order; `README.md` first.
    pub pages: Vec<Page>,
    /// How hard its words are.
    pub reading: ReadingReport,
}

/// One file of the book, for readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Path below the book's folder, with forward slashes.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its whole text, blocks included.
    pub markdown: String,
}

/// Reads and checks a book.
///
/// `files` are all files below the book's folder, in any order: the Markdown
/// files, among them `README.md`, `sources.toml`, and `claims.tsv` where there is one.
///
/// # Errors
///
/// Every problem, not just the first. A book with a problem gives nothing else.
pub fn compile(files: &[SourceFile]) -> Result<Compiled, Problems> {
    // Whoever reads a folder has its files in an order of their own; the same texts are the same book.
    let mut files = files.to_vec();
    files.sort_by(|left, right| left.path.cmp(&right.path));
    let files = files.as_slice();
    let mut log = Log::new(files);
    if !limits::check(files, &mut log) {
        return Err(log.into_problems());
    }
    let find = |path| files.iter().position(|file| file.path == path).map(problem::FileId);
    let (Some(readme), Some(sources_file)) = (find(order::PATH), find(sources::PATH)) else {
        for path in [order::PATH, sources::PATH] {
            if find(path).is_none() {
                let spot = Spot { file: log.add_missing_file(path), span: 0..0 };
                let help =
                    "every book has README.md with its reading order and sources.toml with its sources";
                log.problem(&spot, format!("there is no file `{path}`"), help);
            }
        }
        return Err(log.into_problems());
    };

    let readme_document = markdown::read(&files[readme.0].text, readme, &mut log);
    let title = Spot { file: readme, span: readme_document.title_span.clone() };
    let version = order::version(readme, &readme_document, &mut log);
    let order = order::reading_order(files, readme, &readme_document, &mut log);
    let sources = sources::read(&files[sources_file.0].text, sources_file, &mut log);
    let claims =
        find(claims::PATH).map(|file| claims::read(&files[file.0].text, file, &mut log)).unwrap_or_default();

    let mut blocks = Blocks::default();
    let mut pages = Vec::new();
    let mut readme_document = Some(readme_document);
    for file in order {
        let SourceFile { path, text } = &files[file.0];
        let is_readme = readme_document.is_some();
        let document = readme_document.take().unwrap_or_else(|| markdown::read(text, file, &mut log));
        // Those in the lists of the first page are the reading order.
        let in_lists = document.list_links.iter().filter(|_| !is_readme);
        order::check_links(files, file, document.links.iter().chain(in_lists), &mut log);
        for fence in &document.fences {
            for block in block::read(fence, file, text, &mut log) {
                blocks.add(block, &mut log);
            }
        }
        pages.push(Page { path: path.clone(), title: document.title, markdown: text.clone() });
    }

    let draft = read::read(&blocks, &sources, &claims, files, &mut log);
    check::check(&draft, &title, &mut log);
    let reading = reading::report(&draft.book);
    check::reading::check(&draft, &reading, &title, &mut log);

    let words = words::read(files, &draft, &mut log);
    let words_file = files.iter().position(|file| words::is_path(&file.path)).map_or(readme, FileId);
    words::check_patterns(&words, words_file, &draft, &mut log);
    let titles = pages.iter().map(|page| (page.path.clone(), page.title.clone())).collect();
    let book = Book { version, hash: hash(files), titles, words: words.into(), ..draft.book };
    finish(book, pages, reading, &title, log)
}

fn finish(
    book: Book,
    pages: Vec<Page>,
    reading: ReadingReport,
    title: &Spot,
    mut log: Log,
) -> Result<Compiled, Problems> {
    if !log.is_empty() {
        return Err(log.into_problems());
    }
    match Guideline::new(book) {
        Ok(guideline) => Ok(Compiled { guideline, pages, reading }),
        // The checks above find the same faults with their line; this is for the day they do not.
        Err(error) => {
            log.problem(
                title,
                error.to_string(),
                "tell whoever maintains the compiler: it should have said where",
            );
            Err(log.into_problems())
        }
    }
}

/// SHA-256 over the paths and texts of all files, sorted by path, a NUL byte after each.
fn hash(files: &[SourceFile]) -> String {
    let mut hasher = Sha256::new();
    let sorted: BTreeSet<(&str, &str)> =
        files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    for (path, text) in sorted {
        for part in [path, text] {
            hasher.update(part);
            hasher.update([0]);
        }
    }
    hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
