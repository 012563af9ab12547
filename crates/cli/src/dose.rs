//! `unclench dose`: may I take one, I have taken one, when is the next?

use std::path::PathBuf;

use anyhow::Context;
use care::medicine::{
    Amount, Excess, Found, NoLimits, UnknownMedicine, excesses, find, less_now, next_question,
    region_of_limits, regions_with_limits,
};
use care::{
    Answers, Ask, Clock, Dose, DoseLevel, DoseLog, DoseVerdict, Guideline, Region, Taken, after_taking,
    may_take, standings,
};
use clap::Subcommand;
use jiff::{SignedDuration, Zoned};

use crate::exit::{BadInput, Exit};
use crate::{answers_in, input};

mod log_file;
mod page;
mod time;
mod view;

use log_file::{Entry, LogFile};

#[derive(Debug, Subcommand)]
pub(crate) enum DoseCommand {
    /// May I take this now?
    #[command(after_help = "Examples:\n  \
unclench dose check advil --amount 2 --answers me.json --log doses.jsonl --region us\n  \
unclench dose check paracetamol --amount 1000mg --answers me.json --region uk --at '2026-11-22 14:00'\n\n\
The limits are those of one country: give --region us or --region uk. Without it, the only country that sells the \
pack counts, else the country of the last dose in the log.\n\
Answers that are left out are unknown, never \"no\": then the verdict is to ask first, and the next question is shown.\n\n\
Exit codes: 0 allowed, or a daily low-dose aspirin, which is not judged; 1 not allowed now (wait, ask first, or never); 2 the input could not be used.")]
    Check {
        /// A brand or an ingredient: advil, "Excedrin Back & Body", ibuprofen
        product: String,
        /// How many tablets (or sachets, doses, patches), or milligrams: 2, 1.5, 400mg
        #[arg(long, value_name = "N")]
        amount: Option<Amount>,
        /// A file with the person's answers as one JSON object, or - for standard input
        #[arg(long, value_name = "FILE")]
        answers: Option<String>,
        /// The file with what was taken, as `dose log` writes it
        #[arg(long, value_name = "FILE")]
        log: Option<PathBuf>,
        /// When: 14:30, '2026-11-22 14:30', or with an offset 2026-11-22T14:30-05:00; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// I have taken this: write it down, and hear if it was too much or too soon
    #[command(
        after_help = "The file is made if missing. Each dose is one JSON line that is added at the end and never \
changed; a dose is always written down, also one that was too much.\n\n\
Exit codes: 0 written down, with or without warnings; 1 it could not be written, or not be checked against the others; 2 the input could not be used, and \
nothing was written."
    )]
    Log {
        /// A brand or an ingredient: advil, "Excedrin Back & Body", ibuprofen
        product: String,
        /// The file to add to
        #[arg(long, value_name = "FILE")]
        log: PathBuf,
        /// How many tablets (or sachets, doses, patches), or milligrams: 2, 1.5, 400mg; one unit of a pack if left out
        #[arg(long, value_name = "N")]
        amount: Option<Amount>,
        /// When: 14:30, '2026-11-22 14:30', or with an offset; `unknown` if you do not know, which counts as now; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// I had too much of something, and a doctor, nurse or poison line said that I may take it again
    #[command(
        after_help = "After too much, the ingredient stays shut in every pack until this is written down.\n\n\
Exit codes: 0 written down; 1 it could not be written; 2 the input could not be used, or nothing of it is shut."
    )]
    Cleared {
        /// The ingredient, or a pack that holds it: acetaminophen, tylenol
        ingredient: String,
        /// The file with what was taken, as `dose log` writes it
        #[arg(long, value_name = "FILE")]
        log: PathBuf,
        /// When they said so: 14:30, '2026-11-22 14:30', or with an offset; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// When may I take the next one? By ingredient, with the totals of the last 24 hours
    #[command(
        after_help = "This goes by time and amount only; `unclench dose check` also asks if it is safe for you.\n\n\
Exit codes: 0 ok; 2 the input could not be used."
    )]
    Next {
        /// The file with what was taken, as `dose log` writes it
        #[arg(long, value_name = "FILE")]
        log: PathBuf,
        /// When: 14:30, '2026-11-22 14:30', or with an offset 2026-11-22T14:30-05:00; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(guideline: &Guideline, region: &Region, command: &DoseCommand) -> anyhow::Result<Exit> {
    match command {
        DoseCommand::Check { product, amount, answers, log, at, json } => {
            let entries = log.as_deref().map(log_file::read).transpose()?;
            let asked = Asked { product, amount: *amount, at: at.as_deref(), json: *json };
            check(guideline, region, &asked, answers.as_deref(), entries)
        }
        DoseCommand::Log { product, log, amount, at, json } => {
            let asked = Asked { product, amount: *amount, at: at.as_deref(), json: *json };
            write_down(guideline, region, &asked, &LogFile::at(log))
        }
        DoseCommand::Cleared { ingredient, log, at, json } => {
            let asked = Asked { product: ingredient, amount: None, at: at.as_deref(), json: *json };
            cleared(guideline, region, &asked, &LogFile::at(log))
        }
        DoseCommand::Next { log, at, json } => {
            let entries = log_file::read(log)?;
            let now = time::read_or_now(at.as_deref())?;
            let region = limits_of(guideline, region, None, &entries)?;
            let log = log_file::log_of(&entries);
            let standings = standings(guideline, &region.id, &log, now.timestamp());
            if *json {
                crate::page::json(&view::next(guideline, region, &standings, &now))?;
            } else {
                page::next(guideline, region, &standings, &now);
            }
            Ok(Exit::Ok)
        }
    }
}

/// What was typed about a dose.
struct Asked<'a> {
    product: &'a str,
    amount: Option<Amount>,
    at: Option<&'a str>,
    json: bool,
}

/// A dose with everything a page or a program wants to know about the verdict.
pub(crate) struct Checked<'g> {
    guideline: &'g Guideline,
    region: &'g Region,
    found: Found<'g>,
    dose: Dose,
    verdict: DoseVerdict<'g>,
    /// The most that may be taken at once where it is less than was asked for.
    less_now: Option<u32>,
    log: DoseLog,
    log_given: bool,
    ask: Option<Ask>,
    now: Zoned,
}

fn check(
    guideline: &Guideline,
    region: &Region,
    asked: &Asked<'_>,
    answers: Option<&str>,
    entries: Option<Vec<Entry>>,
) -> anyhow::Result<Exit> {
    let log_given = entries.is_some();
    let entries = entries.unwrap_or_default();
    let found = find_pack(guideline, region, asked.product, &entries)?;
    let region = limits_of(guideline, region, Some(&found), &entries)?;
    let found = found.in_region(guideline, &region.id);
    let dose = found.dose(asked.amount.unwrap_or(Amount::usual(&found))).map_err(bad_input)?;
    let answers = read_answers(guideline, answers)?;
    let now = time::read_or_now(asked.at)?;
    let log = log_file::log_of(&entries);
    let verdict = may_take(guideline, &region.id, &log, &dose, &answers, now.timestamp());
    let ask = next_question(guideline, &region.id, &dose, &answers);
    let less_now = less_now(guideline, &region.id, &log, &dose, &answers, now.timestamp());
    let exit = if verdict.level() <= DoseLevel::Allowed { Exit::Ok } else { Exit::Failed };
    let checked = Checked { guideline, region, found, dose, verdict, less_now, log, log_given, ask, now };
    if asked.json {
        crate::page::json(&view::check(&checked))?;
    } else {
        page::Page::of(&checked).print();
    }
    Ok(exit)
}

fn read_answers(guideline: &Guideline, source: Option<&str>) -> anyhow::Result<Answers> {
    let Some(source) = source else { return Ok(Answers::none(guideline)) };
    answers_in::read(guideline, &input::read(source, input::MOST_BYTES)?)
        .map_err(|unusable| BadInput::because(unusable.messages().join("\n  ")))
}

fn bad_input(error: impl std::error::Error) -> anyhow::Error {
    BadInput::because(error.to_string())
}

/// What a name stands for. Where no country was chosen, that of the last dose tells packs of one name apart.
fn find_pack<'g>(
    guideline: &'g Guideline,
    region: &'g Region,
    name: &str,
    entries: &[Entry],
) -> anyhow::Result<Found<'g>> {
    let found = find(guideline, region, name);
    let last = region_of_limits(guideline, region, None, last_region(entries));
    let found = match (found, last) {
        (Err(UnknownMedicine::WhichPack { .. }), Ok(last)) => find(guideline, last, name),
        (found, _) => found,
    };
    found.map_err(|error| match error {
        UnknownMedicine::WhichPack { abroad: true, .. } => {
            BadInput::because(format!("{error} with --region"))
        }
        error => bad_input(error),
    })
}

/// The country by whose limits the last dose was looked at.
fn last_region(entries: &[Entry]) -> Option<&str> {
    entries.iter().rev().find_map(Entry::region)
}

/// The country whose limits count: see [`region_of_limits`]. The messages say which option chooses one.
fn limits_of<'g>(
    guideline: &'g Guideline,
    chosen: &'g Region,
    found: Option<&Found<'_>>,
    entries: &[Entry],
) -> anyhow::Result<&'g Region> {
    region_of_limits(guideline, chosen, found, last_region(entries)).map_err(|error| {
        let with_limits: Vec<&str> =
            regions_with_limits(guideline).into_iter().map(|region| region.id.as_str()).collect();
        let help = format!("give --region {}", with_limits.join(" or --region "));
        BadInput::because(match &error {
            NoLimits::In(_) => format!("{error}, or {help} if your pack comes from there"),
            NoLimits::NotChosen => format!("doses differ from country to country; {help}"),
        })
    })
}

/// Adds the dose first and reads the log for warnings afterwards: nothing is lost.
fn write_down(
    guideline: &Guideline,
    region: &Region,
    asked: &Asked<'_>,
    file: &LogFile<'_>,
) -> anyhow::Result<Exit> {
    let before = file.read_if_there();
    let entries = before.as_ref().map(Vec::as_slice).unwrap_or_default();
    let (region, found, dose) =
        dose_taken(guideline, region, asked, entries).context("nothing was written down")?;
    let is_unknown = asked.at.is_some_and(time::is_unknown);
    let at = time::read_or_now(asked.at.filter(|_| !is_unknown)).context("nothing was written down")?;
    let now = Zoned::now();
    if at.duration_since(&now) > SignedDuration::from_hours(24) {
        let message =
            "nothing was written down: that time is more than a day ahead; write it down once it was taken";
        return Err(BadInput::because(message));
    }
    let taken = Taken::new(at.timestamp(), &dose);
    let taken = if is_unknown { taken.at_unknown_time() } else { taken };
    file.add(&at, &taken, &dose, &region.id)?;
    let entries = match before {
        Ok(entries) => entries,
        Err(error) => {
            anyhow::bail!(
                "the dose is written down, but it could not be checked against the others: {error:#}"
            );
        }
    };
    let mut log = log_file::log_of(&entries);
    let warnings = after_taking(guideline, &region.id, &log, &taken, now.timestamp());
    log.push(taken.clone());
    let latest = if at.timestamp() > now.timestamp() { &at } else { &now };
    let standings = standings(guideline, &region.id, &log, latest.timestamp());
    let written = page::Written {
        guideline,
        region,
        found,
        dose: &dose,
        taken: &taken,
        at: &at,
        warnings: &warnings,
        standings: &standings,
        now: latest,
    };
    if asked.json {
        crate::page::json(&view::written(&written))?;
    } else {
        written.print();
    }
    Ok(Exit::Ok)
}

/// The dose that was taken, with its pack and whose limits hold.
fn dose_taken<'g>(
    guideline: &'g Guideline,
    region: &'g Region,
    asked: &Asked<'_>,
    entries: &[Entry],
) -> anyhow::Result<(&'g Region, Found<'g>, Dose)> {
    let found = find_pack(guideline, region, asked.product, entries)?;
    let region = limits_of(guideline, region, Some(&found), entries)?;
    let found = found.in_region(guideline, &region.id);
    let amount = match (asked.amount, &found) {
        (Some(amount), _) => amount,
        (None, Found::Product(_) | Found::Other(_)) => Amount::usual(&found),
        (None, Found::Ingredient(medicine)) => {
            return Err(BadInput::because(format!(
                "how much {} was it? Give the milligrams from the pack, such as --amount {}mg, or name the pack",
                medicine.ingredient, medicine.single_usual
            )));
        }
    };
    let dose = found.dose(amount).map_err(bad_input)?;
    Ok((region, found, dose))
}

/// Writes down that a clinician cleared an ingredient that was too much.
fn cleared(
    guideline: &Guideline,
    region: &Region,
    asked: &Asked<'_>,
    file: &LogFile<'_>,
) -> anyhow::Result<Exit> {
    let entries = file.read()?;
    let found = find_pack(guideline, region, asked.product, &entries)?;
    let region = limits_of(guideline, region, Some(&found), &entries)?;
    let found = found.in_region(guideline, &region.id);
    let (at, now) = (time::read_or_now(asked.at)?, Zoned::now());
    if at > now {
        return Err(BadInput::because("that time is still to come; write down when they said so"));
    }
    let log = log_file::log_of(&entries);
    let shut: Vec<Excess<'_>> = excesses(guideline, &region.id, &log, now.timestamp());
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
            Clock::of(&now).words(excess.at)
        )));
    }
    file.clear(&at, &ingredients, &region.id)?;
    let log = log_file::log_of(&file.read()?);
    let standings = standings(guideline, &region.id, &log, now.timestamp());
    if asked.json {
        let mut shown = view::next(guideline, region, &standings, &now);
        if let Some(fields) = shown.as_object_mut() {
            fields.insert("cleared".to_owned(), serde_json::json!(ingredients));
        }
        crate::page::json(&shown)?;
    } else {
        page::cleared(guideline, &ingredients, &standings, &at, &now);
    }
    Ok(Exit::Ok)
}
