//! The pages in a real browser: its tests, and the pictures of the README.
//!
//! The tests are Node programs in `crates/web/browser/`. What they need from npm is
//! installed under the target folder, so that it is outside of git and is kept
//! wherever the build is kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};

use crate::engines;
use crate::packages;
use crate::run::{Count, cargo, root, step, target, tests, within};
use crate::site;

/// The names under which Chromium is installed.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Whether Python can open a window of `WebKit`, which is what `support/engines/webkit.py` does.
const CAN_OPEN_WEBKIT: &str = "import gi; gi.require_version('WebKit2', '4.1')";

/// The files of tests that open the static site.
const OF_THE_SITE: [&str; 4] = ["site_chromium", "site_firefox", "site_same_pages", "site_webkit"];

/// The file of tests that installs the package for npm.
const OF_THE_PACKAGE: &str = "package";

/// Where the tested site stands: not at the root of its host, which is the harder case.
const BASE: &str = "/unclench/";

/// The first version of Node whose test runner can do what we ask of it.
const OLDEST_NODE: u32 = 18;

/// npm fetches some hundred packages; a registry that does not answer must not hold up CI for ever.
const INSTALL: Duration = Duration::from_secs(300);

/// Runs the tests, or those whose file and name hold these words.
pub(crate) fn run(words: &[&str]) -> anyhow::Result<Count> {
    let (browser, mut node) = prepared()?;
    if words.first().is_none_or(|file| OF_THE_SITE.iter().any(|name| name.contains(file))) {
        let folder = target().join("site/tested");
        site::build(BASE, &folder)?;
        let journeys = target().join("site/journeys.jsonl");
        let people = ["test", "--quiet", "--package", "app", "--test", "same_pages"];
        step("people at the server", cargo(people).env("UNCLENCH_JOURNEYS", &journeys))?;
        node.env("UNCLENCH_SITE", folder).env("UNCLENCH_JOURNEYS", journeys);
    }
    if words.first().is_none_or(|file| OF_THE_PACKAGE.contains(file)) {
        let built = packages::built()?;
        node.env("UNCLENCH_PACKAGES", built.folder).env("UNCLENCH_VECTORS", built.vectors);
    }
    tests("pages in a real browser", node.arg("run.mjs").args(words).env("UNCLENCH_CHROMIUM", browser))
}

/// Fails if a program that the tests need is missing, and says how to install it.
pub(crate) fn find_tools() -> anyhow::Result<()> {
    Tools::find().map(|_| ())
}

/// Makes the pictures of the README from the real pages.
pub(crate) fn screenshots() -> anyhow::Result<()> {
    let (browser, mut node) = prepared()?;
    step("screenshots", node.arg("screenshots.mjs").env("UNCLENCH_CHROMIUM", browser))
}

/// Builds the program and installs the libraries of the tests; the browser, and Node in their folder.
fn prepared() -> anyhow::Result<(PathBuf, Command)> {
    let Tools { chromium, node, npm } = Tools::find()?;
    step("the program", &mut cargo(["build", "--package", "cli"]))?;
    let cases = engines::cases()?;
    let mut command = with_libraries(node, &npm)?;
    command
        .env("UNCLENCH_CASES", cases)
        .env("UNCLENCH", target().join("debug").join(format!("unclench{}", std::env::consts::EXE_SUFFIX)));
    Ok((chromium, command))
}

/// Node in its folder, for what needs libraries and no browser.
pub(crate) fn without_browser() -> anyhow::Result<Command> {
    let (Some(node), Some(npm)) = (in_path("node"), in_path("npm")) else {
        anyhow::bail!("{}", how_to_install(&["nodejs", "npm"]));
    };
    with_libraries(node, &npm)
}

/// Node in its folder, with the libraries installed.
fn with_libraries(node: PathBuf, npm: &Path) -> anyhow::Result<Command> {
    let modules = install(npm)?;
    let mut command = Command::new(node);
    command.current_dir(folder()).env("UNCLENCH_BROWSER_MODULES", modules);
    Ok(command)
}

fn folder() -> PathBuf {
    root().join("crates/web/browser")
}

/// The programs that the tests need beside Rust.
struct Tools {
    chromium: PathBuf,
    node: PathBuf,
    npm: PathBuf,
}

impl Tools {
    /// Looks for them in `PATH`.
    fn find() -> anyhow::Result<Self> {
        let named = std::env::var_os("UNCLENCH_CHROMIUM").map(PathBuf::from);
        let chromium = named.filter(|path| path.exists()).or_else(|| CHROMIUM.into_iter().find_map(in_path));
        let tools = [("chromium", chromium), ("nodejs", in_path("node")), ("npm", in_path("npm"))];
        let is_missing = |(package, is_there): (&'static str, bool)| (!is_there).then_some(package);
        let missing: Vec<&str> = tools
            .iter()
            .map(|(package, path)| (*package, path.is_some()))
            .chain(other_engines())
            .filter_map(is_missing)
            .collect();
        let (true, [(_, Some(chromium)), (_, Some(node)), (_, Some(npm))]) = (missing.is_empty(), tools)
        else {
            anyhow::bail!("{}", how_to_install(&missing));
        };
        let version = Command::new(&node).arg("--version").output().context("cannot run node")?;
        let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
        ensure!(
            major(&version).is_some_and(|major| OLDEST_NODE <= major),
            "the tests in a browser need Node {OLDEST_NODE} or newer, and this is {version}"
        );
        Ok(Self { chromium, node, npm })
    }
}

/// What Firefox and `WebKit` need, by the package that has it, and whether it is there. The
/// site must work in them too.
fn other_engines() -> [(&'static str, bool); 4] {
    let mut python = Command::new("/usr/bin/python3");
    let opens = python.args(["-c", CAN_OPEN_WEBKIT]).stderr(Stdio::null()).status();
    [
        ("firefox-esr", ["firefox-esr", "firefox"].into_iter().any(|name| in_path(name).is_some())),
        ("webkit2gtk-driver", in_path("WebKitWebDriver").is_some()),
        ("python3-gi gir1.2-webkit2-4.1", opens.is_ok_and(|status| status.success())),
        ("xvfb", in_path("Xvfb").is_some()),
    ]
}

fn how_to_install(missing: &[&str]) -> String {
    let packages = missing.join(" ");
    format!(
        "the pages are tested in a real browser, and something for it is missing: \
         apt-get install --no-install-recommends {packages}"
    )
}

/// `20` of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// A program in `PATH`.
fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| ["", ".exe", ".cmd"].map(|ending| folder.join(format!("{name}{ending}"))))
        .find(|file| file.is_file())
}

/// Installs exactly what the lock file names, unless that was done before; the folder.
fn install(npm: &Path) -> anyhow::Result<PathBuf> {
    let place = target().join("browser");
    fs::create_dir_all(&place).context("cannot make a folder for the libraries of the tests")?;
    let lock = fs::read_to_string(folder().join("package-lock.json"))?;
    let done = place.join("installed.json");
    if fs::read_to_string(&done).is_ok_and(|installed| installed == lock) {
        return Ok(place);
    }
    for name in ["package.json", "package-lock.json"] {
        fs::copy(folder().join(name), place.join(name)).with_context(|| format!("cannot copy {name}"))?;
    }
    println!("\n== libraries of the tests in a browser");
    let mut install = Command::new(npm);
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&place);
    within(INSTALL, install.stdin(Stdio::null())).context("npm cannot install the libraries of the tests")?;
    fs::write(done, lock)?;
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_in_one_line_that_can_be_pasted() {
        let line = how_to_install(&["chromium", "npm"]);
        assert!(line.ends_with("apt-get install --no-install-recommends chromium npm"), "{line}");
        assert!(!line.contains('\n'));
    }

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!(major("v18.20.4"), Some(18));
        assert_eq!(major("command not found"), None);
    }
}
