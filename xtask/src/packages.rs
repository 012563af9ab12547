//! The decision as packages for other programs: one module and one book, for npm and for Python.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::run::{cargo, root, step, target, tests};
use crate::site::{WASM, module};

/// Checks the type hints; the version whose opinion this is.
const MYPY: &str = "mypy==1.18.2";

/// Where the parts wait until they are put together.
fn workshop() -> PathBuf {
    target().join("packages")
}

/// What was built.
pub(crate) struct Built {
    /// Where the packages are.
    pub(crate) folder: PathBuf,
    /// Requests with the answers that every package must give.
    pub(crate) vectors: PathBuf,
}

/// The file of the package for npm.
fn archive() -> String {
    format!("unclench-{}.tgz", env!("CARGO_PKG_VERSION"))
}

/// The file of the package for Python.
fn wheel() -> String {
    format!("unclench-{}-py3-none-any.whl", env!("CARGO_PKG_VERSION"))
}

/// Builds both packages into a folder.
pub(crate) fn build(folder: &Path) -> anyhow::Result<()> {
    let built = built()?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    println!();
    for name in [archive(), wheel()] {
        let to = folder.join(&name);
        let size = fs::copy(built.folder.join(&name), &to)
            .with_context(|| format!("cannot write {}", to.display()))?;
        println!("{} ({} kB)", to.display(), size.div_ceil(1_000));
    }
    Ok(())
}

/// Builds both packages and what they are tried with.
pub(crate) fn built() -> anyhow::Result<Built> {
    let parts = workshop();
    fs::create_dir_all(&parts).with_context(|| format!("cannot make {}", parts.display()))?;
    let program = module("embed", "the decision as WebAssembly")?;
    let book = parts.join("book.bin");
    step(
        "the compiled book",
        cargo(["run", "--quiet", "--package", "cli", "--", "book", "--compiled"]).arg(&book),
    )?;
    let notices = parts.join("licences.txt");
    fs::write(&notices, crate::licences::notices("embed", WASM)?)
        .context("cannot write the licence notes")?;
    let packed = parts.join("package");
    if packed.exists() {
        fs::remove_dir_all(&packed).with_context(|| format!("cannot empty {}", packed.display()))?;
    }
    let mut packages = cargo(["run", "--quiet", "--package", "embed", "--bin", "packages", "--"]);
    step("the packages", packages.args([&program, &book, &notices, &parts]))?;
    let mut tar = Command::new("tar");
    // The same files make the same archive.
    tar.args(["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"]);
    tar.args(["--use-compress-program=gzip -9n", "--create", "--file"]).arg(parts.join(archive()));
    step("the archive", tar.arg("--directory").arg(&parts).arg("package"))?;
    let mut vectors = cargo(["run", "--quiet", "--package", "embed", "--example", "vectors", "--"]);
    println!("\n== what every package must answer");
    let output =
        vectors.arg(packed.join("guideline.bin")).arg("vignettes").output().context("cannot run cargo")?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = parts.join("vectors.jsonl");
    fs::write(&file, output.stdout).context("cannot write the vectors")?;
    Ok(Built { folder: parts, vectors: file })
}

/// Tries both from fresh folders: the one for npm in Node and in a browser, the wheel in Python.
pub(crate) fn tried() -> anyhow::Result<()> {
    crate::browser::run(&["package"])?;
    in_python(&built()?)
}

/// Installs the wheel as anybody would, and asks it everything.
fn in_python(built: &Built) -> anyhow::Result<()> {
    let folder = workshop().join("python");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let Ok(wheel) = fs::canonicalize(built.folder.join(wheel())) else { bail!("there is no wheel") };
    step("a fresh Python", Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let bin = folder.join("bin");
    let mut pip = Command::new(bin.join("pip"));
    step("the wheel", pip.args(["install", "--quiet", "--disable-pip-version-check", MYPY]).arg(&wheel))?;
    let script = root().join("crates/embed/python/tests/try.py");
    let readme = root().join("crates/embed/python/README.md");
    let mut python = Command::new(bin.join("python"));
    // Nothing of the sources helps it.
    python.current_dir(&folder).arg(script).arg(&built.vectors).arg(readme);
    tests("the wheel", &mut python).map(|_| ())
}
