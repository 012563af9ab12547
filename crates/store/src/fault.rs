//! What is known to be wrong with a record.

use std::fmt;
use std::path::PathBuf;

use crate::event::Sequence;

/// Something that keeps a record from being all that was written.
///
/// Shown to the person, who may have taken a dose that is not there any more. Reads
/// as a part of a sentence: `entry 5 is missing`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Entries that were written are not there.
    Missing {
        /// The first of them.
        first: Sequence,
        /// The last of them; the same where it is one.
        last: Sequence,
    },
    /// An entry is not the one that was written at its place. It is left out.
    Changed {
        /// Its place.
        sequence: Sequence,
    },
    /// An entry stands where this program wrote none. It is left out.
    PutIn {
        /// Its place.
        sequence: Sequence,
    },
    /// What the file notes of its own end is missing or was changed, so that nobody
    /// knows whether the last entries are there.
    NoEnd,
    /// A part of the file cannot be read, so that nobody knows what else was in it.
    Unreadable,
    /// An older state of the file was put over it while it was open. What was read before
    /// is still known.
    PutBack {
        /// The last entry that was there.
        known: Sequence,
    },
    /// The file cannot be read any more. What was read before is still known.
    OutOfReach {
        /// What was found.
        problem: String,
    },
    /// The file was moved, replaced or deleted while it was open.
    Gone {
        /// Where it was.
        path: PathBuf,
    },
    /// Something that was sent could not be written, while this program runs. Only the person
    /// knows what it was, until they send it again.
    NotKept,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { first, last } if first == last => write!(f, "entry {first} is missing"),
            Self::Missing { first, last } => write!(f, "entries {first} to {last} are missing"),
            Self::Changed { sequence } => {
                write!(f, "entry {sequence} was changed or moved after it was written")
            }
            Self::PutIn { sequence } => write!(f, "entry {sequence} was put in by another program"),
            Self::NoEnd => f.write_str("the note of where it ends is missing or was changed"),
            Self::Unreadable => f.write_str("a part of the file cannot be read"),
            Self::PutBack { known } => {
                write!(f, "an older copy was put over its file, which had entries up to {known}")
            }
            Self::OutOfReach { problem } => write!(f, "its file cannot be read now ({problem})"),
            Self::Gone { path } => write!(f, "its file is no longer at {}", path.display()),
            Self::NotKept => f.write_str("something that you sent could not be kept, and was not sent again"),
        }
    }
}
