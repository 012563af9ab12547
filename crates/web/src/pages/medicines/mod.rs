//! Medicines: what was taken, when the next may be, and whether one may be taken now.
//!
//! A dose that somebody thinks of is in hidden fields from page to page, never in
//! an address, so most pages here answer a form at once. Only what changes the
//! record for good leads on to another page: a dose, an entry that is taken back,
//! the country.
//!
//! In reading order: `cabinet` (who stands before it, and what is known),
//! `overview`, `find` (which pack), `check` (may it be taken), `questions` (what
//! must be known for that), `log` (it was taken), `when` (at what time), `region`
//! (whose limits).

mod cabinet;

pub(crate) mod overview;

pub(crate) mod find;

pub(crate) mod check;

pub(crate) mod purpose;
pub(crate) mod questions;

pub(crate) mod log;
pub(crate) mod next;
mod when;

pub(crate) mod region;

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
mod tests;
