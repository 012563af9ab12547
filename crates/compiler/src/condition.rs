//! The condition language: text to a tree with positions, and back.
//!
//! [`parse`] turns `fever and age >= 65` into a [`Tree`]; displaying a tree
//! gives text that parses to the same tree. What the names stand for is settled
//! in a second step, against the book.

mod parse;
mod print;
pub(crate) mod resolve;

use std::ops::Range;

use care::Comparison;

pub use parse::{MAX_DEPTH, parse};

/// A part of a condition and the bytes it was written in.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Where it stands in the condition's text.
    pub span: Range<usize>,
    /// What it says.
    pub node: Node,
}

/// What a part of a condition says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A yes/no finding or a rule: `fever`.
    Name(String),
    /// A number against a whole number: `age >= 65`.
    Compare(Word, Comparison, i64),
    /// A choice against one of its options: `trigger = 'lifting'`.
    Is(Word, Word),
    /// `AtLeast(2, a, b, c)`.
    AtLeast(i64, Vec<Tree>),
    /// Parts joined by `and`; two or more.
    And(Vec<Tree>),
    /// Parts joined by `or`; two or more.
    Or(Vec<Tree>),
    /// `not`.
    Not(Box<Tree>),
}

/// A name inside a comparison.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands in the condition's text.
    pub span: Range<usize>,
    /// The name itself, without quotes.
    pub text: String,
}

/// Trees are equal if they say the same, wherever they stand.
impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl Eq for Tree {}

/// Words are equal if they are the same name, wherever they stand.
impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Word {}

/// Why a text is no condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// The bytes that did not fit; empty at the end of the text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Tree {
    /// Calls `visit` with every finding or rule that is named, and whether it
    /// stands under an odd number of `not`.
    pub fn names<'t>(&'t self, visit: &mut impl FnMut(&'t str, &'t Range<usize>, bool)) {
        self.walk(false, visit);
    }

    fn walk<'t>(&'t self, negated: bool, visit: &mut impl FnMut(&'t str, &'t Range<usize>, bool)) {
        match &self.node {
            Node::Name(name) => visit(name, &self.span, negated),
            Node::Compare(word, ..) | Node::Is(word, _) => visit(&word.text, &word.span, negated),
            Node::AtLeast(_, parts) | Node::And(parts) | Node::Or(parts) => {
                for part in parts {
                    part.walk(negated, visit);
                }
            }
            Node::Not(inner) => inner.walk(!negated, visit),
        }
    }
}
