//! `cargo xtask siege`: other programs on the same computer against the person's pages.
//!
//! A record of 100,000 entries is served by the program as people get it. Strangers send
//! half a request, read nothing, upload 64 MiB and erase in a loop; then programs of the
//! person's own, which know the secret, do the same in earnest. All the while the person
//! reads their pages. Memory, waiting times, the end and what is left of what was erased
//! are measured, and every limit that is missed fails the command.

mod load;
mod record;
mod wire;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::run::{cargo, machine, step, target, within};
use wire::Wire;

/// How long each part of the siege lasts.
const PART: Duration = Duration::from_secs(20);

/// Memory of the program at its peak.
const MOST_MEMORY: u64 = 300 << 20;

/// Of a hundred pages, 99 must be there sooner.
const LONGEST_P99: Duration = Duration::from_millis(50);

/// SIGTERM must end the program by then, whatever it does.
const LONGEST_END: Duration = Duration::from_secs(10);

/// Stands in every note of the record that is erased.
const MARK: &str = "zebrasinthediary";

/// Runs the siege and prints what was measured.
pub(crate) fn run() -> anyhow::Result<()> {
    step("the program", &mut cargo(["build", "--release", "--package", "cli"]))?;
    let folder = Folder::new()?;
    record::make(&folder)?;
    let mut server = Server::start(&folder)?;
    let quiet = part("nobody else", &server, &[])?;
    let strangers = part("strangers", &server, &load::STRANGERS)?;
    let own = part("own programs", &server, &load::OWN)?;
    let memory = server.peak()?;
    // In the middle of an import.
    let end = server.end_under(&load::OWN)?;

    let mut server = Server::start(&folder)?;
    let erasing = part("erase in a loop", &server, &load::ERASING)?;
    server.wire().post("/data/erase", "&sure=yes")?;
    let memory = memory.max(server.peak()?);
    server.end()?;
    folder.check_erased()?;

    println!("\n{}", machine());
    println!("pages of the person while there is      p50       p99   longest  pages");
    for part in [&quiet, &strangers, &own, &erasing] {
        part.print();
    }
    println!("memory at its peak: {} MiB; SIGTERM to the end: {end:.1?}", memory >> 20);
    println!("nothing that was erased is in the file or its log");
    for part in [&strangers, &own, &erasing] {
        ensure!(
            part.p99() < LONGEST_P99,
            "{}: p99 is {:.1?}, not below {LONGEST_P99:?}",
            part.name,
            part.p99()
        );
    }
    ensure!(memory < MOST_MEMORY, "the program took {} MiB", memory >> 20);
    ensure!(end < LONGEST_END, "SIGTERM took {end:?}");
    Ok(())
}

/// How long the person waited for each page while something else went on.
struct Part {
    name: &'static str,
    /// Sorted.
    waits: Vec<Duration>,
}

impl Part {
    fn at(&self, hundredths: usize) -> Duration {
        let last = self.waits.len() - 1;
        self.waits[(self.waits.len() * hundredths / 100).min(last)]
    }

    fn p99(&self) -> Duration {
        self.at(99)
    }

    fn print(&self) {
        let [p50, p99, most] = [self.at(50), self.p99(), self.at(100)].map(|wait| format!("{wait:.1?}"));
        println!("{:36}{p50:>10}{p99:>10}{most:>10}{:>7}", self.name, self.waits.len());
    }
}

/// The person reads, and writes an entry now and then, while these go on.
fn part(name: &'static str, server: &Server, loads: &[load::Load]) -> anyhow::Result<Part> {
    println!("\n== {name}");
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for load in loads {
            for _ in 0..load.at_once {
                let (wire, stop) = (server.wire(), &stop);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        // What is done to it is no concern of whoever does it.
                        let _ = (load.body)(&wire);
                    }
                });
            }
        }
        // They begin together.
        thread::sleep(Duration::from_millis(500));
        let waits = read_pages(&server.wire());
        stop.store(true, Ordering::Relaxed);
        let mut waits = waits?;
        waits.sort_unstable();
        println!("memory at its peak so far: {} MiB", server.peak()? >> 20);
        ensure!(waits.len() > 50, "{name}: only {} pages were read", waits.len());
        Ok(Part { name, waits })
    })
}

/// The pages that a person reads most, one after the other, ten a second.
fn read_pages(wire: &Wire) -> anyhow::Result<Vec<Duration>> {
    const PATHS: [&str; 6] = ["/", "/diary", "/medicines", "/relief", "/data", "/emergency"];
    let (start, mut waits) = (Instant::now(), Vec::new());
    for path in PATHS.iter().cycle() {
        if PART < start.elapsed() {
            break;
        }
        let asked = Instant::now();
        let (status, page) = wire.get(path).with_context(|| format!("{path} was not answered"))?;
        waits.push(asked.elapsed());
        ensure!(matches!(status, 200 | 303), "{path}: {status}\n{page}");
        thread::sleep(Duration::from_millis(100).saturating_sub(asked.elapsed()));
    }
    Ok(waits)
}

/// Where the record is: below the target folder, which is on a disk.
struct Folder(PathBuf);

impl Folder {
    fn new() -> anyhow::Result<Self> {
        let folder = target().join(format!("siege-{}", std::process::id()));
        fs::create_dir_all(&folder).context("cannot make a folder for the record")?;
        Ok(Self(folder))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The program, with the clock of the siege.
    fn program(&self) -> Command {
        let mut command = Command::new(target().join("release/unclench"));
        command.env("UNCLENCH_TEST_CLOCK", self.file("clock")).env("TZ", "UTC");
        command
    }

    /// What was erased is in no file beside the record.
    fn check_erased(&self) -> anyhow::Result<()> {
        for entry in fs::read_dir(&self.0)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with("record.") {
                let bytes = fs::read(&path)?;
                let is_left = bytes.windows(MARK.len()).any(|part| part == MARK.as_bytes());
                ensure!(!is_left, "{name} still holds what was erased");
            }
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left over is below the target folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A server that ends with the siege.
struct Server {
    child: Child,
    /// Kept open: the program ends when nobody can read what it prints.
    output: BufReader<ChildStdout>,
    wire: Wire,
}

impl Server {
    fn start(folder: &Folder) -> anyhow::Result<Self> {
        let mut command = folder.program();
        command.args(["serve", "--port", "0", "--no-open", "--record"]).arg(folder.file("record.db"));
        let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start the program")?;
        let output = BufReader::new(child.stdout.take().context("the program has no output")?);
        let mut server = Self { child, output, wire: Wire::default() };
        let mut line = String::new();
        while server.output.read_line(&mut line)? > 0 {
            if let Some((_, address)) = line.trim_end().split_once("http://") {
                server.wire = Wire::open(address)?;
                return Ok(server);
            }
            line.clear();
        }
        bail!("the program names no address")
    }

    fn wire(&self) -> Wire {
        self.wire.clone()
    }

    /// The most memory it has had, in bytes.
    fn peak(&self) -> anyhow::Result<u64> {
        let path = Path::new("/proc").join(self.child.id().to_string()).join("status");
        let status = fs::read_to_string(path).context("the memory is read from /proc, as Linux has it")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        Ok(kilobytes.context("/proc does not say how much memory it had")? << 10)
    }

    /// Sends SIGTERM and waits for the end; how long that took.
    fn end(&mut self) -> anyhow::Result<Duration> {
        let start = Instant::now();
        let pid = self.child.id().to_string();
        within(Duration::from_secs(5), Command::new("kill").args(["-TERM", &pid]))?;
        while self.child.try_wait()?.is_none() {
            ensure!(start.elapsed() < LONGEST_END * 3, "SIGTERM does not end it");
            thread::sleep(Duration::from_millis(10));
        }
        Ok(start.elapsed())
    }

    /// The same while these go on.
    fn end_under(&mut self, loads: &[load::Load]) -> anyhow::Result<Duration> {
        let stop = AtomicBool::new(false);
        let wire = self.wire();
        thread::scope(|scope| {
            for load in loads {
                let (wire, stop) = (wire.clone(), &stop);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        let _ = (load.body)(&wire);
                    }
                });
            }
            thread::sleep(Duration::from_secs(2));
            let end = self.end();
            stop.store(true, Ordering::Relaxed);
            end
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
