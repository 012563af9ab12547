//! The condition language: a closed subset of CQL over findings.

mod flat;

use serde::{Deserialize, Serialize};

use crate::book::ids::{FindingId, RuleId};

/// When something holds. Written in the book, parsed by `compiler`.
///
/// Findings, options and rules are already resolved: an unknown name cannot
/// reach `care`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<flat::Part>", into = "Vec<flat::Part>")]
pub enum Condition {
    /// A yes/no finding: `fever`.
    Yes(FindingId),
    /// A number against a whole number: `age >= 65`.
    Compare(FindingId, Comparison, i64),
    /// A choice against one of its options: `trigger = 'lifting'`.
    Is(FindingId, OptionIndex),
    /// At least so many of these.
    AtLeast(usize, Vec<Condition>),
    /// All of these; of none, true.
    And(Vec<Condition>),
    /// Any of these; of none, false.
    Or(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
    /// The `when` of another rule.
    Rule(RuleId),
}

/// Which option of a choice, counted from 0 in the order of the book.
pub type OptionIndex = u16;

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// Whether `left` compares so with `right`.
    ///
    /// ```
    /// use care::Comparison;
    /// assert!(Comparison::Less.holds(2, 3));
    /// assert!(!Comparison::Less.holds(3, 3));
    /// ```
    pub fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
        }
    }

    /// As it is written in the book and in CQL.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

impl Condition {
    /// Calls `visit` for every part of the condition, outermost first.
    /// Rules that are referred to are visited as [`Condition::Rule`], not opened.
    pub fn walk<'c>(&'c self, visit: &mut impl FnMut(&'c Condition)) {
        visit(self);
        match self {
            Self::AtLeast(_, parts) | Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.walk(visit);
                }
            }
            Self::Not(inner) => inner.walk(visit),
            Self::Yes(_) | Self::Compare(..) | Self::Is(..) | Self::Rule(_) => {}
        }
    }

    /// The finding this part tests directly, if it is a test of a finding.
    pub fn finding(&self) -> Option<FindingId> {
        match self {
            Self::Yes(finding) | Self::Compare(finding, ..) | Self::Is(finding, _) => Some(*finding),
            _ => None,
        }
    }
}
