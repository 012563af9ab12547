//! `cargo +nightly fuzz run read_answers --features libfuzzer`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| unclench_fuzz::read_answers(data));
