//! What every book must have.

use care::Urgency;

use crate::block::{Block, Kind};
use crate::problem::{Log, Spot};
use crate::read::Draft;
use crate::suggest::nearest;

/// An outcome for each urgency, and numbers to call for people anywhere.
pub(super) fn check(draft: &Draft<'_>, title: &Spot, log: &mut Log) {
    let names = &draft.names.blocks;
    let spot = |kind| {
        let first = names.of(kind).first();
        first.map_or_else(|| title.clone(), Block::spot)
    };
    for urgency in Urgency::ALL {
        let id = urgency.id();
        let is_misspelt = names.ids(Kind::Outcome).any(|outcome| nearest(outcome, [id]).is_some());
        if !is_misspelt {
            let help = format!("add a block `[outcome.{id}]`: what a person is told at that level");
            log.problem(&spot(Kind::Outcome), format!("there is no outcome `{id}`"), help);
        }
    }
    if names.find(Kind::Region, "anywhere").is_none() {
        let help = "add a block `[region.anywhere]`: whom to call where no other region fits";
        log.problem(&spot(Kind::Region), "there is no region `anywhere`", help);
    }
}
