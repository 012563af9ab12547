//! The folder of the static site: every file with its path, as it is put at a host.

use std::collections::BTreeMap;
use std::io::Write as _;

use care::{Guideline, compiled};
use jiff::tz::TimeZoneDatabase;
use lzma_rust2::{LzmaOptions, LzmaWriter};
use serde::Serialize;
use sha2::{Digest, Sha256};
use web::Site;

use crate::prose::apart;
use crate::worker::OpenError;

/// What the site is made from.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The folder that it stands in: `/`, or `/name/`.
    pub base: String,
    /// The program as WebAssembly.
    pub program: Vec<u8>,
    /// The compiled book.
    pub book: Vec<u8>,
    /// Files that are put there as they are, and kept with the others: the paper version.
    pub more: Vec<(String, Vec<u8>)>,
}

/// What the worker knows of its release. Its files are kept together under this version, so
/// that no file of one release is ever shown with one of another.
#[derive(Serialize)]
struct Release<'f> {
    version: String,
    base: &'f str,
    /// The SHA-256 of each file, in hexadecimal.
    files: BTreeMap<&'f str, String>,
}

/// Why there is no site.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The book does not open.
    #[error(transparent)]
    Book(#[from] OpenError),
    /// The book asks nothing.
    #[error("the book has no first question")]
    NoQuestion,
    /// A file cannot be packed.
    #[error("a file cannot be packed: {0}")]
    Pack(#[from] std::io::Error),
    /// No folder of a site is called so.
    #[error("the base path `{0}` is none: it begins and ends with a slash, like / or /name/")]
    Base(String),
}

/// The parts of the worker, in reading order; together they are one script.
const WORKER: [&str; 5] = [
    include_str!("../site/worker/main.js"),
    include_str!("../site/worker/program.js"),
    include_str!("../site/worker/release.js"),
    include_str!("../site/worker/unpack.js"),
    include_str!("../site/worker/store.js"),
];

const BOOT: &str = include_str!("../site/boot.js");

/// The host shows it for an address that it does not have; the worker never needs it.
const NOT_FOUND: &str = "404.html";

/// Every file of the site with its path, in the order of their paths.
///
/// # Errors
///
/// [`FolderError`] if the book does not open or the base is none.
pub fn files(parts: Parts) -> Result<Vec<(String, Vec<u8>)>, FolderError> {
    let Parts { base, program, book, more } = parts;
    let is_path = |letter: char| letter.is_ascii_alphanumeric() || "/-_.~".contains(letter);
    if !(base.starts_with('/') && base.ends_with('/') && base.chars().all(is_path)) || base.contains("//") {
        return Err(FolderError::Base(base));
    }
    let (read, mut prose) = compiled::read(&book).map_err(OpenError::from)?;
    let guideline = Guideline::new(read).map_err(|broken| OpenError::Book(broken.to_string()))?;
    let (prose, texts): (Vec<_>, Vec<_>) = std::mem::take(&mut *prose).into_iter().map(apart).unzip();
    let (book, rest) = compiled::write_apart(&guideline, prose.clone())
        .map_err(|error| OpenError::Book(error.to_string()))?;
    let zones = crate::zones::file().map_err(|error| OpenError::Book(error.to_string()))?;
    let site = Site::new(&guideline, prose, TimeZoneDatabase::bundled());
    let mut files: BTreeMap<String, Vec<u8>> =
        site.static_files(&base).ok_or(FolderError::NoQuestion)?.into_iter().collect();
    files.extend(more);
    files.extend(texts);
    files.insert("boot.js".to_owned(), without_comments(BOOT).into());
    for (path, file) in [("app.wasm", program), ("book.bin", book), ("zones.bin", zones), ("rest.bin", rest)]
    {
        files.insert(format!("{path}.lzma"), packed(&file)?);
    }
    let kept = files.iter().filter(|(path, _)| *path != NOT_FOUND);
    let hashes: BTreeMap<&str, String> =
        kept.map(|(path, file)| (path.as_str(), care::hex(&Sha256::digest(file)))).collect();
    let worker = without_comments(&WORKER.concat());
    let mut version = Sha256::new();
    for text in hashes.values().map(String::as_str).chain([base.as_str(), worker.as_str()]) {
        version.update(text);
    }
    let release = Release { version: care::hex(&version.finalize()[..8]), base: &base, files: hashes };
    // A map of names and texts always writes as JSON.
    let release = serde_json::to_string(&release).unwrap_or_default();
    let worker = format!("const RELEASE = {release};\n{worker}");
    files.insert("sw.js".to_owned(), worker.into_bytes());
    Ok(files.into_iter().collect())
}

/// A file as `site/worker/unpack.js` reads it: by LZMA it is a quarter smaller than a host would
/// pack it by gzip, and on a slow phone that is what takes time. It is unpacked once, when
/// the site is installed.
fn packed(file: &[u8]) -> Result<Vec<u8>, std::io::Error> {
    // Neither code nor texts lie in steps of so many bytes, and what stands before each counts.
    let options =
        LzmaOptions { lc: 4, pb: 0, nice_len: LzmaOptions::NICE_LEN_MAX, ..LzmaOptions::with_preset(9) };
    let size = u64::try_from(file.len()).ok();
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, size)?;
    writer.write_all(file)?;
    writer.finish()
}

/// A script without the lines that are a comment from end to end: a phone fetches it, and
/// whoever wants to read it reads the source.
fn without_comments(script: &str) -> String {
    let mut is_inside = false;
    let mut is_code = |line: &str| {
        let begins = line.starts_with("/*");
        is_inside |= begins;
        let is_comment = is_inside || line.starts_with("//");
        is_inside &= !line.ends_with("*/");
        !is_comment && !line.is_empty()
    };
    script.lines().filter(|line| is_code(line.trim())).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_loses_what_only_people_read() {
        let script = "// A.\n\n/** B. */\nlet url = \"https://x\"; // C\n/**\n * D\n */\nlet c = 3;\n";
        assert_eq!(without_comments(script), "let url = \"https://x\"; // C\nlet c = 3;\n");
        for part in WORKER.iter().chain([&BOOT]) {
            let left = without_comments(part);
            assert!(left.len() > part.len() / 2 && left.matches('{').count() == left.matches('}').count());
        }
    }
}
