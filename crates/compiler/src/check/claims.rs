//! Every claim of the source articles is acted on, or it is said why not.

use std::collections::{BTreeMap, BTreeSet};

use crate::block::Kind;
use crate::claims::{Claims, claimed};
use crate::problem::Log;
use crate::read::Draft;

pub(super) fn check(draft: &Draft<'_>, claims: &Claims, log: &mut Log) {
    let covered: BTreeSet<&str> =
        claimed(&draft.book).into_iter().flat_map(care::Block::claims).map(String::as_str).collect();
    let mut not_followed: BTreeMap<&str, &str> = BTreeMap::new();
    for block in &draft.book.not_followed {
        for claim in &block.claims {
            if let Some(first) = not_followed.insert(claim, &block.id) {
                let spot = draft.blocks(Kind::NotFollowed).iter().find(|other| other.id == block.id);
                if let Some(spot) = spot.filter(|_| first != block.id) {
                    let message = format!("`{claim}` is already not followed by `{first}`");
                    log.problem(&spot.spot(), message, "take it out of one of the two");
                }
            }
        }
    }
    for (index, claim) in claims.list.iter().enumerate() {
        let id = claim.id.as_str();
        let (message, help) = match (covered.contains(id), not_followed.get(id)) {
            (true, None) | (false, Some(_)) => continue,
            (false, None) => (
                format!("no block acts on the claim `{id}`"),
                "name it under `claims` of the block that does, or say in a `[not_followed.ID]` why none does".to_owned(),
            ),
            (true, Some(block)) => (
                format!("the claim `{id}` is acted on, and `{block}` says that it is not followed"),
                "take it out of one of the two".to_owned(),
            ),
        };
        log.problem(claims.spot(index), message, help);
    }
}
