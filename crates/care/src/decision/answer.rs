//! One answer.

use crate::book::OptionIndex;

/// One answer. "Unanswered" is not an answer: it is the absence of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The finding is present.
    Yes,
    /// The finding is absent.
    No,
    /// The person was asked and cannot say. Never the same as no.
    NotSure,
    /// The value of a number finding, in its unit.
    Number(i64),
    /// The option of a choice finding.
    Option(OptionIndex),
}
