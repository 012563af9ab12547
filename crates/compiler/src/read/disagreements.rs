//! Where sources differ.

use care::{BlockId, Disagreement, Position, RemedyId};

use super::Reader;
use crate::block::{Block, Kind};
use crate::fields::Fields;
use crate::names::Names;
use crate::suggest::did_you_mean;

pub(super) fn disagreement(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Disagreement {
    let mut fields = Fields::of(block, reader.log);
    fields.require_items("about");
    let (about, about_others) = about(&mut fields, &reader.names);
    let disagreement = Disagreement {
        id: block.id.clone(),
        place: block.place.clone(),
        topic: fields.text("topic"),
        about,
        about_others,
        positions: positions(&mut fields, &reader.names),
        we_do: fields.text("we_do"),
        because: fields.text("because"),
    };
    fields.finish();
    disagreement
}

/// The blocks it concerns. A bare id is a remedy, or else a habit, a referral or a cause.
fn about(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> (Vec<RemedyId>, Vec<BlockId>) {
    let (mut remedies, mut others) = (Vec::new(), Vec::new());
    for text in fields.optional_texts("about") {
        let id = text.get_ref();
        if let Some(remedy) = names.blocks.find(Kind::Remedy, id) {
            remedies.push(RemedyId(remedy));
            continue;
        }
        let mut kinds = [Kind::Habit, Kind::Referral, Kind::Cause].into_iter();
        if let Some(other) = kinds.find_map(|kind| Some(kind.nth(names.blocks.find(kind, id)?))) {
            others.push(other);
            continue;
        }
        let known = [Kind::Remedy, Kind::Habit, Kind::Referral, Kind::Cause];
        let ids = known.into_iter().flat_map(|kind| names.blocks.ids(kind));
        let help = did_you_mean(id, ids, "name the block that the sources differ about");
        let message = format!("there is no remedy, habit, referral or cause `{id}`");
        fields.problem(text.span(), message, help);
    }
    (remedies, others)
}

fn positions(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Vec<Position> {
    fields.require_items("positions");
    let tables = fields.tables("positions");
    if tables.len() == 1 {
        let message = format!("{} has one position", fields.name);
        fields.problem_at_key("positions", message, "a disagreement has two sides or more");
    }
    let position =
        |fields: &mut Fields<'_, '_>| Position { says: fields.text("says"), sources: fields.sources(names) };
    tables.into_iter().map(|table| fields.nested("a position", table, position)).collect()
}
