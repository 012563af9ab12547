//! A connection that stays open, and the little of HTTP that the pages need.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, ensure};

/// A request that takes longer counts as failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// No page is longer.
const LONGEST_PAGE: usize = 4 << 20;

/// One connection.
pub(super) struct Wire {
    stream: BufReader<TcpStream>,
    host: String,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    /// The cookie that is to be sent from now on: `name=value`.
    pub(super) cookie: Option<String>,
    pub(super) page: String,
}

impl Wire {
    pub(super) fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).context("cannot connect")?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream), host: format!("localhost:{}", address.port()) })
    }

    pub(super) fn get(&mut self, path: &str, cookie: &str) -> anyhow::Result<Answer> {
        let head = format!("GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n", self.host);
        self.exchange(&head)
    }

    pub(super) fn post(&mut self, path: &str, cookie: &str, form: &str) -> anyhow::Result<Answer> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\ncontent-length: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\n\r\n{form}",
            self.host,
            form.len()
        );
        self.exchange(&request)
    }

    fn exchange(&mut self, request: &str) -> anyhow::Result<Answer> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.with_context(|| format!("this is no answer: {line:?}"))?;
        let (mut location, mut cookie, mut length) = (None, None, 0_usize);
        loop {
            line.clear();
            ensure!(self.stream.read_line(&mut line)? > 0, "the connection was closed");
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            match name {
                "location" => location = Some(value.to_owned()),
                "set-cookie" => cookie = value.split(';').next().map(str::to_owned),
                "content-length" => length = value.parse().context("a length that is no number")?,
                _ => {}
            }
        }
        ensure!(length <= LONGEST_PAGE, "a page of {length} bytes");
        let mut page = vec![0; length];
        self.stream.read_exact(&mut page)?;
        Ok(Answer { status, location, cookie, page: String::from_utf8_lossy(&page).into_owned() })
    }
}
