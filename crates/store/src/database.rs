//! The events of any number of records in one file.
//!
//! One writer commits for everybody ([`Database::append`]); readers never wait for
//! it. Several processes may have the same file open.

mod error;
mod file;
mod heads;
mod identity;
mod line;
mod pages;
mod place;
mod reader;
mod reseal;
mod salvage;
mod statements;
mod tables;
mod upgrade;
mod writer;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::sync::{Mutex, mpsc, oneshot};

pub use error::OpenError;
pub use salvage::Salvaged;

use crate::chain::Row;
use crate::event::{Event, Once, Sequence, Stored};
use crate::fault::Fault;
use crate::passphrase::Passphrase;
use crate::reading::{Appended, Mark, Reading};
use crate::record_id::RecordId;
use crate::seal::{self, Key, SealError, Unwrapped};
use crate::store_error::StoreError;
use error::is_not_writable;
use file::{Format, Found};
use identity::Identity;
use line::Line;
use place::FilePlace;
use reader::{Reader, Source};
use statements::PURGE;
use writer::{Append, Request, Writer};

/// An open file of records; a clone is another handle to the same.
#[derive(Clone)]
pub struct Database {
    writer: mpsc::Sender<Request>,
    reader: Arc<Mutex<Source>>,
    is_sealed: bool,
    refusal: Option<StoreError>,
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("sealed", &self.is_sealed).finish_non_exhaustive()
    }
}

impl Database {
    /// Opens a file, or makes it and its folder for the owner's eyes only. A new file
    /// is sealed if a passphrase is given. One that takes no writes is opened to be
    /// read ([`Database::refusal`]).
    ///
    /// # Errors
    ///
    /// [`OpenError`] says which of the many reasons it is; the file is then as it was.
    pub async fn open(path: &Path, passphrase: Option<&Passphrase>) -> Result<Self, OpenError> {
        let format = match file::look(path).await? {
            Found::Record(format) => format,
            Found::Nothing => {
                match passphrase {
                    Some(passphrase) => {
                        let (key, seal) = with_passphrase(path, passphrase, seal::new_key).await?;
                        file::create(path, Some((&key, &seal))).await?;
                    }
                    None => file::create(path, None).await?,
                }
                // Another process may have been quicker, so look at what there is now.
                match file::look(path).await? {
                    Found::Record(format) => format,
                    Found::Nothing => {
                        let problem = "it was removed while it was being made".to_owned();
                        return Err(OpenError::Other { path: path.to_owned(), problem });
                    }
                }
            }
        };
        let (key, renewed) = match key(path, format.identity.seal.as_deref(), passphrase).await? {
            None => (None, None),
            Some(Unwrapped { renewed: None, .. }) if format.version < tables::CHAINED => {
                let problem = file::WITHOUT_CHAIN.to_owned();
                return Err(OpenError::Damaged { path: path.to_owned(), problem });
            }
            Some(Unwrapped { key, renewed }) => (Some(Arc::new(key)), renewed),
        };
        let place = FilePlace::of(path)
            .map_err(|problem| OpenError::Unreadable { path: path.to_owned(), problem })?;
        let ready = if file::is_read_only(path) {
            None
        } else {
            make_ready(path, &format, key.as_deref(), renewed.as_deref()).await?
        };
        let Some(opened) = ready else { return Ok(Self::to_read(format, place, key)) };
        let options = reader::without_waiting(file::options(path).pragma("query_only", "on"));
        let mut read = Line::to(options, place.clone());
        // Connected now: should the file be moved away, what was written is still read. If
        // it cannot be, the first reading says so.
        let _ = read.get().await;
        let [write, read] = [Line::to(file::options(path), place), read];
        let [write, read] = [write, read].map(|line| Arc::new(Mutex::new(line)));
        Ok(Self {
            is_sealed: key.is_some(),
            refusal: None,
            reader: Arc::new(Mutex::new(Source::File(Reader::new(read, key.clone(), opened.clone(), true)))),
            writer: writer::start(Writer::new(write, key, opened)),
        })
    }

    /// Opens what can still be read of a person's own record in a file that
    /// [`Database::open`] refuses as damaged. Nothing is written into it.
    ///
    /// # Errors
    ///
    /// If there is nothing, or not even the parts can be reached that say how to read it.
    pub async fn open_damaged(path: &Path, passphrase: Option<&Passphrase>) -> Result<Self, OpenError> {
        let Salvaged { events, faults } = Self::salvage(path, passphrase, &RecordId::own()).await?;
        if events.is_empty() {
            return Err(OpenError::Damaged {
                path: path.to_owned(),
                problem: "nothing in it reads".to_owned(),
            });
        }
        let last = events.last().map(|stored| stored.sequence).unwrap_or_default();
        let mark = Mark::of_salvaged(last, faults.clone());
        let reading = Reading { anew: true, events, faults, mark };
        let refusal = StoreError::Unreadable("only a part of it can be read".to_owned());
        Ok(Self {
            is_sealed: passphrase.is_some(),
            reader: Arc::new(Mutex::new(Source::Salvaged(reading))),
            writer: writer::start_refusing(refusal.clone()),
            refusal: Some(refusal),
        })
    }

    fn to_read(format: Format, place: FilePlace, key: Option<Arc<Key>>) -> Self {
        let is_chained = format.version >= tables::known();
        let path = place.path().to_owned();
        let options = reader::without_waiting(*format.options);
        let read = Arc::new(Mutex::new(Line::to(options, place)));
        let refusal = StoreError::ReadOnly { path: Some(path) };
        Self {
            is_sealed: key.is_some(),
            reader: Arc::new(Mutex::new(Source::File(Reader::new(read, key, format.identity, is_chained)))),
            writer: writer::start_refusing(refusal.clone()),
            refusal: Some(refusal),
        }
    }

    /// Why nothing can be written, where it is known from the beginning: the file, its folder
    /// or the disk takes no writes, or it is damaged.
    pub fn refusal(&self) -> Option<&StoreError> {
        self.refusal.as_ref()
    }

    /// A database that is gone when it is dropped, for tests.
    ///
    /// # Errors
    ///
    /// Only if there is no memory.
    pub async fn in_memory() -> Result<Self, StoreError> {
        let mut connection = SqliteConnectOptions::new().in_memory(true).connect().await?;
        tables::migrate(&mut connection).await?;
        upgrade::begin(&mut connection, None, RecordId::own().as_str()).await?;
        // Another connection would be another database, so there is one for everything.
        let line = Arc::new(Mutex::new(Line::in_memory(connection)));
        Ok(Self {
            is_sealed: false,
            refusal: None,
            reader: Arc::new(Mutex::new(Source::File(Reader::new(
                line.clone(),
                None,
                Identity::default(),
                true,
            )))),
            writer: writer::start(Writer::new(line, None, Identity::default())),
        })
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

    /// What is new in a record since it was last read, and everything that is wrong
    /// with it. [`Mark::default`] stands for a record of which nothing is known.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot be read at all. What is wrong with single events is
    /// in [`Reading::faults`].
    pub async fn read(&self, record: &RecordId, known: &Mark) -> Result<Reading, StoreError> {
        self.reader.lock().await.read(record, known).await
    }

    /// The events of a record after a place, in order; all of them after 0.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] with the first of them that is missing or does not hold;
    /// [`Database::read`] gives the others. [`StoreError::Erased`] if there is no event
    /// at that place any more.
    pub async fn since(&self, record: &RecordId, after: Sequence) -> Result<Vec<Stored>, StoreError> {
        let Reading { mut events, faults, mark, .. } = self.read(record, &Mark::default()).await?;
        if after > mark.last() {
            return Err(StoreError::Erased);
        }
        faults.iter().filter_map(|fault| as_error(fault, after)).try_for_each(Err)?;
        events.retain(|stored| stored.sequence > after);
        Ok(events)
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
        self.reader.lock().await.records().await
    }

    /// Writes what was taken in, then closes the file. Every handle to it is closed.
    pub async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.writer.send(Request::Close(reply)).await.is_ok() {
            // The writer drops the reply only if its runtime is ending, which closes the file as well.
            let _ = closed.await;
        }
        self.reader.lock().await.close().await;
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

/// Makes a file ready to be written to; none if it takes no writes.
async fn make_ready(
    path: &Path,
    format: &Format,
    key: Option<&Key>,
    renewed: Option<&str>,
) -> Result<Option<Identity>, OpenError> {
    match try_to_make_ready(path, format, key, renewed).await {
        Err(error) if is_not_writable(&error) => Ok(None),
        done => done.map(Some).map_err(|error| OpenError::of(path, &error)),
    }
}

async fn try_to_make_ready(
    path: &Path,
    format: &Format,
    key: Option<&Key>,
    renewed: Option<&str>,
) -> Result<Identity, sqlx::Error> {
    let mut connection = file::options(path).connect().await?;
    file::leave_log(&mut connection).await?;
    // Asks for the lock of a writer, and so whether there may be one.
    connection.begin_with("begin immediate").await?.rollback().await?;
    upgrade::upgrade(&mut connection, format.version, key).await?;
    if let Some(renewed) = renewed {
        file::renew_seal(&mut connection, format.identity.seal.as_deref(), renewed).await?;
    }
    if file::about(&mut connection, PURGE).await?.is_some() {
        // If somebody is reading, it stays noted for the next start.
        file::purge(&mut connection).await?;
    }
    file::close_to_others(path);
    identity::identify(&mut connection).await?;
    let opened = Identity::of(&mut connection).await?;
    connection.close().await?;
    Ok(opened)
}

/// A fault behind a place, as an error.
fn as_error(fault: &Fault, after: Sequence) -> Option<StoreError> {
    let damaged = |sequence: Sequence, problem: &str| {
        (sequence > after).then(|| StoreError::Damaged { sequence, problem: problem.to_owned() })
    };
    match fault {
        Fault::Missing { last, .. } if *last <= after => None,
        Fault::Missing { first, .. } => damaged((*first).max(Sequence(after.0 + 1)), "it is missing"),
        Fault::Changed { sequence } => damaged(*sequence, "it was changed or moved after it was written"),
        Fault::PutIn { sequence } => damaged(*sequence, "another program put it in"),
        Fault::NoEnd | Fault::Unreadable => Some(StoreError::NoEnd),
        // What was read is what was written.
        Fault::Gone { .. } | Fault::PutBack { .. } | Fault::OutOfReach { .. } | Fault::NotKept => None,
    }
}

/// Sequence, time, token, payload, link.
type RowTuple = (i64, Vec<u8>, Option<Vec<u8>>, Vec<u8>, Option<Vec<u8>>);

fn row_of((sequence, written_at, once, payload, link): RowTuple) -> Row {
    Row { sequence, written_at, once, payload, link }
}

/// What the passphrase opens, if it fits what the file is.
async fn key(
    path: &Path,
    seal: Option<&str>,
    passphrase: Option<&Passphrase>,
) -> Result<Option<Unwrapped>, OpenError> {
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
