//! The rules of the book on engines that nobody here wrote, with as many people as are wanted.

use std::path::PathBuf;
use std::process::Command;

use crate::browser;
use crate::run::{cargo, step, target};

/// So many random sets are enough to meet every rule in many ways.
pub(crate) const PEOPLE: &str = "20000";

/// The same seed makes the same people.
const SEED: &str = "44";

/// Builds what makes the cases; where it is.
pub(crate) fn cases() -> anyhow::Result<PathBuf> {
    step("answers for other engines", &mut cargo(["build", "--package", "artefacts", "--example", "cases"]))?;
    Ok(target().join("debug/examples").join(format!("cases{}", std::env::consts::EXE_SUFFIX)))
}

/// Makes the cases, runs them on every engine, and writes the report beside the library.
pub(crate) fn run(people: &str) -> anyhow::Result<()> {
    let cases = cases()?;
    let folder = target().join("engines");
    step("people", Command::new(&cases).arg(&folder).args([people, SEED]))?;
    let mut node = browser::without_browser()?;
    node.arg("engines.mjs").arg(&folder).env("UNCLENCH_CASES", cases);
    step("engines that nobody here wrote", &mut node)?;
    println!("The report is {}", folder.join("report.md").display());
    Ok(())
}
