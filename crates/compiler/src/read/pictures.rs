//! Poses of the body, and the pictures that show them.

use care::{Joint, Mark, Part, Picture, Pillow, Pose, PoseId, Rest, Seen, Support, Thing};
use toml::Spanned;
use toml::de::DeValue;

use super::Reader;
use crate::block::{Block, Kind};
use crate::fields::{Fields, whole_number};
use crate::names::Names;

/// The most key poses of one picture.
const MOST_POSES: usize = 6;

pub(super) fn pose(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Pose {
    let mut fields = Fields::of(block, reader.log);
    let seen = fields.word("seen", &Seen::ALL.map(|seen| (seen.id(), seen)));
    let seen = seen.map_or(Seen::Side, Spanned::into_inner);
    let pose = Pose {
        id: block.id.clone(),
        place: block.place.clone(),
        seen,
        angles: Joint::ALL.map(|joint| angles(&mut fields, joint)),
        rests: rests(&mut fields),
        pillows: fields.optional_words_of("pillow", &Pillow::ALL.map(|pillow| (pillow.id(), pillow))),
        things: fields.optional_words_of("with", &Thing::ALL.map(|thing| (thing.id(), thing))),
    };
    fields.require_prose(block);
    fields.finish();
    pose
}

/// The angle of a joint: one number for both sides, or `[near, far]`; 0 where it is left out.
fn angles(fields: &mut Fields<'_, '_>, joint: Joint) -> [i16; 2] {
    let key = joint.id();
    let Some(value) = fields.value(key) else { return [0; 2] };
    let each: Vec<Option<i64>> = match value.get_ref() {
        DeValue::Array(list) => list.iter().map(|item| whole_number(item.get_ref())).collect(),
        single => vec![whole_number(single)],
    };
    let both = match each[..] {
        [Some(both)] => [both; 2],
        [Some(near), Some(far)] if joint.is_paired() => [near, far],
        _ => {
            let sides = if joint.is_paired() { ", or two as `[near, far]`" } else { "" };
            let message = format!("`{key}` must be whole degrees{sides}");
            fields.problem_at_key(key, message, "write it like `knee = 90`");
            return [0; 2];
        }
    };
    let (least, most) = joint.range();
    if let Some(wrong) = both.iter().find(|angle| **angle < i64::from(least) || i64::from(most) < **angle) {
        let help = format!("people can hold it from {least} to {most}");
        fields.problem_at_key(key, format!("no body holds `{key}` at {wrong} degrees"), help);
    }
    both.map(|angle| i16::try_from(angle).unwrap_or_default().clamp(least, most))
}

/// What rests on what, in the order in which it is written.
fn rests(fields: &mut Fields<'_, '_>) -> Vec<Rest> {
    let Some(table) = fields.table("on") else { return Vec::new() };
    let keys: Vec<String> = table.0.keys().map(|key| key.get_ref().to_string()).collect();
    let supports = Support::ALL.map(|support| (support.id(), support));
    fields.nested("`on`", table, |fields| {
        let mut rests: Vec<(usize, Rest)> = Vec::new();
        for part in Part::ALL {
            let on = match fields.optional_words_or_pair(part.id(), &supports)[..] {
                [] => continue,
                [both] => [both; 2],
                [near, far, ..] => [near, far],
            };
            let order = keys.iter().position(|key| key == part.id()).unwrap_or_default();
            rests.push((order, Rest { part, on }));
        }
        rests.sort_by_key(|(order, _)| *order);
        rests.into_iter().map(|(_, rest)| rest).collect()
    })
}

/// The picture of something, if it has one.
pub(super) fn picture(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Option<Picture> {
    let table = fields.table("picture")?;
    fields
        .nested("the picture", table, |fields| {
            let mut poses = Vec::new();
            let mut known = |fields: &mut Fields<'_, '_>, texts: Vec<Spanned<String>>| {
                let ids = texts.iter().filter_map(|text| fields.reference(text, Kind::Pose, names));
                poses.extend(ids.map(PoseId));
            };
            let still: Vec<_> = fields.optional_text("pose").into_iter().collect();
            let from: Vec<_> = fields.optional_text("from").into_iter().collect();
            let to = if fields.is_list("to") {
                fields.texts_as_written("to")
            } else {
                fields.optional_text("to").into_iter().collect()
            };
            let is_whole = if still.is_empty() {
                !from.is_empty() && !to.is_empty()
            } else {
                from.is_empty() && to.is_empty()
            };
            if !is_whole {
                let help = "write `pose = \"...\"`, or `from = \"...\"` and `to = \"...\"` for a movement";
                fields.problem_at_header("the picture shows neither one pose nor a movement", help);
            }
            for texts in [still, from, to] {
                known(fields, texts);
            }
            if poses.len() > MOST_POSES {
                let message = format!("the picture moves through {} poses", poses.len());
                fields.problem_at_key("to", message, format!("show at most {MOST_POSES}"));
            }
            let views = poses.iter().filter_map(|pose| {
                let block = names.blocks.of(Kind::Pose).get(pose.index())?;
                block.keys.get("seen")?.get_ref().as_str()
            });
            let views: Vec<&str> = views.collect();
            if let Some(other) = views.iter().find(|view| **view != views[0]) {
                let message = format!("the picture is seen from `{}` and from `{other}`", views[0]);
                fields.problem_at_header(message, "let all its poses be seen from one place");
            }
            let mark = fields.optional_word("mark", &Mark::ALL.map(|mark| (mark.id(), mark)));
            let alt = fields.text("alt");
            Picture { poses, alt, mark: mark.map(Spanned::into_inner) }
        })
        .into()
}
