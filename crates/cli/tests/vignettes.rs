//! One test for each vignette, named after its file.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let guideline = support::guideline();
    let trials = support::vignettes()
        .into_iter()
        .map(|(name, vignette)| {
            Trial::test(name, move || {
                let failures = vignette.check(guideline);
                if failures.is_empty() { Ok(()) } else { Err(Failed::from(failures.join("\n"))) }
            })
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}
