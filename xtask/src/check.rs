//! Every check, in the order in which a mistake is cheapest to find.

use std::time::Instant;

use anyhow::ensure;

use crate::run::{cargo, step, target, tests};
use crate::{advisories, browser, licences};

/// Whether the pages are also tested in a real browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    /// They are.
    With,
    /// They are not, which CI never allows.
    Without,
}

/// Runs every check; the last line counts the tests.
pub(crate) fn all(with: Browser) -> anyhow::Result<()> {
    let is_ci = std::env::var_os("CI").is_some_and(|ci| !ci.is_empty());
    ensure!(
        with == Browser::With || !is_ci,
        "CI tests the pages in a real browser: leave --without-browser out"
    );
    if with == Browser::With {
        // Better said now than after everything else has run.
        browser::find_tools()?;
    }
    let start = Instant::now();
    step("format", &mut cargo(["fmt", "--all", "--check"]))?;
    println!("\n== licences of dependencies");
    licences::check()?;
    let advisories = advisories::check()?;
    step(
        "clippy, warnings denied",
        &mut cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    )?;
    let mut count = tests("tests", &mut cargo(["test", "--workspace"]))?;
    let smoke = tests(
        "fuzz targets, a bounded run",
        cargo(["test", "--manifest-path", "fuzz/Cargo.toml"]).env("CARGO_TARGET_DIR", target()),
    )?;
    count.passed += smoke.passed;
    step("documentation", cargo(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    let unclench = ["run", "--quiet", "--package", "cli", "--"];
    step("unclench check", &mut cargo(unclench.into_iter().chain(["check", "--vignettes", "vignettes"])))?;
    step("unclench graph --burden", &mut cargo(unclench.into_iter().chain(["graph", "--burden"])))?;
    if with == Browser::With {
        let pages = browser::run(&[])?;
        count.passed += pages.passed;
    }
    println!("\nAll checks passed in {} s. {}", start.elapsed().as_secs(), advisories.words());
    match with {
        Browser::With => println!("{} passed, {} failed", count.passed, count.failed),
        Browser::Without => println!(
            "{} passed, {} failed, and NO PAGE WAS TESTED IN A BROWSER, as --without-browser asked",
            count.passed, count.failed
        ),
    }
    Ok(())
}
