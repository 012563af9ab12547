//! The sources of a page, numbered as they are cited on it.

use care::Guideline;
use tell::Citations;

/// A source with its number.
pub(crate) struct SourceLine<'v> {
    pub(crate) number: usize,
    pub(crate) title: String,
    pub(crate) year: String,
    pub(crate) link: &'v str,
}

/// The sources of a page, in the order of their numbers.
pub(crate) fn source_lines<'g>(guideline: &'g Guideline, citations: &Citations) -> Vec<SourceLine<'g>> {
    let line = |(number, id)| {
        let source = guideline.source(id);
        let year = source.year.map(|year| format!(" ({year})")).unwrap_or_default();
        SourceLine { number, title: source.cited(), year, link: &source.link }
    };
    (1..).zip(citations.sources()).map(line).collect()
}
