//! Questions with the passage that answers them.

use care::{AnswerSearch, Guideline};

use super::{Half, Share, names, rows};

/// What a question should get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An answer.
    Answer,
    /// "The book does not answer this".
    Refuse,
    /// A danger rule before anything else.
    Danger,
}

/// What came out for one question.
pub struct Row<'t> {
    pub question: &'t str,
    pub half: Half,
    pub kind: Kind,
    /// The expected passage first, then those that are right as well.
    pub expected: Vec<&'t str>,
    /// Rules shown first.
    pub danger: Vec<String>,
    /// Passages, best first, at most three.
    pub hits: Vec<String>,
}

impl Row<'_> {
    /// Whether the first passage is an expected one.
    pub fn is_first(&self) -> bool {
        self.danger.is_empty() && self.hits.first().is_some_and(|hit| self.expected.contains(&hit.as_str()))
    }

    /// Whether an expected passage is among the first three.
    pub fn is_in_three(&self) -> bool {
        self.hits.iter().any(|hit| self.expected.contains(&hit.as_str()))
            || self.danger.iter().any(|rule| self.expected.contains(&format!("rule.{rule}").as_str()))
    }

    /// Whether the one passage named first is the first.
    pub fn is_exact(&self) -> bool {
        self.danger.is_empty()
            && self.hits.first().is_some_and(|hit| self.expected.first() == Some(&hit.as_str()))
    }

    /// Whether it got what its kind asks for.
    pub fn is_right(&self) -> bool {
        match self.kind {
            Kind::Answer => self.is_first(),
            Kind::Refuse => self.danger.is_empty() && self.hits.is_empty(),
            Kind::Danger => {
                let rule = self.expected.first().and_then(|expected| expected.strip_prefix("danger."));
                rule.is_some_and(|rule| self.danger.iter().any(|shown| shown == rule))
            }
        }
    }
}

/// Asks every question.
///
/// Columns: question, the passage that answers it (or `refuse`, or
/// `danger.RULE`), passages that are right as well.
pub fn ask<'t>(guideline: &Guideline, set: &'t str) -> Vec<Row<'t>> {
    let search = AnswerSearch::new(guideline);
    rows(set)
        .map(|columns| {
            let column = |index: usize| columns.get(index).copied().unwrap_or_default();
            let expected = column(1);
            let reply = search.ask(column(0), 3);
            Row {
                question: column(0),
                half: Half::of(column(0)),
                kind: match expected {
                    "refuse" => Kind::Refuse,
                    rule if rule.starts_with("danger.") => Kind::Danger,
                    _ => Kind::Answer,
                },
                expected: std::iter::once(expected).chain(names(column(2))).collect(),
                danger: reply.danger.iter().map(|rule| guideline.rule(*rule).id.clone()).collect(),
                hits: reply.hits.iter().map(|hit| hit.passage.name(guideline)).collect(),
            }
        })
        .collect()
}

/// The figures over some rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    pub first: Share,
    pub in_three: Share,
    pub exact: Share,
    pub refused: Share,
    pub danger_first: Share,
    /// Ordinary questions that were not taken for a danger.
    pub calm: Share,
}

pub fn figures<'r, 't: 'r>(rows: impl Iterator<Item = &'r Row<'t>>) -> Figures {
    let mut figures = Figures::default();
    for row in rows {
        match row.kind {
            Kind::Answer => {
                figures.first.count(row.is_first());
                figures.in_three.count(row.is_in_three());
                figures.exact.count(row.is_exact());
                figures.calm.count(row.danger.is_empty());
            }
            Kind::Refuse => figures.refused.count(row.is_right()),
            Kind::Danger => figures.danger_first.count(row.is_right()),
        }
    }
    figures
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "  right passage first  {} (the one named first: {})", self.first, self.exact)?;
        writeln!(f, "  among the first three {}", self.in_three)?;
        writeln!(f, "  refused              {}", self.refused)?;
        writeln!(f, "  danger first         {}", self.danger_first)?;
        write!(f, "  no false alarm       {}", self.calm)
    }
}
