//! Whether a fault is known of any dependency: cargo-deny against the `RustSec` database.
//!
//! Nothing is fetched: the checks run without a network. Where the tool or the database
//! is not at hand that is said, and never taken for a clean result.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

use crate::run::{root, step, target};

/// Names a clone of the database.
const DATABASE: &str = "UNCLENCH_ADVISORY_DB";

/// The folder that cargo-deny looks for: the name of the database and a hash of its address.
const FOLDER: &str = "advisory-db-3157b0e258782691";

/// What came of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Advisories {
    /// No fault is known in a database of this day.
    Checked(String),
    /// Nothing was checked, and why.
    NotChecked(String),
}

/// Checks every dependency.
///
/// # Errors
///
/// If a fault is known of one.
pub(crate) fn check() -> anyhow::Result<Advisories> {
    let is_there =
        Command::new("cargo-deny").arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_there {
        return Ok(Advisories::NotChecked(
            "cargo-deny is not installed (cargo install cargo-deny)".to_owned(),
        ));
    }
    let Some(database) = std::env::var_os(DATABASE).map(PathBuf::from) else {
        let why = format!("{DATABASE} names no clone of https://github.com/RustSec/advisory-db");
        return Ok(Advisories::NotChecked(why));
    };
    let day = day(&database)?;
    let config = configured(&database)?;
    let mut deny = Command::new("cargo-deny");
    deny.current_dir(root()).args(["--offline", "--config"]).arg(config).args(["check", "advisories"]);
    step("advisories", &mut deny)?;
    Ok(Advisories::Checked(day))
}

/// The day of the newest advisory in the database.
fn day(database: &Path) -> anyhow::Result<String> {
    let output = Command::new("git").arg("-C").arg(database).args(["log", "-1", "--format=%cs"]).output();
    let output = output.context("git is needed to read the database")?;
    ensure!(
        output.status.success(),
        "{DATABASE} names no clone: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Our settings with the place of the database: a clone of it where cargo-deny looks.
fn configured(database: &Path) -> anyhow::Result<PathBuf> {
    let place = target().join("advisories");
    let clone = place.join(FOLDER);
    if clone.exists() {
        fs::remove_dir_all(&clone).context("cannot replace the last copy of the database")?;
    }
    fs::create_dir_all(&place)?;
    let mut copy = Command::new("git");
    copy.args(["clone", "--quiet"]).arg(database).arg(&clone);
    ensure!(copy.status()?.success(), "the database cannot be copied");
    let ours = fs::read_to_string(root().join("deny.toml"))?;
    let place = place.display().to_string().replace('\\', "/");
    let settings = ours.replace("[advisories]", &format!("[advisories]\ndb-path = \"{place}\""));
    let config = target().join("advisories").join("deny.toml");
    fs::write(&config, settings)?;
    Ok(config)
}

impl Advisories {
    /// In a line.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Checked(day) => format!("No advisory of the database of {day} is about a dependency."),
            Self::NotChecked(why) => format!("Advisories were NOT checked: {why}."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_checked_is_not_said_to_be_fine() {
        let words = Advisories::NotChecked("there is no database".to_owned()).words();
        assert_eq!(words, "Advisories were NOT checked: there is no database.");
        assert!(fs::read_to_string(root().join("deny.toml")).unwrap().contains("[advisories]\n"));
    }
}
