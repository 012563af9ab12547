//! `cargo +nightly fuzz run condition --features libfuzzer`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| unclench_fuzz::condition(data));
