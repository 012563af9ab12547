//! A book as git keeps it. What stands in the folder is neither read nor touched.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use care::printable;
use compiler::SourceFile;

use crate::exit::BadInput;

/// Where the book is in its repository.
const FOLDER: &str = "guideline";

/// The texts of the book in a revision of the repository that we are in.
pub(super) fn read(revision: &str) -> anyhow::Result<Vec<SourceFile>> {
    let unknown =
        || BadInput::because(format!("`{}` is neither a folder nor a git revision", printable(revision)));
    // What begins with a dash would be read as an option.
    if revision.starts_with('-') {
        return Err(unknown());
    }
    let commit = format!("{revision}^{{commit}}");
    let commit =
        git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], b"")?.ok_or_else(unknown)?;
    let commit = String::from_utf8(commit)?.trim().to_owned();
    let listed = git(&["ls-tree", "-r", "-z", "--full-tree", &commit, FOLDER], b"")?.ok_or_else(unknown)?;
    let listed = String::from_utf8(listed).context("a file of the book has a name that is no text")?;
    let mut blobs: Vec<(&str, &str)> = listed.split_terminator('\0').filter_map(blob).collect();
    blobs.retain(|(path, _)| {
        Path::new(path).extension().is_some_and(|end| end == "md" || end == "toml" || end == "tsv")
    });
    ensure!(
        !blobs.is_empty(),
        BadInput::because(format!("`{}` has no book in {FOLDER}/", printable(revision)))
    );
    let wanted: String = blobs.iter().flat_map(|(_, blob)| [*blob, "\n"]).collect();
    let texts = git(&["cat-file", "--batch"], wanted.as_bytes())?.context("git cannot read the book")?;
    let mut rest = texts.as_slice();
    let files = blobs.into_iter().map(|(path, _)| {
        let text = next_text(&mut rest).context("git does not give the whole book")?;
        Ok(SourceFile { path: path.to_owned(), text: String::from_utf8_lossy(text).into_owned() })
    });
    files.collect()
}

/// Of `100644 blob HASH\tguideline/README.md`: the path in the book, and the hash.
fn blob(line: &str) -> Option<(&str, &str)> {
    let (about, path) = line.split_once('\t')?;
    let path = path.strip_prefix(FOLDER)?.strip_prefix('/')?;
    Some((path, about.split(' ').nth(2)?))
}

/// Of `HASH blob LENGTH\n...\n`: so many bytes.
fn next_text<'t>(rest: &mut &'t [u8]) -> Option<&'t [u8]> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let length: usize = std::str::from_utf8(&rest[..end]).ok()?.rsplit(' ').next()?.parse().ok()?;
    let (text, after) = rest.get(end + 1..)?.split_at_checked(length)?;
    *rest = after.get(1..)?;
    Some(text)
}

/// What git says; `None` where it fails.
fn git(arguments: &[&str], input: &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
    let mut command = Command::new("git");
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().context("git is needed for a revision, and cannot be started")?;
    let mut asking = child.stdin.take().context("git reads nothing")?;
    let input = input.to_owned();
    // It may answer before it has read everything; where it ends early it says so itself.
    let writer = std::thread::spawn(move || drop(asking.write_all(&input)));
    let output = child.wait_with_output().context("git does not end")?;
    drop(writer.join());
    Ok(output.status.success().then_some(output.stdout))
}
