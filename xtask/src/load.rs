//! How fast the pages answer when many people use them at once.
//!
//! The load is open: requests come when they are due, whether or not the ones
//! before were answered, and a step is timed from when it was due. So a server
//! that stands still for a second is seen to do so by everyone who came meanwhile.

mod person;
mod wire;

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::run::{cargo, machine, step, target};
use person::{Person, Step};
use wire::Wire;

/// Requests a second.
const RATE: u32 = 500;

/// A step of the interview sends an answer and reads the page it leads to.
const REQUESTS_A_STEP: u32 = 2;

/// For how long.
const SECONDS: u32 = 20;

/// People who are using the pages at the same time.
const PEOPLE: u32 = 256;

/// Connections that are open at the same time; each serves some of the people in turn.
const CONNECTIONS: u32 = 32;

/// Of a hundred steps, 99 must be faster.
const LONGEST_P99: Duration = Duration::from_millis(5);

/// A core that is this busy with something else spoils the measurement.
const MOST_BUSY: f64 = 0.5;

/// Whose records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Records {
    /// One record, to which everybody adds: what one person's computer does, and the
    /// hardest case, since they all wait for each other.
    One,
    /// Each person has one.
    Hosted,
}

/// Builds the program as people get it, puts it under load and prints how long steps took.
pub(crate) fn measure(records: Records) -> anyhow::Result<()> {
    step("the program", &mut cargo(["build", "--release", "--package", "cli"]))?;
    let busy = busy();
    let server = Server::start(records)?;
    let load = under_load(server.address)?;
    drop(server);
    if let Some(busy) = busy.filter(|busy| *busy > MOST_BUSY) {
        println!(
            "\nThe machine was busy with something else ({busy} of its cores): measure again when it is not."
        );
    }
    print(records, &load)
}

/// How many cores were busy over the last minute, where the system says so.
fn busy() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

/// What happened under load.
struct Load {
    /// Every step that went well, in no order.
    steps: Vec<Step>,
    /// What went wrong with the others.
    errors: Vec<anyhow::Error>,
    /// From when the first step was due to the end of the last.
    took: Duration,
}

/// A server that ends with the measurement.
struct Server {
    child: Child,
    /// Kept open: the program ends when nobody can read what it prints.
    output: BufReader<ChildStdout>,
    address: SocketAddr,
    folder: PathBuf,
}

impl Server {
    fn start(records: Records) -> anyhow::Result<Self> {
        // Below the target folder, which is on a disk, as a record is: `/tmp` may be in memory.
        let folder = target().join(format!("load-{}", std::process::id()));
        fs::create_dir_all(&folder).context("cannot make a folder for the record")?;
        let mut command = Command::new(target().join("release/unclench"));
        command.args(["serve", "--port", "0", "--record"]).arg(folder.join("record.db"));
        match records {
            Records::One => command.arg("--no-open"),
            Records::Hosted => command.args(["--hosted", "localhost"]),
        };
        let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start the program")?;
        let output = BufReader::new(child.stdout.take().context("the program has no output")?);
        let mut server = Self { child, output, address: ([127, 0, 0, 1], 0).into(), folder };
        server.address = server.announced()?;
        Ok(server)
    }

    /// The address in the first line that it prints.
    fn announced(&mut self) -> anyhow::Result<SocketAddr> {
        let mut line = String::new();
        while self.output.read_line(&mut line)? > 0 {
            if let Some((_, address)) = line.trim_end().split_once("http://") {
                return address.trim_end_matches('/').parse().context("the program names no address");
            }
            line.clear();
        }
        bail!("the program ended before it was up")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is ours and fresh, and so is its folder: nothing is lost if that fails.
        drop(self.child.kill());
        drop(self.child.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn under_load(address: SocketAddr) -> anyhow::Result<Load> {
    let steps = RATE / REQUESTS_A_STEP * SECONDS;
    let gap = Duration::from_secs(1) * REQUESTS_A_STEP / RATE;
    let mut crews: Vec<Vec<Person>> = Vec::new();
    for _ in 0..CONNECTIONS {
        let people = (0..PEOPLE / CONNECTIONS).map(|_| Person::arrive(address));
        crews.push(people.collect::<anyhow::Result<_>>().context("cannot open the first page")?);
    }
    let start = Instant::now() + Duration::from_millis(200);
    let mut threads = Vec::new();
    for (first, mut people) in (0..).zip(crews) {
        threads.push(thread::spawn(move || -> anyhow::Result<Vec<_>> {
            let mut wire = Wire::connect(address)?;
            let mut taken = Vec::new();
            for (turn, number) in (first..steps).step_by(CONNECTIONS as usize).enumerate() {
                let due = start + gap * number;
                thread::sleep(due.saturating_duration_since(Instant::now()));
                let person = turn % people.len();
                let step = people[person].step(&mut wire, due);
                if step.is_err() {
                    // What is left in the connection is of no use any more.
                    wire = Wire::connect(address)?;
                }
                taken.push(step);
            }
            Ok(taken)
        }));
    }
    let mut load = Load { steps: Vec::new(), errors: Vec::new(), took: Duration::ZERO };
    for thread in threads {
        for step in thread.join().map_err(|_| anyhow::anyhow!("a connection stopped"))?? {
            match step {
                Ok(step) => load.steps.push(step),
                Err(error) => load.errors.push(error),
            }
        }
    }
    let end = load.steps.iter().map(|step| step.end).max().context("no step went well")?;
    load.took = end - start;
    Ok(load)
}

fn print(records: Records, load: &Load) -> anyhow::Result<()> {
    let Load { steps, errors, took } = load;
    let requests: u32 = steps.iter().map(|step| step.requests).sum();
    println!("\n== load");
    println!(
        "{PEOPLE} people, {}, over {CONNECTIONS} connections; {RATE} requests a second were due for {SECONDS} s.",
        match records {
            Records::One => "all in one record",
            Records::Hosted => "each with a record",
        }
    );
    println!(
        "{requests} requests were answered in {:.1} s, {:.0} a second; {} steps failed.",
        took.as_secs_f64(),
        f64::from(requests) / took.as_secs_f64(),
        errors.len()
    );
    println!(
        "{:.0} % of them wrote to the disk before they were answered.\n",
        100.0 * as_f64(steps.len()) / f64::from(requests)
    );
    println!("| | p50 | p95 | p99 | longest |\n|---|---|---|---|---|");
    row("an answer, until it is kept", steps.iter().map(|step| step.kept).collect());
    row("the page after it", steps.iter().map(|step| step.page).collect());
    let p99 = row("the whole step, from when it was due", steps.iter().map(|step| step.whole).collect());
    println!("\nMeasured on: {}, with the requests made on the same machine.", machine());
    if let Some(error) = errors.first() {
        bail!("{} steps failed; the first: {error:#}", errors.len());
    }
    ensure!(
        p99 < LONGEST_P99,
        "99 of 100 steps should take less than {:.0} ms; they took up to {:.1} ms",
        milliseconds(LONGEST_P99),
        milliseconds(p99)
    );
    Ok(())
}

/// Prints a line of the table; its 99th percentile.
fn row(name: &str, mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    let (p99, longest) = (percentile(&times, 99), percentile(&times, 100));
    let columns = [percentile(&times, 50), percentile(&times, 95), p99, longest];
    let columns = columns.map(|time| format!("{:.2} ms", milliseconds(time)));
    println!("| {name} | {} |", columns.join(" | "));
    p99
}

/// The smallest time that so many of a hundred do not exceed. The times are sorted.
fn percentile(times: &[Duration], percent: usize) -> Duration {
    let rank = (times.len() * percent).div_ceil(100);
    times.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(percentile(&times, 50), Duration::from_millis(100));
        assert_eq!(percentile(&times, 99), Duration::from_millis(198));
        assert_eq!(percentile(&times, 100), Duration::from_millis(200));
        assert_eq!(percentile(&[], 99), Duration::ZERO);
    }
}
