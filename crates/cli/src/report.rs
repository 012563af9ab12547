//! `unclench report`: the page for the doctor as a file.

use std::path::PathBuf;

use anyhow::Context;
use care::{Guideline, Region, printable};
use tell::Confided;
use web::doctor_pdf;

use crate::exit::{BadInput, Exit};
use crate::own_record::{OwnRecord, Wants, WhichRecord};

/// What is made, and of which record.
#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// Write it to this file, as a tagged PDF with the hand-off as FHIR and the certificate inside
    #[arg(long, value_name = "FILE")]
    pdf: PathBuf,
    /// The file with the record, or an export of it; left out: your own, see `unclench record where`
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Also put on what you told in confidence; else it is left off, and the certificate with it
    #[arg(long)]
    in_full: bool,
}

/// What becomes of the private answers.
pub(crate) fn confided(in_full: bool) -> Confided {
    if in_full { Confided::PutOn } else { Confided::LeftOff }
}

/// Writes the page.
///
/// # Errors
///
/// If the record cannot be read or has no outcome yet, or the file cannot be written.
pub(crate) fn run(guideline: &Guideline, region: &Region, arguments: &ReportArgs) -> anyhow::Result<Exit> {
    let which = WhichRecord { record: arguments.record.clone(), no_record: false };
    let own = OwnRecord::open(guideline, &which, Wants::Reading)?;
    let (now, confided) = (own.now(), confided(arguments.in_full));
    let made = doctor_pdf(guideline, own.record(), region, &now, confided);
    let made = made.ok_or_else(|| {
        BadInput::because("the record has no outcome to hand over yet; `unclench interview` comes to one")
    })?;
    std::fs::write(&arguments.pdf, made?)
        .with_context(|| format!("cannot write {}", printable(&arguments.pdf.display().to_string())))?;
    Ok(Exit::Ok)
}
