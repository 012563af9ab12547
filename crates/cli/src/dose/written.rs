//! What was taken, cleared or taken back: written down in the record.

use std::path::Path;

use anyhow::Context;
use care::medicine::{Excess, Found, Standing, excesses, standings_for};
use care::{Dose, DoseLog, Guideline, Region, after_taking};
use jiff::{SignedDuration, Timestamp, Zoned};
use serde_json::json;
use store::{DoseCleared, DoseTaken, Event, Record, Sequence, Stored, to_json};
use tell::Clock;
use web::{Situation, TakenIn, to_take_in};

use crate::dose::limits::{chosen, find_pack, limits_of};
use crate::dose::told::{Asked, Written};
use crate::dose::{old_log, page, time, view};
use crate::exit::{BadInput, Exit};
use crate::own_record::{OwnRecord, checked_import, now_of};

/// Adds the dose first and looks for warnings afterwards: nothing is lost.
pub(super) fn write_down(
    guideline: &Guideline,
    region: &Region,
    asked: &Asked<'_>,
    own: &mut OwnRecord,
) -> anyhow::Result<Exit> {
    let (region, found, dose) =
        dose_taken(guideline, region, asked, own.record()).context("nothing was written down")?;
    let is_unknown = asked.at.is_some_and(time::is_unknown);
    let at =
        time::read_or_now(asked.at.filter(|_| !is_unknown), own.now()).context("nothing was written down")?;
    if at > Zoned::now() {
        let message = "nothing was written down: that time is still to come; write it down once it was taken, and \
                       give the day as well if it was another one";
        return Err(BadInput::because(message));
    }
    let written = own.keep(|record, now| {
        let situation = Situation::of(guideline, record, now);
        let taken = situation.dose_taken(&region.id, &found, &dose, at.timestamp());
        vec![(now, Event::DoseTaken(DoseTaken { time_unknown: is_unknown, ..taken }))]
    })?;
    let Some((entry, taken)) = written.iter().find_map(|stored| match &stored.event {
        Event::DoseTaken(taken) => Some((stored.sequence, taken.counted()?)),
        _ => None,
    }) else {
        anyhow::bail!("nothing was written down");
    };
    let (record, now) = (own.record(), own.now());
    let before = record.dose_log_without(Some(entry));
    let warnings = after_taking(guideline, &region.id, &before, &taken, now.timestamp());
    let standings = standings_of(guideline, region, record, &now);
    let written = Written {
        guideline,
        region,
        found,
        dose: &dose,
        taken: &taken,
        at: &at,
        warnings: &warnings,
        standings: &standings,
        now: &now,
    };
    if asked.json {
        crate::page::json(&view::written(&written, entry))?;
    } else {
        written.print();
        if !own.is_kept() {
            crate::page::aside("This was a try: nothing is kept.");
        }
    }
    // Of a record that is not whole nobody knows what else was taken.
    Ok(if record.faults().is_empty() { Exit::Ok } else { Exit::Failed })
}

/// Where each ingredient of the record stands for the person.
pub(super) fn standings_of<'g>(
    guideline: &'g Guideline,
    region: &Region,
    record: &Record,
    now: &Zoned,
) -> Vec<Standing<'g>> {
    let situation = Situation::of(guideline, record, now.timestamp());
    let answers = situation.answers_for_a_dose();
    standings_for(guideline, &region.id, &record.dose_log(), &answers, now.timestamp())
}

/// The dose that was taken, with its pack and whose limits hold.
fn dose_taken<'g>(
    guideline: &'g Guideline,
    region: &'g Region,
    asked: &Asked<'_>,
    record: &Record,
) -> anyhow::Result<(&'g Region, Found<'g>, Dose)> {
    let found = find_pack(guideline, region, asked.product, record)?;
    let region = limits_of(guideline, region, Some(&found), record)?;
    let found = found.in_region(guideline, &region.id);
    let amount = match (asked.amount, &found) {
        (Some(amount), _) => amount,
        (None, Found::Product(_) | Found::Other(_)) => found.usual_amount(),
        (None, Found::Ingredient(medicine)) => {
            return Err(BadInput::because(format!(
                "how much {} was it? Give the milligrams from the pack, such as --amount {}mg, or name the pack",
                medicine.ingredient, medicine.single_usual
            )));
        }
    };
    let dose =
        found.dose(amount).map_err(|error| BadInput::because(tell::unusable_amount(&error).to_string()))?;
    Ok((region, found, dose))
}

/// How far back the list of doses goes, as in the pages.
const LISTED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Shows what was taken lately.
pub(super) fn list(record: &Record, json: bool) -> anyhow::Result<Exit> {
    let now = now_of(record);
    let mut doses: Vec<_> = record.doses().iter().collect();
    doses.retain(|dose| now.timestamp().duration_since(dose.what.at) < LISTED);
    doses.sort_by_key(|dose| (dose.what.at, dose.sequence));
    if json {
        crate::page::json(&view::list(&doses, &now))?;
    } else {
        page::list(&doses, &now);
    }
    Ok(Exit::Ok)
}

/// Takes a dose or a clearance back.
pub(super) fn withdraw(own: &mut OwnRecord, entry: Sequence) -> anyhow::Result<Exit> {
    let is_there = |record: &Record| {
        record.doses().iter().any(|dose| dose.sequence == entry)
            || record.cleared().iter().any(|cleared| cleared.sequence == entry)
    };
    let taken_back = own.keep(|record, now| {
        let withdrawn = is_there(record).then_some((now, Event::Withdrawn { entry }));
        withdrawn.into_iter().collect()
    })?;
    if taken_back.is_empty() {
        return Err(BadInput::because(format!(
            "the record has no dose with the number {entry}; `unclench dose list` shows the numbers"
        )));
    }
    crate::page::paragraph("Taken back: it no longer counts.");
    Ok(Exit::Ok)
}

/// Writes down that a clinician cleared an ingredient that was too much.
pub(super) fn cleared(
    guideline: &Guideline,
    region: &Region,
    asked: &Asked<'_>,
    own: &mut OwnRecord,
) -> anyhow::Result<Exit> {
    let found = find_pack(guideline, region, asked.product, own.record())?;
    let region = limits_of(guideline, region, Some(&found), own.record())?;
    let found = found.in_region(guideline, &region.id);
    let (at, now) = (time::read_or_now(asked.at, own.now())?, own.now());
    if at > now {
        return Err(BadInput::because("that time is still to come; write down when they said so"));
    }
    let ingredients = to_clear(guideline, region, &found, &own.record().dose_log(), &at, &now)?;
    own.keep(|_, now| {
        let cleared = |ingredient: &&str| {
            let cleared = DoseCleared { at: at.timestamp(), ingredient: (*ingredient).to_owned() };
            (now, Event::DoseCleared(cleared))
        };
        ingredients.iter().map(cleared).collect()
    })?;
    let standings = standings_of(guideline, region, own.record(), &now);
    if asked.json {
        let mut shown = view::next(guideline, region, &standings, &now);
        if let Some(fields) = shown.as_object_mut() {
            fields.insert("cleared".to_owned(), json!(ingredients));
        }
        crate::page::json(&shown)?;
    } else {
        page::cleared(guideline, &ingredients, &standings, &at, &now);
    }
    Ok(Exit::Ok)
}

/// The ingredients of a pack that are shut and that a clearance at this time opens.
fn to_clear<'g>(
    guideline: &'g Guideline,
    region: &Region,
    found: &Found<'g>,
    log: &DoseLog,
    at: &Zoned,
    now: &Zoned,
) -> anyhow::Result<Vec<&'g str>> {
    let shut: Vec<Excess<'_>> = excesses(guideline, &region.id, log, now.timestamp());
    let of_it =
        shut.iter().filter(|excess| found.ingredients().contains(&excess.medicine.ingredient.as_str()));
    let ingredients: Vec<&str> = of_it.map(|excess| excess.medicine.ingredient.as_str()).collect();
    if ingredients.is_empty() {
        let others: Vec<String> =
            shut.iter().map(|excess| excess.medicine.plain_name().to_lowercase()).collect();
        let help = if others.is_empty() {
            String::new()
        } else {
            format!("; what is shut is {}", others.join(" and "))
        };
        return Err(BadInput::because(format!(
            "{} is not shut, so there is nothing to clear{help}",
            found.name()
        )));
    }
    // A clearance from before the dose that was too much would open nothing.
    let mut opened = log.clone();
    for ingredient in &ingredients {
        opened.clear(at.timestamp(), *ingredient);
    }
    let still = excesses(guideline, &region.id, &opened, now.timestamp());
    if let Some(excess) =
        still.iter().find(|excess| ingredients.contains(&excess.medicine.ingredient.as_str()))
    {
        return Err(BadInput::because(format!(
            "that is before the dose of {} that was too much, {}; write down when they said so",
            excess.medicine.plain_name().to_lowercase(),
            Clock::of(now).words(excess.at)
        )));
    }
    Ok(ingredients)
}

/// Brings the log file of an earlier version into the record, as an import of a record does.
pub(super) fn import(
    guideline: &Guideline,
    region: &Region,
    file: &Path,
    own: &mut OwnRecord,
) -> anyhow::Result<Exit> {
    let region = chosen(guideline, region, own.record());
    let entries: Vec<Stored> = old_log::read(guideline, file, &region.id)?;
    let name = file.display().to_string();
    let import = checked_import(guideline, &to_json(&entries, Timestamp::now()), &name)?;
    let TakenIn { told, preview, .. } = to_take_in(guideline, own.record(), &import, &own.now());
    crate::page::points("!", told);
    let added = own.keep(|record, _| to_take_in(guideline, record, &import, &now_of(record)).events)?.len();
    let others = if preview.left_out == 0 {
        "The others were there already. You no longer need the file."
    } else {
        "The others were there already, or are left out."
    };
    crate::page::paragraph(format!("Added to your record: {added} of {} entries. {others}", entries.len()));
    Ok(Exit::Ok)
}
