//! Painkillers, and what is in which box.

use care::{
    Caution, ClassWords, Condition, DailyDose, DoseUnit, Hours, Medicine, MedicineClass, OtherMedicine,
    PackLimits, PackUnit, Product, RegionId, Seconds, SourceId, SourceKind,
};
use toml::Spanned;
use toml::de::DeValue;

use super::{Reader, URGENCIES, advice};
use crate::block::{Block, Kind};
use crate::fields::{Fields, whole_number};
use crate::names::Names;
use crate::suggest::did_you_mean;

const CLASSES: [(&str, MedicineClass); 5] = [
    ("nsaid", MedicineClass::Nsaid),
    ("paracetamol", MedicineClass::Paracetamol),
    ("salicylate_topical", MedicineClass::SalicylateTopical),
    ("nsaid_topical", MedicineClass::NsaidTopical),
    ("local_anaesthetic", MedicineClass::LocalAnaesthetic),
];

const UNITS: [(&str, DoseUnit); 2] = [("mg", DoseUnit::Milligrams), ("application", DoseUnit::Applications)];

/// A medicine as its block has it, and the medicine that it is like: its cautions are still to be added.
pub(super) type Written = (Medicine, Option<u16>);

pub(super) fn medicine(reader: &mut Reader<'_, '_>, index: usize, block: &Block<'_>) -> Written {
    let block_conditions = reader.listed_conditions(block, index, "block");
    let ask_conditions = reader.listed_conditions(block, index, "ask_first");
    let names = &reader.names;
    let mut fields = Fields::of(block, reader.log);
    let like = like(&mut fields, names);
    let (single_usual, single_most, unit) = single(&mut fields);
    let max_24h = fields.count("max_24h");
    if max_24h < single_most {
        let message = format!("`max_24h` is {max_24h}, less than one dose of {single_most}");
        fields.problem_at_key("max_24h", message, "look at the label again");
    }
    let medicine = Medicine {
        id: block.id.clone(),
        place: block.place.clone(),
        ingredient: fields.text("ingredient"),
        name: fields.text("name"),
        also: fields.optional_words("also"),
        region: region(&mut fields, names),
        class: fields.word("class", &CLASSES).map_or(MedicineClass::Nsaid, Spanned::into_inner),
        single_usual,
        single_most,
        unit,
        interval: interval(&mut fields),
        max_24h,
        overdose_24h: overdose(&mut fields, max_24h),
        tablet: optional_count(&mut fields, "tablet"),
        most_says: fields.optional_text("most_says").map(Spanned::into_inner),
        wears: advice::duration(&mut fields, "wears"),
        daily: daily(&mut fields, single_most),
        max_days: fields.count("max_days"),
        min_age: fields.count("min_age"),
        not_for_because: not_for(&mut fields),
        block: cautions(&mut fields, "block", block_conditions, names),
        ask_first: cautions(&mut fields, "ask_first", ask_conditions, names),
        warn: if fields.has("like") { fields.optional_words("warn") } else { fields.words("warn") },
        label_source: label_source(&mut fields, names),
        label_date: label_date(&mut fields, names),
        sources: fields.sources(names),
        claims: fields.claims(names),
    };
    fields.require_prose(block);
    fields.finish();
    (medicine, like)
}

/// The medicine whose cautions this one takes over: one that has all of its own.
fn like(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Option<u16> {
    let text = fields.optional_text("like")?;
    let index = fields.reference(&text, Kind::Medicine, names)?;
    let is_like = |block: &Block<'_>| block.id == *text.get_ref() && block.keys.get("like").is_some();
    if names.blocks.of(Kind::Medicine).iter().any(is_like) {
        let message = format!("`{}` is itself like another medicine", text.get_ref());
        let help = "name the medicine that has the cautions, not one that takes them over";
        fields.problem(text.span(), message, help);
        return None;
    }
    Some(index)
}

/// Gives each medicine the cautions of the one it is like, before its own. A
/// caution of its own stands in place of one with the same condition, in
/// whichever list that is; warnings of its own stand in place of all of them.
pub(super) fn with_shared(written: Vec<Written>) -> Vec<Medicine> {
    let alone: Vec<Medicine> = written.iter().map(|(medicine, _)| medicine.clone()).collect();
    let share = |(mut medicine, like): Written| {
        let Some(shared) = like.and_then(|index| alone.get(usize::from(index))) else { return medicine };
        let own: Vec<Condition> =
            medicine.block.iter().chain(&medicine.ask_first).map(|own| own.condition.clone()).collect();
        let rest = |cautions: &[Caution]| -> Vec<Caution> {
            cautions.iter().filter(|shared| !own.contains(&shared.condition)).cloned().collect()
        };
        medicine.block.splice(0..0, rest(&shared.block));
        medicine.ask_first.splice(0..0, rest(&shared.ask_first));
        if medicine.warn.is_empty() {
            medicine.warn.clone_from(&shared.warn);
        }
        medicine
    };
    written.into_iter().map(share).collect()
}

/// The usual and the largest single dose, and what they are counted in.
fn single(fields: &mut Fields<'_, '_>) -> (u32, u32, DoseUnit) {
    if !fields.has("single") {
        fields.missing("single", "add `single = { usual = 200, most = 400 }`, in milligrams");
    }
    let Some(table) = fields.table("single") else { return (1, 1, DoseUnit::Milligrams) };
    fields.nested("`single`", table, |fields| {
        let (usual, most) = (fields.count("usual"), fields.count("most"));
        if usual > most {
            let message = format!("`usual` is {usual} and `most` is {most}");
            fields.problem_at_key("usual", message, "the usual dose is at most the largest");
        }
        let unit = fields.optional_word("unit", &UNITS).map_or(DoseUnit::Milligrams, Spanned::into_inner);
        (usual, most, unit)
    })
}

fn interval(fields: &mut Fields<'_, '_>) -> Seconds {
    if !fields.has("interval") {
        fields.missing("interval", "add `interval = \"6 h\"`, the shortest time between doses");
    }
    advice::duration(fields, "interval").unwrap_or(Seconds::DAY)
}

/// A region of the book.
fn region(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> RegionId {
    if !fields.has("region") {
        fields.missing("region", "add the id of a region, such as `region = \"us\"`");
    }
    let text = fields.optional_text("region");
    let region = text.and_then(|text| fields.reference(&text, Kind::Region, names));
    // One that no book has, where it was reported.
    RegionId(region.unwrap_or(u16::MAX))
}

/// Why the label does not cover the back, where it does not.
fn not_for(fields: &mut Fields<'_, '_>) -> Option<String> {
    let is_not_for = fields.flag("not_for");
    let because = fields.optional_text("not_for_because").map(Spanned::into_inner);
    if is_not_for && because.is_none() {
        fields.missing("not_for_because", "tell the person in one or two sentences why it is never allowed");
    }
    if !is_not_for && because.is_some() {
        let message = format!("{} has `not_for_because` without `not_for = true`", fields.name);
        fields.problem_at_key("not_for_because", message, "add `not_for = true`, or remove the reason");
    }
    because
}

fn cautions(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    conditions: Vec<Condition>,
    names: &Names<'_>,
) -> Vec<Caution> {
    if !fields.has(key) && !fields.has("like") {
        fields.missing(key, format!("add `{key} = [...]`; `[]` where the label names nothing"));
    }
    let tables = fields.tables(key);
    let read = |(table, condition)| {
        fields.nested("a caution", table, |fields| {
            fields.require_if();
            Caution { condition, because: fields.text("because"), sources: fields.sources(names) }
        })
    };
    tables.into_iter().zip(conditions).map(read).collect()
}

fn label_source(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> SourceId {
    if !fields.has("label_source") {
        fields.missing("label_source", "add the source that the numbers stand in");
    }
    let text = fields.optional_text("label_source");
    text.and_then(|text| fields.source(&text, names)).unwrap_or(SourceId(0))
}

/// A year and a month, when a label was read. Only a label can have been: a date
/// beside anything else would say that somebody looked, and nobody did.
fn label_date(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Option<String> {
    let date = fields.optional_text("label_date")?.into_inner();
    let is_number =
        |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_date = date.split_once('-').is_some_and(|(year, month)| {
        is_number(year, 4) && is_number(month, 2) && (1..=12).contains(&month.parse::<u8>().unwrap_or(0))
    });
    if !is_date {
        let message = format!("`{date}` is no year and month");
        fields.problem_at_key("label_date", message, "write when the label was read, like \"2026-11\"");
    }
    let help = "leave `label_date` out, or read the label and name it";
    let source = fields.peek_text("label_source").map(str::to_owned);
    match source.as_deref().map(|id| (id, names.source(id))) {
        None => fields.problem_at_key("label_date", "`label_date` stands without a `label_source`", help),
        // An unknown source has been reported.
        Some((_, None)) => {}
        Some((id, Some(source))) => {
            let kind = names.sources.get(source.index()).map(|source| source.kind);
            if kind.is_some_and(|kind| kind != SourceKind::Label) {
                let message = format!("`label_date` says that a label was read, and `{id}` is none");
                fields.problem_at_key("label_date", message, help);
            }
        }
    }
    Some(date)
}

/// A whole number from 1 that may be left out.
fn optional_count(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<u32> {
    let number = fields.optional_number(key);
    number.map(|number| fields.counted(key, Some(number)))
}

/// Where help is needed: never below what a day allows.
fn overdose(fields: &mut Fields<'_, '_>, max_24h: u32) -> Option<u32> {
    let overdose = optional_count(fields, "overdose_24h")?;
    if overdose < max_24h {
        let message = format!("`overdose_24h` is {overdose}, less than `max_24h`, which is {max_24h}");
        fields.problem_at_key(
            "overdose_24h",
            message,
            "a day's limit is no overdose; look at the sources again",
        );
    }
    Some(overdose)
}

/// The daily dose that is never judged, with its sentence; one without the other is reported.
fn daily(fields: &mut Fields<'_, '_>, single_most: u32) -> Option<DailyDose> {
    let up_to = optional_count(fields, "daily_up_to");
    let says = fields.optional_text("daily_says").map(Spanned::into_inner);
    if let Some(up_to) = up_to.filter(|up_to| *up_to >= single_most) {
        let message = format!("`daily_up_to` is {up_to}, as much as a whole dose against pain");
        fields.problem_at_key("daily_up_to", message, "it is for a small dose that is never judged");
    }
    match (up_to, says) {
        (Some(up_to), Some(says)) => Some(DailyDose { up_to, says }),
        (Some(_), None) => {
            fields.missing("daily_says", "say in one to three sentences what to do with the daily dose");
            None
        }
        (None, Some(_)) => {
            let message = format!("{} has `daily_says` without `daily_up_to`", fields.name);
            fields.problem_at_key("daily_says", message, "add `daily_up_to`, in milligrams");
            None
        }
        (None, None) => None,
    }
}

pub(super) fn product(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Product {
    let names = &reader.names;
    let mut fields = Fields::of(block, reader.log);
    let product = Product {
        id: block.id.clone(),
        place: block.place.clone(),
        name: fields.text("name"),
        also: fields.optional_words("also"),
        regions: regions(&mut fields, names),
        contains: contains(&mut fields, names),
        others: fields.optional_words("others"),
        unit: fields
            .word("unit", &PackUnit::ALL.map(|unit| (unit.id(), unit)))
            .map_or(PackUnit::Tablet, Spanned::into_inner),
        limits: pack_limits(&mut fields, names),
        note: fields.optional_text("note").map(Spanned::into_inner),
        sources: fields.sources(names),
        claims: fields.claims(names),
    };
    fields.finish();
    product
}

/// What the pack itself says.
fn pack_limits(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> PackLimits {
    let label_source = fields.optional_text("label_source");
    let limits = PackLimits {
        most: optional_count(fields, "most"),
        interval: advice::duration(fields, "interval"),
        max_24h: optional_count(fields, "max_24h"),
        max_days: optional_count(fields, "max_days"),
        min_age: optional_count(fields, "min_age"),
        label_source: label_source.and_then(|text| fields.source(&text, names)),
        label_date: label_date(fields, names),
    };
    if let (Some(most), Some(max_24h)) = (limits.most, limits.max_24h)
        && max_24h < most
    {
        let message = format!("`max_24h` is {max_24h}, less than one dose of {most}");
        fields.problem_at_key("max_24h", message, "look at the label again");
    }
    limits
}

/// A medicine without doses, that only counts as one of its class.
pub(super) fn other(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> OtherMedicine {
    let names = &reader.names;
    let mut fields = Fields::of(block, reader.log);
    if !fields.has("shuts") {
        fields.missing("shuts", "add how long others of its class are shut, such as `shuts = \"24 h\"`");
    }
    let shuts = fields.optional_text("shuts").and_then(|text| {
        let hours = text.get_ref().parse::<Hours>();
        if let Err(error) = &hours {
            let help = "one day is \"24 h\"; longer for what stays longer in the body";
            fields.problem(text.span(), error.to_string(), help);
        }
        hours.ok()
    });
    let other = OtherMedicine {
        id: block.id.clone(),
        place: block.place.clone(),
        names: fields.words("names"),
        class: fields.word("class", &CLASSES).map_or(MedicineClass::Nsaid, Spanned::into_inner),
        shuts: shuts.unwrap_or(Hours::DAY),
        note: fields.optional_text("note").map(Spanned::into_inner),
        sources: fields.sources(names),
        claims: fields.claims(names),
    };
    fields.finish();
    other
}

/// What holds for a whole class. Its id is the class.
pub(super) fn class(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> ClassWords {
    let names = &reader.names;
    let mut fields = Fields::of(block, reader.log);
    let class = CLASSES.iter().find(|(word, _)| *word == block.id).map(|(_, class)| *class);
    if class.is_none() {
        let help =
            did_you_mean(&block.id, CLASSES.iter().map(|(word, _)| *word), "use a class of `[medicine.ID]`");
        fields.problem_at_header(format!("there is no class `{}`", block.id), help);
    }
    let from = fields.optional_word("ask_first_from", &URGENCIES).map(Spanned::into_inner);
    let because = fields.optional_text("ask_first_because").map(Spanned::into_inner);
    match (from, &because) {
        (Some(_), None) => fields.missing("ask_first_because", "tell the person in one or two sentences why"),
        (None, Some(_)) => {
            let message = format!("{} has `ask_first_because` without `ask_first_from`", fields.name);
            fields.problem_at_key("ask_first_because", message, "add the urgency from which on to ask first");
        }
        _ => {}
    }
    let words = ClassWords {
        class: class.unwrap_or(MedicineClass::Nsaid),
        place: block.place.clone(),
        name: fields.text("name"),
        ask_first_from: from,
        ask_first_because: because,
        sources: fields.sources(names),
    };
    fields.require_prose(block);
    fields.finish();
    words
}

/// One region, or a list of them.
fn regions(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Vec<RegionId> {
    if !fields.is_list("region") {
        return vec![region(fields, names)];
    }
    fields.require_items("region");
    fields.references("region", Kind::Region, names).into_iter().map(RegionId).collect()
}

/// What counts, each with its amount. An ingredient that no medicine has would
/// be counted by nobody, so it must stand in `others`.
fn contains(fields: &mut Fields<'_, '_>, names: &Names<'_>) -> Vec<(String, u32)> {
    if !fields.has("contains") {
        fields.missing("contains", "add `contains = { ibuprofen = 200 }`, milligrams in one unit");
    }
    let Some((table, spot)) = fields.table("contains") else { return Vec::new() };
    if table.is_empty() {
        let help = "list at least one ingredient of a medicine; a product without one is not logged";
        fields.problem(spot.span, "`contains` is empty", help);
    }
    let mut amounts = Vec::new();
    for (key, value) in table {
        let ingredient = key.get_ref().as_ref();
        let mut known: Vec<&str> = names.blocks.of(Kind::Medicine).iter().filter_map(ingredient_of).collect();
        known.extend(names.blocks.ids(Kind::OtherMedicine));
        if !known.contains(&ingredient) {
            let help = "list it in `others`, or add a medicine with this ingredient, or an other_medicine";
            let help = did_you_mean(ingredient, known, help);
            let span = fields.file_span(key.span());
            fields.problem(span, format!("no medicine has the ingredient `{ingredient}`"), help);
        }
        let amount = whole_number(value.get_ref()).and_then(|amount| u32::try_from(amount).ok());
        let Some(amount) = amount.filter(|amount| *amount > 0) else {
            let message = format!("`{ingredient}` must be a whole number from 1");
            fields.problem(
                fields.span(value),
                message,
                "write the milligrams, or the applications, in one unit",
            );
            continue;
        };
        amounts.push((ingredient.to_owned(), amount));
    }
    amounts
}

fn ingredient_of<'b>(block: &'b Block<'_>) -> Option<&'b str> {
    block.keys.get("ingredient").map(toml::Spanned::get_ref).and_then(DeValue::as_str)
}
