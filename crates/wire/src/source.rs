use care::{Guideline, SourceId};
use serde::Serialize;

/// Where a sentence is from, so that none stands without its source.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Source<'g> {
    /// Its name in the book.
    pub id: &'g str,
    /// Its title.
    pub title: &'g str,
    /// When it was published.
    pub year: Option<u16>,
    /// Where to read it.
    pub link: &'g str,
}

/// Some sources with title and link.
pub fn sources<'g>(guideline: &'g Guideline, ids: &[SourceId]) -> Vec<Source<'g>> {
    let source = |id: &SourceId| {
        let source = guideline.source(*id);
        Source { id: &source.id, title: &source.title, year: source.year, link: &source.link }
    };
    ids.iter().map(source).collect()
}
