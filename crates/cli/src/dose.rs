//! `unclench dose`: may I take one, I have taken one, when is the next?

use std::path::{Path, PathBuf};

use anyhow::Context;
use care::medicine::{
    Amount, Excess, Found, NoLimits, UnknownMedicine, excesses, find, less_now, next_question,
    region_of_limits, regions_with_limits,
};
use care::{
    Answers, Ask, Clock, Dose, DoseLevel, DoseLog, DoseVerdict, Guideline, Region, after_taking, may_take,
    standings,
};
use clap::Subcommand;
use jiff::{SignedDuration, Timestamp, Zoned};
use store::{DoseCleared, DoseTaken, Event, Record, Sequence, Stored, to_import, to_json};
use web::Situation;

use crate::after_triage::read_answers;
use crate::exit::{BadInput, Exit};
use crate::library;
use crate::own_record::{OwnRecord, Wants, WhichRecord, checked_import};

mod old_log;
mod page;
mod time;
mod view;

/// What each command of a dose takes.
#[derive(Debug, clap::Args)]
pub(crate) struct DoseArgs {
    /// Where earlier versions kept what was taken
    #[arg(long, global = true, hide = true, value_name = "FILE")]
    log: Option<PathBuf>,
    #[command(subcommand)]
    command: DoseCommand,
}

#[derive(Debug, Subcommand)]
enum DoseCommand {
    /// May I take this now?
    #[command(after_help = "Examples:\n  \
unclench dose check advil --amount 2\n  \
unclench dose check paracetamol --amount 1000mg --region uk --at '2026-11-22 14:00'\n  \
unclench dose check advil --answers me.json --record me.db --json\n\n\
Your record says what you took and what you answered, as in the pages. With --json no record is looked at unless \
--record names one.\n\
The limits are those of one country: give --region us or --region uk. Without it the country of your settings counts, \
else the only one that sells the pack, else that of the last dose.\n\
Answers that are left out are unknown, never \"no\": then the verdict is to ask first, and the next question is shown.\n\n\
Exit codes: 0 allowed, or a daily low-dose aspirin, which is not judged; 1 not allowed now (wait, ask first, or never); 2 the input could not be used.")]
    Check {
        /// A brand or an ingredient: advil, "Excedrin Back & Body", ibuprofen
        product: String,
        /// How many tablets (or sachets, doses, patches), or milligrams: 2, 1.5, 400mg
        #[arg(long, value_name = "N")]
        amount: Option<Amount>,
        /// A file with the answers as one JSON object, or - for standard input; left out: those of the record
        #[arg(long, value_name = "FILE")]
        answers: Option<String>,
        /// When: 14:30, '2026-11-22 14:30', or with an offset 2026-11-22T14:30-05:00; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        which: WhichRecord,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// I have taken this: write it down, and hear if it was too much or too soon
    #[command(
        after_help = "It goes into your record, where the pages see it too; the record is made if there is none. A dose \
is always written down, also one that was too much. With --json name the record: --record FILE.\n\n\
Exit codes: 0 written down, with or without warnings; 1 it could not be written, or not be checked against the others; 2 the input could not be used, and \
nothing was written."
    )]
    Log {
        /// A brand or an ingredient: advil, "Excedrin Back & Body", ibuprofen
        product: String,
        /// How many tablets (or sachets, doses, patches), or milligrams: 2, 1.5, 400mg; one unit of a pack if left out
        #[arg(long, value_name = "N")]
        amount: Option<Amount>,
        /// When: 14:30, '2026-11-22 14:30', or with an offset; `unknown` if you do not know, which counts as now; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        which: WhichRecord,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// What I took in the last 7 days, each with its number
    #[command(after_help = "Exit codes: 0 ok; 2 the input could not be used.")]
    List {
        #[command(flatten)]
        which: WhichRecord,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// I wrote something down that was not so: take it back
    #[command(after_help = "It no longer counts, and stays in the record.\n\n\
Exit codes: 0 taken back; 1 it could not be written; 2 there is no such dose.")]
    Withdraw {
        /// The number before it in `unclench dose list`
        #[arg(value_name = "NUMBER")]
        entry: i64,
        #[command(flatten)]
        which: WhichRecord,
    },
    /// I had too much of something, and a doctor, nurse or poison line said that I may take it again
    #[command(
        after_help = "After too much, the ingredient stays shut in every pack until this is written down.\n\n\
Exit codes: 0 written down; 1 it could not be written; 2 the input could not be used, or nothing of it is shut."
    )]
    Cleared {
        /// The ingredient, or a pack that holds it: acetaminophen, tylenol
        ingredient: String,
        /// When they said so: 14:30, '2026-11-22 14:30', or with an offset; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        which: WhichRecord,
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
        /// When: 14:30, '2026-11-22 14:30', or with an offset 2026-11-22T14:30-05:00; now if left out
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        which: WhichRecord,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// Bring the log file of an earlier version into the record
    #[command(
        after_help = "Every dose and clearance of the file is added once, however often it is imported. A file with a line \
that is missing, changed or cut off is refused with the number of that line, and nothing of it is added.\n\n\
Exit codes: 0 added; 1 it could not be written; 2 the file could not be used."
    )]
    Import {
        /// The file that `unclench dose log --log FILE` wrote
        file: PathBuf,
        #[command(flatten)]
        which: WhichRecord,
    },
}

/// Does what was asked for.
///
/// # Errors
///
/// If what was typed or the record cannot be used; nothing is written then.
pub(crate) fn run(guideline: &Guideline, region: &Region, arguments: &DoseArgs) -> anyhow::Result<Exit> {
    if let Some(log) = &arguments.log {
        let log = care::printable(&log.display().to_string()).into_owned();
        return Err(BadInput::because(format!(
            "doses are in your record now, and not in a file of their own; `unclench dose import {log}` brings \
             those of that file into it"
        )));
    }
    let wanted = |product, amount, at, json| Asked { product, amount, at, json };
    match &arguments.command {
        DoseCommand::Check { product, amount, answers, at, which, json } => {
            let own = match which.is_used(*json) {
                true => OwnRecord::open(guideline, which, Wants::Reading)?,
                false => OwnRecord::nowhere(),
            };
            let asked = wanted(product, *amount, at.as_deref(), *json);
            check(guideline, region, &asked, answers.as_deref(), &own)
        }
        DoseCommand::Log { product, amount, at, which, json } => {
            which.need_named(*json)?;
            let mut own = OwnRecord::open(guideline, which, Wants::Adding)?;
            write_down(guideline, region, &wanted(product, *amount, at.as_deref(), *json), &mut own)
        }
        DoseCommand::List { which, json } => {
            which.need_named(*json)?;
            let own = OwnRecord::open(guideline, which, Wants::Reading)?;
            list(own.record(), *json)
        }
        DoseCommand::Withdraw { entry, which } => {
            withdraw(&mut OwnRecord::open(guideline, which, Wants::Reading)?, Sequence(*entry))
        }
        DoseCommand::Cleared { ingredient, at, which, json } => {
            which.need_named(*json)?;
            let mut own = OwnRecord::open(guideline, which, Wants::Reading)?;
            cleared(guideline, region, &wanted(ingredient, None, at.as_deref(), *json), &mut own)
        }
        DoseCommand::Next { at, which, json } => {
            which.need_named(*json)?;
            let own = OwnRecord::open(guideline, which, Wants::Reading)?;
            let now = time::read_or_now(at.as_deref())?;
            let region = limits_of(guideline, region, None, own.record())?;
            let log = own.record().dose_log();
            let standings = standings(guideline, &region.id, &log, now.timestamp());
            if *json {
                crate::page::json(&view::next(guideline, region, &standings, &now))?;
            } else {
                page::next(guideline, region, &standings, &now);
            }
            Ok(Exit::Ok)
        }
        DoseCommand::Import { file, which } => {
            import(guideline, region, file, &mut OwnRecord::open(guideline, which, Wants::Adding)?)
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
    own: &OwnRecord,
) -> anyhow::Result<Exit> {
    let record = own.record();
    let found = find_pack(guideline, region, asked.product, record)?;
    let region = limits_of(guideline, region, Some(&found), record)?;
    let found = found.in_region(guideline, &region.id);
    let dose = found.dose(asked.amount.unwrap_or(Amount::usual(&found))).map_err(bad_input)?;
    let answers: Answers = match answers {
        Some(source) => read_answers(guideline, source)?,
        None => Situation::of(guideline, record, Timestamp::now()).answers().clone(),
    };
    let now = time::read_or_now(asked.at)?;
    let log = record.dose_log();
    let verdict = may_take(guideline, &region.id, &log, &dose, &answers, now.timestamp());
    let ask = next_question(guideline, &region.id, &dose, &answers);
    let less_now = less_now(guideline, &region.id, &log, &dose, &answers, now.timestamp());
    let exit = if verdict.level() <= DoseLevel::Allowed { Exit::Ok } else { Exit::Failed };
    let log_given = own.is_there();
    let checked = Checked { guideline, region, found, dose, verdict, less_now, log, log_given, ask, now };
    if asked.json {
        crate::page::json(&view::check(&checked))?;
    } else {
        page::Page::of(&checked).print();
    }
    Ok(exit)
}

fn bad_input(error: impl std::error::Error) -> anyhow::Error {
    BadInput::because(error.to_string())
}

/// What a name stands for. Where no country was chosen, that of the last dose tells packs of one name apart.
fn find_pack<'g>(
    guideline: &'g Guideline,
    region: &'g Region,
    name: &str,
    record: &Record,
) -> anyhow::Result<Found<'g>> {
    let region = chosen(guideline, region, record);
    let found = find(guideline, region, name);
    let last = region_of_limits(guideline, region, None, last_region(record));
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
fn last_region(record: &Record) -> Option<&str> {
    record.doses().last().map(|dose| dose.what.region.as_str())
}

/// The country that was chosen: here, else in the settings of the record.
fn chosen<'g>(guideline: &'g Guideline, region: &'g Region, record: &Record) -> &'g Region {
    let settings = record.settings();
    library::chosen(guideline, region, [&settings.dose_region, &settings.region])
}

/// The country whose limits count: see [`region_of_limits`]. The messages say which option chooses one.
fn limits_of<'g>(
    guideline: &'g Guideline,
    region: &'g Region,
    found: Option<&Found<'_>>,
    record: &Record,
) -> anyhow::Result<&'g Region> {
    let chosen = chosen(guideline, region, record);
    region_of_limits(guideline, chosen, found, last_region(record)).map_err(|error| {
        let with_limits: Vec<&str> =
            regions_with_limits(guideline).into_iter().map(|region| region.id.as_str()).collect();
        let help = format!("give --region {}", with_limits.join(" or --region "));
        BadInput::because(match &error {
            NoLimits::In(_) => format!("{error}, or {help} if your pack comes from there"),
            NoLimits::NotChosen => format!("doses differ from country to country; {help}"),
        })
    })
}

/// Adds the dose first and looks for warnings afterwards: nothing is lost.
fn write_down(
    guideline: &Guideline,
    region: &Region,
    asked: &Asked<'_>,
    own: &mut OwnRecord,
) -> anyhow::Result<Exit> {
    let (region, found, dose) =
        dose_taken(guideline, region, asked, own.record()).context("nothing was written down")?;
    let is_unknown = asked.at.is_some_and(time::is_unknown);
    let at = time::read_or_now(asked.at.filter(|_| !is_unknown)).context("nothing was written down")?;
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
    let (record, now) = (own.record(), Zoned::now());
    let before = record.dose_log_without(Some(entry));
    let warnings = after_taking(guideline, &region.id, &before, &taken, now.timestamp());
    let standings = standings(guideline, &region.id, &record.dose_log(), now.timestamp());
    let written = page::Written {
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

/// How far back the list of doses goes, as in the pages.
const LISTED: SignedDuration = SignedDuration::from_hours(7 * 24);

fn list(record: &Record, json: bool) -> anyhow::Result<Exit> {
    let now = Zoned::now();
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
fn withdraw(own: &mut OwnRecord, entry: Sequence) -> anyhow::Result<Exit> {
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
fn cleared(
    guideline: &Guideline,
    region: &Region,
    asked: &Asked<'_>,
    own: &mut OwnRecord,
) -> anyhow::Result<Exit> {
    let found = find_pack(guideline, region, asked.product, own.record())?;
    let region = limits_of(guideline, region, Some(&found), own.record())?;
    let found = found.in_region(guideline, &region.id);
    let (at, now) = (time::read_or_now(asked.at)?, Zoned::now());
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
    let log = own.record().dose_log();
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
fn import(guideline: &Guideline, region: &Region, file: &Path, own: &mut OwnRecord) -> anyhow::Result<Exit> {
    let region = chosen(guideline, region, own.record());
    let entries: Vec<Stored> = old_log::read(guideline, file, &region.id)?;
    let name = file.display().to_string();
    let import = checked_import(guideline, &to_json(&entries, Timestamp::now()), &name)?;
    let added = own.keep(|record, _| to_import(record, &import))?.len();
    crate::page::paragraph(&format!(
        "Added to your record: {added} of {} entries. The others were there already. You no longer need the file.",
        entries.len()
    ));
    Ok(Exit::Ok)
}
