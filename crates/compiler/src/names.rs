//! Every name of the book and what it stands for.

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
    finding_kinds: Vec<Option<FindingKind>>,
}

impl<'n> Names<'n> {
    pub(crate) fn new(blocks: &'n Blocks<'n>, sources: &'n [Source], claims: &'n Claims) -> Self {
        let ids = (0..=u16::MAX).zip(sources).map(|(index, source)| (source.id.as_str(), index));
        Self { blocks, sources, claims, source_ids: ids.collect(), finding_kinds: Vec::new() }
    }

    /// What each finding takes as an answer; `None` where its block does not say properly.
    pub(crate) fn set_finding_kinds(&mut self, kinds: Vec<Option<FindingKind>>) {
        self.finding_kinds = kinds;
    }

    pub(crate) fn source(&self, id: &str) -> Option<SourceId> {
        self.source_ids.get(id).copied().map(SourceId)
    }

    pub(crate) fn finding_kind(&self, finding: FindingId) -> Option<&FindingKind> {
        self.finding_kinds.get(finding.index())?.as_ref()
    }
}
