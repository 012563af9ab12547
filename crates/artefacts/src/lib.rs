//! The rules of a book for engines that nobody here wrote.
//!
//! The crate exists so that the same answers can be shown to come out elsewhere: [`cql`] is a
//! library for any CQL engine, [`fhirpath`] the same conditions for any `FHIRPath` engine, and
//! [`decision_table`] what a person reads. The first two are written from one list of
//! definitions, which says of every rule whether it fires, whether it still can, and whether
//! it still can fail, and of a person how urgent it is at least and at most.
//!
//! In suggested reading order: `expression` (what CQL and `FHIRPath` have in common),
//! `definitions` (what the conditions of the book mean in it), `cql`, `fhirpath`, `table`.

mod cql;
mod definitions;
mod expression;
mod fhirpath;
mod table;

pub use cql::cql;
pub use fhirpath::fhirpath;
pub use table::decision_table;
