//! Numbers for sources, so that a line stays short and its source is one look away.

use std::cell::RefCell;

use care::{Guideline, SourceId};

/// The sources cited on one page, numbered from 1 in the order of first use.
///
/// ```
/// use care::SourceId;
/// use tell::Citations;
/// let citations = Citations::default();
/// assert_eq!(citations.mark(&[SourceId(7)]), "[1]");
/// assert_eq!(citations.mark(&[SourceId(2), SourceId(7)]), "[1, 2]");
/// assert_eq!(citations.sources(), [SourceId(7), SourceId(2)]);
/// ```
#[derive(Debug, Default)]
pub struct Citations(RefCell<Vec<SourceId>>);

impl Citations {
    /// The mark for some sources: `[1, 4]`.
    pub fn mark(&self, sources: &[SourceId]) -> String {
        let mut cited = self.0.borrow_mut();
        let mut numbers: Vec<usize> = sources
            .iter()
            .map(|source| {
                let known = cited.iter().position(|other| other == source);
                known.unwrap_or_else(|| {
                    cited.push(*source);
                    cited.len() - 1
                }) + 1
            })
            .collect();
        numbers.sort_unstable();
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        format!("[{}]", numbers.join(", "))
    }

    /// Every source cited so far: the first has number 1.
    pub fn sources(&self) -> Vec<SourceId> {
        self.0.borrow().clone()
    }

    /// The number of a source, if it was cited.
    pub fn number(&self, source: SourceId) -> Option<usize> {
        self.0.borrow().iter().position(|other| *other == source).map(|index| index + 1)
    }

    /// Every source cited so far with its number, title and where to find it.
    pub fn list(&self, guideline: &Guideline) -> Vec<(usize, String)> {
        (1..)
            .zip(self.0.borrow().iter())
            .map(|(number, id)| {
                let source = guideline.source(*id);
                let year = source.year.map(|year| format!(" ({year})")).unwrap_or_default();
                (number, format!("{}{year}. {}", source.cited(), source.link))
            })
            .collect()
    }
}
