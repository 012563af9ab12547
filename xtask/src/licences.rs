//! Whether every dependency may be shipped with a program under MIT or Apache-2.0.

use anyhow::{Context, bail};
use serde_json::Value;
use spdx::{Expression, LicenseReq};

use crate::run::cargo;

/// Licences that ask for no more than their notice.
const ALLOWED: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "CC0-1.0",
    "0BSD",
    "Unicode-3.0",
    "BSL-1.0",
];

/// Fails if a dependency has no licence that we allow.
pub(crate) fn check() -> anyhow::Result<()> {
    let output =
        cargo(["metadata", "--format-version", "1", "--locked"]).output().context("cannot run cargo")?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata is not JSON")?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let mut refused = Vec::new();
    for package in packages {
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_allowed(licence) {
            refused.push(format!("{} {}: `{licence}`", package["name"], package["version"]));
        }
    }
    if !refused.is_empty() {
        bail!("these dependencies have no licence that we allow:\n  {}", refused.join("\n  "));
    }
    println!("The licences of {} packages are fine.", packages.len());
    Ok(())
}

fn is_allowed(licence: &str) -> bool {
    // Old manifests write `MIT/Apache-2.0`, which means OR.
    let expression = Expression::parse_mode(licence, spdx::ParseMode::LAX);
    expression.is_ok_and(|expression| {
        expression.evaluate(|requirement: &LicenseReq| {
            requirement.license.id().is_some_and(|id| ALLOWED.contains(&id.name))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_allowed_alternative_is_enough_but_every_part_of_an_and_is_needed() {
        assert!(is_allowed("MIT OR GPL-3.0-only"));
        assert!(is_allowed("MIT/Apache-2.0"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(!is_allowed(""));
    }
}
