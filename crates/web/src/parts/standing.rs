//! Where the person stands, as far as pages need to know that anybody may read.
//!
//! In an emergency nothing but help is shown; what the person must always reach,
//! their data, the settings and the book, then stands below the call for help.

use care::Urgency;

use crate::visitor::Visitor;

/// Where the person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The danger questions are not finished.
    Unknown,
    /// There is an outcome, and it is no emergency.
    Known,
    /// What they told us calls for help now.
    Emergency,
}

impl Standing {
    /// Of the record now.
    pub(crate) fn of(visitor: &Visitor<'_>) -> Self {
        match visitor.standing().concluded().map(care::Finished::urgency) {
            Some(Urgency::Emergency) => Self::Emergency,
            Some(_) => Self::Known,
            None => Self::Unknown,
        }
    }

    /// Where the danger questions are asked, or asked again.
    pub(crate) fn danger_questions(self) -> &'static str {
        match self {
            Self::Unknown => "/question",
            // There they are asked again.
            Self::Known | Self::Emergency => "/changed",
        }
    }
}
