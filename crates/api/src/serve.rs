//! Sockets, and what every answer has: the version of the book, an id to speak about it by, an
//! `ETag` where it is the same for everybody.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use sha2::{Digest as _, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use crate::problem::Refused;
use crate::service::Service;

/// Connections at the same time.
const MOST: usize = 256;

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);

/// How long a request may take from its first byte to its answer.
const WHOLE: Duration = Duration::from_secs(20);

/// How long a client may take nothing of its answer, before its place is somebody else's.
pub const RESTS: Duration = Duration::from_secs(20);

/// How long the end waits for what is under way.
const PATIENCE: Duration = Duration::from_secs(6);

/// How long to wait when the system gives no connection, for want of open files.
const PAUSE: Duration = Duration::from_millis(20);

/// Whose request it is.
#[derive(Clone, Copy)]
struct Client(IpAddr);

/// Answers until `shutdown` comes, and then what was begun. A client that takes nothing of its answer
/// for as long as `rests`, usually [`RESTS`], is cut off.
pub async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    rests: Duration,
    shutdown: impl Future<Output = ()>,
) {
    let router = crate::router(service);
    let places = Arc::new(Semaphore::new(MOST));
    let (ending, ended) = watch::channel(());
    let mut running = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let place = places.clone().acquire_owned();
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            Some(_) = running.join_next(), if !running.is_empty() => {}
            accepted = async { (place.await, listener.accept().await) } => match accepted {
                (Ok(place), Ok((socket, peer))) => {
                    let router = router.clone().map_request(move |mut request: Request| {
                        request.extensions_mut().insert(Client(peer.ip()));
                        request
                    });
                    let ended = ended.clone();
                    running.spawn(async move {
                        one(socket, rests, router, ended).await;
                        drop(place);
                    });
                }
                _ => tokio::time::sleep(PAUSE).await,
            }
        }
    }
    drop(listener);
    // Nobody listens any more only if no connection is open.
    let _ = ending.send(());
    let all = async { while running.join_next().await.is_some() {} };
    let _ = tokio::time::timeout(PATIENCE, all).await;
}

/// One connection, to its end.
async fn one<S>(socket: TcpStream, rests: Duration, router: S, mut ended: watch::Receiver<()>)
where
    S: tower::Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    let _ = socket.set_nodelay(true);
    let mut socket = TimeoutStream::new(socket);
    socket.set_write_timeout(Some(rests));
    let router = router
        .map_request(|request: hyper::Request<hyper::body::Incoming>| request.map(axum::body::Body::new));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let connection =
        builder.serve_connection(TokioIo::new(Box::pin(socket)), TowerToHyperService::new(router));
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // How it failed concerns the other side only.
        _ = connection.as_mut() => {}
        _ = ended.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const VERSION: HeaderName = HeaderName::from_static("guideline-version");

/// What is done around every request.
pub(crate) async fn around(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let id = request_id(request.headers());
    let client = request.extensions().get::<Client>().map(|client| client.0);
    let (is_get, seen) =
        (request.method() == Method::GET, request.headers().get(header::IF_NONE_MATCH).cloned());
    let is_operated = matches!(route.as_str(), "/healthz" | "/readyz" | "/metrics");
    let looked = client.filter(|_| !is_operated).map_or(Ok(()), |client| service.limits.look(client));
    let mut response = match looked {
        Err(seconds) => {
            let problem = Refused::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too many requests; `retry-after` says when to ask again",
            );
            let mut response = problem.into_response();
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Ok(()) => tokio::time::timeout(WHOLE, next.run(request)).await.unwrap_or_else(|_| {
            Refused::new(StatusCode::REQUEST_TIMEOUT, "the request took too long to come").into_response()
        }),
    };
    if is_get && !is_operated && response.status() == StatusCode::OK {
        response = with_tag(response, seen.as_ref()).await;
    }
    service.metrics.count(&route, response.status().as_u16(), began.elapsed());
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    if let Ok(version) = HeaderValue::from_str(&service.guideline.book().version) {
        headers.insert(VERSION, version);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// What is the same for everybody is sent once: whoever has it already hears so.
async fn with_tag(response: Response, seen: Option<&HeaderValue>) -> Response {
    let (mut parts, body) = response.into_parts();
    // What was made here is whole.
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut tag = "\"".to_owned();
    for byte in &Sha256::digest(&bytes)[..12] {
        // Writing to a text cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    let is_seen =
        seen.and_then(|seen| seen.to_str().ok()).is_some_and(|seen| seen.split(", ").any(|one| one == tag));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if is_seen {
        parts.status = StatusCode::NOT_MODIFIED;
        return Response::from_parts(parts, axum::body::Body::empty());
    }
    Response::from_parts(parts, bytes.into())
}

/// The id by which the other side knows its request, where that is one; else a number of ours.
fn request_id(headers: &HeaderMap) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
    let is_id = |id: &&str| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    given.filter(is_id).map_or_else(|| NEXT.fetch_add(1, Ordering::Relaxed).to_string(), str::to_owned)
}
