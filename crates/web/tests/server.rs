//! The server on a real socket, asked in plain HTTP.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::OnceLock;

use care::Guideline;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use store::{Database, Record, RecordId, Sequence};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use web::server::{Options, serve};
use web::{Home, Site};

fn guideline() -> &'static Guideline {
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
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<std::io::Result<()>>,
}

impl Running {
    async fn start(database: Database, home: Home) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let options = Options {
            home,
            hosts: vec![address.to_string()],
            is_https: false,
            region: Some("us".into()),
            zone: TimeZone::UTC,
            clock: Box::new(Timestamp::now),
        };
        let site = Site::new(guideline(), Vec::new(), TimeZoneDatabase::bundled());
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { drop(stopped.await) };
        let done = tokio::spawn(serve(listener, site, database, options, shutdown));
        Self { address, stop, done }
    }

    async fn own(path: &Path) -> Self {
        let database = Database::open(path, None).await.unwrap();
        Self::start(database, Home::Own { file: path.display().to_string(), sealed: false }).await
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        self.done.await.unwrap().unwrap();
    }

    async fn ask(&self, head: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut socket = TcpStream::connect(self.address).await.unwrap();
        let mut text = format!("{head} HTTP/1.1\r\nconnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "host") {
            let _ = write!(text, "host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        let _ = write!(text, "content-length: {}\r\n\r\n{body}", body.len());
        socket.write_all(text.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        socket.read_to_end(&mut bytes).await.unwrap();
        Answer(String::from_utf8_lossy(&bytes).into_owned())
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(&format!("GET {path}"), &[("cookie", cookie)], "").await
    }

    async fn post(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        self.ask(&format!("POST {path}"), &[("cookie", cookie), kind], body).await
    }
}

/// A response, headers and all.
struct Answer(String);

impl Answer {
    fn status(&self) -> u16 {
        self.0.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let head = self.0.split("\r\n\r\n").next().unwrap();
        head.lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| *known == name)
            .map(|(_, v)| v)
    }

    fn cookie(&self) -> String {
        self.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    }

    /// The value of a hidden field of the page.
    fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        self.0.split(&start).nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// The tokens of the page's forms, as fields.
    fn tokens(&self) -> String {
        format!("token={}&once={}", self.hidden("token"), self.hidden("once"))
    }
}

const SCREEN: &str = "question=danger_nerves&shows=saddle_numbness&shows=bladder_change";

async fn events(path: &Path) -> Record {
    let database = Database::open(path, None).await.unwrap();
    let record = Record::of(database.since(&RecordId::own(), Sequence::default()).await.unwrap());
    database.close().await;
    record
}

#[tokio::test]
async fn a_form_is_kept_before_it_is_answered_and_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let server = Running::own(&path).await;
    let page = server.get("/question", "").await;
    let cookie = page.cookie();
    let sent = server.post("/question", &cookie, &format!("{}&{SCREEN}&none=yes", page.tokens())).await;
    assert_eq!((sent.status(), sent.header("location")), (303, Some("/question")));
    server.stop().await;
    assert_eq!(events(&path).await.interview().screens, ["danger_nerves"]);

    let server = Running::own(&path).await;
    let page = server.get("/", &cookie).await;
    assert!(page.0.contains("You have begun"), "{}", page.0);
    server.stop().await;
}

#[tokio::test]
async fn a_form_without_its_token_or_from_another_site_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let server = Running::own(&path).await;
    let page = server.get("/question", "").await;
    let (cookie, tokens) = (page.cookie(), page.tokens());
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let good = format!("{tokens}&{SCREEN}&none=yes");
    let other = format!("token={}&once=1&{SCREEN}&none=yes", "0".repeat(64));
    for (headers, body, status) in [
        (vec![("cookie", cookie.as_str()), kind], other.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind], SCREEN, 403),
        (vec![kind], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("origin", "https://evil.example")], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("origin", "null")], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("sec-fetch-site", "cross-site")], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("host", "evil.example")], good.as_str(), 421),
        (vec![("cookie", cookie.as_str())], good.as_str(), 415),
    ] {
        assert_eq!(server.ask("POST /question", &headers, body).await.status(), status, "{headers:?}");
    }
    assert_eq!(server.ask("PUT /question", &[], "").await.status(), 405);
    server.stop().await;
    assert!(events(&path).await.events().is_empty());
}

#[tokio::test]
async fn every_response_carries_the_headers_that_keep_others_out() {
    let server = Running::start(Database::in_memory().await.unwrap(), Home::Hosted).await;
    for path in ["/", "/nothing/here", "/assets/0/app.css", "/manifest.webmanifest", "/emergency", "/healthz"]
    {
        let page = server.get(path, "").await;
        let policy = page.header("content-security-policy").unwrap_or_else(|| panic!("{path}"));
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(page.header("referrer-policy"), Some("same-origin"), "{path}");
    }
    assert_eq!(server.get("/", "").await.header("cache-control"), Some("no-store"));
    assert_eq!(server.get("/nothing/here", "").await.status(), 404);
    assert_eq!(server.get("/%2e%2e/%2e%2e/etc/passwd", "").await.status(), 400);
    let set = server.get("/", "").await.header("set-cookie").unwrap().to_owned();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    server.stop().await;
}

#[tokio::test]
async fn two_programs_on_one_file_see_what_the_other_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let (one, other) = (Running::own(&path).await, Running::own(&path).await);
    let page = one.get("/question", "").await;
    one.post("/question", &page.cookie(), &format!("{}&{SCREEN}&none=yes", page.tokens())).await;
    let page = other.get("/check", "").await;
    assert!(page.0.contains("None of these"), "{}", page.0);
    let page = other.get("/question", "").await;
    other.post("/back", &page.cookie(), &page.tokens()).await;
    assert!(!one.get("/check", "").await.0.contains("None of these"));
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn a_session_that_is_ended_is_gone_from_the_browser() {
    let server = Running::start(Database::in_memory().await.unwrap(), Home::Hosted).await;
    let page = server.get("/question", "").await;
    let ended = server.post("/session/end", &page.cookie(), &page.tokens()).await;
    assert_eq!(ended.status(), 303);
    assert!(ended.header("set-cookie").unwrap().contains("Max-Age=0"));
    let refused = server.post("/session/end", &page.cookie(), "token=1").await;
    assert_eq!(refused.status(), 403);
    server.stop().await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_said_so_and_not_answered_as_if_it_were() {
    let database = Database::in_memory().await.unwrap();
    let server = Running::start(database.clone(), Home::Hosted).await;
    let page = server.get("/question", "").await;
    database.close().await;
    let sent =
        server.post("/question", &page.cookie(), &format!("{}&{SCREEN}&none=yes", page.tokens())).await;
    assert_eq!(sent.status(), 503);
    assert!(sent.0.contains("That could not be kept"), "{}", sent.0);
    server.stop().await;
}
