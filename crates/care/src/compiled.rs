//! A book as one file: read in a moment, by whoever has no compiler.
//!
//! A line says what it is and in which version of the form, then follow a hash
//! and what it is a hash of. It is no seal: it finds a file that was damaged on
//! its way, and nothing keeps anybody from making another one. So whoever reads
//! a book gives it to [`Guideline::new`], which believes nothing.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::book::{Book, Claim, Deferred, Hears, OptionIndex, ProsePage, Words, lines};
use crate::decision::guideline::Guideline;

/// What every such file begins with. The version and the end of the line follow.
const MAGIC: &str = "unclench compiled book ";

/// The same of the second of two files.
const MAGIC_OF_REST: &str = "unclench rest of a book ";

/// The version of the form. It goes up with every change to a type in [`Book`].
pub const VERSION: u32 = 11;

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

/// What the first page of a program does without, which is more than half of a book: how people
/// say things, and where each sentence comes from.
#[derive(Serialize, Deserialize)]
struct Rest {
    /// That of the book.
    hash: String,
    words: Words,
    /// For each finding what its patterns mean, in the order of the book.
    hears: Vec<Vec<Option<OptionIndex>>>,
    /// The patterns.
    #[serde(with = "lines")]
    patterns: Vec<String>,
    claims: Vec<Claim>,
    /// The sentence above each block, in the order of [`sentences`].
    #[serde(with = "lines")]
    sentences: Vec<String>,
}

/// The sentence above each block. One that is forgotten here only stays in the first file.
fn sentences(book: &mut Book) -> impl Iterator<Item = &mut String> {
    macro_rules! of_each {
        ($($list:ident)*) => {
            std::iter::empty()$(.chain(book.$list.iter_mut().map(|block| &mut block.place.prose)))*
        };
    }
    of_each!(
        findings questions rules causes remedies disagreements outcomes regions medicines products
        other_medicines habits referrals answers poses
    )
}

/// A checked book and its prose as a file.
///
/// # Errors
///
/// If a word of the book, or the sentence above a block, holds the end of a line.
pub fn write(guideline: &Guideline, prose: Vec<ProsePage>) -> Result<Vec<u8>, postcard::Error> {
    file(MAGIC, &Body { book: guideline.book(), prose: prose.into() })
}

/// The same as two files: what every page needs, and the rest: how people say things, the claims
/// and the sentences above the blocks, which only `explain` and paper show. It is for whoever can
/// fetch the rest when [`wants_rest`] says so.
///
/// # Errors
///
/// As [`write()`].
pub fn write_apart(
    guideline: &Guideline,
    prose: Vec<ProsePage>,
) -> Result<(Vec<u8>, Vec<u8>), postcard::Error> {
    let mut book = guideline.book().clone();
    let words = std::mem::take(&mut *book.words);
    let (mut hears, mut patterns) = (Vec::new(), Vec::new());
    for finding in &mut book.findings {
        let ways = std::mem::take(&mut *finding.hears);
        let (options, written): (_, Vec<String>) =
            ways.into_iter().map(|way| (way.option, way.pattern)).unzip();
        hears.push(options);
        patterns.extend(written);
    }
    let claims = book.claims.clone();
    for claim in &mut book.claims {
        let id = std::mem::take(&mut claim.id);
        *claim = Claim { id, ..Claim::default() };
    }
    let sentences = sentences(&mut book).map(std::mem::take).collect();
    let rest = Rest { hash: book.hash.clone(), words, hears, patterns, claims, sentences };
    Ok((file(MAGIC, &Body { book, prose: prose.into() })?, file(MAGIC_OF_REST, &rest)?))
}

fn file(magic: &str, body: &impl Serialize) -> Result<Vec<u8>, postcard::Error> {
    let body = postcard::to_allocvec(body)?;
    Ok([format!("{magic}{VERSION}\n").as_bytes(), &Sha256::digest(&body), &body].concat())
}

/// The book in a file, and its prose. How people say things, and the prose, stay packed
/// until somebody wants them.
///
/// # Errors
///
/// If it is no such file, one of another version, or damaged.
pub fn read(file: &[u8]) -> Result<(Book, Deferred<Vec<ProsePage>>), Unreadable> {
    let Body { book, prose } = body::<Body<Book>>(MAGIC, file)?;
    Ok((book, prose))
}

/// Puts the rest into a book that was read without.
///
/// # Errors
///
/// If it is no such file, one of another version, damaged, or of another book.
pub fn add_rest(book: &mut Book, file: &[u8]) -> Result<(), Unreadable> {
    let Rest { hash, words, hears, patterns, claims, sentences: above } = body(MAGIC_OF_REST, file)?;
    if hash != book.hash {
        return Err(Unreadable::NotDecoded);
    }
    book.claims = claims;
    for (sentence, above) in sentences(book).zip(above) {
        *sentence = above;
    }
    book.words = words.into();
    let mut patterns = patterns.into_iter();
    for (finding, options) in book.findings.iter_mut().zip(hears) {
        let ways = options.into_iter().zip(&mut patterns);
        finding.hears = ways.map(|(option, pattern)| Hears { option, pattern }).collect::<Vec<_>>().into();
    }
    Ok(())
}

/// Whether somebody asked a book how people say things. Where it was read without, they saw
/// nothing, and what they made of it counts for nothing: it is asked again after
/// [`add_rest`].
pub fn wants_rest(book: &Book) -> bool {
    book.words.known().is_some() || book.findings.iter().any(|finding| finding.hears.known().is_some())
}

/// Each part of a book as it stands in its file, by its name there: what takes up how much.
///
/// # Errors
///
/// As [`write()`].
pub fn parts(book: &Book) -> Result<Vec<(&'static str, Vec<u8>)>, postcard::Error> {
    macro_rules! each {
        ($($part:ident)*) => {{
            let Book { $($part),* } = book;
            vec![$((stringify!($part), postcard::to_allocvec($part)?)),*]
        }};
    }
    Ok(each!(
        version hash titles findings questions rules causes remedies disagreements outcomes come_back regions
        medicines products other_medicines medicine_classes habits referrals answers body_places curves
        checkpoints thresholds poses not_followed claims sources words
    ))
}

fn body<'f, B: Deserialize<'f>>(magic: &str, file: &'f [u8]) -> Result<B, Unreadable> {
    let rest = file.strip_prefix(magic.as_bytes()).ok_or(Unreadable::NotABook)?;
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
    match postcard::take_from_bytes(body) {
        Ok((body, [])) => Ok(body),
        _ => Err(Unreadable::NotDecoded),
    }
}
