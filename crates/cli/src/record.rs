//! `unclench record`: the file with the record, from the command line.

use std::path::{Path, PathBuf};

use anyhow::Context;
use care::{Guideline, printable, printable_json};
use clap::Subcommand;
use jiff::Zoned;
use store::{Database, Import, Mark, Preview, Record, RecordId, to_csv};
use web::{ReplayResult, Replayed, TakenIn, export, replay, to_take_in};

use crate::exit::{BadInput, Exit};
use crate::own_record::{checked_import, now_of, say_faults};
use crate::record_file::{self, Damaged};
use crate::{input, page};

#[derive(Debug, clap::Args)]
pub(crate) struct RecordArgs {
    /// The file; left out: the place of your own that `where` prints
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: RecordCommand,
}

/// `unclench import`: the same as `unclench record import`, by what the file is.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    #[command(subcommand)]
    from: ImportFrom,
}

#[derive(Debug, Subcommand)]
enum ImportFrom {
    /// From FHIR: a Bundle of `unclench export fhir`, or answers to its questions as a response to a Questionnaire
    Fhir {
        /// The file, or - for standard input
        file: String,
        /// Add it
        #[arg(long)]
        yes: bool,
        /// The file with the record; left out: the place of your own that `unclench record where` prints
        #[arg(long, value_name = "FILE")]
        record: Option<PathBuf>,
    },
}

impl From<&ImportArgs> for RecordArgs {
    fn from(arguments: &ImportArgs) -> Self {
        let ImportFrom::Fhir { file, yes, record } = &arguments.from;
        Self { record: record.clone(), command: RecordCommand::Import { file: file.clone(), yes: *yes } }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum RecordCommand {
    /// Print where the record is: in the folder of this system for it, or where `UNCLENCH_RECORD` says
    Where,
    /// Print everything in it, as JSON that `import` reads, or as CSV for a spreadsheet
    Export {
        /// CSV: the diary, the doses and what was tried, one row an entry
        #[arg(long)]
        csv: bool,
    },
    /// Show what a file from `export` would add; with --yes add it
    Import {
        /// The file, or - for standard input; FHIR of `unclench export fhir` is read too
        file: String,
        /// Add it
        #[arg(long)]
        yes: bool,
    },
    /// Delete everything in the record, without a trace in the file
    Erase {
        /// Yes, delete it
        #[arg(long)]
        yes: bool,
    },
    /// Seal the record with a passphrase (typed, or in the variable `UNCLENCH_PASSPHRASE`)
    Seal,
    /// Take the passphrase off
    Unseal,
    /// Work out every outcome of the record again and compare the certificates
    Replay,
}

/// Does what was asked for.
///
/// # Errors
///
/// If the file, or a file to import, cannot be used; nothing is changed then.
pub(crate) fn run(guideline: &Guideline, arguments: &RecordArgs) -> anyhow::Result<Exit> {
    let path = record_file::path(arguments.record.as_deref())?;
    if let RecordCommand::Where = arguments.command {
        page::say!("{}", printable(&path.display().to_string()));
        return Ok(Exit::Ok);
    }
    if !path.exists() && !matches!(arguments.command, RecordCommand::Import { .. }) {
        return Err(BadInput::because(format!(
            "there is no record at {} yet",
            printable(&path.display().to_string())
        )));
    }
    // A file that does not read must not leave an empty record behind.
    let import = match &arguments.command {
        RecordCommand::Import { file, .. } => Some(read_import(guideline, file)?),
        _ => None,
    };
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start")?;
    runtime.block_on(async {
        match &arguments.command {
            RecordCommand::Seal => {
                Database::seal_with(&path, &record_file::ask_new()?)
                    .await
                    .map_err(|error| record_file::unusable(&error))?;
                page::paragraph(
                    "The record is sealed. Without the passphrase nobody can read it, you included.",
                );
                Ok(Exit::Ok)
            }
            RecordCommand::Unseal => {
                Database::unseal(&path, &record_file::known("The passphrase of your record")?)
                    .await
                    .map_err(|error| record_file::unusable(&error))?;
                page::paragraph("The passphrase is off. Whoever can read the file can read the record.");
                Ok(Exit::Ok)
            }
            command => {
                let opened = match (record_file::try_open(&path).await?, command) {
                    (Ok(opened), _) => opened,
                    (Err(damaged), RecordCommand::Export { csv }) => {
                        return salvage(guideline, &path, &damaged, *csv).await;
                    }
                    (Err(damaged), _) => return Err(damaged.unusable()),
                };
                let done = with(guideline, &path, &opened.database, command, import.as_ref()).await;
                opened.database.close().await;
                done
            }
        }
    })
}

async fn with(
    guideline: &Guideline,
    path: &Path,
    database: &Database,
    command: &RecordCommand,
    import: Option<&Import>,
) -> anyhow::Result<Exit> {
    let own = RecordId::own();
    let reading = database.read(&own, &Mark::default()).await?;
    let mut record = Record::of(reading.events);
    record.note_faults(reading.faults);
    let is_whole = say_faults(path, &record);
    let now = now_of(&record);
    match command {
        RecordCommand::Export { csv } => print_export(guideline, &record, *csv),
        RecordCommand::Import { yes, .. } => {
            let Some(import) = import else { return Ok(Exit::Failed) };
            let TakenIn { events, preview, told } = to_take_in(guideline, &record, import, &now);
            show(&preview, &told, &now);
            if import.missing > 0 {
                page::point(
                    "!",
                    format!(
                        "Missing in it: {}. A dose or an answer may be among them, so for a month no painkiller gets a yes",
                        import.missing
                    ),
                );
            }
            if *yes {
                let is_new = !events.is_empty();
                if is_new {
                    database.append_after(&own, reading.mark.last(), None, events).await?;
                }
                page::paragraph(if is_new { "Added." } else { "There is nothing new in this file." });
            } else {
                page::paragraph("Nothing was added. Give --yes to add it.");
            }
        }
        RecordCommand::Erase { yes: true } => {
            let count = database.erase(&own).await?;
            let path = path.display().to_string();
            page::paragraph(format!("Deleted: {count} entries of {}.", printable(&path)));
        }
        RecordCommand::Erase { yes: false } => {
            let count = record.events().len();
            return Err(BadInput::because(format!(
                "this deletes {count} entries for good; export them first if you may want them, then give --yes"
            )));
        }
        RecordCommand::Replay => {
            let exit = show_replay(guideline, &record, &now);
            return Ok(if is_whole { exit } else { Exit::Failed });
        }
        RecordCommand::Where | RecordCommand::Seal | RecordCommand::Unseal => {}
    }
    let is_reading = matches!(command, RecordCommand::Export { .. });
    Ok(if is_whole || !is_reading { Exit::Ok } else { Exit::Failed })
}

fn print_export(guideline: &Guideline, record: &Record, csv: bool) {
    let now = now_of(record);
    if csv {
        page::data(to_csv(record, now.time_zone()).trim_end());
    } else {
        page::data(printable_json(export(guideline, record, now.timestamp()).trim_end()).as_ref());
    }
}

/// Prints what can still be read of a file that is damaged.
async fn salvage(guideline: &Guideline, path: &Path, damaged: &Damaged, csv: bool) -> anyhow::Result<Exit> {
    let salvaged = Database::salvage(path, damaged.passphrase.as_ref(), &RecordId::own()).await;
    let salvaged = salvaged.map_err(|_| record_file::unusable(&damaged.error))?;
    let mut record = Record::of(salvaged.events);
    record.note_faults(salvaged.faults);
    print_export(guideline, &record, csv);
    let count = record.events().len();
    page::error(&format!("{}; what can still be read of it are {count} entries", damaged.error));
    say_faults(path, &record);
    Ok(Exit::Failed)
}

/// A file from `export` that says nothing which could not have been written here.
fn read_import(guideline: &Guideline, file: &str) -> anyhow::Result<Import> {
    checked_import(guideline, &input::read(file, store::MOST_BYTES as u64)?, file)
}

fn show(preview: &Preview, told: &[String], now: &Zoned) {
    let clock = tell::Clock::of(now);
    page::heading("What the file holds");
    page::point(
        "•",
        format!("{} entries, {} of them are there already", preview.events, preview.already_there),
    );
    if let (Some(from), Some(to)) = (preview.from, preview.to) {
        page::point(
            "•",
            format!("The first was written {}, the last {}", clock.words(from), clock.words(to)),
        );
    }
    page::point(
        "•",
        format!(
            "To add: {} (check-ins: {}, doses: {}, outcomes: {})",
            preview.added, preview.check_ins, preview.doses, preview.assessments
        ),
    );
    let Preview { cleared, ahead, region, dose_region, time_zone, .. } = preview;
    let becomes = |what: &str, to: &Option<String>| Some(format!("{what}: {}", printable(to.as_ref()?)));
    let counted = |what: &str, count: usize| (count > 0).then(|| format!("{what}: {count}"));
    let more = [
        counted("Painkillers that a clinician said may be taken again", *cleared),
        counted("Left out, because the record has something newer", preview.outdated),
        counted("Left out, to be safe", preview.left_out),
        counted("Other entries that would be taken back", preview.taken_back),
        counted("Dated later than the file was saved, by a clock that was ahead", *ahead),
        becomes("The emergency number becomes that of", region),
        becomes("The limits for painkillers become those of", dose_region),
        becomes("The time zone becomes", time_zone),
    ];
    for (name, at) in &preview.doses_taken_back {
        page::point("!", format!("Taken out of the painkillers: {}, {}", printable(name), clock.words(*at)));
    }
    for line in more.iter().flatten().chain(told) {
        page::point("!", line);
    }
}

/// Each outcome with whether it comes out the same; fails if one does not.
fn show_replay(guideline: &Guideline, record: &Record, now: &Zoned) -> Exit {
    let clock = tell::Clock::of(now);
    let replayed = replay(guideline, record);
    let mut is_same = true;
    for one in &replayed {
        let words = match &one.result {
            ReplayResult::Same => "the same outcome and certificate".to_owned(),
            ReplayResult::Different => "NOT the same".to_owned(),
            ReplayResult::OtherGuideline { version } => {
                format!(
                    "made with another version of the book, {}; give that one with --guideline",
                    printable(version)
                )
            }
        };
        is_same &= one.result != ReplayResult::Different;
        page::point("•", format!("Entry {}, {}: {words}", one.sequence, clock.words(one.at)));
    }
    let is_other = |one: &&Replayed| matches!(one.result, ReplayResult::OtherGuideline { .. });
    let others = replayed.iter().filter(is_other).count();
    let again = replayed.len() - others;
    page::paragraph(format!("{again} of {} outcomes were worked out again.", replayed.len()));
    if is_same { Exit::Ok } else { Exit::Failed }
}
