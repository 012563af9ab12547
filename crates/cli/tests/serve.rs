//! `unclench serve` as it is started: the address that lets one browser in, and the end.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server, with the address that it printed.
struct Serving {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
    host: String,
    way: String,
}

impl Serving {
    fn start(record: &Path) -> Self {
        Self::start_at("127.0.0.1", record)
    }

    fn start_at(address: &str, record: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unclench"))
            .args(["serve", "--no-open", "--address", address, "--port", "0", "--record"])
            .arg(record)
            .env_remove("UNCLENCH_REGION")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address =
            line.trim_end().strip_prefix("Unclench is at http://").unwrap_or_else(|| panic!("{line}"));
        let (host, way) = address.split_once('/').unwrap();
        let (host, way) = (host.to_owned(), format!("/{way}"));
        // Not before the last of its first lines can it be asked.
        while !line.starts_with("In an emergency") {
            line.clear();
            output.read_line(&mut line).unwrap();
        }
        Self { child, output, host, way }
    }

    fn get(&self, path: &str, cookie: &str) -> String {
        let mut socket = loop {
            match TcpStream::connect(&self.host) {
                Ok(socket) => break socket,
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        let host = &self.host;
        write!(
            socket,
            "GET {path} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends it as the system does; how long that took.
    fn stop(mut self) -> Duration {
        // While it starts, a signal ends it as any program.
        assert!(self.get("/healthz", "").starts_with("HTTP/1.1 200"));
        let start = Instant::now();
        let killed = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert!(self.child.wait().unwrap().success());
        assert!(rest.contains("Stopped. Every answer that went through is in "), "{rest}");
        start.elapsed()
    }
}

/// The cookie that an answer sets.
fn cookie(answer: &str) -> String {
    let set = answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .unwrap_or_else(|| panic!("{answer}"));
    set.split(';').next().unwrap().to_owned()
}

#[test]
fn the_address_lets_a_browser_in_also_after_a_restart_and_only_the_owner_can_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record.db");
    let server = Serving::start(&record);
    assert!(server.get("/data", "").starts_with("HTTP/1.1 403"));
    let cookie = cookie(&server.get(&server.way, ""));
    assert!(server.get("/data", &cookie).starts_with("HTTP/1.1 200"));
    let page = folder.path().join("record.open.html");
    assert_eq!(std::fs::metadata(&page).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&page).unwrap();
    assert!(text.contains(&format!("http://{}{}", server.host, server.way)), "{text}");
    let way = server.way.clone();
    assert!(server.stop() < Duration::from_secs(10));
    let server = Serving::start(&record);
    assert_eq!(server.way, way, "a browser stays let in");
    server.stop();
}

#[test]
fn in_a_container_it_listens_everywhere_names_an_address_to_open_and_says_that_it_is_up() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start_at("0.0.0.0", &folder.path().join("record.db"));
    let port = serving.host.strip_prefix("127.0.0.1:").unwrap().to_owned();
    let is_up = || {
        let look = ["serve", "--is-up", "--port", &port];
        Command::new(env!("CARGO_BIN_EXE_unclench")).args(look).output().unwrap().status.code()
    };
    assert!(serving.get(&serving.way, "").starts_with("HTTP/1.1 303"));
    assert_eq!(is_up(), Some(0));
    serving.stop();
    assert_eq!(is_up(), Some(1));
}

#[test]
fn a_dose_that_is_written_down_in_the_terminal_meanwhile_is_in_the_pages() {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record.db");
    let server = Serving::start(&record);
    let cookie = cookie(&server.get(&server.way, ""));
    assert!(!server.get("/data/export.json", &cookie).contains("dose_taken"));
    let log = ["dose", "log", "advil", "--region", "us", "--record", record.to_str().unwrap()];
    let logged = Command::new(env!("CARGO_BIN_EXE_unclench")).args(log).output().unwrap();
    assert!(logged.status.success(), "{}", String::from_utf8_lossy(&logged.stderr));
    assert!(server.get("/data/export.json", &cookie).contains("Advil, 1 tablet"));
    server.stop();
}

#[test]
fn half_sent_requests_do_not_hold_up_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let server = Serving::start(&folder.path().join("record.db"));
    let cookie = cookie(&server.get(&server.way, ""));
    let head = format!("POST /data/import HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n", server.host);
    let waiting: Vec<TcpStream> = [
        "G",
        "GET / HTTP/1.1\r\n",
        &head,
        &format!("{head}content-type: multipart/form-data; boundary=x\r\ncontent-length: 9\r\n\r\n--x"),
    ]
    .into_iter()
    .map(|text| {
        let mut socket = TcpStream::connect(&server.host).unwrap();
        socket.write_all(text.as_bytes()).unwrap();
        socket
    })
    .collect();
    std::thread::sleep(Duration::from_millis(300));
    assert!(server.stop() < Duration::from_secs(10));
    drop(waiting);
}
