//! Connections: how many there may be, and how long one may take.
//!
//! Every program on the computer can connect, also one that never says what it wants
//! or never reads what it is told. So each step of a connection has its time, and when
//! there are too many, the oldest of a stranger makes room for the next: whoever shows
//! the secret is served, however many others knock.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio_io_timeout::TimeoutStream;

use super::Server;

/// Connections at the same time. A browser opens six; a system may allow a process no
/// more than 256 open files.
const MOST: usize = 128;

/// How long the head of a request may take, and how long a connection may stay open
/// without one.
const HEAD: Duration = Duration::from_secs(10);

/// How long the other side may read nothing of a response.
const WRITE: Duration = Duration::from_secs(20);

/// The longest head of a request. Cookies of other programs on the same computer are in
/// it, and must not shut the person out.
const LONGEST_HEAD: usize = 512 * 1024;

/// How long a shutdown waits for requests that are under way.
const PATIENCE: Duration = Duration::from_secs(6);

/// How long to wait when the system gives no connection, for want of open files.
const PAUSE: Duration = Duration::from_millis(20);

/// Serves until `stop`; then waits for what was begun, but not for long.
pub(super) async fn serve(listener: TcpListener, server: Arc<Server>, stop: impl Future<Output = ()>) {
    let open = Arc::new(Open::default());
    let (ending, ended) = watch::channel(());
    let mut running = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            Some(_) = running.join_next(), if !running.is_empty() => {}
            accepted = listener.accept() => {
                if let Ok((socket, _)) = accepted {
                    running.spawn(one(socket, server.clone(), Open::enter(&open), ended.clone()));
                } else {
                    open.make_room();
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }
    drop(listener);
    // Nobody listens any more only if no connection is open.
    let _ = ending.send(());
    let all = async { while running.join_next().await.is_some() {} };
    // Whoever is not done by then is cut off with the end of the set.
    let _ = tokio::time::timeout(PATIENCE, all).await;
}

/// One connection, to its end.
async fn one(socket: TcpStream, server: Arc<Server>, place: Place, mut ended: watch::Receiver<()>) {
    // A page is sent at once, and not held back for more to come.
    let _ = socket.set_nodelay(true);
    let mut socket = TimeoutStream::new(socket);
    socket.set_write_timeout(Some(WRITE));
    let peer = place.peer.clone();
    let service = service_fn(|incoming| {
        let (server, peer) = (server.clone(), peer.clone());
        async move { Ok::<_, Infallible>(server.answer(incoming, &peer).await) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(LONGEST_HEAD);
    let connection = builder.serve_connection(TokioIo::new(Box::pin(socket)), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // How it failed concerns the other side only.
        _ = connection.as_mut() => {}
        () = peer.leaves.notified() => {}
        _ = ended.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// Who is at the other end.
#[derive(Default)]
pub(super) struct Peer {
    /// Whether a request of this connection showed the secret.
    is_known: AtomicBool,
    /// Told when the place is needed for somebody else.
    leaves: Notify,
}

impl Peer {
    /// Has shown the secret.
    pub(super) fn is_known(&self) {
        self.is_known.store(true, Ordering::Relaxed);
    }
}

/// The connections that are open, oldest first.
#[derive(Default)]
struct Open {
    next: Mutex<(u64, BTreeMap<u64, Arc<Peer>>)>,
}

/// A place among the open connections, given back when it is dropped.
struct Place {
    number: u64,
    peer: Arc<Peer>,
    open: Arc<Open>,
}

impl Open {
    fn lock(&self) -> MutexGuard<'_, (u64, BTreeMap<u64, Arc<Peer>>)> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(open: &Arc<Self>) -> Place {
        let is_full = MOST <= open.lock().1.len();
        if is_full {
            open.make_room();
        }
        let peer = Arc::<Peer>::default();
        let mut places = open.lock();
        let number = places.0;
        places.0 += 1;
        places.1.insert(number, peer.clone());
        Place { number, peer, open: open.clone() }
    }

    /// Ends the oldest connection of a stranger; without strangers the oldest of all.
    fn make_room(&self) {
        let mut places = self.lock();
        let stranger = places.1.iter().find(|(_, peer)| !peer.is_known.load(Ordering::Relaxed));
        let oldest = stranger.or_else(|| places.1.iter().next()).map(|(number, _)| *number);
        if let Some(peer) = oldest.and_then(|number| places.1.remove(&number)) {
            peer.leaves.notify_one();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.lock().1.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_makes_room_and_whoever_is_known_stays() {
        let open = Arc::new(Open::default());
        let known = Open::enter(&open);
        known.peer.is_known();
        let strangers: Vec<Place> = (0..MOST + 10).map(|_| Open::enter(&open)).collect();
        let is_in = |place: &Place| open.lock().1.contains_key(&place.number);
        assert_eq!(open.lock().1.len(), MOST);
        assert!(is_in(&known));
        assert!(!is_in(&strangers[0]) && is_in(strangers.last().unwrap()));
        drop(strangers);
        assert_eq!(open.lock().1.len(), 1);
    }

    #[test]
    fn where_all_are_known_the_oldest_makes_room() {
        let open = Arc::new(Open::default());
        let known: Vec<Place> = (0..MOST).map(|_| Open::enter(&open)).collect();
        for place in &known {
            place.peer.is_known();
        }
        let next = Open::enter(&open);
        assert_eq!(open.lock().1.len(), MOST);
        assert!(!open.lock().1.contains_key(&known[0].number));
        assert!(open.lock().1.contains_key(&next.number));
    }
}
