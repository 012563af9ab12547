//! `cargo +nightly fuzz run compiled --features libfuzzer`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| unclench_fuzz::compiled(data));
