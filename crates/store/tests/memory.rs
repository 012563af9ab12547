//! How much memory a record takes, counted allocation by allocation.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Read as _;

use flate2::read::GzDecoder;
use store::{Record, from_json};

#[global_allocator]
static COUNTED: dhat::Alloc = dhat::Alloc;

/// An entry every day for a year, each with its outcome and certificate.
const YEAR: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../web/tests/old_records/2026_11_3/year_of_diary.json.gz");

const MOST: usize = 3_000_000;

#[test]
fn a_year_of_daily_diary_takes_at_most_three_megabytes() {
    let packed = std::fs::read(YEAR).unwrap();
    let mut text = String::new();
    GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    let _profiler = dhat::Profiler::builder().testing().build();
    let before = dhat::HeapStats::get().curr_bytes;
    let record = Record::of(from_json(&text).unwrap().events().to_vec());
    let taken = dhat::HeapStats::get().curr_bytes - before;
    assert_eq!(record.assessments().len(), 366);
    println!("a year of daily diary takes {taken} bytes");
    assert!(taken <= MOST, "a year of daily diary takes {taken} bytes, more than {MOST}");
}
