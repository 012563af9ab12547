//! Questions that people ask, and claims that we do not act on.

use care::{BlockId, DisagreementId, KnownAnswer, NotFollowed, RuleId};

use super::Reader;
use crate::block::{Block, Kind};
use crate::fields::Fields;
use crate::names::Names;
use crate::suggest::did_you_mean;

/// Fewer phrasings than this and the question will not be found.
const MIN_ASKS: usize = 6;

/// What an answer may point to.
const SEEN: [Kind; 8] = [
    Kind::Rule,
    Kind::Cause,
    Kind::Remedy,
    Kind::Disagreement,
    Kind::Medicine,
    Kind::Habit,
    Kind::Referral,
    Kind::Answer,
];

pub(super) fn answer(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> KnownAnswer {
    let names = &reader.names;
    let mut fields = Fields::of(block, reader.log);
    let asks = fields.words("asks");
    if !asks.is_empty() && asks.len() < MIN_ASKS {
        let message = format!("{} has {} phrasings", fields.name, asks.len());
        fields.problem_at_key(
            "asks",
            message,
            format!("write at least {MIN_ASKS} ways in which people ask it"),
        );
    }
    let danger = fields.optional_text("danger");
    let danger = danger.and_then(|id| fields.reference(&id, Kind::Rule, names));
    let disagreement = fields.optional_text("disagreement");
    let disagreement = disagreement.and_then(|id| fields.reference(&id, Kind::Disagreement, names));
    let answer = KnownAnswer {
        id: block.id.clone(),
        place: block.place.clone(),
        asks,
        says: fields.text("says"),
        see: see(&mut fields, names),
        danger: danger.map(RuleId),
        disagreement: disagreement.map(DisagreementId),
        sources: fields.sources(names),
        claims: fields.claims(names),
    };
    fields.finish();
    answer
}

/// The blocks it points to, each as `kind.id`.
fn see(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Vec<BlockId> {
    let mut seen = Vec::new();
    for text in fields.optional_texts("see") {
        let (word, id) = text.get_ref().split_once('.').unwrap_or_default();
        let Some(kind) = SEEN.into_iter().find(|kind| kind.id() == word) else {
            let message = format!("`{}` is no block to point to", text.get_ref());
            let kinds = SEEN.map(Kind::id).join(", ");
            fields.problem(
                text.span(),
                message,
                format!("write it like \"rule.fever\"; the kinds are {kinds}"),
            );
            continue;
        };
        if let Some(index) = names.blocks.find(kind, id) {
            seen.push(kind.nth(index));
        } else {
            let help = did_you_mean(
                id,
                names.blocks.ids(kind),
                format!("add a block `[{word}.{id}]`, or use another"),
            );
            fields.problem(text.span(), format!("there is no {word} `{id}`"), help);
        }
    }
    seen
}

pub(super) fn not_followed(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> NotFollowed {
    let mut fields = Fields::of(block, reader.log);
    fields.require_items("claims");
    let not_followed = NotFollowed {
        id: block.id.clone(),
        place: block.place.clone(),
        claims: fields.claims(&reader.names),
        because: fields.text("because"),
    };
    fields.finish();
    not_followed
}
