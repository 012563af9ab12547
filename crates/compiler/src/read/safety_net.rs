//! What a person is told at each urgency, and whom to call.

use care::{Outcome, Region, Urgency};
use toml::Spanned;

use super::Reader;
use crate::block::Block;
use crate::fields::Fields;
use crate::suggest::did_you_mean;

pub(super) fn outcome(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Outcome {
    let mut fields = Fields::of(block, reader.log);
    let urgency = block.id.parse::<Urgency>();
    if urgency.is_err() {
        let ids = Urgency::ALL.map(Urgency::id);
        let help = did_you_mean(&block.id, ids, format!("the urgencies are {}", ids.join(", ")));
        fields.problem_at_header(format!("there is no urgency `{}`", block.id), help);
    }
    let outcome = Outcome {
        urgency: urgency.unwrap_or_default(),
        place: block.place.clone(),
        title: fields.text("title"),
        actions: fields.words("do"),
        say: fields.optional_words("say"),
        sources: fields.sources(&reader.names),
        claims: fields.claims(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    outcome
}

pub(super) fn region(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Region {
    let mut fields = Fields::of(block, reader.log);
    let mut optional = |key| fields.optional_text(key).map(Spanned::into_inner);
    let (advice, crisis, poison) = (optional("advice"), optional("crisis"), optional("poison"));
    let region = Region {
        id: block.id.clone(),
        place: block.place.clone(),
        name: fields.text("name"),
        emergency: fields.text("emergency"),
        advice,
        crisis,
        poison,
        sources: fields.sources(&reader.names),
    };
    fields.finish();
    region
}
