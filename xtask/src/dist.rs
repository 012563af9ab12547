//! The archive of a release: one program that runs on any Linux of this processor, with its
//! man pages, completions and licence notes; and the recipe of a container beside it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::run::{cargo, has_target, root, step, target};

/// Linked with musl, in whole: no library of the system, in whatever version, is asked for.
const TARGET: &str = "x86_64-unknown-linux-musl";

/// What every archive holds beside the man pages and completions.
const TEXTS: [&str; 4] = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Builds the archive, its checksum and the recipe into a folder, and tries the archive.
pub(crate) fn build(folder: &Path) -> anyhow::Result<()> {
    ensure!(has_target(TARGET)?, "nothing here builds for musl: `rustup target add {TARGET}`");
    ensure!(
        Command::new("musl-gcc").arg("--version").output().is_ok_and(|output| output.status.success()),
        "SQLite is built by musl's C compiler, which is missing: apt-get install --no-install-recommends musl-tools"
    );
    step("the program", &mut cargo(["build", "--package", "cli", "--profile", "dist", "--target", TARGET]))?;
    let name = format!("unclench-{}-x86_64-linux", env!("CARGO_PKG_VERSION"));
    let workshop = target().join("dist");
    let packed = workshop.join(&name);
    if packed.exists() {
        fs::remove_dir_all(&packed).with_context(|| format!("cannot empty {}", packed.display()))?;
    }
    fs::create_dir_all(&packed).with_context(|| format!("cannot make {}", packed.display()))?;
    let papers = ["run", "--quiet", "--package", "cli", "--example", "papers", "--"];
    step("man pages and completions", cargo(papers).arg(&packed))?;
    put(&target().join(TARGET).join("dist/unclench"), &packed.join("unclench"))?;
    for text in TEXTS {
        put(&root().join(text), &packed.join(text))?;
    }
    fs::write(packed.join("licences.txt"), crate::licences::notices("cli", TARGET)?)
        .context("cannot write the licence notes")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let archive = format!("{name}.tar.gz");
    let mut tar = Command::new("tar");
    // The same files make the same archive.
    tar.args(["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"]);
    tar.args(["--use-compress-program=gzip -9n", "--create", "--file"]);
    step("the archive", tar.arg(folder.join(&archive)).arg("--directory").arg(&workshop).arg(&name))?;
    let sums = Command::new("sha256sum").arg(&archive).current_dir(folder).output();
    let sums = sums.context("cannot run sha256sum")?;
    ensure!(sums.status.success(), "sha256sum failed");
    fs::write(folder.join("SHA256SUMS"), sums.stdout).context("cannot write SHA256SUMS")?;
    put(&root().join("Containerfile"), &folder.join("Containerfile"))?;
    is_tried(folder, &name)?;
    println!("\n{archive} with its checksum and the recipe of a container is in {}", folder.display());
    Ok(())
}

fn put(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// Unpacks the archive elsewhere, as whoever fetched it does, and asks the program what it is
/// and its first question.
fn is_tried(folder: &Path, name: &str) -> anyhow::Result<()> {
    let elsewhere = target().join("dist/tried");
    if elsewhere.exists() {
        fs::remove_dir_all(&elsewhere)?;
    }
    fs::create_dir_all(&elsewhere)?;
    step(
        "the checksum",
        Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(folder),
    )?;
    let mut tar = Command::new("tar");
    step(
        "unpacked",
        tar.arg("xzf").arg(fs::canonicalize(folder)?.join(format!("{name}.tar.gz"))).current_dir(&elsewhere),
    )?;
    let program = elsewhere.join(name).join("unclench");
    // Nothing of this machine helps it.
    let bare = || {
        let mut command = Command::new(&program);
        command.env_clear().stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    };
    let version = bare().arg("--version").output().context("the unpacked program does not start")?;
    let expected = format!("unclench {}\n", env!("CARGO_PKG_VERSION"));
    ensure!(version.stdout == expected.as_bytes(), "the unpacked program says another version");
    let mut asking = bare().args(["interview", "--jsonl"]).spawn()?;
    // It asks, reads the end of its input, and stops.
    drop(asking.stdin.take());
    let asked = String::from_utf8(asking.wait_with_output()?.stdout)?;
    let first: serde_json::Value = serde_json::from_str(asked.lines().next().unwrap_or_default())
        .context("the unpacked program asks nothing")?;
    let first = first["ask"].as_str().context("its first line is no question")?;
    println!("{}It asks first: {first}", String::from_utf8_lossy(&version.stdout));
    Ok(())
}
