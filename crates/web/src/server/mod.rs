//! A small server around the pages: sockets, the secret, headers and the file.
//!
//! It knows nothing of what the pages say. What it adds: a request from another
//! site, for another host or without the secret is refused; what a page wants stored
//! is stored before the page is sent; no step of a connection lasts for ever, and
//! pages are made on threads of their own; and nothing about a person is ever logged.

mod body;
mod connections;
mod locked;
mod packing;
mod secret;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::future::Future;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{HeaderMap, Method as Verb, Request as Received, Response as Sent, StatusCode};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::{Appended, Database, Event, Mark, Once, Reading, RecordId, Sequence, StoreError};
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::headers::{CACHE_CONTROL, HEADERS};
use crate::keeper::Keeper;
use crate::limits;
use crate::request::{self, Form, Method, Request};
use crate::response::Response;
use crate::site::Site;
use crate::visit::{Home, Visit};
use crate::visits::{Arrival, Visits};
use crate::whereabouts::suggested_by;

use connections::Peer;
use packing::Packed;

pub use secret::Secret;

/// How a server behaves.
pub struct Options {
    /// Where the record is.
    pub home: Home,
    /// Names by which a browser may ask for it: `127.0.0.1:8750`. A request for
    /// any other is refused, so that no other site can pretend to be this one.
    pub hosts: Vec<String>,
    /// What a browser must show to see anything of the person.
    pub secret: Secret,
    /// Whose phone numbers to show; none to go by the language of the browser.
    pub region: Option<String>,
    /// The time zone where the person has chosen none.
    pub zone: TimeZone,
    /// The time.
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

/// The pages, the record and how to serve them.
struct Server {
    visits: Visits<'static, Database>,
    /// Pages for whoever asks, by their path and the place that is suggested: few of each.
    of_nobody: Mutex<BTreeMap<(&'static str, &'static str), Response>>,
    packed: Packed,
    options: Options,
    port: u16,
    /// Pages that are made at the same time.
    pages: Arc<Semaphore>,
    /// Files that are taken in or saved at the same time: one may be 64 MiB.
    files: Arc<Semaphore>,
}

/// Pages at the same time, each on a thread: more than a person asks for at once, and
/// few enough that their memory stays small.
const PAGES: usize = 16;

/// How long closing the file may take at the end.
const CLOSING: Duration = Duration::from_secs(2);

/// Serves the pages until `shutdown` comes; then finishes what was begun and closes the
/// file. Ends within ten seconds of it, whatever is under way.
///
/// # Errors
///
/// If the socket fails.
pub async fn serve(
    listener: TcpListener,
    site: Site<'static>,
    database: Database,
    options: Options,
    shutdown: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let server = Arc::new(Server {
        visits: Visits::new(site, database.clone(), options.home.clone(), options.region.clone()),
        of_nobody: Mutex::default(),
        packed: Packed::default(),
        options,
        port: listener.local_addr()?.port(),
        pages: Arc::new(Semaphore::new(PAGES)),
        files: Arc::new(Semaphore::new(1)),
    });
    connections::serve(listener, server, shutdown).await;
    // What was acknowledged is on the disk already.
    let _ = tokio::time::timeout(CLOSING, database.close()).await;
    Ok(())
}

impl Server {
    /// Answers a request, with the headers that every response has.
    async fn answer(self: Arc<Self>, received: Received<Incoming>, peer: &Peer) -> Sent<Full<Bytes>> {
        let is_head = received.method() == Verb::HEAD;
        let is_known = self.options.secret.is_in(received.headers(), self.port);
        if is_known {
            peer.is_known();
        }
        let mut sent = self.route(received, is_known).await;
        for (name, value) in HEADERS {
            sent.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let cache = sent.headers_mut().entry(header::CACHE_CONTROL);
        cache.or_insert(HeaderValue::from_static(CACHE_CONTROL));
        if !is_known {
            // A stranger holds no connection.
            sent.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if is_head {
            *sent.body_mut() = Full::default();
        }
        sent
    }

    async fn route(self: Arc<Self>, received: Received<Incoming>, is_known: bool) -> Sent<Full<Bytes>> {
        let (parts, body) = received.into_parts();
        if !self.is_for_us(&parts.headers) {
            return plain(StatusCode::MISDIRECTED_REQUEST, "This is not the host you asked for.\n");
        }
        let method = match parts.method {
            Verb::GET | Verb::HEAD => Method::Get,
            Verb::POST => Method::Post,
            _ => {
                let mut sent = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and POST.\n");
                sent.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
                return sent;
            }
        };
        let Some(path) = request::decoded(parts.uri.path()) else {
            return plain(StatusCode::BAD_REQUEST, "The address is not readable.\n");
        };
        if path == "/healthz" {
            return plain(StatusCode::OK, "ok\n");
        }
        if method == Method::Get
            && let Some(response) = self.visits.site().public(&path)
        {
            return sent(self.packed.sent_to(&parts.headers, &path, response), None);
        }
        let languages = languages(&parts.headers);
        match self.options.secret.opens(&path) {
            Some(true) if method == Method::Get => return self.open(),
            Some(_) => return self.show_locked(&languages),
            None => {}
        }
        if !is_known {
            return match locked::open_to_all(&path).filter(|_| method == Method::Get) {
                Some(path) => self.show_of_nobody(path, &languages, |visit| {
                    self.visits.site().respond(&Request::get(path), visit)
                }),
                None => self.show_locked(&languages),
            };
        }
        // Held until the response is sent: what was uploaded, or is saved, is in memory until then.
        let file =
            if limits::is_a_file(&path) { self.files.clone().acquire_owned().await.ok() } else { None };
        let form = match method {
            Method::Get => Form::default(),
            Method::Post if !self.is_from_us(&parts.headers) => {
                return plain(StatusCode::FORBIDDEN, "Forms of other sites are refused.\n");
            }
            Method::Post => match body::form(&path, &parts.headers, body).await {
                Ok(form) => form,
                Err(refused) => return plain(refused.status(), refused.message()),
            },
        };
        self.visit(Request { method, path, form }, languages, file).await
    }

    /// Takes the secret of the address as a cookie, and goes on to where no secret is in it.
    fn open(&self) -> Sent<Full<Bytes>> {
        let mut sent = sent(Response::see("/"), None);
        if let Ok(cookie) = HeaderValue::from_str(&self.options.secret.cookie(self.port)) {
            sent.headers_mut().append(header::SET_COOKIE, cookie);
        }
        sent
    }

    /// Says how to get in, and nothing of the person.
    fn show_locked(&self, languages: &str) -> Sent<Full<Bytes>> {
        self.show_of_nobody("", languages, |visit| locked::page(self.visits.site(), visit))
    }

    /// A page that knows nothing of the person. It is the same for everyone in a place, and
    /// made once: whoever asks for it without end takes little from the person.
    fn show_of_nobody(
        &self,
        path: &'static str,
        languages: &str,
        page: impl FnOnce(&Visit<'_>) -> Response,
    ) -> Sent<Full<Bytes>> {
        let mut pages = self.of_nobody.lock().unwrap_or_else(PoisonError::into_inner);
        let page = pages.entry((path, suggested_by(languages))).or_insert_with(|| {
            let (now, zone) = ((self.options.clock)(), self.options.zone.clone());
            let request = Request::get(path);
            self.visits.of_nobody(&Arrival { request, now, zone, languages, token: "", once: "" }, page)
        });
        sent(page.clone(), None)
    }

    /// A request of the person. `file` is their turn to send or save one.
    async fn visit(
        self: Arc<Self>,
        request: Request,
        languages: String,
        file: Option<OwnedSemaphorePermit>,
    ) -> Sent<Full<Bytes>> {
        let is_of_a_file = file.is_some();
        let made = self.made(is_of_a_file, move |server, runtime| {
            let Options { secret, clock, zone, .. } = &server.options;
            let (token, once) = (secret.token(), secret::random());
            let (now, zone, languages) = (clock(), zone.clone(), languages.as_str());
            let arrival = Arrival { request, now, zone, languages, token: &token, once: &once };
            let visited = runtime.block_on(server.visits.visit(&arrival));
            if let Some(error) = visited.failed {
                // The words say what failed in the file, never what was in it.
                // Whoever closed the window of the log still gets the page.
                let _ = writeln!(std::io::stderr(), "unclench: {error}");
            }
            visited.response
        });
        match made.await {
            Ok(response) => sent(response, file),
            Err(failed) => *failed,
        }
    }

    /// Makes a page on a thread of its own, so that one that takes long holds up no
    /// connection. Where making it failed, what is sent instead.
    async fn made(
        self: Arc<Self>,
        is_of_a_file: bool,
        page: impl FnOnce(&Self, &Handle) -> Response + Send + 'static,
    ) -> Result<Response, Box<Sent<Full<Bytes>>>> {
        let turn = self.pages.clone().acquire_owned().await;
        let runtime = Handle::current();
        let (sender, response) = oneshot::channel();
        let make = move || {
            // Whoever asked may have gone.
            let _ = sender.send(page(&self, &runtime));
            drop(turn);
        };
        if is_of_a_file {
            // What a thread had in memory is used again by the next one that begins, and kept
            // by one that goes on: a file in each of many threads would be held many times.
            let _ = std::thread::Builder::new().spawn(make);
        } else {
            tokio::task::spawn_blocking(make);
        }
        response.await.map_err(|_| {
            let message = "Something went wrong. In an emergency call your emergency number.\n";
            Box::new(plain(StatusCode::INTERNAL_SERVER_ERROR, message))
        })
    }

    fn is_for_us(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let host = host.to_str().unwrap_or_default();
        self.options.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Whether a form was sent by one of our own pages, as far as the browser says.
    /// The token in the form decides; this is the second lock.
    fn is_from_us(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let from = text("origin").is_none_or(|origin| {
            let host = origin.strip_prefix("http://").unwrap_or_default();
            self.options.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
        });
        let site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
        from && site
    }
}

/// The languages of the browser.
fn languages(headers: &HeaderMap) -> String {
    let languages = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    languages.unwrap_or_default().to_owned()
}

impl Keeper for Database {
    async fn read(&self, known: &Mark) -> Result<Reading, StoreError> {
        self.read(&RecordId::own(), known).await
    }

    async fn append_after(
        &self,
        last: Sequence,
        once: Option<Once>,
        events: Vec<(Timestamp, Event)>,
    ) -> Result<Appended, StoreError> {
        self.append_after(&RecordId::own(), last, once, events).await
    }

    async fn erase(&self) -> Result<(), StoreError> {
        self.erase(&RecordId::own()).await.map(drop)
    }
}

fn plain(status: StatusCode, message: &'static str) -> Sent<Full<Bytes>> {
    let mut sent = Sent::new(Full::from(message));
    *sent.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    sent.headers_mut().insert(header::CONTENT_TYPE, kind);
    sent
}

/// Bytes that are on their way, and the turn that ends when they are gone.
struct OnTheWay {
    bytes: Vec<u8>,
    _turn: Option<OwnedSemaphorePermit>,
}

impl AsRef<[u8]> for OnTheWay {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// A response of the pages, for the wire.
fn sent(response: Response, turn: Option<OwnedSemaphorePermit>) -> Sent<Full<Bytes>> {
    let body = match response.body {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from_owner(OnTheWay { bytes, _turn: turn }),
    };
    let mut sent = Sent::new(Full::new(body));
    *sent.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        // Names are our own; a value with a line break in it, which none has, is left out.
        if let Ok(value) = HeaderValue::from_str(&value) {
            sent.headers_mut().append(HeaderName::from_static(name), value);
        }
    }
    sent
}
