//! What may lie behind the pain, and what the person can do.

use care::{
    Cause, CauseKind, Disagreement, Position, Remedy, RemedyId, RemedyStep, Seconds, Stage, Strength, Urgency,
};
use toml::Spanned;

use super::{Reader, URGENCIES};
use crate::block::{Block, Kind};
use crate::fields::Fields;
use crate::names::Names;

pub(super) fn cause(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Cause {
    let mut fields = Fields::of(block, reader.log);
    let kinds = [
        ("contributor", CauseKind::Contributor),
        ("condition", CauseKind::Condition),
        ("mimic", CauseKind::Mimic),
    ];
    let cause = Cause {
        id: block.id.clone(),
        place: block.place.clone(),
        kind: fields.word("kind", &kinds).map_or(CauseKind::Mimic, Spanned::into_inner),
        name: fields.text("name"),
        term: fields.optional_text("term").map(Spanned::into_inner),
        explain: fields.text("explain"),
        sources: fields.sources(&reader.names),
        claims: fields.optional_words("claims"),
    };
    fields.finish();
    cause
}

pub(super) fn remedy(reader: &mut Reader<'_, '_>, index: usize, block: &Block<'_>) -> Remedy {
    let offer = reader.condition(block, index, "offer");
    let avoid = reader.condition(block, index, "avoid");
    let mut fields = Fields::of(block, reader.log);
    fields.know("offer");
    fields.know("avoid");
    let avoid_because = fields.optional_text("avoid_because").map(Spanned::into_inner);
    if fields.has("avoid") && !fields.has("avoid_because") {
        let message = format!("{} has `avoid` without `avoid_because`", fields.name);
        fields.problem_at_key("avoid", message, "tell the person in one sentence why it is left out");
    }
    if !fields.has("avoid") && fields.has("avoid_because") {
        let message = format!("{} has `avoid_because` without `avoid`", fields.name);
        let help = "add the condition `avoid = \"...\"`, or remove the reason";
        fields.problem_at_key("avoid_because", message, help);
    }
    let stages = Stage::ALL.map(|stage| (stage.id(), stage));
    let strengths = Strength::ALL.map(|strength| (strength.id(), strength));
    let remedy = Remedy {
        id: block.id.clone(),
        place: block.place.clone(),
        name: fields.text("name"),
        stage: fields.word("stage", &stages).map_or(Stage::Now, Spanned::into_inner),
        // In an emergency there is no plan, so `emergency` is not among the words.
        up_to: fields.word("up_to", &URGENCIES[..4]).map_or(Urgency::SelfCare, Spanned::into_inner),
        offer: offer.map(|(_, condition)| condition),
        avoid: avoid.map(|(_, condition)| condition),
        avoid_because,
        why: fields.text("why"),
        steps: steps(&mut fields),
        gap: duration(&mut fields, "gap"),
        stop_if: fields.optional_words("stop_if"),
        strength: fields.word("strength", &strengths).map_or(Strength::None, Spanned::into_inner),
        sources: fields.sources(&reader.names),
        claims: fields.optional_words("claims"),
    };
    fields.require_prose(block);
    fields.finish();
    remedy
}

fn steps(fields: &mut Fields<'_, '_>) -> Vec<RemedyStep> {
    fields.require_items("steps");
    let tables = fields.tables("steps");
    let step = |fields: &mut Fields<'_, '_>| RemedyStep {
        text: fields.text("do"),
        timer: duration(fields, "timer"),
    };
    tables.into_iter().map(|table| fields.nested("a step", table, step)).collect()
}

fn duration(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Seconds> {
    let text = fields.optional_text(key)?;
    let duration = text.get_ref().parse();
    if duration.is_err() {
        let message = format!("`{}` is no length of time from 5 s to 24 h", text.get_ref());
        fields.problem(text.span(), message, "write it like \"45 s\", \"20 min\" or \"8 h\"");
    }
    duration.ok()
}

pub(super) fn disagreement(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Disagreement {
    let mut fields = Fields::of(block, reader.log);
    fields.require_items("about");
    let about = fields.references("about", Kind::Remedy, &reader.names);
    let disagreement = Disagreement {
        id: block.id.clone(),
        place: block.place.clone(),
        topic: fields.text("topic"),
        about: about.into_iter().map(RemedyId).collect(),
        positions: positions(&mut fields, &reader.names),
        we_do: fields.text("we_do"),
        because: fields.text("because"),
    };
    fields.finish();
    disagreement
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
