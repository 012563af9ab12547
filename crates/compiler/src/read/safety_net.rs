//! What a person is told at each urgency, and whom to call.

use care::{
    AlreadyThere, ComeBackLine, ComeBackLineId, FindingId, HelpLine, Outcome, Region, Signs, Urgency,
};
use toml::Spanned;

use super::{Reader, URGENCIES};
use crate::block::{Block, Kind};
use crate::fields::Fields;
use crate::names::Names;
use crate::suggest::did_you_mean;

pub(super) fn outcome(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Outcome {
    let mut fields = Fields::of(block, reader.log);
    let own = fields.optional_word("urgency", &URGENCIES).map(Spanned::into_inner);
    let by_name = block.id.parse::<Urgency>().ok();
    if by_name.is_some() && own.is_some() {
        let help = "leave `urgency` out: the name says it";
        fields.problem_at_key("urgency", format!("{} has an urgency twice", fields.name), help);
    } else if by_name.is_none() && !fields.has("urgency") {
        let ids = Urgency::ALL.map(Urgency::id);
        let help = format!("the urgencies are {}; an outcome for some rules says `urgency`", ids.join(", "));
        let help = did_you_mean(&block.id, ids, help);
        fields.problem_at_header(format!("there is no urgency `{}`", block.id), help);
    }
    let lines = HelpLine::ALL.map(|line| (line.id(), line));
    let outcome = Outcome {
        id: block.id.clone(),
        urgency: by_name.or(own).unwrap_or_default(),
        place: block.place.clone(),
        title: fields.text("title"),
        first_call: fields.optional_word("first_call", &lines).map(Spanned::into_inner),
        actions: fields.words("do"),
        also: fields.optional_words("also"),
        say: fields.optional_words("say"),
        red_lines: signs(&mut fields, "red_lines", &reader.names),
        sources: fields.sources(&reader.names),
        claims: fields.claims(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    outcome
}

/// Sentences that each stand for several findings.
pub(super) fn signs(fields: &mut Fields<'_, '_>, key: &'static str, names: &Names<'_>) -> Vec<Signs> {
    let tables = fields.tables(key);
    let read = |fields: &mut Fields<'_, '_>| {
        fields.require_items("covers");
        let covers = fields.references("covers", Kind::Finding, names);
        Signs { says: fields.text("says"), covers: covers.into_iter().map(FindingId).collect() }
    };
    tables.into_iter().map(|table| fields.nested(key, table, read)).collect()
}

/// What is said of a part of a line to whoever has that already; each part stands in the line.
fn already(fields: &mut Fields<'_, '_>, lines: &[Option<&String>], names: &Names<'_>) -> Vec<AlreadyThere> {
    let read = |fields: &mut Fields<'_, '_>| {
        fields.require_items("covers");
        let covers = fields.references("covers", Kind::Finding, names);
        let (says, instead) = (fields.text("says"), fields.text("instead"));
        if !lines.iter().flatten().any(|line| line.contains(&says)) {
            let message = format!("`{says}` stands neither in `says` nor in `short` of the line");
            fields.problem_at_key("says", message, "copy the words that `instead` replaces");
        }
        AlreadyThere { says, covers: covers.into_iter().map(FindingId).collect(), instead }
    };
    let tables = fields.tables("already");
    tables.into_iter().map(|table| fields.nested("already", table, read)).collect()
}

pub(super) fn come_back(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> ComeBackLine {
    let mut fields = Fields::of(block, reader.log);
    fields.require_items("covers");
    let covers = fields.references("covers", Kind::Finding, &reader.names);
    let joins = fields.optional_text("joins");
    let joins = joins.and_then(|id| fields.reference(&id, Kind::ComeBack, &reader.names));
    let says = fields.text("says");
    let short = fields.optional_text("short").map(Spanned::into_inner);
    let already = already(&mut fields, &[Some(&says), short.as_ref()], &reader.names);
    let line = ComeBackLine {
        id: block.id.clone(),
        place: block.place.clone(),
        says,
        short,
        already,
        joins: joins.map(ComeBackLineId),
        covers: covers.into_iter().map(FindingId).collect(),
        standing: fields.optional_word("urgency", &URGENCIES).map(Spanned::into_inner),
        sources: fields.sources(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    line
}

pub(super) fn region(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Region {
    let mut fields = Fields::of(block, reader.log);
    let mut optional = |key| fields.optional_text(key).map(Spanned::into_inner);
    let (advice, crisis, poison) = (optional("advice"), optional("crisis"), optional("poison"));
    let (maternity, abuse) = (optional("maternity"), optional("abuse"));
    let region = Region {
        id: block.id.clone(),
        place: block.place.clone(),
        name: fields.text("name"),
        emergency: fields.text("emergency"),
        advice,
        crisis,
        poison,
        maternity,
        abuse,
        sources: fields.sources(&reader.names),
    };
    fields.finish();
    region
}
