//! `cargo +nightly fuzz run diary --features libfuzzer`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| unclench_fuzz::diary(data));
