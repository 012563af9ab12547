//! `cargo +nightly fuzz run fhir --features libfuzzer`
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| unclench_fuzz::fhir(data));
