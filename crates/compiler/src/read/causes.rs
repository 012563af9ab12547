//! What may lie behind the pain, and what speaks for and against it.

use care::{BlockId, Cause, CauseId, CauseKind, Condition, Evidence};
use toml::Spanned;

use super::Reader;
use crate::block::{Block, Kind};
use crate::fields::Fields;
use crate::names::Names;
use crate::suggest::did_you_mean;

pub(super) fn cause(reader: &mut Reader<'_, '_>, index: usize, block: &Block<'_>) -> Cause {
    let when = reader.condition(block, index, "when");
    let not_likely_if = reader.condition(block, index, "not_likely_if");
    let conditions = reader.listed_conditions(block, index, "evidence");
    let mut fields = Fields::of(block, reader.log);
    fields.know("when");
    fields.know("not_likely_if");
    let kinds = [
        ("contributor", CauseKind::Contributor),
        ("condition", CauseKind::Condition),
        ("mimic", CauseKind::Mimic),
    ];
    let kind = fields.word("kind", &kinds).map(Spanned::into_inner);
    match kind {
        Some(CauseKind::Contributor) => contributor(&mut fields),
        Some(CauseKind::Condition | CauseKind::Mimic) => ranked(&mut fields),
        None => {}
    }
    let cause = Cause {
        id: block.id.clone(),
        place: block.place.clone(),
        kind: kind.unwrap_or(CauseKind::Mimic),
        name: fields.text("name"),
        term: fields.optional_text("term").map(Spanned::into_inner),
        explain: fields.text("explain"),
        base_rate: base_rate(&mut fields),
        base_rate_sources: fields.sources_under("base_rate_sources", &reader.names),
        evidence: evidence(&mut fields, conditions, &reader.names),
        not_likely_if: not_likely_if.map(|(_, condition)| condition),
        goes_with: fields
            .references("goes_with", Kind::Cause, &reader.names)
            .into_iter()
            .map(CauseId)
            .collect(),
        confirm: fields.optional_text("confirm").map(Spanned::into_inner),
        when: when.map(|(_, condition)| condition),
        daily: fields.flag("daily"),
        helps: helps(&mut fields, &reader.names),
        sources: fields.sources(&reader.names),
        claims: fields.claims(&reader.names),
    };
    fields.finish();
    cause
}

/// Contributors are listed, not ranked.
fn contributor(fields: &mut Fields<'_, '_>) {
    for key in ["base_rate", "base_rate_sources", "evidence", "not_likely_if", "goes_with", "confirm"] {
        if fields.has(key) {
            let message = format!("{} is a contributor and has `{key}`", fields.name);
            fields.problem_at_key(key, message, "contributors are not ranked; give it `when` and `helps`");
        }
    }
    if !fields.has("when") {
        fields.missing("when", "add the condition under which it is listed");
    }
}

/// Conditions and mimics are ranked, and never without saying how often they are the cause.
fn ranked(fields: &mut Fields<'_, '_>) {
    for key in ["when", "helps", "daily"] {
        if fields.has(key) {
            let message = format!("{} is no contributor and has `{key}`", fields.name);
            fields.problem_at_key(key, message, "give it `base_rate`, `evidence` and `confirm` instead");
        }
    }
    if fields.has("base_rate") {
        if !fields.has("base_rate_sources") {
            fields.missing("base_rate_sources", "say where the number is taken from, or `design_judgement`");
        }
        if !fields.has("confirm") {
            fields.missing("confirm", "say in one sentence what would confirm it, and who does that");
        }
    } else {
        for key in ["base_rate_sources", "evidence", "not_likely_if", "goes_with"] {
            if fields.has(key) {
                let message = format!("{} has `{key}` without `base_rate`", fields.name);
                fields.problem_at_key(key, message, "add how many of 1,000 adults with back pain have it");
            }
        }
    }
}

/// Of 1,000 adults with back pain.
fn base_rate(fields: &mut Fields<'_, '_>) -> Option<f64> {
    let rate = fields.optional_decimal("base_rate")?;
    if rate >= 1_000.0 {
        let help = "it is how many of 1,000 adults with back pain have it";
        fields.problem_at_key("base_rate", format!("`base_rate` is {rate}"), help);
        return None;
    }
    Some(rate)
}

fn evidence(fields: &mut Fields<'_, '_>, conditions: Vec<Condition>, names: &Names<'_>) -> Vec<Evidence> {
    let tables = fields.tables("evidence");
    let read = |(table, condition)| {
        fields.nested("the evidence", table, |fields| {
            fields.require_if();
            let (yes, no) = (fields.decimal("yes"), fields.decimal("no"));
            let defining = fields.optional_flag("defining").unwrap_or(false);
            if defining && yes <= 1.0 {
                let help =
                    "a defining sign speaks for its cause; give it a `yes` above 1, or drop `defining`";
                fields.problem_at_key("defining", format!("`defining` with `yes = {yes}`"), help);
            }
            Evidence { condition, yes, no, defining, sources: fields.sources(names) }
        })
    };
    tables.into_iter().zip(conditions).map(read).collect()
}

/// The remedies and habits that act on it.
fn helps(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Vec<BlockId> {
    let mut known = Vec::new();
    for text in fields.optional_texts("helps") {
        let id = text.get_ref();
        let mut found = [Kind::Remedy, Kind::Habit]
            .into_iter()
            .filter_map(|kind| names.blocks.find(kind, id).map(|index| kind.nth(index)))
            .peekable();
        if found.peek().is_some() {
            known.extend(found);
        } else {
            let ids = names.blocks.ids(Kind::Remedy).chain(names.blocks.ids(Kind::Habit));
            let help = did_you_mean(id, ids, "name a remedy or a habit");
            fields.problem(text.span(), format!("there is no remedy or habit `{id}`"), help);
        }
    }
    known
}
