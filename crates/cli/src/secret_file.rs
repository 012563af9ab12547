//! Files that only the owner of a record may read, the one above all that opens the pages in a
//! browser.
//!
//! It holds the secret of the pages, so only its owner may read it. A browser is handed
//! this file and not the address, as Jupyter does: the arguments of a program can be
//! read by every user of the computer.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use web::server::Secret;

use crate::input;

/// Our own page has some 400 bytes.
const MOST_BYTES: u64 = 4096;

/// The file that belongs to a record: `record.open.html` beside `record.db`.
pub(crate) fn path(record: &Path) -> PathBuf {
    record.with_extension("open.html")
}

/// The secret that was used before, so that a browser stays let in over a restart; a new
/// one if there is none that only the owner of the record can have read.
pub(crate) fn secret(record: &Path) -> Secret {
    let file = path(record);
    if !is_private(&file, record) {
        return Secret::new();
    }
    let text = input::read_file(&file, MOST_BYTES).unwrap_or_default();
    let kept = text.split("/open/").nth(1).and_then(|rest| Secret::kept(rest.get(..64)?));
    kept.unwrap_or_default()
}

/// Writes the page that opens this address, for the owner's eyes only.
///
/// # Errors
///
/// If nothing can be written beside the record.
pub(crate) fn write(record: &Path, address: &str) -> io::Result<PathBuf> {
    let file = path(record);
    let new = record.with_extension(format!("open.{}.new", std::process::id()));
    let written = private()
        .create_new(true)
        .open(&new)
        .and_then(|mut opened| opened.write_all(page(address).as_bytes()));
    let named = written.and_then(|()| fs::rename(&new, &file));
    if named.is_err() {
        // What is left of it, if anything, is of no use.
        let _ = fs::remove_file(&new);
    }
    named.map(|()| file)
}

/// Writes what is about a person, such as a paper for their doctor, as private as their record.
///
/// # Errors
///
/// If it cannot be written.
pub(crate) fn write_private(file: &Path, bytes: &[u8]) -> io::Result<()> {
    private().create(true).truncate(true).open(file)?.write_all(bytes)
}

/// To write a file that, where it is new, only its owner can read.
fn private() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn page(address: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\
         <meta http-equiv=\"refresh\" content=\"0; url={address}\"/><meta name=\"referrer\" content=\"no-referrer\"/>\
         <title>Unclench</title></head>\n<body><p><a href=\"{address}\">Open Unclench</a>. It must be running.</p>\
         <p>In an emergency call your emergency number.</p></body></html>\n"
    )
}

/// How many of the lowest bits of a mode say what others than the owner may do.
#[cfg(unix)]
const OTHERS: u32 = 6;

/// Whether nobody but the owner of the record can have read or written a file.
#[cfg(unix)]
fn is_private(file: &Path, record: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (Ok(file), Ok(record)) = (fs::symlink_metadata(file), fs::metadata(record)) else { return false };
    file.is_file() && file.mode().trailing_zeros() >= OTHERS && file.uid() == record.uid()
}

/// The folders of a person are their own here.
#[cfg(not(unix))]
fn is_private(file: &Path, _record: &Path) -> bool {
    fs::symlink_metadata(file).is_ok_and(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(record: &Path) -> Secret {
        let first = secret(record);
        write(record, &format!("http://127.0.0.1:1{}", first.path())).unwrap();
        first
    }

    #[test]
    fn the_secret_stays_over_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("record.db");
        fs::write(&record, "").unwrap();
        let first = kept(&record);
        assert!(secret(&record) == first);
        write(&record, &format!("http://127.0.0.1:2{}", first.path())).unwrap();
        assert!(secret(&record) == first, "another port");
        fs::write(path(&record), "something else").unwrap();
        assert!(secret(&record) != first);
    }

    #[cfg(unix)]
    #[test]
    fn what_others_can_read_or_have_put_there_is_no_secret() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("record.db");
        fs::write(&record, "").unwrap();
        let first = kept(&record);
        let file = path(&record);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(secret(&record) != first);
        write(&record, &format!("http://127.0.0.1:1{}", first.path())).unwrap();
        assert!(secret(&record) == first, "it is written anew, and private again");
        let elsewhere = folder.path().join("elsewhere");
        fs::rename(&file, &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
        assert!(secret(&record) != first);
    }

    #[cfg(unix)]
    #[test]
    fn a_paper_is_as_private_as_the_record() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page.pdf");
        for bytes in [&b"a longer paper"[..], b"short"] {
            write_private(&file, bytes).unwrap();
            assert_eq!(fs::read(&file).unwrap(), bytes);
        }
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
