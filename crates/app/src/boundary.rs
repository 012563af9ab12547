//! The boundary to JavaScript: bytes in, bytes out.
//!
//! The only unsafe code of what runs in a browser. Whoever calls keeps four rules: what [`allocate`]
//! gave is filled and handed over once, whole, to [`open`] or [`call`]; what these give is
//! read (a length of four bytes, little-endian, then so many bytes of JSON) and then given
//! to [`release`], once.
#![allow(unsafe_code, reason = "pointers of another language")]

use std::cell::RefCell;

use serde_json::json;

use crate::worker::Worker;

thread_local! {
    static WORKER: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Bytes that JavaScript fills.
#[unsafe(no_mangle)]
extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Opens a compiled book with the time zones, the rest of it or no bytes, and
/// options in JSON: `{"ok": true}`, or `{"error": "..."}`.
///
/// # Safety
///
/// All are whole and from [`allocate`], and nobody uses them afterwards.
#[unsafe(no_mangle)]
unsafe extern "C" fn open(
    book: *mut u8,
    book_length: usize,
    zones: *mut u8,
    zones_length: usize,
    rest: *mut u8,
    rest_length: usize,
    options: *mut u8,
    options_length: usize,
) -> *mut u8 {
    // Safety: as the caller promises.
    let (book, zones) = unsafe { (taken(book, book_length), taken(zones, zones_length)) };
    // Safety: as the caller promises.
    let (rest, options) = unsafe { (taken(rest, rest_length), taken(options, options_length)) };
    let rest = Some(rest).filter(|rest| !rest.is_empty());
    let opened = serde_json::from_slice(&options).map_err(|error| error.to_string()).and_then(|options| {
        Worker::open(&book, &zones, rest.as_deref(), options).map_err(|error| error.to_string())
    });
    given(&match opened {
        Ok(worker) => {
            WORKER.set(Some(worker));
            json!({ "ok": true })
        }
        Err(error) => json!({ "error": error }),
    })
}

/// Takes in a message and gives what to do next, both in JSON.
///
/// # Safety
///
/// The message is whole and from [`allocate`], and nobody uses it afterwards.
#[unsafe(no_mangle)]
unsafe extern "C" fn call(message: *mut u8, length: usize) -> *mut u8 {
    // Safety: as the caller promises.
    let message = unsafe { taken(message, length) };
    let next = match serde_json::from_slice(&message) {
        Ok(message) => WORKER.with_borrow_mut(|worker| worker.as_mut().map(|worker| worker.call(message))),
        Err(error) => return given(&json!({ "error": error.to_string() })),
    };
    match next {
        Some(ask) => given(&ask),
        None => given(&json!({ "error": "the book is not open" })),
    }
}

/// Takes back what [`open`] or [`call`] gave.
///
/// # Safety
///
/// It is from one of them, and nobody uses it afterwards.
#[unsafe(no_mangle)]
unsafe extern "C" fn release(answer: *mut u8) {
    // Safety: the length stands before the bytes, and was given with them.
    unsafe {
        let length = u32::from_le_bytes(*answer.cast::<[u8; 4]>());
        drop(taken(answer, length as usize + 4));
    }
}

/// # Safety
///
/// It is the whole of what [`allocate`] or [`given`] made, and nobody else uses it.
unsafe fn taken(bytes: *mut u8, length: usize) -> Vec<u8> {
    // Safety: as the caller promises; a boxed slice is what both of them made.
    unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(bytes, length)) }.into_vec()
}

/// A text with its length before it, for JavaScript.
fn given(answer: &impl serde::Serialize) -> *mut u8 {
    // What is given is our own, and writes as JSON.
    let json = serde_json::to_vec(answer).unwrap_or_default();
    let length = u32::try_from(json.len()).unwrap_or_default();
    let bytes = [&length.to_le_bytes(), json.as_slice()].concat();
    Box::into_raw(bytes.into_boxed_slice()).cast()
}
