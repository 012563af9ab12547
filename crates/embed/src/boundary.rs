//! The boundary to another language: bytes in, bytes out.
//!
//! Whoever calls keeps four rules: what [`allocate`] gave is filled and handed over once, whole,
//! to [`open_book`] or [`call`]; what these give is read (a length of four bytes, little-endian, then
//! so many bytes of JSON) and then given to [`release`], once. A book is opened before the first
//! call, and a module has one book.
#![allow(unsafe_code, reason = "pointers of another language")]

use std::cell::OnceCell;

use jiff::Timestamp;
use serde_json::json;

use crate::engine::Engine;

thread_local! {
    static ENGINE: OnceCell<Engine> = const { OnceCell::new() };
}

/// Bytes that the other side fills.
#[unsafe(no_mangle)]
extern "C" fn allocate(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Opens a compiled book: `{"told": {"version": ..., "hash": ...}}`, or `{"error": "..."}`.
///
/// # Safety
///
/// It is whole and from [`allocate`], and nobody uses it afterwards.
#[unsafe(no_mangle)]
unsafe extern "C" fn open_book(book: *mut u8, length: usize) -> *mut u8 {
    // Safety: as the caller promises.
    let book = unsafe { taken(book, length) };
    let opened = Engine::open(&book).map_err(|error| error.to_string());
    let opened = opened.and_then(|engine| {
        let told = json!({ "told": wire::BookVersion::of(engine.guideline()) });
        let kept = ENGINE.with(|kept| kept.set(engine).is_ok());
        kept.then_some(told).ok_or_else(|| "a book is open already".to_owned())
    });
    given(&opened.unwrap_or_else(|error| json!({ "error": error })).to_string())
}

/// Answers a call by its name at `now`, in milliseconds since 1970: `{"told": ...}`, or
/// `{"problem": ...}` as RFC 9457 has it.
///
/// # Safety
///
/// Both texts are whole and from [`allocate`], and nobody uses them afterwards.
#[unsafe(no_mangle)]
unsafe extern "C" fn call(
    name: *mut u8,
    name_length: usize,
    request: *mut u8,
    request_length: usize,
    now: f64,
) -> *mut u8 {
    // Safety: as the caller promises.
    let (name, request) = unsafe { (taken(name, name_length), taken(request, request_length)) };
    given(&ENGINE.with(|engine| match engine.get() {
        Some(engine) => answered(engine, &name, &request, now),
        None => json!({ "error": "no book is open" }).to_string(),
    }))
}

fn answered(engine: &Engine, name: &[u8], request: &[u8], now: f64) -> String {
    let (Ok(name), Ok(request)) = (std::str::from_utf8(name), std::str::from_utf8(request)) else {
        return json!({ "problem": wire::Problem::unreadable("the body is not UTF-8") }).to_string();
    };
    #[expect(clippy::cast_possible_truncation, reason = "a clock; what is out of range is none")]
    let Ok(now) = Timestamp::from_millisecond(now as i64) else {
        return json!({ "error": "the clock is not readable" }).to_string();
    };
    match engine.call(name, request, now) {
        Ok(told) => format!("{{\"told\":{told}}}"),
        Err(problem) => json!({ "problem": problem }).to_string(),
    }
}

/// Takes back what [`open_book`] or [`call`] gave.
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

/// A text with its length before it.
fn given(json: &str) -> *mut u8 {
    let length = u32::try_from(json.len()).unwrap_or_default();
    let bytes = [&length.to_le_bytes(), json.as_bytes()].concat();
    Box::into_raw(bytes.into_boxed_slice()).cast()
}
