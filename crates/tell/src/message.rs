//! The sentences of the program, compiled from `words/en.ftl` by `build.rs`.

#![allow(
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

include!(concat!(env!("OUT_DIR"), "/message.rs"));
