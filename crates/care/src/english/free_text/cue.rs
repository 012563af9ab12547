//! One cue: a word or two that change how a mention is meant.

use std::ops::Range;

/// What a cue does to the mentions in its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Not,
    /// As `Not`, where it is open whether the "no" still reaches.
    MaybeNot,
    Gone,
    Past,
    SomeoneElse,
    /// As `SomeoneElse`, where it is no person.
    OfAThing,
    Asked,
    Supposed,
}

/// One cue with the words it consists of and the words it acts on.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
    pub(super) scope: Range<usize>,
}
