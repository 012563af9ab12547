//! What leads where, as DOT or as a drawing.
//!
//! Both are read off the compiled book: screens show findings, findings enter
//! rules through conditions, rules lead to a level, and a gate leads from a
//! finding back to a screen.

mod dot;
mod named;
mod svg;

pub use dot::write as dot;
pub use svg::draw as svg;
