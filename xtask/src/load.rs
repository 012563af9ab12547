//! `cargo xtask load`: how long the service for other programs takes at a steady rate, with the
//! load generator on the same machine.
//!
//! Requests come when they are due, whether the one before was answered or not, and each wait is
//! counted from when it was due: a service that stands still is not let off.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Map, Value, json};

use crate::run::{cargo, machine, step};
use crate::service::Service;

/// Requests a second.
const RATE: u32 = 2_000;

/// For so long.
const SECONDS: u32 = 20;

/// Over so many connections, which stay open.
const CONNECTIONS: u32 = 8;

/// Of a hundred answers, 99 must be there sooner.
const LONGEST_P99: Duration = Duration::from_millis(3);

/// Runs the load and prints what was measured.
pub(crate) fn run() -> anyhow::Result<()> {
    step("the program", &mut cargo(["build", "--release", "--package", "cli"]))?;
    let service = Service::start("release")?;
    let bodies = service.bodies()?;
    println!("\n== {RATE} requests a second for {SECONDS} s, {} different ones", bodies.len());
    let together = Barrier::new(CONNECTIONS as usize);
    let waits: anyhow::Result<Vec<Vec<Duration>>> = thread::scope(|scope| {
        let one = |number: u32| {
            let (service, bodies, together) = (&service, &bodies, &together);
            scope.spawn(move || connection(service, bodies, together, number))
        };
        let running: Vec<_> = (0..CONNECTIONS).map(one).collect();
        let waited = |thread: thread::ScopedJoinHandle<'_, anyhow::Result<Vec<Duration>>>| {
            thread.join().map_err(|_| anyhow::anyhow!("a connection failed"))?
        };
        running.into_iter().map(waited).collect()
    });
    let mut waits: Vec<Duration> = waits?.into_iter().flatten().collect();
    waits.sort_unstable();
    let at = |thousandths: usize| waits[(waits.len() * thousandths / 1_000).min(waits.len() - 1)];
    println!("{}", machine());
    println!("/v1/assess       p50       p99     p99.9   longest  requests");
    let [p50, p99, p999, most] = [500, 990, 999, 1_000].map(|place| format!("{:.2?}", at(place)));
    println!("{:10}{p50:>10}{p99:>10}{p999:>10}{most:>10}{:>10}", "", waits.len());
    ensure!(at(990) < LONGEST_P99, "p99 is {:.2?}, not below {LONGEST_P99:?}", at(990));
    Ok(())
}

/// Sends its share of the requests, each when it is due; how long each took since then.
fn connection(
    service: &Service,
    bodies: &[String],
    together: &Barrier,
    number: u32,
) -> anyhow::Result<Vec<Duration>> {
    let mut socket = service.connect()?;
    // The first is not counted: nothing is warm yet.
    socket.ask("/v1/assess", &bodies[0])?;
    together.wait();
    let start = Instant::now();
    let mut waits = Vec::new();
    for request in (number..RATE * SECONDS).step_by(CONNECTIONS as usize) {
        let due = start + Duration::from_secs(1) * request / RATE;
        thread::sleep(due.saturating_duration_since(Instant::now()));
        socket.ask("/v1/assess", &bodies[request as usize % bodies.len()])?;
        waits.push(due.elapsed());
    }
    Ok(waits)
}

impl Service {
    fn connect(&self) -> anyhow::Result<Socket> {
        let socket = TcpStream::connect(&self.address).context("the service is not there")?;
        socket.set_nodelay(true)?;
        Ok(Socket { socket: BufReader::new(socket), host: self.address.clone() })
    }

    /// People who answered more and more, to the end: one with nothing, and one with a sign of danger.
    fn bodies(&self) -> anyhow::Result<Vec<String>> {
        let mut socket = self.connect()?;
        let mut bodies = Vec::new();
        for sign in [None, Some("saddle_numbness")] {
            let mut answers = Map::new();
            loop {
                let body = json!({ "answers": answers, "region": "us" }).to_string();
                let next: Value = serde_json::from_str(&socket.ask("/v1/next", &body)?)?;
                bodies.push(body);
                let Some(findings) = next["next"]["findings"].as_array() else { break };
                for finding in findings {
                    let id = finding["id"].as_str().unwrap_or_default();
                    let answer = match finding["type"].as_str() {
                        Some("yes_no") if sign == Some(id) => json!("not sure"),
                        Some("yes_no") => json!("no"),
                        Some("number") => finding["max"].as_i64().map_or(json!(40), |max| json!(max.min(40))),
                        _ => finding["allowed"][0].clone(),
                    };
                    answers.insert(id.to_owned(), answer);
                }
            }
        }
        ensure!(bodies.len() > 4, "the service asks hardly anything");
        Ok(bodies)
    }
}

/// A connection that stays open.
struct Socket {
    socket: BufReader<TcpStream>,
    host: String,
}

impl Socket {
    /// The body of the answer, which must be a good one.
    fn ask(&mut self, path: &str, body: &str) -> anyhow::Result<String> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.host,
            body.len()
        );
        self.socket.get_mut().write_all(format!("{head}{body}").as_bytes())?;
        let (mut line, mut length) = (String::new(), 0);
        self.socket.read_line(&mut line)?;
        ensure!(line.starts_with("HTTP/1.1 200 "), "the service refused: {line}");
        loop {
            line.clear();
            self.socket.read_line(&mut line)?;
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().context("the length is no number")?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut text = vec![0; length];
        self.socket.read_exact(&mut text)?;
        Ok(String::from_utf8(text)?)
    }
}
