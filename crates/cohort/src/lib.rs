//! A book over the records of many people: who would be sent where, by which rule, what is
//! missing, and who changes with the next book.
//!
//! The crate exists so that a file of millions of records is read, decided and written in blocks
//! and with bounded memory, while `care` stays without files. A record that cannot be read goes
//! into a file of its own, with its place and the reason; every record that came in went out or
//! is there.
//!
//! In suggested reading order: `record`, `header`, `csv`, `json` (one record), `block` (from
//! answers to bit planes), `width` and `engine` (from planes to outcomes), `table` (outcomes as
//! text), `batch`, `format`, `source`, `kept` (files of records), `reader`, `worker` (from one to the other), `sink`,
//! `checkpoint`, `run` (a whole run), `diff` (two books over one file). With the feature
//! `columnar` also `columnar` and `parquet_out`.

mod batch;
mod block;
mod checkpoint;
mod cohort_error;
#[cfg(feature = "columnar")]
mod columnar;
mod csv;
mod diff;
mod engine;
mod format;
mod header;
mod json;
mod kept;
#[cfg(feature = "columnar")]
mod parquet_out;
mod reader;
mod record;
mod run;
mod sink;
mod source;
mod table;
mod width;
mod worker;

pub use block::{Block, CHUNKS, PEOPLE};
pub use cohort_error::CohortError;
pub use diff::{Change, Changes, Levels, diff};
pub use engine::{Engine, Lists, Verdicts};
pub use format::Format;
pub use header::{HeaderError, Others};
pub use record::Id;
pub use run::{Options, Report, Step, run};
pub use table::COLUMNS;
pub use width::Width;
pub use worker::Counts;
