//! A small server around the pages: sockets, cookies, headers and the database.
//!
//! It knows nothing of what the pages say. What it adds: a request from another
//! site, or for another host, is refused; a session tells people apart; what a
//! page wants stored is stored before the page is sent; and nothing about a
//! person is ever logged.

mod body;
mod forms;
mod locale;
mod records;
mod session;

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body as Bytes;
use axum::extract::{Request as Incoming, State};
use axum::http::{
    HeaderMap, HeaderName, HeaderValue, Method as Verb, Response as Outgoing, StatusCode, header,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::{Database, RecordId};
use tokio::net::TcpListener;

use crate::pages::PageError;
use crate::request::{Method, Request};
use crate::response::Response;
use crate::site::Site;
use crate::visit::{Home, Visit, Whereabouts};

use forms::Forms;
use records::Records;
use session::Session;

/// How a server behaves.
pub struct Options {
    /// Where the record is: one file for one person, or many people.
    pub home: Home,
    /// Names by which a browser may ask for it: `127.0.0.1:8750`. A request for
    /// any other is refused, so that no other site can pretend to be this one.
    pub hosts: Vec<String>,
    /// Whether browsers reach it over HTTPS: then cookies are sent over nothing else.
    pub is_https: bool,
    /// Whose phone numbers to show; none to go by the language of the browser.
    pub region: Option<String>,
    /// The time zone where the person has chosen none.
    pub zone: TimeZone,
    /// The time.
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

/// The pages, the records and how to serve them.
struct Server {
    site: Site<'static>,
    records: Records,
    forms: Forms,
    options: Options,
}

/// How long a shutdown waits for requests that are under way.
const PATIENCE: Duration = Duration::from_secs(10);

/// What every response says to the browser: nothing from elsewhere, no frame
/// around us, no guessing of types, no address passed on.
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Not `no-referrer`: a form would then come with the origin `null`, and be refused.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), screen-wake-lock=(self)",
    ),
];

/// Serves the pages until `shutdown` comes; then finishes what was begun and closes the file.
///
/// # Errors
///
/// If the socket fails.
pub async fn serve(
    listener: TcpListener,
    site: Site<'static>,
    database: Database,
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (told, mut stop) = tokio::sync::watch::channel(());
    let shared =
        Arc::new(Server { site, records: Records::new(database.clone()), forms: Forms::default(), options });
    let app = Router::new().fallback(answer).with_state(shared);
    let shutdown = async move {
        shutdown.await;
        // Nobody listens any more only if the server is gone already.
        let _ = told.send(());
    };
    let serving = axum::serve(listener, app).with_graceful_shutdown(shutdown).into_future();
    let too_long = async {
        // A sender that is gone means that the server ended by itself.
        if stop.changed().await.is_ok() {
            tokio::time::sleep(PATIENCE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let served = tokio::select! {
        served = serving => served,
        () = too_long => Ok(()),
    };
    database.close().await;
    served
}

async fn answer(
    State(server): State<Arc<Server>>,
    incoming: Incoming,
) -> Result<Outgoing<Bytes>, Infallible> {
    let is_head = incoming.method() == Verb::HEAD;
    let mut outgoing = server.answer(incoming).await;
    for (name, value) in HEADERS {
        outgoing.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if server.options.is_https {
        let value = HeaderValue::from_static("max-age=31536000");
        outgoing.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    let cache = outgoing.headers_mut().entry(header::CACHE_CONTROL);
    cache.or_insert(HeaderValue::from_static("no-store"));
    if is_head {
        *outgoing.body_mut() = Bytes::empty();
    }
    Ok(outgoing)
}

impl Server {
    async fn answer(&self, incoming: Incoming) -> Outgoing<Bytes> {
        let (parts, body) = incoming.into_parts();
        if !self.is_for_us(&parts.headers) {
            return plain(StatusCode::MISDIRECTED_REQUEST, "This is not the host you asked for.\n");
        }
        let method = match parts.method {
            Verb::GET | Verb::HEAD => Method::Get,
            Verb::POST => Method::Post,
            _ => return plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and POST.\n"),
        };
        let Some(path) = body::decoded(parts.uri.path()) else {
            return plain(StatusCode::BAD_REQUEST, "The address is not readable.\n");
        };
        if path == "/healthz" {
            return plain(StatusCode::OK, "ok\n");
        }
        if method == Method::Get
            && let Some(response) = self.site.public(&path)
        {
            return outgoing(response);
        }
        let session = Session::of(&parts.headers);
        let form = match method {
            Method::Get => crate::Form::default(),
            Method::Post => {
                if !self.is_from_us(&parts.headers) {
                    return plain(StatusCode::FORBIDDEN, "Forms of other sites are refused.\n");
                }
                match body::form(&path, &parts.headers, body).await {
                    Ok(form) => form,
                    Err(refused) => return plain(refused.status(), refused.message()),
                }
            }
        };
        let request = Request { method, path, form };
        self.visit(&request, &parts.headers, session).await
    }

    /// A request that belongs to somebody.
    async fn visit(
        &self,
        request: &Request,
        headers: &HeaderMap,
        session: Option<Session>,
    ) -> Outgoing<Bytes> {
        let is_new = session.is_none();
        let session = session.unwrap_or_else(Session::new);
        let record = match self.options.home {
            Home::Own { .. } => RecordId::own(),
            Home::Hosted => session.record(),
        };
        let is_stale = request.method == Method::Post
            && (is_new || !session.is_token(request.form.get("token").unwrap_or_default()));
        let is_end = request.method == Method::Post && request.path == "/session/end";
        let suggested = locale::region(headers);
        let region =
            self.options.region.as_deref().map_or(Whereabouts::Language(&suggested), Whereabouts::Told);
        let token = session.token();
        let carried = self.forms.of(&token);
        let once = session::random();
        let now = (self.options.clock)();
        let respond = |record: &store::Record| {
            let zone =
                record.settings().time_zone.as_deref().and_then(|name| self.site.zones().get(name).ok());
            let now = now.to_zoned(zone.unwrap_or_else(|| self.options.zone.clone()));
            let home = &self.options.home;
            let visit = Visit { record, now, token: &token, once: &once, home, region, carried: &carried };
            if is_stale {
                self.site.error(&visit, &PageError::Stale)
            } else {
                self.site.respond(request, &visit)
            }
        };
        let response = if is_end && !is_stale {
            Response::see("/")
        } else {
            let kept = self.records.visit(&record, request.once(), now, &respond).await;
            kept.unwrap_or_else(|error| {
                // The words say what failed in the file, never what was in it.
                eprintln!("unclench: {error}");
                let nothing = store::Record::default();
                let now = now.to_zoned(self.options.zone.clone());
                let visit = Visit {
                    record: &nothing,
                    now,
                    token: &token,
                    once: &once,
                    home: &self.options.home,
                    region,
                    carried: &carried,
                };
                self.site.error(&visit, &PageError::NotKept(error.to_string()))
            })
        };
        self.forms.follow(&token, request, &response);
        let mut outgoing = outgoing(response);
        let cookie = if is_end && !is_stale {
            Some(Session::end(self.options.is_https))
        } else {
            is_new.then(|| session.cookie(self.options.is_https))
        };
        if let Some(value) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
            outgoing.headers_mut().append(header::SET_COOKIE, value);
        }
        outgoing
    }

    fn is_for_us(&self, headers: &HeaderMap) -> bool {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        self.options.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Whether a form was sent by one of our own pages, as far as the browser says.
    /// The token in the form decides; this is the second lock.
    fn is_from_us(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let from = text("origin").is_none_or(|origin| {
            let host = origin.split_once("://").map_or(origin, |(_, host)| host);
            self.options.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
        });
        let site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
        from && site
    }
}

fn plain(status: StatusCode, message: &'static str) -> Outgoing<Bytes> {
    let mut outgoing = Outgoing::new(Bytes::from(message));
    *outgoing.status_mut() = status;
    outgoing
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    outgoing
}

/// A response of the pages, for the wire.
fn outgoing(response: Response) -> Outgoing<Bytes> {
    let mut outgoing = Outgoing::new(Bytes::from(response.body));
    *outgoing.status_mut() =
        StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        // Names are our own; a value with a line break in it, which none has, is left out.
        if let Ok(value) = HeaderValue::from_str(&value) {
            outgoing.headers_mut().append(HeaderName::from_static(name), value);
        }
    }
    outgoing
}
