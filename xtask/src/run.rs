//! Running other programs, cargo above all.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A call of the cargo that runs us.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// Makes sure that rustup's Rust can build for a target, and gets what it lacks; false where
/// it cannot.
pub(crate) fn has_target(name: &str) -> anyhow::Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "sysroot"]).output().context("cannot run rustc")?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let is_there = sysroot.join("lib/rustlib").join(name).join("lib").is_dir();
    let added = || Command::new("rustup").args(["target", "add", name]).status();
    Ok(is_there || added().is_ok_and(|status| status.success()))
}

/// Runs a step of the checks, named to the reader.
pub(crate) fn step(name: &str, command: &mut Command) -> anyhow::Result<()> {
    println!("\n== {name}");
    let status = command.status().with_context(|| format!("cannot start the step: {name}"))?;
    ensure!(status.success(), "the step failed: {name}");
    Ok(())
}

/// Runs a program that must end well and in time.
pub(crate) fn within(time: Duration, command: &mut Command) -> anyhow::Result<()> {
    let mut child = command.spawn().context("cannot start it")?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            ensure!(status.success(), "it ended with {status}");
            return Ok(());
        }
        if start.elapsed() > time {
            child.kill()?;
            child.wait()?;
            bail!("it took longer than {} s", time.as_secs());
        }
        sleep(Duration::from_millis(50));
    }
}

/// What this was measured on.
pub(crate) fn machine() -> String {
    let processor = std::fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("model name"))?;
            Some(line.split_once(": ")?.1.to_owned())
        })
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!("{processor}, {cores} cores, {} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// How many tests a run passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

/// Runs tests, shows their output and counts what passed and failed.
pub(crate) fn tests(name: &str, command: &mut Command) -> anyhow::Result<Count> {
    println!("\n== {name}");
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start the step: {name}"))?;
    let mut count = Count::default();
    let mut failed = Vec::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.context("the output of the tests is not text")?;
            println!("{line}");
            failed.extend(read_failure(&line));
            if let Some(result) = read_result(&line) {
                count.passed += result.passed;
                count.failed += result.failed;
            }
        }
    }
    let status = child.wait()?;
    if !status.success() || count.failed > 0 {
        bail!(
            "the step failed: {name} ({} passed, {} failed) {}",
            count.passed,
            count.failed,
            failed.join(", ")
        );
    }
    ensure!(count.passed > 0, "the step ran no test: {name}");
    Ok(count)
}

/// Reads `test result: ok. 12 passed; 0 failed; ...`.
fn read_result(line: &str) -> Option<Count> {
    let result = line.trim().strip_prefix("test result: ")?;
    let number = |word: &str| {
        let before = result.split(word).next()?;
        before.split([' ', ';', '.']).rfind(|part| !part.is_empty())?.parse().ok()
    };
    Some(Count { passed: number(" passed")?, failed: number(" failed")? })
}

/// Reads the name in `test the_name ... FAILED`.
fn read_failure(line: &str) -> Option<String> {
    Some(line.trim().strip_prefix("test ")?.strip_suffix(" ... FAILED")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_line_of_a_test_run_is_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(read_result(line), Some(Count { passed: 12, failed: 3 }));
        assert_eq!(read_result("test not_sure_counts ... ok"), None);
        assert_eq!(read_failure("test not_sure_counts ... ok"), None);
        assert_eq!(read_failure("test not_sure_counts ... FAILED"), Some("not_sure_counts".to_owned()));
    }
}
