//! Every check, in the order in which a mistake is cheapest to find.

use std::process::Command;
use std::time::Instant;

use anyhow::ensure;

use crate::run::{Count, cargo, step, target, tests};
use crate::{advisories, browser, licences};

/// Whether the pages are also tested in a real browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    /// They are.
    With,
    /// They are not, which CI never allows.
    Without,
}

/// What the checks found so far.
#[derive(Debug, Default)]
struct Checks {
    count: Count,
    failures: Vec<String>,
}

impl Checks {
    fn step(&mut self, name: &str, command: &mut Command) {
        self.keep(step(name, command));
    }

    fn tests(&mut self, ran: anyhow::Result<Count>) {
        if let Some(count) = self.keep(ran) {
            self.count.passed += count.passed;
        }
    }

    /// A check that failed is said at once and again at the end; those after it run all the same,
    /// so that one run tells everything.
    fn keep<T>(&mut self, checked: anyhow::Result<T>) -> Option<T> {
        checked
            .map_err(|error| {
                eprintln!("error: {error:#}");
                self.failures.push(format!("{error:#}"));
            })
            .ok()
    }
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
    let mut checks = Checks::default();
    checks.step("format", &mut cargo(["fmt", "--all", "--check"]));
    println!("\n== licences of dependencies");
    checks.keep(licences::check());
    let advisories = checks.keep(advisories::check());
    checks.step(
        "clippy, warnings denied",
        &mut cargo(["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]),
    );
    checks.tests(tests("tests", &mut cargo(["test", "--workspace", "--no-fail-fast"])));
    // The program comes without columns, and so it is tested above; their files are read here.
    let columns = ["--package", "cohort", "--features", "columnar"];
    checks.tests(tests("Parquet and Arrow", cargo(["test", "--test", "columns"]).args(columns)));
    checks.tests(tests(
        "fuzz targets, a bounded run",
        cargo(["test", "--manifest-path", "fuzz/Cargo.toml"]).env("CARGO_TARGET_DIR", target()),
    ));
    checks
        .step("documentation", cargo(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"));
    let unclench = ["run", "--quiet", "--package", "cli", "--"];
    checks.step(
        "unclench check",
        &mut cargo(unclench.into_iter().chain(["check", "--vignettes", "vignettes"])),
    );
    checks.step("unclench graph --burden", &mut cargo(unclench.into_iter().chain(["graph", "--burden"])));
    if with == Browser::With {
        checks.tests(browser::run(&[]));
    }
    let Checks { count, failures } = checks;
    ensure!(
        failures.is_empty(),
        "{} of the checks failed after {} s:\n- {}",
        failures.len(),
        start.elapsed().as_secs(),
        failures.join("\n- ")
    );
    println!(
        "\nAll checks passed in {} s. {}",
        start.elapsed().as_secs(),
        advisories.map(|advisories| advisories.words()).unwrap_or_default()
    );
    match with {
        Browser::With => println!("{} passed, 0 failed", count.passed),
        Browser::Without => println!(
            "{} passed, 0 failed, and NO PAGE WAS TESTED IN A BROWSER, as --without-browser asked",
            count.passed
        ),
    }
    Ok(())
}
