//! `cargo +nightly fuzz run form --features libfuzzer`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| unclench_fuzz::form(data));
