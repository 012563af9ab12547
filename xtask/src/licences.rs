//! Whether every dependency may be shipped with a program under MIT or Apache-2.0.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

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

/// The notices of everything that one of our packages is made of where it is built for a
/// target: who wrote it, and under what licence it comes.
pub(crate) fn notices(of: &str, target: &str) -> anyhow::Result<String> {
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", target];
    let output = cargo(arguments).output().context("cannot run cargo")?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata is not JSON")?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let nodes = metadata["resolve"]["nodes"].as_array().context("cargo metadata resolves nothing")?;
    let ours = packages.iter().find(|package| package["name"] == of).context("there is no such package")?;
    let mut inside = BTreeSet::new();
    let mut waiting = vec![ours["id"].as_str().unwrap_or_default()];
    while let Some(id) = waiting.pop() {
        if !inside.insert(id) {
            continue;
        }
        let node = nodes.iter().find(|node| node["id"] == id);
        let needs = node.and_then(|node| node["deps"].as_array()).into_iter().flatten();
        // Neither what builds it nor what tests it is in it.
        let is_in = |need: &&Value| {
            need["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
        };
        waiting.extend(needs.filter(is_in).filter_map(|need| need["pkg"].as_str()));
    }
    let mut text = String::from("What this program is made of, and the licences it comes under.\n");
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in
        packages.iter().filter(|package| package["id"].as_str().is_some_and(|id| inside.contains(id)))
    {
        let name = format!(
            "{} {}",
            package["name"].as_str().unwrap_or_default(),
            package["version"].as_str().unwrap_or_default()
        );
        let licence = package["license"].as_str().unwrap_or_default();
        let _ = write!(text, "\n{name}: {licence}");
        let folder = Path::new(package["manifest_path"].as_str().unwrap_or_default()).parent();
        if let Some(folder) = folder.filter(|_| package["source"].is_null()) {
            for words in notices_of_data(folder)? {
                texts.entry(words).or_default().push(name.clone());
            }
        }
        for entry in folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten() {
            let file = entry.file_name().to_string_lossy().to_lowercase();
            let is_notice = ["license", "licence", "copying", "notice", "copyright"]
                .iter()
                .any(|name| file.starts_with(name));
            if is_notice && let Ok(words) = fs::read_to_string(entry.path()) {
                texts.entry(words.trim().to_owned()).or_default().push(name.clone());
            }
        }
    }
    for (words, names) in texts {
        let _ = write!(text, "\n\n{}\n{}\n\n{words}", "-".repeat(72), names.join(", "));
    }
    text.push('\n');
    Ok(text)
}

/// The notices that stand beside what one of our packages has from others: a typeface, a list
/// of words.
fn notices_of_data(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut notices = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_notice = path.extension().is_some_and(|end| end == "copyright") || path.ends_with("OFL.txt");
        if path.is_dir() {
            notices.extend(notices_of_data(&path)?);
        } else if is_notice {
            notices.push(fs::read_to_string(&path)?.trim().to_owned());
        }
    }
    Ok(notices)
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

    #[test]
    fn a_release_has_the_notices_of_its_typeface_and_of_its_list_of_words() {
        let text = notices("cli", "x86_64-unknown-linux-gnu").unwrap();
        assert!(text.contains("The Noto Project Authors") && text.contains("SIL Open Font License"));
        let words = crate::run::root().join("crates/care/src/english/words/english.copyright");
        assert!(text.contains(fs::read_to_string(words).unwrap().trim()));
    }
}
