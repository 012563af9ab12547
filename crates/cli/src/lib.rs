//! The `unclench` program.
//!
//! `care` decides, `compiler` reads the book; this crate is the only place that
//! touches files, the terminal and exit codes, and wires the others together. It is a
//! library so that the man pages can be made from what can be typed (`examples/papers.rs`).

use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

use clap::{CommandFactory as _, Parser};

use crate::after_triage::Given;
use crate::args::{Cli, Command};
use crate::exit::Exit;

mod after_triage;
mod answers_in;
mod args;
mod ask;
mod assess;
mod book;
mod burden;
mod causes;
mod check;
mod claims;
mod clinic;
mod cohort;
mod diff;
mod dose;
mod exit;
mod explain;
mod export;
mod findings;
mod graph;
mod habits;
mod input;
mod interview;
mod library;
mod mmvb;
mod own_record;
mod own_words;
mod page;
mod prove;
mod record;
mod record_file;
mod recovery;
mod report;
mod secret_file;
mod serve;
#[cfg(unix)]
mod terminal_state;
mod verify;
mod words;

/// Everything that can be typed.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Does what was typed.
pub fn main() -> ExitCode {
    #[cfg(unix)]
    meet_limits_as_errors();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // What was typed is in it, and may come from somebody else.
            let text = error.render().to_string();
            page::error(text.trim_end().trim_start_matches("error: "));
            return Exit::BadInput.into();
        }
        // Help, or the version: what was asked for.
        Err(error) => error.exit(),
    };
    match run(&cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            page::error(&format!("{error:#}"));
            Exit::of(&error).into()
        }
    }
}

/// A file that grows past what the system allows is an error of the write, which is said, and
/// not the end of the program in the middle of it.
#[cfg(unix)]
fn meet_limits_as_errors() {
    // What is noted is looked at by nobody: without a handler the signal would end us. Where
    // none can be set, it does.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

fn run(cli: &Cli) -> anyhow::Result<Exit> {
    let guideline_dir = cli.guideline.as_deref();
    // Checking must also work on a book that cannot be opened.
    if let Some(Command::Check { vignettes }) = &cli.command {
        return check::run(guideline_dir, vignettes.as_deref());
    }
    if let Some(Command::Serve(arguments)) = &cli.command
        && arguments.is_up
    {
        return Ok(serve::is_up(arguments));
    }
    if let Some(Command::Diff(arguments)) = &cli.command {
        return diff::run(arguments);
    }
    let library = library::open(guideline_dir)?;
    let guideline = &library.guideline;
    let region = library::region(guideline, &cli.region)?;
    match &cli.command {
        None | Some(Command::Serve(_)) => {
            let region = region.id.clone();
            let arguments = match &cli.command {
                Some(Command::Serve(arguments)) => arguments,
                _ => &serve::ServeArgs::plain(),
            };
            if arguments.api {
                return serve::run_api(library, arguments);
            }
            serve::run(library, &region, arguments)
        }
        Some(Command::Record(arguments)) => record::run(guideline, arguments),
        Some(Command::Report(arguments)) => report::run(guideline, region, arguments),
        Some(Command::Export(command)) => export::run(guideline, region, command),
        Some(Command::Import(arguments)) => record::run(guideline, &arguments.into()),
        Some(Command::Interview { jsonl: false, which }) => interview::in_terminal(guideline, region, which),
        Some(Command::Interview { jsonl: true, which }) => interview::over_lines(guideline, region, which),
        Some(Command::Assess { text: Some(text), json, .. }) => {
            own_words::run(guideline, region, text, *json)
        }
        Some(Command::Assess { answers, json, .. }) => assess::run(guideline, region, answers, *json),
        Some(Command::Ask { question, json }) => ask::run(guideline, region, &question.join(" "), *json),
        Some(Command::Words { sets, misses, json }) => words::run(guideline, sets, *misses, *json),
        Some(Command::Check { vignettes }) => check::run(guideline_dir, vignettes.as_deref()),
        Some(Command::Prove { theorem, export, safety_case }) => {
            prove::run(guideline_dir, *theorem, export.as_deref(), safety_case.as_deref())
        }
        Some(Command::Diff(arguments)) => diff::run(arguments),
        #[cfg(feature = "mcp")]
        Some(Command::Mcp) => {
            mcp::serve(library.guideline).map_err(|error| anyhow::anyhow!(error))?;
            Ok(Exit::Ok)
        }
        Some(Command::Mmvb { cases, json }) => {
            // It lives as long as the program.
            mmvb::run(Box::leak(Box::new(library.guideline)), cases, *json)
        }
        Some(Command::Explain { what }) => explain::run(guideline, what),
        Some(Command::Verify { certificate }) => verify::run(guideline, certificate),
        Some(Command::Claims { id, vignettes }) => {
            claims::run(guideline, id.as_deref(), vignettes.as_deref())
        }
        Some(Command::Dose(arguments)) => dose::run(guideline, region, arguments),
        Some(Command::Causes { calibration: true, people, seed, given }) => {
            causes::calibrate(guideline, *people, *seed, given.json)
        }
        Some(Command::Causes { given, .. }) => causes::run(guideline, &Given::new(region, given)),
        Some(Command::Habits { given }) => habits::run(guideline, &Given::new(region, given)),
        Some(Command::Clinic { given, reader }) => {
            clinic::run(guideline, &Given::new(region, given), *reader)
        }
        Some(Command::Cohort(command)) => cohort::run(guideline, command),
        Some(Command::Recovery(arguments)) => recovery::run(guideline, region, arguments),
        Some(Command::Findings) => findings::run(guideline),
        Some(Command::Graph { svg, burden, vignettes, json }) => {
            if *burden {
                burden::run(guideline, vignettes.as_deref(), *json)
            } else {
                graph::run(guideline, *svg)
            }
        }
        Some(Command::Book { compiled: Some(file), .. }) => book::compile(&library, file),
        Some(Command::Book { dir, .. }) => book::run(&library, region, dir.as_deref()),
    }
}
