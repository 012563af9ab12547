//! The one that writes: it takes every request that is waiting, commits them in
//! one transaction, and answers only then.
//!
//! A commit costs one flush of the disk however much is in it, so many writers at
//! once wait for few flushes.

use std::sync::Arc;

use jiff::Timestamp;
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::{Mutex, mpsc, oneshot};

use super::error::is_locked;
use super::heads::{self, End};
use super::identity::Identity;
use super::line::Line;
use super::statements::{ERASE, INSERT, PURGE};
use super::{file, upgrade};
use crate::chain::{self, Head, Row};
use crate::event::{Event, Once, Sequence, Stored};
use crate::reading::Appended;
use crate::record_id::RecordId;
use crate::row;
use crate::seal::Key;
use crate::store_error::StoreError;

/// Requests that may wait; further callers wait for a place in the queue.
const QUEUE: usize = 1024;
/// Requests in one transaction: enough to share a flush, few enough that the first
/// of them does not wait long for the last.
const GROUP: usize = 128;

/// What the writer is asked.
pub(super) enum Request {
    Append(Append, oneshot::Sender<Result<Appended, StoreError>>),
    Erase(RecordId, oneshot::Sender<Result<u64, StoreError>>),
    Close(oneshot::Sender<()>),
}

/// Events to be added together.
pub(super) struct Append {
    pub(super) record: RecordId,
    /// The last event of the record, if that matters.
    pub(super) after: Option<Sequence>,
    pub(super) once: Option<Once>,
    pub(super) events: Vec<(Timestamp, Event)>,
}

/// What a request came to, to be told once it is committed.
enum Outcome {
    /// The first sequence of the events.
    Stored(i64),
    SeenBefore,
    Erased(u64),
    NothingToErase,
}

pub(super) struct Writer {
    line: Arc<Mutex<Line>>,
    key: Option<Arc<Key>>,
    /// Which file was opened, with the wrapped key as last seen in it.
    identity: Identity,
}

/// Starts a writer; it ends with [`Request::Close`] or with the last sender.
pub(super) fn start(writer: Writer) -> mpsc::Sender<Request> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    tokio::spawn(writer.run(receiver));
    sender
}

/// Starts one that writes nothing and says why.
pub(super) fn start_refusing(reason: StoreError) -> mpsc::Sender<Request> {
    let (sender, mut receiver) = mpsc::channel(QUEUE);
    tokio::spawn(async move {
        while let Some(request) = receiver.recv().await {
            if let Request::Close(reply) = request {
                // Whoever asked may have gone.
                let _ = reply.send(());
                return;
            }
            request.answer(Err(reason.clone()));
        }
    });
    sender
}

impl Writer {
    pub(super) fn new(line: Arc<Mutex<Line>>, key: Option<Arc<Key>>, identity: Identity) -> Self {
        Self { line, key, identity }
    }

    async fn run(mut self, mut receiver: mpsc::Receiver<Request>) {
        let mut closing = Vec::new();
        let mut group = Vec::with_capacity(GROUP);
        // Once the queue is closed it is still drained: what was taken in is written.
        while receiver.recv_many(&mut group, GROUP).await > 0 {
            let mut requests = Vec::with_capacity(group.len());
            for request in group.drain(..) {
                match request {
                    Request::Close(reply) => {
                        receiver.close();
                        closing.push(reply);
                    }
                    request => requests.push(request),
                }
            }
            self.serve(requests).await;
        }
        self.line.lock().await.close().await;
        for reply in closing {
            // Whoever asked may have gone.
            let _ = reply.send(());
        }
    }

    async fn serve(&mut self, requests: Vec<Request>) {
        match self.commit(&requests).await {
            Ok(outcomes) => self.answer(requests, outcomes).await,
            Err(Failure::OfAll(error)) => {
                for request in requests {
                    request.answer(Err(error.clone()));
                }
            }
            Err(Failure::OfOne(error)) if requests.len() == 1 => {
                for request in requests {
                    request.answer(Err(error.clone()));
                }
            }
            // One of them is at fault. Alone, each meets only its own fate.
            Err(Failure::OfOne(_)) => {
                for request in requests {
                    Box::pin(self.serve(vec![request])).await;
                }
            }
        }
    }

    /// All of the requests in one transaction. If it fails, its connection goes.
    async fn commit(&mut self, requests: &[Request]) -> Result<Vec<Result<Outcome, StoreError>>, Failure> {
        let line = self.line.clone();
        let mut line = line.lock().await;
        let outcomes = self.commit_in(&mut line, requests).await;
        if outcomes.is_err() {
            line.throw_away().await;
            // Perhaps that is why, and the more useful thing to say.
            line.check().map_err(Failure::OfAll)?;
        }
        outcomes
    }

    async fn commit_in(
        &mut self,
        line: &mut Line,
        requests: &[Request],
    ) -> Result<Vec<Result<Outcome, StoreError>>, Failure> {
        line.check().map_err(Failure::OfAll)?;
        let connection = line.get_afresh().await.map_err(Failure::OfAll)?;
        let mut transaction = connection.begin_with("begin immediate").await.map_err(Failure::of_all)?;
        if file::has_log(&mut transaction).await.map_err(Failure::of_all)? {
            transaction.rollback().await.map_err(Failure::of_all)?;
            // What is written would not be in the file that a person copies.
            file::leave_log_now(connection).await.map_err(|error| {
                Failure::OfAll(if is_locked(&error) { StoreError::HasLog } else { error.into() })
            })?;
            transaction = connection.begin_with("begin immediate").await.map_err(Failure::of_all)?;
        }
        let identity = Identity::of(&mut transaction).await.map_err(Failure::of_all)?;
        if !same_key(self.key.as_deref(), self.identity.seal.as_deref(), identity.seal.as_deref()) {
            return Err(Failure::OfAll(StoreError::Resealed));
        }
        if identity.is_other_than(&self.identity) {
            return Err(Failure::OfAll(StoreError::Replaced));
        }
        self.identity = identity;
        let key = self.key.as_deref();
        let mut outcomes = Vec::with_capacity(requests.len());
        for request in requests {
            let outcome = match request {
                Request::Append(append, _) => append.write(&mut transaction, key).await?,
                Request::Erase(record, _) => {
                    Ok(erase(&mut transaction, key, record).await.map_err(Failure::of_one)?)
                }
                Request::Close(_) => continue,
            };
            outcomes.push(outcome);
        }
        if !outcomes.iter().any(|outcome| matches!(outcome, Ok(Outcome::Stored(_) | Outcome::Erased(_)))) {
            // To commit nothing would still wait for everybody who reads.
            transaction.rollback().await.map_err(Failure::of_all)?;
            return Ok(outcomes);
        }
        transaction.commit().await.map_err(Failure::of_all)?;
        // Moved just now: then what was written is in a file that nobody looks into.
        line.check().map_err(Failure::OfAll)?;
        Ok(outcomes)
    }

    async fn answer(&self, requests: Vec<Request>, outcomes: Vec<Result<Outcome, StoreError>>) {
        let mut erased = Vec::new();
        for (request, outcome) in requests.into_iter().zip(outcomes) {
            if matches!(request, Request::Erase(..)) {
                erased.push((request, outcome));
            } else {
                request.answer(outcome);
            }
        }
        if erased.is_empty() {
            return;
        }
        // After the others are answered, because it takes long, and once for all.
        let gone = self.purge().await;
        for (request, outcome) in erased {
            request.answer(gone.clone().and(outcome));
        }
    }

    async fn purge(&self) -> Result<(), StoreError> {
        let mut line = self.line.lock().await;
        let purged = async {
            let connection = line.get().await?;
            if file::about(connection, PURGE).await?.is_none() {
                return Ok(());
            }
            if file::purge(connection).await? { Ok(()) } else { Err(StoreError::StillRead) }
        };
        let purged = purged.await;
        if purged.is_err() {
            line.throw_away().await;
        }
        purged
    }
}

/// Whether a file sealed like this is still read and written with that key.
pub(super) fn same_key(key: Option<&Key>, before: Option<&str>, now: Option<&str>) -> bool {
    match (key, now) {
        (None, None) => true,
        (Some(key), Some(now)) => before == Some(now) || key.is_in(now),
        _ => false,
    }
}

/// Erases a record and begins it anew. Where there is nothing to erase, nothing is done.
async fn erase(
    connection: &mut SqliteConnection,
    key: Option<&Key>,
    record: &RecordId,
) -> Result<Outcome, sqlx::Error> {
    let erased = sqlx::query(ERASE).bind(record.as_str()).execute(&mut *connection).await?.rows_affected();
    let is_begun = match heads::end(connection, key, record.as_str()).await? {
        End::At(head) => head.last == 0,
        End::None => *record != RecordId::own(),
        End::Broken => false,
    };
    if erased == 0 && is_begun {
        return Ok(Outcome::NothingToErase);
    }
    upgrade::begin(connection, key, record.as_str()).await?;
    // Should we be stopped before the traces are removed, the next start does it.
    file::note(connection, PURGE, "due").await?;
    Ok(Outcome::Erased(erased))
}

impl Request {
    /// Whoever asked may have gone; what was written stays written.
    fn answer(self, outcome: Result<Outcome, StoreError>) {
        match self {
            Self::Append(append, reply) => {
                let _ = reply.send(outcome.map(|outcome| append.outcome(&outcome)));
            }
            Self::Erase(_, reply) => {
                let _ = reply.send(outcome.map(|outcome| match outcome {
                    Outcome::Erased(events) => events,
                    Outcome::Stored(_) | Outcome::SeenBefore | Outcome::NothingToErase => 0,
                }));
            }
            Self::Close(reply) => {
                let _ = reply.send(());
            }
        }
    }
}

impl Append {
    async fn write(
        &self,
        connection: &mut SqliteConnection,
        key: Option<&Key>,
    ) -> Result<Result<Outcome, StoreError>, Failure> {
        let record = self.record.as_str();
        let mut head = match self.head(connection, key).await? {
            Ok(head) => head,
            Err(error) => return Ok(Err(error)),
        };
        let first = head.last + 1;
        if self.after.is_some_and(|after| after.0 != head.last) {
            return Ok(Err(StoreError::Overtaken { last: Sequence(head.last) }));
        }
        for (at, event) in &self.events {
            // The token stands with the first event only: it is unique in a record.
            let once = self.once.as_ref().filter(|_| head.last + 1 == first);
            let row = row::of(key, record, head.last + 1, (*at, event), once).map_err(Failure::OfOne)?;
            let link = chain::link(key, record, &head.link, &row);
            if !insert(connection, record, &row, &link).await.map_err(Failure::of_one)? {
                // Only the first event has a token, so nothing of the form was written.
                return Ok(Ok(Outcome::SeenBefore));
            }
            head = Head { last: row.sequence, link, ..head };
        }
        heads::set(connection, key, record, &head).await.map_err(Failure::of_one)?;
        Ok(Ok(Outcome::Stored(first)))
    }

    /// Where the record ends; a record that is new begins.
    async fn head(
        &self,
        connection: &mut SqliteConnection,
        key: Option<&Key>,
    ) -> Result<Result<Head, StoreError>, Failure> {
        let record = self.record.as_str();
        match heads::end(connection, key, record).await.map_err(Failure::of_one)? {
            End::At(head) => return Ok(Ok(head)),
            // To note another end would hide that this one is not known.
            End::Broken => return Ok(Err(StoreError::NoEnd)),
            End::None => {}
        }
        let has_events = upgrade::last_event(connection, record).await.map_err(Failure::of_one)?.is_some();
        if has_events || self.record == RecordId::own() {
            return Ok(Err(StoreError::NoEnd));
        }
        upgrade::begin(connection, key, record).await.map(Ok).map_err(Failure::of_one)
    }

    fn outcome(self, outcome: &Outcome) -> Appended {
        let Outcome::Stored(first) = *outcome else { return Appended::SeenBefore };
        let mut once = self.once;
        let stored = self.events.into_iter().zip(first..);
        let stored = stored.map(|((at, event), sequence)| Stored {
            sequence: Sequence(sequence),
            at,
            once: once.take(),
            event,
        });
        Appended::Stored(stored.collect())
    }
}

/// Writes an event; false if the record has seen its token.
async fn insert(
    connection: &mut SqliteConnection,
    record: &str,
    row: &Row,
    link: &str,
) -> Result<bool, sqlx::Error> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let inserted = sqlx::query(INSERT)
        .bind(record)
        .bind(row.sequence)
        .bind(text(&row.written_at))
        .bind(row.once.as_deref().map(text))
        .bind(text(&row.payload))
        .bind(link)
        .execute(connection)
        .await?;
    Ok(inserted.rows_affected() > 0)
}

/// A transaction that came to nothing.
enum Failure {
    /// Whatever was asked, it would have failed.
    OfAll(StoreError),
    /// Perhaps for what one of the requests asks.
    OfOne(StoreError),
}

impl Failure {
    fn of_all(error: sqlx::Error) -> Self {
        Self::OfAll(error.into())
    }

    fn of_one(error: sqlx::Error) -> Self {
        Self::OfOne(error.into())
    }
}

#[cfg(test)]
mod tests;
