//! A book as one file: it is the same book again, and no bytes do any harm.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking, its helpers too")]

mod support;

use care::compiled::{Unreadable, VERSION, add_rest, parts, read, wants_rest, write, write_apart};
use care::{AnswerSearch, Guideline, ProsePage};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use support::books::{self, Tested};
use support::furnished::furnished;
use support::{Case, Tape, case, cases};

fn prose() -> Vec<ProsePage> {
    let text = |words: &str| words.to_owned();
    let page = |path, html| ProsePage {
        path: text(path),
        chapter: text("Danger"),
        title: text("Fever"),
        html: text(html),
    };
    vec![page("about", "<p>½</p>"), page("danger/fever", "")]
}

fn small() -> Guideline {
    books::random(&mut Tape::new(Vec::new()), Tested::AnyTimes, 3)
}

/// The line before the hash.
fn header() -> Vec<u8> {
    format!("unclench compiled book {VERSION}\n").into_bytes()
}

/// A file with the right hash over this.
fn sealed(body: &[u8]) -> Vec<u8> {
    [&header(), &Sha256::digest(body)[..], body].concat()
}

fn body(file: &[u8]) -> &[u8] {
    &file[header().len() + 32..]
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_book_is_the_same_after_it_was_a_file(case in case(Tested::AnyTimes, 9)) {
        let Case { guideline, mut tape } = case;
        let book = furnished(&guideline, &mut tape);
        let guideline = Guideline::new(book.clone()).unwrap();
        let (read_book, read_prose) = read(&write(&guideline, prose()).unwrap()).unwrap();
        assert!(Guideline::new(read_book.clone()).is_ok() && read_book.words.known().is_none());
        assert!(read_book == book);
        assert_eq!(*read_prose, prose());
    }

    #[test]
    fn a_book_in_two_files_says_when_it_needs_the_second_and_is_whole_with_it(
        case in case(Tested::AnyTimes, 9)
    ) {
        let Case { guideline, mut tape } = case;
        let book = furnished(&guideline, &mut tape);
        let (file, rest) = write_apart(&Guideline::new(book.clone()).unwrap(), prose()).unwrap();
        let (first, read_prose) = read(&file).unwrap();
        let guideline = Guideline::new(first.clone()).unwrap();
        assert!(!wants_rest(guideline.book()) && *read_prose == prose());
        AnswerSearch::new(&guideline).ask("is it normal that my back hurts", 3);
        assert!(wants_rest(guideline.book()));
        let mut whole = first;
        assert_eq!(add_rest(&mut whole, &file), Err(Unreadable::NotABook));
        add_rest(&mut whole, &rest).unwrap();
        assert!(whole == book);
        whole.hash.push('0');
        assert_eq!(add_rest(&mut whole, &rest), Err(Unreadable::NotDecoded));
    }

    #[test]
    fn what_was_changed_under_a_right_hash_is_refused_or_a_book(
        case in case(Tested::AnyTimes, 6), at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let Case { guideline, mut tape } = case;
        let guideline = Guideline::new(furnished(&guideline, &mut tape)).unwrap();
        let file = write(&guideline, prose()).unwrap();
        let mut body = body(&file).to_vec();
        let at = at.index(body.len());
        body[at] = byte;
        match read(&sealed(&body)) {
            Ok((book, prose)) => {
                assert!(prose.len() < 1_000);
                if let Ok(guideline) = Guideline::new(book) {
                    drop(AnswerSearch::new(&guideline).ask("does heat help where it is sore", 9));
                }
            }
            Err(error) => assert_eq!(error, Unreadable::NotDecoded),
        }
        body.truncate(at);
        assert_eq!(read(&sealed(&body)).err(), Some(Unreadable::NotDecoded));
    }
}

#[test]
fn the_parts_of_a_book_are_all_that_its_file_holds() {
    let guideline = small();
    let all: usize = parts(guideline.book()).unwrap().iter().map(|(_, bytes)| bytes.len()).sum();
    // Beside them the file holds that there is no prose: a length and a tag, and that it is empty.
    assert_eq!(body(&write(&guideline, Vec::new()).unwrap()).len(), all + 3);
}

#[test]
fn each_fault_is_named() {
    let file = write(&small(), Vec::new()).unwrap();
    assert!(read(&file).is_ok());
    let refused = |bytes: &[u8]| read(bytes).unwrap_err();
    assert_eq!(refused(b""), Unreadable::NotABook);
    assert_eq!(refused(b"# The guideline\n"), Unreadable::NotABook);
    assert_eq!(refused(b"unclench compiled book 1"), Unreadable::NotABook);
    assert_eq!(refused(b"unclench compiled book one\n"), Unreadable::NotABook);
    assert_eq!(refused(b"unclench compiled book 4000000000\n"), Unreadable::OtherVersion(4_000_000_000));
    assert_eq!(refused(&header()), Unreadable::Damaged);
    assert_eq!(refused(&file[..file.len() - 1]), Unreadable::Damaged);
    assert_eq!(refused(&[&file[..], &[0]].concat()), Unreadable::Damaged);
    let mut flipped = file.clone();
    *flipped.last_mut().unwrap() ^= 1;
    assert_eq!(refused(&flipped), Unreadable::Damaged);
    assert_eq!(refused(&sealed(b"")), Unreadable::NotDecoded);
    assert_eq!(refused(&sealed(&[body(&file), &[0]].concat())), Unreadable::NotDecoded);
    let words = Unreadable::OtherVersion(7).to_string();
    assert!(words.contains("version 7") && words.contains("unclench book --compiled"), "{words}");
}

#[test]
fn a_length_that_no_file_has_is_no_wish_for_memory() {
    // Where a length is meant, the longest there is; in every place of a small book.
    let longest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    let file = write(&small(), Vec::new()).unwrap();
    let body = body(&file);
    for at in 0..body.len() {
        let huge = [&body[..at], &longest, &body[at + 1..]].concat();
        // A year, or a number that may be so large, is all it can be else.
        drop(read(&sealed(&huge)));
    }
}

/// A type of the book that changes changes this: then `VERSION` goes up by one. Where only
/// the book of the tests changed, the new hash is put here and nothing else.
#[test]
fn another_form_has_another_version() {
    let guideline = books::random(&mut Tape::new(Vec::new()), Tested::AnyTimes, 3);
    let guideline = Guideline::new(furnished(&guideline, &mut Tape::new(Vec::new()))).unwrap();
    let file = write(&guideline, prose()).unwrap();
    let form = care::hex(&Sha256::digest(body(&file))[..8]);
    assert_eq!((VERSION, form.as_str()), (11, "6ff83865d856ff58"));
}
