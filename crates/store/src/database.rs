//! The events of any number of records in one file.
//!
//! One writer commits for everybody ([`Database::append`]); readers never wait for
//! it. Several processes may have the same file open.

mod error;
mod file;
mod reseal;
mod statements;
mod writer;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::{mpsc, oneshot};
use zeroize::Zeroizing;

pub use error::{OpenError, StoreError};

use crate::event::{Event, Once, Sequence, Stored};
use crate::seal::{self, Key, Passphrase, Place, SealError};
use file::Found;
use statements::{FROM, PURGE, RECORDS, SEAL};
use writer::{Append, Request};

/// Readers at the same time. They hold a core each, and there are few of those.
const READERS: u32 = 4;

/// An open file of records; a clone is another handle to the same.
#[derive(Clone)]
pub struct Database {
    writer: mpsc::Sender<Request>,
    readers: SqlitePool,
    key: Option<Arc<Key>>,
}

/// Whose record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(String);

impl RecordId {
    /// The single record of a person's own machine.
    pub fn own() -> Self {
        Self("own".to_owned())
    }

    /// The record of a session. The file holds the SHA-256 of the secret, so that
    /// whoever reads the file cannot take the session over. The secret is random and
    /// long, which is why a plain hash of it cannot be guessed back.
    pub fn of_session(secret: &str) -> Self {
        Self(format!("{:x}", Sha256::digest(secret.as_bytes())))
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

/// What became of events that were to be added.
#[derive(Clone, Debug, PartialEq)]
pub enum Appended {
    /// They are on the disk, with their places.
    Stored(Vec<Stored>),
    /// A form with this token was stored before, so nothing was written.
    SeenBefore,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("sealed", &self.key.is_some()).finish_non_exhaustive()
    }
}

impl Database {
    /// Opens a file, or makes it and its folder for the owner's eyes only. A new file
    /// is sealed if a passphrase is given.
    ///
    /// # Errors
    ///
    /// [`OpenError`] says which of the many reasons it is; the file is then as it was.
    pub async fn open(path: &Path, passphrase: Option<&Passphrase>) -> Result<Self, OpenError> {
        let (version, seal) = match file::look(path).await? {
            Found::Record { version, seal } => (version, seal),
            Found::Nothing => {
                let seal = match passphrase {
                    Some(passphrase) => Some(with_passphrase(path, passphrase, seal::new_key).await?.1),
                    None => None,
                };
                file::create(path, seal.as_deref()).await?;
                // Another process may have been quicker, so look at what there is now.
                match file::look(path).await? {
                    Found::Record { version, seal } => (version, seal),
                    Found::Nothing => {
                        let problem = "it was removed while it was being made".to_owned();
                        return Err(OpenError::Other { path: path.to_owned(), problem });
                    }
                }
            }
        };
        let key = key(path, seal.as_deref(), passphrase).await?.map(Arc::new);
        Self::connect(path, version, seal, key).await
    }

    async fn connect(
        path: &Path,
        version: i64,
        seal: Option<String>,
        key: Option<Arc<Key>>,
    ) -> Result<Self, OpenError> {
        let of = |error: sqlx::Error| OpenError::of(path, &error);
        let pool = file::pool(1).connect_with(file::options(path)).await.map_err(of)?;
        let mut connection = pool.acquire().await.map_err(of)?;
        file::update(&mut connection, version).await.map_err(of)?;
        if file::about(&mut connection, PURGE).await.map_err(of)?.is_some() {
            // If somebody is reading, it stays noted for the next start.
            file::purge(&mut connection).await.map_err(of)?;
        }
        drop(connection);
        let readers = file::pool(READERS).connect_lazy_with(file::options(path).pragma("query_only", "on"));
        Ok(Self { writer: writer::start(pool, key.clone(), seal), readers, key })
    }

    /// A database that is gone when it is dropped, for tests.
    ///
    /// # Errors
    ///
    /// Only if there is no memory.
    pub async fn in_memory() -> Result<Self, StoreError> {
        // Each connection would be a database of its own, so there is one for everything.
        let pool = file::pool(1).connect_with(SqliteConnectOptions::new().in_memory(true)).await?;
        file::create_in_memory(&mut *pool.acquire().await?).await?;
        Ok(Self { writer: writer::start(pool.clone(), None, None), readers: pool, key: None })
    }

    /// Adds events to the end of a record, all or none, each with the time at which it
    /// was written down. They are on the disk when this returns.
    ///
    /// The token says that these events come from a form that is to count once. It is
    /// kept with the first of them, so without an event it is not kept.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: nothing was written. After [`StoreError::Other`] only the record
    /// itself can tell.
    ///
    /// ```
    /// # use store::{Appended, Database, Event, RecordId, Sequence, Settings};
    /// # tokio::runtime::Runtime::new().unwrap().block_on(async {
    /// let database = Database::in_memory().await?;
    /// let at = "2026-11-24T10:00:00Z".parse().unwrap();
    /// let events = vec![(at, Event::SettingsChanged(Settings::default()))];
    /// let form = Some("token of the form".to_owned());
    /// let stored = database.append(&RecordId::own(), form.clone(), events.clone()).await?;
    /// assert!(matches!(stored, Appended::Stored(events) if events[0].sequence == Sequence(1)));
    /// let again = database.append(&RecordId::own(), form, events).await?;
    /// assert_eq!(again, Appended::SeenBefore);
    /// # Ok::<(), store::StoreError>(()) }).unwrap();
    /// ```
    pub async fn append(
        &self,
        record: &RecordId,
        once: Option<Once>,
        events: Vec<(Timestamp, Event)>,
    ) -> Result<Appended, StoreError> {
        let append = Append { record: record.clone(), after: None, once, events };
        self.ask(|reply| Request::Append(append, reply)).await
    }

    /// As [`Database::append`], if the record still ends where the caller thinks. For
    /// events that name others by their place, as an import does.
    ///
    /// # Errors
    ///
    /// [`StoreError::Overtaken`] if something was added meanwhile; nothing was written.
    pub async fn append_after(
        &self,
        record: &RecordId,
        last: Sequence,
        once: Option<Once>,
        events: Vec<(Timestamp, Event)>,
    ) -> Result<Appended, StoreError> {
        let append = Append { record: record.clone(), after: Some(last), once, events };
        self.ask(|reply| Request::Append(append, reply)).await
    }

    /// The events of a record after a place, in order; all of them after 0.
    ///
    /// # Errors
    ///
    /// [`StoreError::Erased`] if there is no event at that place any more: what the
    /// caller knows of the record is to be forgotten.
    pub async fn since(&self, record: &RecordId, after: Sequence) -> Result<Vec<Stored>, StoreError> {
        // From the known event on, to see that it is still there.
        let rows: Vec<Row> =
            sqlx::query_as(FROM).bind(record.as_str()).bind(after.0).fetch_all(&self.readers).await?;
        let new = match rows.split_first() {
            _ if after.0 <= 0 => rows.as_slice(),
            Some(((sequence, ..), new)) if *sequence == after.0 => new,
            _ => return Err(StoreError::Erased),
        };
        let events: Result<Vec<Stored>, StoreError> =
            new.iter().map(|row| read(self.key.as_deref(), record, row)).collect();
        match events {
            Err(StoreError::Damaged { .. }) if self.was_resealed().await? => Err(StoreError::Resealed),
            events => events,
        }
    }

    async fn was_resealed(&self) -> Result<bool, StoreError> {
        let seal = file::about(&mut *self.readers.acquire().await?, SEAL).await?;
        Ok(!writer::same_key(self.key.as_deref(), None, seal.as_deref()))
    }

    /// Deletes every event of a record and leaves no trace of them in the file. Says
    /// how many there were. Takes time in proportion to the size of the whole file.
    ///
    /// # Errors
    ///
    /// [`StoreError::StillRead`] if they are deleted and traces remain.
    pub async fn erase(&self, record: &RecordId) -> Result<u64, StoreError> {
        self.ask(|reply| Request::Erase(record.clone(), reply)).await
    }

    /// How many records there are.
    ///
    /// # Errors
    ///
    /// [`StoreError`] says why it cannot be read.
    pub async fn records(&self) -> Result<u64, StoreError> {
        let records: i64 = sqlx::query_scalar(RECORDS).fetch_one(&self.readers).await?;
        Ok(u64::try_from(records).unwrap_or_default())
    }

    /// Writes what was taken in, then closes the file. Every handle to it is closed.
    pub async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        self.readers_close_first().await;
        if self.writer.send(Request::Close(reply)).await.is_ok() {
            // The writer drops the reply only if its runtime is ending, which closes the file as well.
            let _ = closed.await;
        }
    }

    /// The writer's connection is the last, which moves the log into the file.
    async fn readers_close_first(&self) {
        if self.readers.options().get_max_connections() == READERS {
            self.readers.close().await;
        }
    }

    async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<Result<T, StoreError>>) -> Request,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.writer.send(request(reply)).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

/// Sequence, time, token, payload.
type Row = (i64, String, Option<String>, String);

fn read(key: Option<&Key>, record: &RecordId, row: &Row) -> Result<Stored, StoreError> {
    let (sequence, written_at, once, payload) = row;
    let damaged = |problem: String| StoreError::Damaged { sequence: Sequence(*sequence), problem };
    let place = Place { record: record.as_str(), sequence: *sequence, written_at };
    let json = plain(key, place, payload).map_err(|error| damaged(error.to_string()))?;
    Ok(Stored {
        sequence: Sequence(*sequence),
        at: written_at.parse().map_err(|_| damaged("its time does not read".to_owned()))?,
        once: once.clone(),
        // Line and column say where; the message of serde could repeat what is there.
        event: serde_json::from_str(&json)
            .map_err(|error| damaged(format!("its text does not read, at character {}", error.column())))?,
    })
}

/// The JSON of a payload. In a sealed file, one that is not sealed was put there by somebody else.
fn plain(key: Option<&Key>, place: Place<'_>, payload: &str) -> Result<Zeroizing<String>, SealError> {
    match key {
        Some(key) => key.open(place, payload),
        None if seal::is_sealed(payload) => Err(SealError::Broken),
        None => Ok(Zeroizing::new(payload.to_owned())),
    }
}

/// The key of a file, if the passphrase fits what the file is.
async fn key(
    path: &Path,
    seal: Option<&str>,
    passphrase: Option<&Passphrase>,
) -> Result<Option<Key>, OpenError> {
    let path_of = || path.to_owned();
    match (seal, passphrase) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(OpenError::NotSealed { path: path_of() }),
        (Some(_), None) => Err(OpenError::PassphraseNeeded { path: path_of() }),
        (Some(wrap), Some(passphrase)) => {
            let wrap = wrap.to_owned();
            with_passphrase(path, passphrase, move |passphrase| seal::unwrap(&wrap, passphrase))
                .await
                .map(Some)
        }
    }
}

/// Runs what is slow on purpose where it holds nothing up.
async fn with_passphrase<T: Send + 'static>(
    path: &Path,
    passphrase: &Passphrase,
    work: impl FnOnce(&Passphrase) -> Result<T, SealError> + Send + 'static,
) -> Result<T, OpenError> {
    let passphrase = passphrase.clone();
    let path = path.to_owned();
    match tokio::task::spawn_blocking(move || work(&passphrase)).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(SealError::WrongPassphrase)) => Err(OpenError::WrongPassphrase { path }),
        Ok(Err(SealError::NoRandomness(problem))) => Err(OpenError::NoRandomness(problem)),
        Ok(Err(error)) => Err(OpenError::Damaged { path, problem: error.to_string() }),
        Err(error) => Err(OpenError::Other { path, problem: error.to_string() }),
    }
}
