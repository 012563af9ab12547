//! `unclench cohort`: the book over the records of many people.

mod report;

use std::fs::File;
use std::io::{BufWriter, IsTerminal as _, Write, stderr};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use ::cohort::{CohortError, Options, Others, Step};
use anyhow::Context as _;
use care::{Guideline, printable};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use crate::exit::{BadInput, Exit};
use crate::library;

#[derive(Debug, Subcommand)]
pub(crate) enum CohortCommand {
    /// Urgency, the rules that hold and what is missing, for every record of a file
    #[command(after_help = "Examples:\n  unclench cohort run people.csv --out outcomes.csv\n  \
unclench cohort run people.ndjson --out outcomes.parquet --keep-planes people.planes\n\n\
In: .csv, .ndjson or .jsonl (flat, or a FHIR QuestionnaireResponse a line), .parquet, .arrow, and .planes that an earlier run \
kept. A column for each finding by its id (`unclench findings` lists them): yes, no or unsure, true or false, a number, the id of \
an option; empty is an open question. A column `id` is carried through.\n\
Out: .csv, .ndjson, .jsonl or .parquet. A record that cannot be read goes into FILE.rejects.ndjson with its place and the reason.\n\
If the run is stopped, the same command goes on where it was.\n\n\
Exit codes: 0 ok; 1 some records were refused, or a file could not be written; 2 the input could not be used.")]
    Run(RunArgs),
    /// Who is sent elsewhere by another book, over the same records
    #[command(
        after_help = "Example:\n  unclench cohort diff guideline-2026-10 guideline-2026-11 people.csv --ids changed.csv\n\n\
A book is its folder, or the file that `unclench book --compiled` wrote. Those who would be told something less urgent come first.\n\n\
Exit codes: 0 ok, also where people change; 1 a file could not be written; 2 the input could not be used."
    )]
    Diff(DiffArgs),
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// The file with the records
    records: PathBuf,
    /// Where the outcomes go; its ending says in what form
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Keep the answers as bit planes in this file (.planes): the next run with this book reads them much faster
    #[arg(long, value_name = "FILE")]
    keep_planes: Option<PathBuf>,
    /// Leave out columns that are no findings, and do not refuse them
    #[arg(long)]
    ignore_others: bool,
    /// Replace outcomes that are there already, or begin a run again that was stopped
    #[arg(long)]
    overwrite: bool,
    /// How many work at the same time; as many as the machine has cores if left out
    #[arg(long, value_name = "NUMBER")]
    threads: Option<NonZeroUsize>,
    /// Print what was done as JSON instead of text
    #[arg(long)]
    json: bool,
    /// How much is read until what is done is noted down
    #[arg(long, hide = true, default_value_t = 64)]
    batches_a_checkpoint: u64,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The book as it was
    old: PathBuf,
    /// The book as it will be
    new: PathBuf,
    /// The file with the records
    records: PathBuf,
    /// Write whoever changes into this file, as CSV
    #[arg(long, value_name = "FILE")]
    ids: Option<PathBuf>,
    /// Leave out columns that are findings of neither book, and do not refuse them
    #[arg(long)]
    ignore_others: bool,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Runs a book over records.
///
/// # Errors
///
/// [`BadInput`] if the records or the books cannot be used; otherwise if a file cannot be written.
pub(crate) fn run(guideline: &Guideline, command: &CohortCommand) -> anyhow::Result<Exit> {
    match command {
        CohortCommand::Run(arguments) => run_book(guideline, arguments),
        CohortCommand::Diff(arguments) => compare_books(arguments),
    }
}

fn others(are_ignored: bool) -> Others {
    if are_ignored { Others::LeftOut } else { Others::Refused }
}

fn run_book(guideline: &Guideline, arguments: &RunArgs) -> anyhow::Result<Exit> {
    if arguments.batches_a_checkpoint == 0 {
        return Err(BadInput::because("--batches-a-checkpoint is at least 1"));
    }
    let options = Options {
        input: arguments.records.clone(),
        out: arguments.out.clone(),
        keep_planes: arguments.keep_planes.clone(),
        others: others(arguments.ignore_others),
        overwrite: arguments.overwrite,
        threads: arguments.threads.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get),
        batches_a_checkpoint: arguments.batches_a_checkpoint,
    };
    let mut bar = Bar::default();
    let report = ::cohort::run(guideline, &options, &mut |step| bar.show(step)).map_err(input_or_not)?;
    bar.end();
    report::run(guideline, &options, &report, arguments.json)?;
    Ok(if report.counts.rejects > 0 { Exit::Failed } else { Exit::Ok })
}

fn compare_books(arguments: &DiffArgs) -> anyhow::Result<Exit> {
    let [old, new] = [book(&arguments.old)?, book(&arguments.new)?];
    let cannot = |path: &Path| format!("cannot write {}", printable(&path.display().to_string()));
    let mut ids = arguments
        .ids
        .as_ref()
        .map(|path| File::create_new(path).map(BufWriter::new).with_context(|| cannot(path)));
    let mut ids = ids.take().transpose()?;
    let out = ids.as_mut().map(|ids| ids as &mut dyn Write);
    let others = others(arguments.ignore_others);
    let mut bar = Bar::default();
    let changes = ::cohort::diff(&old, &new, &arguments.records, others, out, &mut |step| bar.show(step));
    let changes = changes.map_err(input_or_not)?;
    bar.end();
    if let (Some(mut ids), Some(path)) = (ids, &arguments.ids) {
        ids.flush().with_context(|| cannot(path))?;
    }
    report::diff(&changes, arguments.json)?;
    Ok(Exit::Ok)
}

/// A book: its folder, or a compiled one.
fn book(path: &Path) -> anyhow::Result<Guideline> {
    if path.is_dir() {
        return Ok(library::open(Some(path))?.guideline);
    }
    let shown = printable(&path.display().to_string()).into_owned();
    let bytes = crate::input::bytes(path)?;
    let (book, _) = care::compiled::read(&bytes).map_err(|error| {
        BadInput::because(format!("{shown} is neither a folder nor a compiled book: {error}"))
    })?;
    Guideline::new(book).map_err(|error| BadInput::because(format!("{shown}: {error}")))
}

fn input_or_not(error: CohortError) -> anyhow::Error {
    if error.is_of_the_input() { BadInput::because(error.to_string()) } else { error.into() }
}

/// How far it is, on a terminal only.
#[derive(Default)]
struct Bar(Option<ProgressBar>);

impl Bar {
    fn show(&mut self, step: Step) {
        if !stderr().is_terminal() {
            return;
        }
        let bar = self.0.get_or_insert_with(|| {
            let style = ProgressStyle::with_template("{wide_bar} {percent} %  {msg}  {eta} left");
            ProgressBar::new(step.of).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_position(step.done);
        let seconds = bar.elapsed().as_secs_f64();
        if seconds > 0.0 {
            #[expect(clippy::cast_precision_loss, reason = "shown in thousands")]
            let thousands = step.records as f64 / seconds / 1_000.0;
            bar.set_message(format!("{} records, {thousands:.0} thousand a second", step.records));
        }
    }

    fn end(self) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}
