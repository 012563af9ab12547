//! The sentences of the program, compiled from `words/en.ftl` by `build.rs`.

#![allow(
    clippy::match_same_arms,
    clippy::single_match_else,
    clippy::too_many_lines,
    reason = "generated: one arm for each sentence of the catalogue"
)]

use std::borrow::Cow;
use std::fmt;

/// A sentence as it stands in the catalogue, for whoever measures or lists them.
#[derive(Clone, Copy, Debug)]
pub struct English {
    /// The part of the catalogue: `The outcome`.
    pub room: &'static str,
    /// Its key: `outcome-could-be`.
    pub key: &'static str,
    /// Its words, with `…` for what is put in.
    pub words: &'static str,
}

/// A number as English writes it: `1,200`.
fn number(number: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let digits = number.unsigned_abs().to_string();
    if number < 0 {
        f.write_str("-")?;
    }
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            f.write_str(",")?;
        }
        write!(f, "{digit}")?;
    }
    Ok(())
}

include!(concat!(env!("OUT_DIR"), "/message.rs"));
