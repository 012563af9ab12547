//! What is expected of the pain in time, and the places where it is.

use care::{BodyPart, BodyPlace, Checkpoint, Curve, CurveLine, Edge, FindingId, Side};
use toml::Spanned;
use toml::de::DeValue;

use super::Reader;
use crate::block::{Block, Kind};
use crate::fields::Fields;
use crate::suggest::did_you_mean;

/// An edge of the expected band. Its id is the edge.
pub(super) fn curve(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Curve {
    let mut fields = Fields::of(block, reader.log);
    let edge = Edge::ALL.into_iter().find(|edge| edge.id() == block.id);
    if edge.is_none() {
        let ids = Edge::ALL.map(Edge::id);
        let help = did_you_mean(&block.id, ids, format!("the edges are {}", ids.join(", ")));
        fields.problem_at_header(format!("there is no edge `{}`", block.id), help);
    }
    let lines = lines(&mut fields);
    let is_last = edge == Some(Edge::Slow);
    if is_last && !fields.has("above") {
        fields.missing("above", "say what pain above the last edge means, in one or two sentences");
    } else if edge.is_some() && !is_last && fields.has("above") {
        let message = format!("{} is not the last edge and has `above`", fields.name);
        fields.problem_at_key("above", message, "what is above it is said with the next edge");
    }
    let curve = Curve {
        edge: edge.unwrap_or(Edge::Slow),
        place: block.place.clone(),
        lines,
        below: fields.text("below"),
        above: fields.optional_text("above").map(Spanned::into_inner),
        sources: fields.sources(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    curve
}

/// One line through points, or one for each fit.
fn lines(fields: &mut Fields<'_, '_>) -> Vec<CurveLine> {
    let points = pairs(fields, "points");
    let mut lines: Vec<CurveLine> = points.into_iter().map(CurveLine::Points).collect();
    if let Some(CurveLine::Points(_)) = lines.first().filter(|line| !line.is_sound()) {
        let help = "write `[week, share]` from `[0, 1.0]` on, with weeks that rise and shares above 0";
        fields.problem_at_key("points", "these points are no curve", help);
    }
    for table in fields.tables("fits") {
        lines.push(fields.nested("a fit", table, |fields| {
            let stays = fields.optional_decimal("stays").unwrap_or(0.0);
            let line = CurveLine::Falls { stays, parts: pairs(fields, "falls").unwrap_or_default() };
            if !line.is_sound() {
                let help = "write `falls = [[share, weeks]]`; with `stays`, the shares add up to 1";
                fields.problem_at_key("falls", "this fit is no curve", help);
            }
            line
        }));
    }
    if fields.has("points") == fields.has("fits") {
        let help = "give it `points`, or the `fits` of one study or several";
        fields.problem_at_header(format!("{} needs either `points` or `fits`", fields.name), help);
    }
    lines
}

/// A list of pairs of numbers from 0 on, if it is there.
fn pairs(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Vec<(f64, f64)>> {
    let value = fields.value(key)?;
    let pair = |item: &Spanned<DeValue<'_>>| {
        let [first, second] = item.get_ref().as_array()?.iter().as_slice() else { return None };
        Some((number(first.get_ref())?, number(second.get_ref())?))
    };
    let list = value.get_ref().as_array();
    let pairs: Option<Vec<(f64, f64)>> = list.and_then(|list| list.iter().map(pair).collect());
    if pairs.is_none() {
        let message = format!("`{key}` must be a list of pairs of numbers from 0 on");
        fields.problem(fields.span(value), message, "write it like `[[0, 1.0], [2, 0.41]]`");
    }
    pairs
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    let number: f64 = match value {
        DeValue::Float(float) => float.as_str().parse().ok()?,
        DeValue::Integer(integer) => integer.as_str().parse().ok()?,
        _ => return None,
    };
    Some(number).filter(|number| number.is_finite() && *number >= 0.0)
}

/// A day on which someone should look back.
pub(super) fn checkpoint(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Checkpoint {
    let mut fields = Fields::of(block, reader.log);
    let checkpoint = Checkpoint {
        id: block.id.clone(),
        place: block.place.clone(),
        day: fields.count("day"),
        name: fields.text("name"),
        expect: fields.text("expect"),
        sources: fields.sources(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    checkpoint
}

/// A place of the body.
pub(super) fn body_place(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> BodyPlace {
    let mut fields = Fields::of(block, reader.log);
    if !fields.has("finding") {
        fields.missing("finding", "add the id of the finding that asks about this place");
    }
    let finding = fields.optional_text("finding");
    let finding = finding.and_then(|id| fields.reference(&id, Kind::Finding, &reader.names));
    let place = BodyPlace {
        id: block.id.clone(),
        place: block.place.clone(),
        name: fields.text("name"),
        finding: FindingId(finding.unwrap_or_default()),
        side: fields
            .word("side", &Side::ALL.map(|side| (side.id(), side)))
            .map_or(Side::Middle, Spanned::into_inner),
        part: fields
            .word("part", &BodyPart::ALL.map(|part| (part.id(), part)))
            .map_or(BodyPart::Neck, Spanned::into_inner),
    };
    fields.finish();
    place
}
