//! The interview: one screen at a time, by a person or by a program.

mod kept;
mod lines;
mod outcome;
mod raw;
mod screen;
mod session;
mod start;
mod terminal;
mod tick_list;

pub(crate) use lines::over_lines;
pub(crate) use terminal::run as in_terminal;
