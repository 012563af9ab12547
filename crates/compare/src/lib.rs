//! Who is told something else by another version of the book: a threshold that moved, a rule
//! that went, a word that changed.
//!
//! Both versions are read as decision diagrams over the answers of everybody, so that what
//! differs is found and counted exactly, whatever anybody thought of trying. An example stands
//! beside each change, and the program itself, which shares nothing with the diagrams, has
//! confirmed it.
//!
//! In suggested reading order: `count`, `diagram`, `space` (what can be answered), `reading` (a
//! book as diagrams), [`compare()`], [`Difference`], and how it is told: `told`, `page`.

mod compare;
mod count;
mod diagram;
mod difference;
mod listed;
mod order;
mod page;
mod reading;
mod space;
mod told;
mod vignette;

pub use compare::{Disagreement, compare};
pub use count::Count;
pub use difference::{
    ByRule, Difference, DoseChange, Example, Fate, LineChange, OfferChange, OutcomeChange, Share, Version,
};
pub use page::page;
pub use told::{changelog, text};
