//! The file that a compiled book is written to. Nothing but an earlier one is ever overwritten.

use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anyhow::Context;
use care::compiled::{Unreadable, read};

use crate::exit::BadInput;

/// Puts these bytes there at once: whoever reads the file meanwhile has the old one or the new.
///
/// # Errors
///
/// [`BadInput`] if something else stands there; otherwise if it cannot be written.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let shown = file.display();
    // What is no file may be endless, or never say a word.
    let is_other = fs::metadata(file).is_ok_and(|metadata| !metadata.is_file());
    let old = if is_other { Err(ErrorKind::InvalidInput.into()) } else { fs::read(file) };
    match old {
        Ok(old) if read(&old) == Err(Unreadable::NotABook) => {
            return Err(BadInput::because(format!(
                "{shown} is there and is no compiled book; choose another name"
            )));
        }
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(BadInput::because(format!("cannot use {shown} as a file: {error}")));
        }
        _ => {}
    }
    let mut name = OsString::from(file);
    name.push(format!(".{}.new", std::process::id()));
    let new = Path::new(&name);
    let written = fs::File::create_new(new).and_then(|mut opened| {
        opened.write_all(bytes)?;
        opened.sync_all()
    });
    let named = written.and_then(|()| fs::rename(new, file));
    if named.is_err() {
        // What is left of it, if anything, is of no use.
        let _ = fs::remove_file(new);
    }
    named.with_context(|| format!("cannot write {shown}"))
}
