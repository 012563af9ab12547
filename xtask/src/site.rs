//! The static site: the whole program as a folder of files that any host can serve.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::run::{cargo, has_target, root, step, target};

pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The rustc of Debian that has what a browser needs, where rustup is not the one that installed Rust.
const OF_DEBIAN: &str = "rustc-web cargo-web rust-web-src lld-22";

/// Where the files wait until they are put together.
fn workshop() -> PathBuf {
    target().join("site")
}

/// Builds the site for a base path, `/` or `/name/`, into a folder, which holds nothing else then.
pub(crate) fn build(base: &str, folder: &Path) -> anyhow::Result<()> {
    let parts = workshop();
    fs::create_dir_all(&parts).with_context(|| format!("cannot make {}", parts.display()))?;
    let program = module("app", "the program as WebAssembly")?;
    let book = parts.join("book.bin");
    let printed = parts.join("printed");
    step(
        "the compiled book",
        cargo(["run", "--quiet", "--package", "cli", "--", "book", "--compiled"]).arg(&book),
    )?;
    step(
        "the questions on paper",
        cargo(["run", "--quiet", "--package", "cli", "--", "book"]).arg(&printed),
    )?;
    let notices = parts.join("licences.txt");
    fs::write(&notices, crate::licences::notices("app", WASM)?).context("cannot write the licence notes")?;
    let made = parts.join("made");
    if made.exists() {
        fs::remove_dir_all(&made).with_context(|| format!("cannot empty {}", made.display()))?;
    }
    let mut site = cargo(["run", "--quiet", "--package", "app", "--bin", "site", "--"]);
    site.arg(base).args([
        &program,
        &book,
        &made,
        &printed.join("paper.html"),
        &printed.join("book.css"),
        &notices,
    ]);
    step("the folder", &mut site)?;
    replace(folder, &made)?;
    println!("\nThe site for {base} is in {}", folder.display());
    sizes(&program, folder)
}

/// Builds the site into a folder of its own and serves it until Ctrl-C.
pub(crate) fn serve(base: &str) -> anyhow::Result<()> {
    let folder = workshop().join("served");
    build(base, &folder)?;
    let script = root().join("crates/web/browser/serve.mjs");
    step("the site", Command::new("node").arg(script).arg(&folder).arg(base))
}

/// What was there goes only where it is a site, so that a slip of the keyboard deletes nothing else.
fn replace(folder: &Path, made: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        let is_empty = fs::read_dir(folder)?.next().is_none();
        ensure!(
            is_empty || folder.join("sw.js").is_file(),
            "{} holds something that is no site; choose another folder",
            folder.display()
        );
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    copy(made, folder)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), &to).with_context(|| format!("cannot write {}", to.display()))?;
        }
    }
    Ok(())
}

/// One of our packages as WebAssembly.
pub(crate) fn module(package: &str, words: &str) -> anyhow::Result<PathBuf> {
    let arguments = ["build", "--package", package, "--lib", "--profile", "site", "--target", WASM];
    let mut command = cargo(arguments);
    if has_target(WASM)? {
        println!("WebAssembly is built by the Rust of rustup.");
    } else {
        println!("WebAssembly is built by the Rust of Debian ({OF_DEBIAN}).");
        command = of_debian(&arguments)?;
    }
    step(words, &mut command)?;
    Ok(target().join(WASM).join("site").join(format!("{package}.wasm")))
}

/// Debian's Rust for the browser brings no built library, so it builds that too.
fn of_debian(arguments: &[&str]) -> anyhow::Result<Command> {
    let listed = Command::new("dpkg").args(["-L", "rustc-web"]).output();
    let listed =
        listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let Some(rustc) = listed.lines().find(|line| line.ends_with("/bin/rustc")).map(PathBuf::from) else {
        bail!(
            "nothing here builds WebAssembly: `rustup target add {WASM}`, or on Debian \
             `apt-get install --no-install-recommends {OF_DEBIAN}`"
        );
    };
    let tools = rustc.parent().unwrap_or(Path::new("/usr/bin")).to_owned();
    let mut command = Command::new(tools.join("cargo"));
    command.args(arguments).arg("-Zbuild-std=std,panic_abort").current_dir(root());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&path)))?;
    command.env("PATH", path).env("RUSTC", &rustc).env("RUSTC_BOOTSTRAP", "1");
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
    Ok(command)
}

/// What a phone fetches, and what the program in it is made of: as it is, and as it comes.
fn sizes(program: &Path, folder: &Path) -> anyhow::Result<()> {
    println!("{:<24} {:>10} {:>10}", "part of the program", "bytes", "gzip -9");
    let module = fs::read(program).with_context(|| format!("there is no {}", program.display()))?;
    for (kind, section) in sections(&module) {
        let name = match kind {
            10 => "code",
            11 => "texts and tables",
            _ => continue,
        };
        println!("{name:<24} {:>10} {:>10}", section.len(), packed(section)?);
    }
    println!("{:<24} {:>10} {:>10}", "file", "unpacked", "fetched");
    let (mut first, mut all) = (0, 0);
    for name in ["app.wasm.lzma", "book.bin.lzma", "zones.bin.lzma", "rest.bin.lzma", "index.html", "sw.js"] {
        let file = fs::read(folder.join(name)).with_context(|| format!("there is no {name}"))?;
        // As a host sends it, which packs again what is packed.
        let fetched = packed(&file)?;
        let header = file.get(5..9).and_then(|size| size.try_into().ok()).map(u32::from_le_bytes);
        let is_packed = name.strip_suffix(".lzma").is_some();
        let bytes = header.filter(|_| is_packed).map_or(file.len(), |size| size as usize);
        println!("{name:<24} {bytes:>10} {fetched:>10}");
        all += if is_packed { fetched } else { 0 };
        first += if is_packed && !name.starts_with("rest") { fetched } else { 0 };
    }
    println!("{:<24} {:>10} {first:>10}", "for the first page", "");
    println!("{:<24} {:>10} {all:>10}", "program and book", "");
    Ok(())
}

/// The sections of a WebAssembly module, each with the number of its kind.
fn sections(module: &[u8]) -> Vec<(u8, &[u8])> {
    let mut rest = module.get(8..).unwrap_or_default();
    let mut sections = Vec::new();
    while let [kind, after @ ..] = rest {
        let last = after.iter().take(5).position(|byte| *byte < 0x80).unwrap_or_default();
        let bits = after[..=last].iter().rev();
        let length = bits.fold(0_usize, |length, byte| length << 7 | usize::from(byte & 0x7f));
        let body = &after[last + 1..];
        let (section, next) = body.split_at(length.min(body.len()));
        sections.push((*kind, section));
        rest = next;
    }
    sections
}

fn packed(bytes: &[u8]) -> anyhow::Result<usize> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
