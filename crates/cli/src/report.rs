//! `unclench report`: the page for the doctor as a file.

use std::path::PathBuf;

use anyhow::Context;
use care::{Guideline, Region, printable, printable_json};
use jiff::Zoned;
use report::{Attachment, pdf};
use tell::{Confided, Message};
use web::for_the_doctor;

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
    let (now, confided) = (Zoned::now(), confided(arguments.in_full));
    let made = for_the_doctor(guideline, own.record(), region, &now, confided, |made| {
        let attached = |name, says: Message<'_>, mime_type, text: &str| {
            // Names of painkillers may have come in with a file.
            Attachment { name, says: says.to_string(), mime_type, text: printable_json(text).into_owned() }
        };
        let fhir = (Message::DoctorAttachedFhir, "application/fhir+json");
        let mut files = vec![attached("for-the-doctor.fhir.json", fhir.0, fhir.1, &made.bundle)];
        files.extend(made.certificate.as_ref().map(|certificate| {
            let says = Message::DoctorAttachedCertificate;
            attached("certificate.json", says, "application/json", certificate)
        }));
        pdf(made.page, &made.body, files)
    });
    let made = made.ok_or_else(|| {
        BadInput::because("the record has no outcome to hand over yet; `unclench interview` comes to one")
    })?;
    std::fs::write(&arguments.pdf, made?)
        .with_context(|| format!("cannot write {}", printable(&arguments.pdf.display().to_string())))?;
    Ok(Exit::Ok)
}
