//! Every check, in the order in which a mistake is cheapest to find.

use std::time::Instant;

use crate::licences;
use crate::run::{cargo, root, step, tests};

/// Runs every check; the last line counts the tests.
pub(crate) fn all() -> anyhow::Result<()> {
    let start = Instant::now();
    step("format", &mut cargo(["fmt", "--all", "--check"]))?;
    println!("\n== licences of dependencies");
    licences::check()?;
    step(
        "clippy, warnings denied",
        &mut cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )?;
    let mut count = tests("tests", &mut cargo(["test", "--workspace"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| root().join("target").into());
    let smoke = tests(
        "fuzz targets, a bounded run",
        cargo(["test", "--manifest-path", "fuzz/Cargo.toml"]).env("CARGO_TARGET_DIR", target),
    )?;
    count.passed += smoke.passed;
    step("documentation", cargo(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    let unclench = ["run", "--quiet", "--package", "cli", "--"];
    step("unclench check", &mut cargo(unclench.into_iter().chain(["check", "--vignettes", "vignettes"])))?;
    step("unclench graph --burden", &mut cargo(unclench.into_iter().chain(["graph", "--burden"])))?;
    println!("\nAll checks passed in {} s.", start.elapsed().as_secs());
    println!("{} passed, {} failed", count.passed, count.failed);
    Ok(())
}
