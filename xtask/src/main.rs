//! The chores of the project.
//!
//! - `cargo xtask test` runs every check that CI runs, in the same order;
//!   `--without-browser` leaves out the tests that need Chromium.
//! - `cargo xtask browser [FILE] [NAME]` runs only those, or some of them.
//! - `cargo xtask engines [PEOPLE]` runs the rules of the book on CQL and `FHIRPath` engines, with
//!   20,000 random people or so many, and writes a report and the library as ELM.
//! - `cargo xtask api [EXAMPLES]` runs Schemathesis against the service for other programs: all checks, by its `OpenAPI` document.
//! - `cargo xtask screenshots` makes the pictures of the README.
//! - `cargo xtask kill` kills programs that write until 10,000 acknowledged writes are
//!   through, to a plain file and to a sealed one.
//! - `cargo xtask new danger ID` starts a new danger topic with its three vignettes.
//! - `cargo xtask fuzz MINUTES [TARGET]` throws broken input at every reader, or at one, for so long each.
//! - `cargo xtask advisories` looks for known faults of dependencies, where cargo-deny and its database are at hand.
//! - `cargo xtask site [--base PATH] DIR` builds the static site; `--serve` in the place of a folder tries it.
//! - `cargo xtask figures DIR` draws every picture of the book into a folder, with a sheet of them all.
//! - `cargo xtask dist DIR` builds the archive of a release, and tries it.
//! - `cargo xtask packages DIR` builds the packages for npm and Python; `--try` in the place of a folder tries them.
//! - `cargo xtask siege` sets other programs of the same computer on the pages, and measures.
//! - `cargo xtask load` asks the service for other programs 2,000 times a second, and measures.
//! - `cargo xtask renew` writes anew what is derived from the book and kept: the safety case, and the seed of the fuzz target `compiled`.
//! - `cargo xtask words` prints how well own words and questions are understood.
//! - `cargo xtask bench` runs the benchmarks and writes their table into the README.

use std::process::ExitCode;

mod advisories;
mod api;
mod bench;
mod browser;
mod check;
mod dist;
mod engines;
mod licences;
mod load;
mod new;
mod packages;
mod run;
mod service;
mod siege;
mod site;

use check::Browser;

const USAGE: &str = "usage: cargo xtask test [--without-browser] | browser [FILE] [NAME] | engines [PEOPLE] | api [EXAMPLES] | screenshots \
                     | site [--base PATH] DIR|--serve | figures DIR | dist DIR | packages DIR|--try | siege | load | fuzz MINUTES [TARGET] | advisories | words [--misses] | bench | kill | renew | licences | new danger ID";

/// Every labelled set, with every figure by finding and by set; those of `misses` also with
/// each miss and the pattern that fired.
fn words_command(misses: bool) -> anyhow::Result<std::process::Command> {
    let folder = std::path::Path::new("crates/cli/tests/data");
    let mut sets: Vec<std::path::PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .filter(|path| !path.ends_with("strangers.jsonl"))
        .collect();
    sets.sort();
    let mut command = run::cargo(["run", "--quiet", "--package", "cli", "--", "words"]);
    command.args(misses.then_some("--misses")).args(sets);
    Ok(command)
}

fn measure_words(misses: bool) -> anyhow::Result<()> {
    run::step("own words and questions", &mut words_command(misses)?)
}

/// Kills programs that write, at random moments, and looks that nothing acknowledged is lost.
fn kill_writers() -> anyhow::Result<()> {
    let tests = ["test", "--release", "--package", "store", "--test", "kill", "--", "--nocapture"];
    let mut command = run::cargo(tests);
    command.arg("an_acknowledged_write").env("UNCLENCH_TEST_ACKNOWLEDGED", "10000");
    run::step("10,000 acknowledged writes, plain and sealed, under kill -9", &mut command)
}

/// Every picture of the book as SVG, and one sheet to look at.
fn figures(folder: &str) -> anyhow::Result<()> {
    let sheet = ["run", "--quiet", "--package", "figure", "--example", "sheet", "--", folder];
    run::step("pictures of the book", &mut run::cargo(sheet))
}

/// Each fuzz target, or one of them, for some minutes.
fn fuzz(minutes: &str, target: Option<&str>) -> anyhow::Result<()> {
    let mut command =
        run::cargo(["run", "--manifest-path", "fuzz/Cargo.toml", "--bin", "long", "--", minutes]);
    command.args(target).env("CARGO_TARGET_DIR", run::target());
    run::step("fuzz targets", &mut command)
}

/// What is derived from the book and kept in the repository, so that a reader sees each change of it.
fn renew() -> anyhow::Result<()> {
    let prove = ["run", "--quiet", "--package", "cli", "--", "prove", "--safety-case", "docs/safety-case.md"];
    run::step("safety case", &mut run::cargo(prove))?;
    // Its test writes the seed where it is of an older version, and fails then.
    let seed = ["test", "--quiet", "--manifest-path", "fuzz/Cargo.toml", "the_seed"];
    let seed = || run::step("seed", run::cargo(seed).env("CARGO_TARGET_DIR", run::target()));
    seed().or_else(|_| seed())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["test"] => check::all(Browser::With),
        ["test", "--without-browser"] => check::all(Browser::Without),
        ["browser", ref words @ ..] if words.len() <= 2 => browser::run(words).map(|_| ()),
        ["engines"] => engines::run(engines::PEOPLE),
        ["engines", people] if people.parse::<u32>().is_ok() => engines::run(people),
        ["api"] => api::run("40"),
        ["api", examples] => api::run(examples),
        ["screenshots"] => browser::screenshots(),
        ["advisories"] => advisories::check().map(|checked| println!("{}", checked.words())),
        ["fuzz", minutes] => fuzz(minutes, None),
        ["fuzz", minutes, target] => fuzz(minutes, Some(target)),
        ["load"] => load::run(),
        ["siege"] => siege::run(),
        ["site", "--serve"] => site::serve("/"),
        ["site", "--base", base, "--serve"] => site::serve(base),
        ["site", "--base", base, folder] => site::build(base, folder.as_ref()),
        ["site", folder] if !folder.starts_with('-') => site::build("/", folder.as_ref()),
        ["packages", "--try"] => packages::tried(),
        ["packages", folder] if !folder.starts_with('-') => packages::build(folder.as_ref()),
        ["figures", folder] if !folder.starts_with('-') => figures(folder),
        ["dist", folder] if !folder.starts_with('-') => dist::build(folder.as_ref()),
        ["licences"] => licences::check(),
        ["words"] => measure_words(false),
        ["words", "--misses"] => measure_words(true),
        ["renew"] => renew(),
        ["bench"] => bench::table(),
        ["kill"] => kill_writers(),
        ["new", "danger", id] => new::danger(id),
        _ => Err(anyhow::anyhow!("{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
