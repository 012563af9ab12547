//! HTTP as far as the siege needs it: one request a connection.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, ensure};

/// A response that does not come is a failure, not a hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// The way to a server, and in.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    pub(super) address: SocketAddr,
    /// The cookie of a browser that was let in.
    pub(super) cookie: String,
    /// What its forms carry.
    token: String,
}

impl Default for Wire {
    fn default() -> Self {
        Self { address: ([127, 0, 0, 1], 0).into(), cookie: String::new(), token: String::new() }
    }
}

impl Wire {
    /// Goes in by the address that the program printed: `127.0.0.1:8750/open/SECRET`.
    pub(super) fn open(address: &str) -> anyhow::Result<Self> {
        let (host, way) = address.split_once('/').context("the address has no secret")?;
        let mut wire = Self { address: host.parse()?, ..Self::default() };
        let (_, opened) = wire.get(&format!("/{way}"))?;
        let cookie = opened.split("set-cookie: ").nth(1).and_then(|set| set.split(';').next());
        cookie.context("the address lets nobody in")?.clone_into(&mut wire.cookie);
        let (_, page) = wire.get("/settings")?;
        let token = page.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        token.context("the page has no form")?.clone_into(&mut wire.token);
        Ok(wire)
    }

    /// A stranger at the same door.
    pub(super) fn stranger(&self) -> Self {
        Self { cookie: String::new(), ..self.clone() }
    }

    /// The status, and all that came.
    pub(super) fn get(&self, path: &str) -> anyhow::Result<(u16, String)> {
        self.say(&format!("{}\r\n", self.head("GET", path)), &[])
    }

    /// Sends a form with the token; `fields` begin with `&`.
    pub(super) fn post(&self, path: &str, fields: &str) -> anyhow::Result<(u16, String)> {
        let body = format!("token={}{fields}", self.token);
        let kind = "content-type: application/x-www-form-urlencoded";
        let head = format!("{}{kind}\r\ncontent-length: {}\r\n\r\n", self.head("POST", path), body.len());
        self.say(&head, &[body.as_bytes()])
    }

    /// Uploads a file with the token.
    pub(super) fn upload(&self, path: &str, file: &[u8]) -> anyhow::Result<(u16, String)> {
        let part = |name: &str| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        let before = format!("{}{}\r\n{}", part("token"), self.token, part("file"));
        // The file is not copied: what the siege itself takes of the machine is no measure.
        let body: [&[u8]; 3] = [before.as_bytes(), file, b"\r\n--x--\r\n"];
        let length: usize = body.iter().map(|part| part.len()).sum();
        let kind = "content-type: multipart/form-data; boundary=x";
        let head = format!("{}{kind}\r\ncontent-length: {length}\r\n\r\n", self.head("POST", path));
        self.say(&head, &body)
    }

    /// A connection on which this was said.
    pub(super) fn begin(&self, text: &str) -> anyhow::Result<TcpStream> {
        let mut socket = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        socket.write_all(text.as_bytes())?;
        Ok(socket)
    }

    pub(super) fn head(&self, method: &str, path: &str) -> String {
        let Self { address, cookie, .. } = self;
        format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nconnection: close\r\n")
    }

    fn say(&self, head: &str, body: &[&[u8]]) -> anyhow::Result<(u16, String)> {
        let mut socket = self.begin(head)?;
        // Whoever is refused in the middle of a long body still gets to read why.
        let _ = body.iter().try_for_each(|part| socket.write_all(part));
        let mut bytes = Vec::new();
        let _ = socket.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        ensure!(text.starts_with("HTTP/1.1 "), "no answer");
        let status = text[9..].split(' ').next().and_then(|status| status.parse().ok());
        Ok((status.context("no status")?, text))
    }
}
