//! What the person can do: remedies at once, habits for later.

use care::{CauseId, Habit, Pace, Recurrence, Remedy, RemedyStep, Seconds, Spot, Stage, Strength, Urgency};
use toml::Spanned;

use super::{Reader, pictures, safety_net};
use crate::block::{Block, Kind};
use crate::fields::Fields;
use crate::names::Names;

/// In an emergency there is nothing to do but call, so `emergency` is not among the words.
pub(super) const BELOW_EMERGENCY: [(&str, Urgency); 4] = [
    ("self_care", Urgency::SelfCare),
    ("routine", Urgency::Routine),
    ("see_soon", Urgency::SeeSoon),
    ("same_day", Urgency::SameDay),
];

pub(super) fn remedy(reader: &mut Reader<'_, '_>, index: usize, block: &Block<'_>) -> Remedy {
    let (offer, avoid) = reader.fit(block, index);
    let first_while = reader.condition(block, index, "first_while").map(|(_, condition)| condition);
    let mut fields = Fields::of(block, reader.log);
    let avoid_because = avoid_because(&mut fields);
    fields.know("first_while");
    let stages = Stage::ALL.map(|stage| (stage.id(), stage));
    let remedy = Remedy {
        id: block.id.clone(),
        place: block.place.clone(),
        name: fields.text("name"),
        stage: fields.word("stage", &stages).map_or(Stage::Now, Spanned::into_inner),
        up_to: fields.word("up_to", &BELOW_EMERGENCY).map_or(Urgency::SelfCare, Spanned::into_inner),
        offer,
        avoid,
        avoid_because,
        first_while,
        why: fields.text("why"),
        leads: fields.flag("leads"),
        picture: pictures::picture(&mut fields, &reader.names),
        steps: steps(&mut fields, &reader.names),
        gap: duration(&mut fields, "gap"),
        stop_if: fields.optional_words("stop_if"),
        at_once: fields.has("at_once").then(|| safety_net::signs(&mut fields, "at_once", &reader.names)),
        from: fields.optional_words_of("from", &SPOTS),
        painkillers: fields.flag("painkillers"),
        strength: fields.word("strength", &strengths()).map_or(Strength::Untested, Spanned::into_inner),
        sources: fields.sources(&reader.names),
        claims: fields.claims(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    remedy
}

/// Reads a habit. `up_to` is `see_soon` where it is left out: a habit is for
/// later, and whoever is to be seen today has other things to do.
pub(super) fn habit(reader: &mut Reader<'_, '_>, index: usize, block: &Block<'_>) -> Habit {
    let (offer, avoid) = reader.fit(block, index);
    let mut fields = Fields::of(block, reader.log);
    let avoid_because = avoid_because(&mut fields);
    let habit = Habit {
        id: block.id.clone(),
        place: block.place.clone(),
        name: fields.text("name"),
        up_to: fields.optional_word("up_to", &BELOW_EMERGENCY).map_or(Urgency::SeeSoon, Spanned::into_inner),
        offer,
        avoid,
        avoid_because,
        schedule: schedule(&mut fields),
        duration: minutes(&mut fields),
        why: fields.text("why"),
        picture: pictures::picture(&mut fields, &reader.names),
        steps: steps(&mut fields, &reader.names),
        strength: fields.word("strength", &strengths()).map_or(Strength::Untested, Spanned::into_inner),
        for_causes: contributors(&mut fields, &reader.names),
        sources: fields.sources(&reader.names),
        claims: fields.claims(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    habit
}

/// The words for the strengths of evidence.
pub(super) fn strengths() -> [(&'static str, Strength); 5] {
    Strength::ALL.map(|strength| (strength.id(), strength))
}

/// The reason that goes with `avoid`; one without the other is reported. The conditions
/// themselves are read by [`Reader::fit`].
pub(super) fn avoid_because(fields: &mut Fields<'_, '_>) -> Option<String> {
    fields.know("offer");
    fields.know("avoid");
    let because = fields.optional_text("avoid_because").map(Spanned::into_inner);
    if fields.has("avoid") && !fields.has("avoid_because") {
        let message = format!("{} has `avoid` without `avoid_because`", fields.name);
        fields.problem_at_key("avoid", message, "tell the person in one sentence why it is left out");
    }
    if !fields.has("avoid") && fields.has("avoid_because") {
        let message = format!("{} has `avoid_because` without `avoid`", fields.name);
        let help = "add the condition `avoid = \"...\"`, or remove the reason";
        fields.problem_at_key("avoid_because", message, help);
    }
    because
}

/// How long one time of a habit takes.
fn minutes(fields: &mut Fields<'_, '_>) -> Seconds {
    let minutes = fields.count("minutes");
    let duration = minutes.checked_mul(60).and_then(|seconds| Seconds::new(seconds).ok());
    duration.unwrap_or_else(|| {
        let help = "write whole minutes from 1 to 1440, a day";
        fields.problem_at_key("minutes", format!("{minutes} minutes are more than a day"), help);
        Seconds::DAY
    })
}

/// The contributors that a habit acts on.
fn contributors(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Vec<CauseId> {
    let mut known = Vec::new();
    for text in fields.optional_texts("for_causes") {
        let Some(cause) = fields.reference(&text, Kind::Cause, names) else { continue };
        let block = &names.blocks.of(Kind::Cause)[usize::from(cause)];
        let kind = block.keys.get("kind").and_then(|value| value.get_ref().as_str());
        if kind == Some("contributor") {
            known.push(CauseId(cause));
        } else {
            let help = "a habit acts on contributors; conditions and mimics are for a clinician";
            fields.problem(text.span(), format!("{} is no contributor", block.name()), help);
        }
    }
    known
}

const SPOTS: [(&str, Spot); Spot::ALL.len()] =
    [("floor", Spot::Floor), ("bed", Spot::Bed), ("chair", Spot::Chair), ("standing", Spot::Standing)];

/// How to breathe, where a step says it.
fn pace(fields: &mut Fields<'_, '_>) -> Option<Pace> {
    let table = fields.table("breathe")?;
    let seconds = |fields: &mut Fields<'_, '_>, key: &'static str| {
        let seconds = fields.count(key);
        let fits = u8::try_from(seconds).ok().filter(|seconds| Pace::RANGE.contains(seconds));
        fits.unwrap_or_else(|| {
            let message = format!("nobody breathes for {seconds} seconds at a time");
            fields.problem_at_key(key, message, "write whole seconds from 2 to 9");
            *Pace::RANGE.start()
        })
    };
    Some(fields.nested("the pace", table, |fields| Pace {
        breath_in: seconds(fields, "in"),
        breath_out: seconds(fields, "out"),
    }))
}

fn steps(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Vec<RemedyStep> {
    fields.require_items("steps");
    let tables = fields.tables("steps");
    let step = |fields: &mut Fields<'_, '_>| RemedyStep {
        text: fields.text("do"),
        timer: duration(fields, "timer"),
        breathe: pace(fields),
        only_from: fields.optional_word("only_from", &SPOTS).map(Spanned::into_inner),
        picture: pictures::picture(fields, names),
    };
    tables.into_iter().map(|table| fields.nested("a step", table, step)).collect()
}

pub(super) fn duration(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Seconds> {
    let text = fields.optional_text(key)?;
    let duration = text.get_ref().parse();
    if duration.is_err() {
        let message = format!("`{}` is no length of time from 5 s to 24 h", text.get_ref());
        fields.problem(text.span(), message, "write it like \"45 s\", \"20 min\" or \"8 h\"");
    }
    duration.ok()
}

/// When a habit is done: every morning where that is missing or is no rule, which is then reported.
fn schedule(fields: &mut Fields<'_, '_>) -> Recurrence {
    if !fields.has("schedule") {
        fields.missing("schedule", "add `schedule = \"FREQ=DAILY\"`, a recurrence rule of RFC 5545");
    }
    let Some(text) = fields.optional_text("schedule") else { return Recurrence::default() };
    text.get_ref().parse().unwrap_or_else(|error: care::BadRecurrence| {
        fields.problem(text.span(), error.to_string(), error.help());
        Recurrence::default()
    })
}
