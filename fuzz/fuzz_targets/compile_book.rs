//! `cargo +nightly fuzz run compile_book --features libfuzzer`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| unclench_fuzz::compile_book(data));
