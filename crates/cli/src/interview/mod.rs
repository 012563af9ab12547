//! The interview: one screen at a time, by a person or by a program.

use care::{Guideline, Region};

use crate::exit::Exit;

mod lines;
mod screen;
mod terminal;

pub(crate) use lines::over_lines;

/// The interview in the terminal.
pub(crate) fn in_terminal(guideline: &Guideline, region: &Region) -> anyhow::Result<Exit> {
    terminal::run(guideline, region)
}
