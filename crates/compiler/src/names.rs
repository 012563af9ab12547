//! Every name of the book and what it stands for.

use std::cell::RefCell;
use std::collections::HashMap;

use care::{FindingId, FindingKind, Source, SourceId};

use crate::block::Blocks;
use crate::claims::Claims;

/// What can be referred to.
pub(crate) struct Names<'n> {
    pub(crate) blocks: &'n Blocks<'n>,
    pub(crate) sources: &'n [Source],
    pub(crate) claims: &'n Claims,
    source_ids: HashMap<&'n str, u16>,
    /// The places in sources that are cited, each once; they come after the sources.
    cited: RefCell<Vec<Source>>,
    finding_kinds: Vec<Option<FindingKind>>,
}

impl<'n> Names<'n> {
    pub(crate) fn new(blocks: &'n Blocks<'n>, sources: &'n [Source], claims: &'n Claims) -> Self {
        let ids = (0..=u16::MAX).zip(sources).map(|(index, source)| (source.id.as_str(), index));
        Self {
            blocks,
            sources,
            claims,
            source_ids: ids.collect(),
            cited: RefCell::default(),
            finding_kinds: Vec::new(),
        }
    }

    /// What each finding takes as an answer; `None` where its block does not say properly.
    pub(crate) fn set_finding_kinds(&mut self, kinds: Vec<Option<FindingKind>>) {
        self.finding_kinds = kinds;
    }

    pub(crate) fn source(&self, id: &str) -> Option<SourceId> {
        self.source_ids.get(id).copied().map(SourceId)
    }

    /// A place in a source.
    pub(crate) fn cite(&self, source: SourceId, at: String) -> SourceId {
        let Some(whole) = self.sources.get(source.index()) else { return source };
        let mut cited = self.cited.borrow_mut();
        let known = cited.iter().position(|place| place.id == whole.id && place.at.as_ref() == Some(&at));
        let index = known.unwrap_or_else(|| {
            cited.push(Source { at: Some(at), ..whole.clone() });
            cited.len() - 1
        });
        // Past the last number an id that the book does not have is refused with the book.
        SourceId(u16::try_from(self.sources.len() + index).unwrap_or(u16::MAX))
    }

    /// Every source, and after them every place that is cited.
    pub(crate) fn all_sources(&self) -> Vec<Source> {
        let cited = self.cited.borrow();
        self.sources.iter().chain(cited.iter()).cloned().collect()
    }

    pub(crate) fn finding_kind(&self, finding: FindingId) -> Option<&FindingKind> {
        self.finding_kinds.get(finding.index())?.as_ref()
    }
}
