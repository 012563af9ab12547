//! A book as one file: read in a moment, by whoever has no compiler.
//!
//! A line says what it is and in which version of the form, then follow a hash
//! and what it is a hash of. It is no seal: it finds a file that was damaged on
//! its way, and nothing keeps anybody from making another one. So whoever reads
//! a book gives it to [`Guideline::new`], which believes nothing.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::book::{Book, Deferred, ProsePage};
use crate::decision::guideline::Guideline;

/// What every such file begins with. The version and the end of the line follow.
const MAGIC: &str = "unclench compiled book ";

/// The version of the form. It goes up with every change to a type in [`Book`].
pub const VERSION: u32 = 3;

const HASH: usize = 32;

/// Why a file gives no book.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It begins with something else.
    #[error("this is no compiled book; make one with `unclench book --compiled FILE`")]
    NotABook,
    /// It was made for another version of the program.
    #[error(
        "this book was compiled in version {0} of its form, and this program reads version {VERSION}; \
         make it again with `unclench book --compiled FILE` of this program"
    )]
    OtherVersion(u32),
    /// Its hash is another one.
    #[error("this compiled book is damaged or not whole; fetch it or make it again")]
    Damaged,
    /// The hash is right and what stands there is still no book.
    #[error("this compiled book holds something else than a book; make it again")]
    NotDecoded,
}

#[derive(Serialize, Deserialize)]
struct Body<B> {
    book: B,
    prose: Deferred<Vec<ProsePage>>,
}

/// A checked book and its prose as a file.
///
/// # Errors
///
/// If the encoding cannot hold something; it can hold every book.
pub fn write(guideline: &Guideline, prose: Vec<ProsePage>) -> Result<Vec<u8>, postcard::Error> {
    let body = postcard::to_allocvec(&Body { book: guideline.book(), prose: prose.into() })?;
    let mut file = format!("{MAGIC}{VERSION}\n").into_bytes();
    file.extend_from_slice(&Sha256::digest(&body));
    file.extend(body);
    Ok(file)
}

/// The book in a file, and its prose. How people say things, and the prose, stay packed
/// until somebody wants them.
///
/// # Errors
///
/// If it is no such file, one of another version, or damaged.
pub fn read(file: &[u8]) -> Result<(Book, Deferred<Vec<ProsePage>>), Unreadable> {
    let rest = file.strip_prefix(MAGIC.as_bytes()).ok_or(Unreadable::NotABook)?;
    let end = rest.iter().position(|byte| *byte == b'\n').ok_or(Unreadable::NotABook)?;
    let version = std::str::from_utf8(&rest[..end]).ok().and_then(|version| version.parse().ok());
    match version {
        Some(VERSION) => {}
        Some(other) => return Err(Unreadable::OtherVersion(other)),
        None => return Err(Unreadable::NotABook),
    }
    let (hash, body) = rest[end + 1..].split_first_chunk::<HASH>().ok_or(Unreadable::Damaged)?;
    if Sha256::digest(body).as_slice() != hash {
        return Err(Unreadable::Damaged);
    }
    match postcard::take_from_bytes::<Body<Book>>(body) {
        Ok((Body { book, prose }, [])) => Ok((book, prose)),
        _ => Err(Unreadable::NotDecoded),
    }
}
