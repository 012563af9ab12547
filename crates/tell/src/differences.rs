//! Where sources differ on something in a plan.

use care::Disagreement;

use crate::citations::Citations;
use crate::line::Line;

/// Who says what, and what we do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'g> {
    /// What it is about.
    pub topic: &'g str,
    /// What each side says.
    pub positions: Vec<Line<'g>>,
    /// What we do; stands after [`Message::WhatWeDo`](crate::Message::WhatWeDo).
    pub we_do: &'g str,
    /// Why.
    pub because: &'g str,
}

/// Where sources differ, with the marks of who says what.
pub fn differences<'g>(
    all: impl IntoIterator<Item = &'g Disagreement>,
    citations: &Citations,
) -> Vec<Difference<'g>> {
    let one = |found: &'g Disagreement| Difference {
        topic: &found.topic,
        positions: found
            .positions
            .iter()
            .map(|position| Line {
                words: position.says.as_str().into(),
                marks: citations.mark(&position.sources),
            })
            .collect(),
        we_do: &found.we_do,
        because: &found.because,
    };
    all.into_iter().map(one).collect()
}
