//! The chores of the project.
//!
//! - `cargo xtask test` runs every check that CI runs, in the same order.
//! - `cargo xtask new danger ID` starts a new danger topic with its three vignettes.
//! - `cargo xtask bench` runs the benchmarks and writes their table into the README.

use std::process::ExitCode;

mod bench;
mod check;
mod licences;
mod new;
mod run;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["test"] => check::all(),
        ["licences"] => licences::check(),
        ["bench"] => bench::table(),
        ["new", "danger", id] => new::danger(id),
        _ => Err(anyhow::anyhow!("usage: cargo xtask test | bench | licences | new danger ID")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
