//! `cargo +nightly fuzz run json_lines --features libfuzzer`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| unclench_fuzz::json_lines(data));
