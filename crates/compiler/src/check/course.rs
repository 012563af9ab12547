//! The expected course: all edges of the band, every threshold, and one look back a day.

use care::{Cutoff, Edge};

use crate::block::{Block, Kind};
use crate::problem::Log;
use crate::read::Draft;

pub(super) fn check(draft: &Draft<'_>, log: &mut Log) {
    let curves = draft.blocks(Kind::Curve);
    for edge in Edge::ALL {
        if let Some(first) = curves.first().filter(|_| curves.iter().all(|curve| curve.id != edge.id())) {
            let help =
                format!("add a block `[curve.{}]`; a band has all edges, or a book has none", edge.id());
            log.problem(&first.spot(), format!("there is no curve `{}`", edge.id()), help);
        }
    }
    let thresholds = draft.blocks(Kind::Threshold);
    for cutoff in Cutoff::ALL {
        let is_it = |block: &Block<'_>| block.id == cutoff.id();
        if let Some(first) = thresholds.first().filter(|_| !thresholds.iter().any(is_it)) {
            let help = format!("add a block `[threshold.{}]`: {}", cutoff.id(), cutoff.meaning());
            log.problem(&first.spot(), format!("there is no threshold `{}`", cutoff.id()), help);
        }
    }
    let checkpoints = &draft.book.checkpoints;
    for (index, checkpoint) in checkpoints.iter().enumerate() {
        let block = &draft.blocks(Kind::Checkpoint)[index];
        if let Some(first) = checkpoints[..index].iter().find(|other| other.day == checkpoint.day) {
            let message = format!("{} is on day {}, and so is `{}`", block.name(), first.day, first.id);
            log.problem(&block.spot(), message, "make one of them, or move it");
        }
    }
}
