//! The `unclench` program.
//!
//! `care` decides, `compiler` reads the book; this crate is the only place that
//! touches files, the terminal and exit codes, and wires the others together.

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::exit::Exit;

mod answers_in;
mod args;
mod assess;
mod burden;
mod check;
mod exit;
mod explain;
mod findings;
mod graph;
mod interview;
mod library;
mod page;
mod print;
mod verify;
mod view;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            anstream::eprintln!("{} {error:#}", page::error_word());
            Exit::of(&error).into()
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<Exit> {
    let guideline_dir = cli.guideline.as_deref();
    // Checking must also work on a book that cannot be opened.
    if let Some(Command::Check { vignettes }) = &cli.command {
        return check::run(guideline_dir, vignettes.as_deref());
    }
    let library = library::open(guideline_dir)?;
    let guideline = &library.guideline;
    let region = library::region(guideline, &cli.region)?;
    match &cli.command {
        None | Some(Command::Interview { jsonl: false }) => interview::in_terminal(guideline, region),
        Some(Command::Interview { jsonl: true }) => interview::over_lines(guideline, region),
        Some(Command::Assess { answers, json }) => assess::run(guideline, region, answers, *json),
        Some(Command::Check { vignettes }) => check::run(guideline_dir, vignettes.as_deref()),
        Some(Command::Explain { what }) => explain::run(guideline, what),
        Some(Command::Verify { certificate }) => verify::run(guideline, certificate),
        Some(Command::Findings) => findings::run(guideline),
        Some(Command::Graph { svg, burden, vignettes, json }) => {
            if *burden {
                burden::run(guideline, vignettes.as_deref(), *json)
            } else {
                graph::run(guideline, *svg)
            }
        }
        Some(Command::Book { dir }) => print::run(&library, region, dir),
    }
}
