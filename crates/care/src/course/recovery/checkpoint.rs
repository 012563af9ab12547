//! The days on which the course is looked at.
//!
//! What follows from them stands in the book as ordinary rules over derived
//! findings; this is only the list, so that a page can say when to look next.

use super::series::Hours;

/// A day on which the course is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Days since the pain began.
    pub day: u32,
    /// Its name: `week 2`.
    pub name: &'static str,
    /// What should be so by then.
    pub expect: &'static str,
}

/// Every checkpoint, first one first (evidence 3.3).
pub const CHECKPOINTS: [Checkpoint; 7] = [
    Checkpoint { day: 2, name: "day 2", expect: "It has begun to ease, even if only a little." },
    Checkpoint { day: 3, name: "day 3", expect: "It is lower than at the start." },
    Checkpoint { day: 7, name: "day 7", expect: "It is lower than at the start, and not strong." },
    Checkpoint { day: 14, name: "week 2", expect: "It is down by about a third." },
    Checkpoint { day: 28, name: "week 4", expect: "It is down by a third or more." },
    Checkpoint { day: 42, name: "week 6", expect: "It is below 4 of 10, and you can do most things." },
    Checkpoint { day: 84, name: "week 12", expect: "It is gone, or nearly." },
];

/// The first checkpoint that lies after this time; `None` past the last.
pub fn next_checkpoint(since_onset: Hours) -> Option<Checkpoint> {
    CHECKPOINTS.into_iter().find(|checkpoint| checkpoint.day > since_onset.whole_days())
}
