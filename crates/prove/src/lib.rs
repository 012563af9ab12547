//! Theorems about a guideline over every possible set of answers, so that its safety does not
//! rest on the answers that somebody thought of trying.
//!
//! In suggested reading order: `formula` (what a claim is written in), `person` (the answers of
//! anybody as variables), `meaning` (what the book says, from its text), `machine` (what the
//! compiled program does), `needs` (what it asks next), [`Theorem`] with the `theorems` themselves, `solver`, and `smt` (the same for
//! other solvers).

mod formula;
mod machine;
mod meaning;
mod needs;
mod person;
mod safety_case;
mod smt;
mod solver;
mod theorem;
mod theorems;

pub use safety_case::safety_case;
pub use theorem::{Failure, Report, Theorem};
pub use theorems::{NUMBERS, Subject, prove, theorem};
