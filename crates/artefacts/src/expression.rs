//! What CQL and `FHIRPath` have in common, as far as the conditions of a book need it: three
//! values, comparisons, and names for what was worked out before.

use care::{Comparison, FindingId, Guideline};

/// An expression. It is true, false or neither.
#[derive(Clone, Debug)]
pub(crate) enum Expression {
    /// True or false.
    Always(bool),
    /// What was answered to a yes/no finding; neither where it is open or not sure.
    Answer(FindingId),
    /// A number against another one; neither without a number.
    Compare(FindingId, Comparison, i64),
    /// A choice against the id of one of its options; neither without a choice.
    Is(FindingId, String),
    /// Whether the answer was "not sure". Never neither.
    NotSure(FindingId),
    /// Whether there is neither an answer nor a "not sure". Never neither.
    Unanswered(FindingId),
    /// Another definition.
    Named(String),
    /// All of these.
    And(Vec<Expression>),
    /// Any of these.
    Or(Vec<Expression>),
    /// The opposite.
    Not(Box<Expression>),
    /// Whether it is known to be so: never neither.
    IsKnown(bool, Box<Expression>),
    /// The second if the first is true, else the third.
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// True once at least so many are true, false once fewer than that can be, and else neither.
    AtLeast(usize, Vec<Expression>),
}

impl Expression {
    pub(crate) fn named(name: impl Into<String>) -> Self {
        Self::Named(name.into())
    }

    pub(crate) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    pub(crate) fn known_to_be(self, value: bool) -> Self {
        Self::IsKnown(value, Box::new(self))
    }

    /// All of some; one alone stands by itself.
    pub(crate) fn all(parts: Vec<Self>) -> Self {
        one_or(parts, true, Self::And)
    }

    /// Any of some; one alone stands by itself.
    pub(crate) fn any(parts: Vec<Self>) -> Self {
        one_or(parts, false, Self::Or)
    }
}

/// What each of the two writes in a way of its own.
pub(crate) trait Language {
    /// A name of something else in the library.
    fn name(of: &str) -> String;
    /// Whether the answer to a finding was "not sure".
    fn not_sure(finding: &str) -> String;
    /// Whether there is neither an answer to a finding nor a "not sure".
    fn unanswered(finding: &str) -> String;
    fn not(inner: &str) -> String;
    /// As [`Expression::IsKnown`].
    fn is_known(value: bool, inner: &str) -> String;
    /// As [`Expression::If`].
    fn choose(when: &str, then: &str, otherwise: &str) -> String;
    /// As [`Expression::AtLeast`].
    fn at_least(needed: usize, parts: &[String]) -> String;
}

impl Expression {
    pub(crate) fn written<L: Language>(&self, guideline: &Guideline) -> String {
        let id = |finding: &FindingId| guideline.finding(*finding).id.as_str();
        let one = |part: &Self| part.written::<L>(guideline);
        let each = |parts: &[Self]| parts.iter().map(one).collect::<Vec<String>>();
        match self {
            Self::Always(value) => value.to_string(),
            Self::Answer(finding) => L::name(id(finding)),
            Self::Compare(finding, comparison, value) => {
                format!("({} {} {value})", L::name(id(finding)), comparison.symbol())
            }
            Self::Is(finding, option) => format!("({} = {})", L::name(id(finding)), string(option)),
            Self::NotSure(finding) => L::not_sure(id(finding)),
            Self::Unanswered(finding) => L::unanswered(id(finding)),
            Self::Named(of) => L::name(of),
            Self::And(parts) => format!("({})", each(parts).join(" and ")),
            Self::Or(parts) => format!("({})", each(parts).join(" or ")),
            Self::Not(inner) => L::not(&one(inner)),
            Self::IsKnown(value, inner) => L::is_known(*value, &one(inner)),
            Self::If(when, then, otherwise) => L::choose(&one(when), &one(then), &one(otherwise)),
            Self::AtLeast(needed, parts) => L::at_least(*needed, &each(parts)),
        }
    }
}

/// The sum of what each part counts.
pub(crate) fn sum(parts: &[String], counts: impl Fn(&String) -> String) -> String {
    parts.iter().map(counts).collect::<Vec<_>>().join(" + ")
}

/// A text in quotes, in both of them.
pub(crate) fn string(of: &str) -> String {
    quoted(of, '\'')
}

/// A text between two marks, which it may hold itself.
pub(crate) fn quoted(text: &str, mark: char) -> String {
    let text = text.replace('\\', "\\\\").replace(mark, &format!("\\{mark}"));
    format!("{mark}{text}{mark}")
}

fn one_or(mut parts: Vec<Expression>, of_none: bool, join: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.len() {
        0 => Expression::Always(of_none),
        1 => parts.remove(0),
        _ => join(parts),
    }
}

/// One definition of a library.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    /// Its name.
    pub(crate) name: String,
    /// What it means, in a sentence; empty where the name says it.
    pub(crate) about: String,
    /// What it is.
    pub(crate) value: Value,
}

/// What a definition is.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// True, false or neither.
    Truth(Expression),
    /// The word of the first that is true, else the last word.
    FirstOf(Vec<(Expression, &'static str)>, &'static str),
}
