//! `unclench report`: the page for the doctor as a file.

use std::path::PathBuf;

use anyhow::Context;
use care::{Guideline, Region, printable};
use tell::Confided;
use web::{Situation, doctor_pdf, told_title};

use crate::exit::{BadInput, Exit};
use crate::own_record::{OwnRecord, Wants, WhichRecord};
use crate::secret_file::write_private;

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

/// Why there is nothing for a doctor.
pub(crate) fn nothing_to_hand_over(guideline: &Guideline, own: &OwnRecord) -> anyhow::Error {
    let now = own.now();
    let situation = Situation::of(guideline, own.record(), now.timestamp());
    let Some(told) = situation.told_before() else {
        if let Some(stands) = situation.outcome() {
            return BadInput::because(format!(
                "what you answered since speaks against what you were told (\"{}\"), and a paper would not say so; \
                 `unclench interview` asks the rest first",
                printable(care::what_to_do(stands).title)
            ));
        }
        return BadInput::because(
            "the record has no outcome to hand over yet; `unclench interview` comes to one",
        );
    };
    BadInput::because(format!(
        "the guideline asks more than it did when you were told \"{}\" {}, which holds until then; \
         `unclench interview` asks what is new",
        printable(told_title(guideline, &told.shown)),
        tell::Clock::of(&now).words(told.at)
    ))
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
    let made = made.ok_or_else(|| nothing_to_hand_over(guideline, &own))?;
    write_private(&arguments.pdf, &made?)
        .with_context(|| format!("cannot write {}", printable(&arguments.pdf.display().to_string())))?;
    Ok(Exit::Ok)
}
