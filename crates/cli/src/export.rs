//! `unclench export`: what is handed to others, of the record. `unclench record export` is the
//! record itself, for its owner.

use std::path::PathBuf;

use anyhow::Context;
use care::{Guideline, Region, printable, printable_json};
use clap::Subcommand;
use web::fhir_bundle;

use crate::exit::{BadInput, Exit};
use crate::own_record::{OwnRecord, Wants, WhichRecord};
use crate::page;
use crate::report::confided;

#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// What the page for the doctor says, as one FHIR R4 document that is also a patient summary
    #[command(
        after_help = "Examples:\n  unclench export fhir --out for-the-doctor.json\n  unclench import fhir for-the-doctor.json"
    )]
    Fhir {
        /// The file with the record, or an export of it; left out: your own, see `unclench record where`
        #[arg(long, value_name = "FILE")]
        record: Option<PathBuf>,
        /// Write it to this file; left out: to standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Also put on what you told in confidence; else it is left off, and the certificate with it
        #[arg(long)]
        in_full: bool,
    },
}

/// Hands over what was asked for.
///
/// # Errors
///
/// If the record cannot be read or has no outcome yet, or the file cannot be written.
pub(crate) fn run(guideline: &Guideline, region: &Region, command: &ExportCommand) -> anyhow::Result<Exit> {
    let ExportCommand::Fhir { record, out, in_full } = command;
    let which = WhichRecord { record: record.clone(), no_record: false };
    let own = OwnRecord::open(guideline, &which, Wants::Reading)?;
    let text = fhir_bundle(guideline, own.record(), region, &own.now(), confided(*in_full));
    let text = text.ok_or_else(|| {
        BadInput::because("the record has no outcome to hand over yet; `unclench interview` comes to one")
    })?;
    // Names of painkillers may have come in with a file.
    let text = printable_json(&text);
    match out {
        Some(file) => std::fs::write(file, text.as_bytes())
            .with_context(|| format!("cannot write {}", printable(&file.display().to_string())))?,
        None => page::data(text.as_ref()),
    }
    Ok(Exit::Ok)
}
