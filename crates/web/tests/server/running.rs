//! A server that is running, and what it answers.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::OnceLock;

use care::Guideline;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use store::Database;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use web::server::{Options, Secret, serve};
use web::{Home, Site};

pub(crate) fn guideline() -> &'static Guideline {
    static GUIDELINE: OnceLock<Guideline> = OnceLock::new();
    GUIDELINE.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guideline");
        let mut files = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                files
                    .push(compiler::SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
        compiler::compile(&files).unwrap_or_else(|_| panic!("the real book compiles")).guideline
    })
}

/// A server that is running.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) secret: Secret,
    stop: oneshot::Sender<()>,
    done: JoinHandle<std::io::Result<()>>,
}

impl Running {
    pub(crate) async fn start(database: Database) -> Self {
        Self::start_with(database, Secret::new()).await
    }

    pub(crate) async fn start_with(database: Database, secret: Secret) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let options = Options {
            home: Home::File { path: "record.db".to_owned(), sealed: false },
            hosts: vec![address.to_string()],
            secret: secret.clone(),
            region: Some("us".into()),
            zone: TimeZone::UTC,
            clock: Box::new(Timestamp::now),
        };
        let site = Site::new(guideline(), Vec::new(), TimeZoneDatabase::bundled());
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { drop(stopped.await) };
        let done = tokio::spawn(serve(listener, site, database, options, shutdown));
        Self { address, secret, stop, done }
    }

    /// The cookie of a browser that was let in.
    pub(crate) fn cookie(&self) -> String {
        format!("unclench_{}={}", self.address.port(), self.secret.as_str())
    }

    pub(crate) async fn own(path: &Path) -> Self {
        let database = Database::open(path, None).await.unwrap();
        Self::start(database).await
    }

    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.done.await.unwrap().unwrap();
    }

    pub(crate) async fn ask(&self, head: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut text = format!("{head} HTTP/1.1\r\nconnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "host") {
            let _ = write!(text, "host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        let _ = write!(text, "content-length: {}\r\n\r\n{body}", body.len());
        self.say(text.as_bytes()).await
    }

    /// Sends these bytes and reads what comes back.
    pub(crate) async fn say(&self, bytes: &[u8]) -> Answer {
        let mut socket = TcpStream::connect(self.address).await.unwrap();
        // Whoever refuses to hear it all may have closed before it is all said.
        let _ = socket.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer).await;
        Answer(String::from_utf8_lossy(&answer).into_owned())
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(&format!("GET {path}"), &[("cookie", cookie)], "").await
    }

    pub(crate) async fn post(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        self.ask(&format!("POST {path}"), &[("cookie", cookie), kind], body).await
    }
}

/// A response, headers and all.
pub(crate) struct Answer(pub(crate) String);

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.0.split(' ').nth(1).unwrap().parse().unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let head = self.0.split("\r\n\r\n").next().unwrap();
        head.lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| *known == name)
            .map(|(_, v)| v)
    }

    /// The value of a hidden field of the page.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        self.0.split(&start).nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// The tokens of the page's forms, as fields.
    pub(crate) fn tokens(&self) -> String {
        format!("token={}&once={}", self.hidden("token"), self.hidden("once"))
    }
}
