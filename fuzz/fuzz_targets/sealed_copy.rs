//! `cargo +nightly fuzz run sealed_copy --features libfuzzer`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| unclench_fuzz::sealed_copy(data));
