//! How well advice is supported.

use serde::{Deserialize, Serialize};

/// What studies say of advice: whether it was tested at all, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Strength {
    /// Several good studies agree on a gain.
    Helps,
    /// Some studies found some help.
    MayHelp,
    /// Studied, with too little or mixed results.
    Unclear,
    /// Common advice, and no study of it for this.
    Untested,
    /// Good studies found no gain.
    NoHelp,
}

impl Strength {
    /// Every strength, best first.
    pub const ALL: [Self; 5] = [Self::Helps, Self::MayHelp, Self::Unclear, Self::Untested, Self::NoHelp];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Helps => "helps",
            Self::MayHelp => "may_help",
            Self::Unclear => "unclear",
            Self::Untested => "untested",
            Self::NoHelp => "no_help",
        }
    }

    /// What a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Helps => "tested: helps",
            Self::MayHelp => "tested: may help",
            Self::Unclear => "tested: no clear help",
            Self::Untested => "not tested",
            Self::NoHelp => "tested: does not help",
        }
    }
}
