//! The one that writes: it takes every request that is waiting, commits them in
//! one transaction, and answers only then.
//!
//! A commit costs one flush of the disk however much is in it, so many writers at
//! once wait for few flushes.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::{Connection as _, SqliteConnection, SqlitePool};
use tokio::sync::{mpsc, oneshot};

use super::error::StoreError;
use super::statements::{ERASE, INSERT, LAST, PURGE, SEAL};
use super::{Appended, RecordId, file};
use crate::event::{Event, Once, Sequence, Stored};
use crate::seal::{Key, Place};

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
}

pub(super) struct Writer {
    pool: SqlitePool,
    key: Option<Arc<Key>>,
    /// The wrapped key as last seen in the file.
    seal: Option<String>,
}

/// Starts a writer; it ends with [`Request::Close`] or with the last sender.
pub(super) fn start(pool: SqlitePool, key: Option<Arc<Key>>, seal: Option<String>) -> mpsc::Sender<Request> {
    let (sender, receiver) = mpsc::channel(QUEUE);
    tokio::spawn(Writer { pool, key, seal }.run(receiver));
    sender
}

impl Writer {
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
        self.pool.close().await;
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

    /// All of the requests in one transaction.
    async fn commit(&mut self, requests: &[Request]) -> Result<Vec<Result<Outcome, StoreError>>, Failure> {
        let mut connection = self.pool.acquire().await.map_err(Failure::of_all)?;
        let mut transaction = connection.begin_with("begin immediate").await.map_err(Failure::of_all)?;
        let seal = file::about(&mut transaction, SEAL).await.map_err(Failure::of_all)?;
        if !same_key(self.key.as_deref(), self.seal.as_deref(), seal.as_deref()) {
            return Err(Failure::OfAll(StoreError::Resealed));
        }
        self.seal = seal;
        let mut last = HashMap::new();
        let mut outcomes = Vec::with_capacity(requests.len());
        for request in requests {
            let outcome = match request {
                Request::Append(append, _) => self.append(&mut transaction, &mut last, append).await?,
                Request::Erase(record, _) => {
                    last.remove(record);
                    let erased = erase(&mut transaction, record).await.map_err(Failure::of_one)?;
                    Ok(Outcome::Erased(erased))
                }
                Request::Close(_) => continue,
            };
            outcomes.push(outcome);
        }
        transaction.commit().await.map_err(Failure::of_all)?;
        Ok(outcomes)
    }

    async fn append<'a>(
        &self,
        connection: &mut SqliteConnection,
        last: &mut HashMap<&'a RecordId, i64>,
        append: &'a Append,
    ) -> Result<Result<Outcome, StoreError>, Failure> {
        let record = &append.record;
        let before = match last.get(record) {
            Some(before) => *before,
            None => sqlx::query_scalar::<_, Option<i64>>(LAST)
                .bind(record.as_str())
                .fetch_one(&mut *connection)
                .await
                .map_err(Failure::of_one)?
                .unwrap_or_default(),
        };
        last.insert(record, before);
        if append.after.is_some_and(|after| after.0 != before) {
            return Ok(Err(StoreError::Overtaken { last: Sequence(before) }));
        }
        let mut sequence = before;
        for (at, event) in &append.events {
            sequence += 1;
            // The token stands with the first event only: it is unique in a record.
            let once = append.once.as_deref().filter(|_| sequence == before + 1);
            let written_at = at.to_string();
            let payload = self.payload(record, sequence, &written_at, event)?;
            let inserted = sqlx::query(INSERT)
                .bind(record.as_str())
                .bind(sequence)
                .bind(written_at)
                .bind(once)
                .bind(payload)
                .execute(&mut *connection)
                .await
                .map_err(Failure::of_one)?;
            if inserted.rows_affected() == 0 {
                // Only the first event has a token, so nothing of the form was written.
                return Ok(Ok(Outcome::SeenBefore));
            }
        }
        last.insert(record, sequence);
        Ok(Ok(Outcome::Stored(before + 1)))
    }

    fn payload(
        &self,
        record: &RecordId,
        sequence: i64,
        written_at: &str,
        event: &Event,
    ) -> Result<String, Failure> {
        let other = |problem: String| Failure::OfOne(StoreError::Other(problem));
        let json = serde_json::to_string(event).map_err(|error| other(error.to_string()))?;
        match &self.key {
            None => Ok(json),
            Some(key) => {
                let place = Place { record: record.as_str(), sequence, written_at };
                key.seal(place, &json).map_err(|error| other(error.to_string()))
            }
        }
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
        let mut connection = self.pool.acquire().await?;
        if file::about(&mut connection, PURGE).await?.is_none() {
            // Nothing was deleted, now or before: no page is written for nothing.
            return Ok(());
        }
        if file::purge(&mut connection).await? { Ok(()) } else { Err(StoreError::StillRead) }
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

async fn erase(connection: &mut SqliteConnection, record: &RecordId) -> Result<u64, sqlx::Error> {
    let erased = sqlx::query(ERASE).bind(record.as_str()).execute(&mut *connection).await?;
    if erased.rows_affected() > 0 {
        // Should we be stopped before the traces are removed, the next start does it.
        file::note(connection, PURGE, "due").await?;
    }
    Ok(erased.rows_affected())
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
                    Outcome::Stored(_) | Outcome::SeenBefore => 0,
                }));
            }
            Self::Close(reply) => {
                let _ = reply.send(());
            }
        }
    }
}

impl Append {
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
