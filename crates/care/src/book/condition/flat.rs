//! A condition as a list, every part after its own parts: what is kept in a file.
//!
//! A tree that is read from a file would be as deep as the file says, and the
//! stack is not. A list is read in a loop, which counts how deep it gets.

use serde::{Deserialize, Serialize};

use super::{Comparison, Condition, OptionIndex};
use crate::book::ids::{FindingId, RuleId};

/// How deep conditions may nest; the compiler allows less.
const DEEPEST: usize = 128;

/// One part of a condition, which takes the last ones before it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Part {
    Yes(FindingId),
    Compare(FindingId, Comparison, i64),
    Is(FindingId, OptionIndex),
    Rule(RuleId),
    Not,
    And(usize),
    Or(usize),
    AtLeast(usize, usize),
}

/// A list of parts that is no condition.
#[derive(Debug, thiserror::Error)]
#[error("a condition whose parts do not fit together")]
pub(super) struct BadParts;

impl From<Condition> for Vec<Part> {
    fn from(condition: Condition) -> Self {
        let mut parts = Self::new();
        flatten(condition, &mut parts);
        parts
    }
}

fn flatten(condition: Condition, parts: &mut Vec<Part>) {
    let mut all = |of: Vec<Condition>| {
        let count = of.len();
        for part in of {
            flatten(part, parts);
        }
        count
    };
    let part = match condition {
        Condition::Yes(finding) => Part::Yes(finding),
        Condition::Compare(finding, comparison, value) => Part::Compare(finding, comparison, value),
        Condition::Is(finding, option) => Part::Is(finding, option),
        Condition::Rule(rule) => Part::Rule(rule),
        Condition::Not(inner) => {
            all(vec![*inner]);
            Part::Not
        }
        Condition::And(of) => Part::And(all(of)),
        Condition::Or(of) => Part::Or(all(of)),
        Condition::AtLeast(needed, of) => Part::AtLeast(needed, all(of)),
    };
    parts.push(part);
}

impl TryFrom<Vec<Part>> for Condition {
    type Error = BadParts;

    fn try_from(parts: Vec<Part>) -> Result<Self, BadParts> {
        let mut ready = Ready::default();
        for part in parts {
            let (condition, depth) = match part {
                Part::Yes(finding) => (Self::Yes(finding), 0),
                Part::Compare(finding, comparison, value) => (Self::Compare(finding, comparison, value), 0),
                Part::Is(finding, option) => (Self::Is(finding, option), 0),
                Part::Rule(rule) => (Self::Rule(rule), 0),
                Part::Not => {
                    let (inner, depth) = ready.0.pop().ok_or(BadParts)?;
                    (Self::Not(Box::new(inner)), depth + 1)
                }
                Part::And(count) => ready.last(count, Self::And)?,
                Part::Or(count) => ready.last(count, Self::Or)?,
                Part::AtLeast(needed, count) => ready.last(count, |of| Self::AtLeast(needed, of))?,
            };
            if depth > DEEPEST {
                return Err(BadParts);
            }
            ready.0.push((condition, depth));
        }
        match (ready.0.pop(), ready.0.is_empty()) {
            (Some((condition, _)), true) => Ok(condition),
            _ => Err(BadParts),
        }
    }
}

/// Conditions that no other has taken yet, each with how deep it nests.
#[derive(Default)]
struct Ready(Vec<(Condition, usize)>);

impl Ready {
    /// The last so many as one.
    fn last(
        &mut self,
        count: usize,
        joined: impl FnOnce(Vec<Condition>) -> Condition,
    ) -> Result<(Condition, usize), BadParts> {
        let start = self.0.len().checked_sub(count).ok_or(BadParts)?;
        let (parts, depths): (Vec<Condition>, Vec<usize>) = self.0.drain(start..).unzip();
        Ok((joined(parts), depths.into_iter().max().map_or(0, |deepest| deepest + 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, Part};
    use crate::book::condition::{Comparison, Condition};
    use crate::book::ids::{FindingId, RuleId};

    #[test]
    fn a_condition_is_the_same_after_it_was_a_list() {
        let yes = Condition::Yes(FindingId(1));
        let condition = Condition::And(vec![
            Condition::Not(Box::new(yes.clone())),
            Condition::Or(Vec::new()),
            Condition::AtLeast(
                2,
                vec![
                    Condition::Compare(FindingId(2), Comparison::Less, -3),
                    Condition::Is(FindingId(3), 4),
                    Condition::Rule(RuleId(5)),
                ],
            ),
            yes,
        ]);
        let parts: Vec<Part> = condition.clone().into();
        assert_eq!(Condition::try_from(parts).unwrap(), condition);
    }

    #[test]
    fn a_list_that_is_no_condition_is_refused() {
        let yes = Part::Yes(FindingId(0));
        let deep = |depth: usize| std::iter::once(yes).chain(vec![Part::Not; depth]).collect::<Vec<_>>();
        assert!(Condition::try_from(deep(DEEPEST)).is_ok());
        for parts in [
            vec![],
            vec![yes, yes],
            vec![Part::Not],
            vec![yes, Part::And(2)],
            vec![yes, Part::Or(usize::MAX)],
            deep(DEEPEST + 1),
            deep(1_000_000),
        ] {
            assert!(Condition::try_from(parts).is_err());
        }
    }
}
