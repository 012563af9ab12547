//! `unclench export`: what is handed to others, of the record or of the book. `unclench record
//! export` is the record itself, for its owner.

use std::path::{Path, PathBuf};

use anyhow::Context;
use care::{Guideline, Region, printable, printable_json};
use clap::Subcommand;
use serde_json::Value;
use web::fhir_bundle;

use crate::exit::Exit;
use crate::own_record::{OwnRecord, Wants, WhichRecord};
use crate::page;
use crate::report::{confided, nothing_to_hand_over};
use crate::secret_file::write_private;

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
    /// The book for other people's engines and forms: two FHIR Questionnaires, its rules in two languages and as a table, and the flow chart
    #[command(after_help = "Example:\n  unclench export guideline artefacts")]
    Guideline {
        /// The folder to write; made if missing
        dir: PathBuf,
    },
}

/// Hands over what was asked for.
///
/// # Errors
///
/// If the record cannot be read or has no outcome yet, or a file cannot be written.
pub(crate) fn run(guideline: &Guideline, region: &Region, command: &ExportCommand) -> anyhow::Result<Exit> {
    let (record, out, in_full) = match command {
        ExportCommand::Fhir { record, out, in_full } => (record, out, in_full),
        ExportCommand::Guideline { dir } => return book(guideline, dir),
    };
    let which = WhichRecord { record: record.clone(), no_record: false };
    let own = OwnRecord::open(guideline, &which, Wants::Reading)?;
    let text = fhir_bundle(guideline, own.record(), region, &own.now(), confided(*in_full));
    let text = text.ok_or_else(|| nothing_to_hand_over(guideline, &own))?;
    // Names of painkillers may have come in with a file.
    let text = printable_json(&text);
    match out {
        Some(file) => write_private(file, text.as_bytes())
            .with_context(|| format!("cannot write {}", printable(&file.display().to_string())))?,
        None => page::data(text.as_ref()),
    }
    Ok(Exit::Ok)
}

/// The book in the forms of others.
fn book(guideline: &Guideline, dir: &Path) -> anyhow::Result<Exit> {
    let json = |value: &Value| serde_json::to_string_pretty(value);
    let files = [
        ("questionnaire.json", json(&fhir::questionnaire(guideline, fhir::Form::Ticks))?),
        ("questionnaire-plain.json", json(&fhir::questionnaire(guideline, fhir::Form::Plain))?),
        ("unclench.cql", artefacts::cql(guideline)),
        ("unclench.fhirpath.json", json(&artefacts::fhirpath(guideline))?),
        ("decision-table.csv", artefacts::decision_table(guideline)),
        ("flow-chart.svg", print::graph::svg(guideline)?),
    ];
    let shown = |path: &Path| printable(&path.display().to_string()).into_owned();
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make the folder {}", shown(dir)))?;
    for (name, text) in files {
        let path = dir.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", shown(&path)))?;
        page::line(&shown(&path));
    }
    Ok(Exit::Ok)
}
