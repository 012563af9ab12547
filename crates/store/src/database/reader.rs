//! Reading a record from the file.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::sync::Mutex;

use super::heads::{self, End};
use super::identity::Identity;
use super::line::Line;
use super::pages::Pages;
use super::statements::{RECORDS, VERSION};
use super::{file, writer};
use crate::fault::Fault;
use crate::reading::{Mark, Reading, Through};
use crate::record_id::RecordId;
use crate::seal::Key;
use crate::store_error::StoreError;

/// While somebody commits nobody may read. SQLite looks again ever more rarely, 50 ms in the
/// end; a commit is over sooner, and a person waits for the page.
const LOOKS_AGAIN_AFTER: Duration = Duration::from_millis(2);

/// How long a page waits for a file that was locked for the whole of the last one.
const PATIENCE_ONCE_HELD: Duration = Duration::from_millis(100);

/// How connections behave on which [`Reader`] reads: it waits by itself.
pub(super) fn without_waiting(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options.busy_timeout(Duration::ZERO)
}

/// Where a record is read.
pub(super) enum Source {
    /// In the file.
    File(Reader),
    /// In memory: what could be read of a file that is damaged.
    Salvaged(Reading),
}

impl Source {
    /// What is new in a record.
    pub(super) async fn read(&mut self, record: &RecordId, mark: &Mark) -> Result<Reading, StoreError> {
        match self {
            Self::File(reader) => reader.read(record, mark).await,
            Self::Salvaged(_) if *record != RecordId::own() => Ok(Reading::default()),
            Self::Salvaged(reading) if reading.mark == *mark => {
                Ok(Reading { anew: false, events: Vec::new(), ..reading.clone() })
            }
            Self::Salvaged(reading) => Ok(reading.clone()),
        }
    }

    /// How many records there are.
    pub(super) async fn records(&mut self) -> Result<u64, StoreError> {
        match self {
            Self::File(reader) => reader.records().await,
            Self::Salvaged(reading) => Ok(u64::from(!reading.events.is_empty())),
        }
    }

    pub(super) async fn close(&mut self) {
        if let Self::File(reader) = self {
            reader.close().await;
        }
    }
}

/// The one that reads a file.
pub(super) struct Reader {
    line: Arc<Mutex<Line>>,
    key: Option<Arc<Key>>,
    /// Which file was opened.
    opened: Identity,
    /// A file of the first format that cannot be brought up to date has no chain.
    is_chained: bool,
    /// By which SQLite tells whether somebody has written.
    version: Option<i64>,
    /// Whether somebody kept the file locked when it was read last.
    is_held: bool,
}

impl Reader {
    pub(super) fn new(
        line: Arc<Mutex<Line>>,
        key: Option<Arc<Key>>,
        opened: Identity,
        is_chained: bool,
    ) -> Self {
        Self { line, key, opened, is_chained, version: None, is_held: false }
    }

    /// What is new in a record.
    async fn read(&mut self, record: &RecordId, mark: &Mark) -> Result<Reading, StoreError> {
        let line = self.line.clone();
        let mut line = line.lock().await;
        // Whoever held it for so long may go on: not every page waits for that again.
        let patience = if self.is_held { PATIENCE_ONCE_HELD } else { file::PATIENCE };
        let give_up = Instant::now() + patience;
        let reading = loop {
            match self.find(&mut line, record, mark).await {
                Err(StoreError::Locked) if Instant::now() < give_up => {
                    tokio::time::sleep(LOOKS_AGAIN_AFTER).await;
                }
                reading => break reading,
            }
        };
        self.is_held = matches!(reading, Err(StoreError::Locked));
        // With a log the connection would keep the writer from leaving it.
        let is_logged = match line.get().await {
            Ok(connection) => file::has_log(connection).await.unwrap_or(true),
            Err(_) => true,
        };
        if reading.is_err() || is_logged {
            line.throw_away().await;
        }
        let mut reading = reading?;
        let gone = line.place().filter(|place| !place.is_there()).map(|place| place.path().to_owned());
        reading.faults.extend(gone.map(|path| Fault::Gone { path }));
        Ok(reading)
    }

    /// The same in one transaction.
    async fn find(
        &mut self,
        line: &mut Line,
        record: &RecordId,
        known: &Mark,
    ) -> Result<Reading, StoreError> {
        let is_new = line.is_new();
        let key = self.key.clone();
        let key = key.as_deref();
        // It ends with this function, also where whoever asked has gone.
        let mut transaction = line.get_afresh().await?.begin().await?;
        let identity = Identity::of(&mut transaction).await?;
        if !writer::same_key(key, None, identity.seal.as_deref()) {
            return Err(StoreError::Resealed);
        }
        if identity.is_other_than(&self.opened) {
            return Err(StoreError::Replaced);
        }
        let version: i64 = sqlx::query_scalar(VERSION).fetch_one(&mut *transaction).await?;
        let end = if self.is_chained {
            heads::end(&mut transaction, key, record.as_str()).await?
        } else {
            End::None
        };
        if let End::At(head) = &end
            && known.is_ahead_of(head)
        {
            return Ok(known.with(Fault::PutBack { known: known.last() }));
        }
        let known_part = match &end {
            // Somebody wrote, and yet added nothing: what was read may be changed.
            End::At(head) if head.last == known.last().0 && !is_new && self.version != Some(version) => None,
            End::At(head) => Some(head.clone()).filter(|head| known.is_part_of(head)),
            End::None | End::Broken => None,
        };
        let after = if known_part.is_some() { known.last().0 } else { i64::MIN };
        let mut pages = Pages::after(record.as_str(), after, self.is_chained);
        let mut rows = pages.next(&mut transaction).await?;
        let is_new_record = *record != RecordId::own() && rows.is_empty();
        // The end of a person's own record is noted from the beginning; of a file of the
        // first format only gaps can be seen.
        let is_unknown = matches!(end, End::None) && (is_new_record || !self.is_chained);
        let is_lost = !matches!(end, End::At(_)) && !is_unknown;
        let mut through = match (known_part, end) {
            (Some(head), _) => Through::behind(key, record, head, known),
            (None, End::At(head)) => Through::from_start(key, record, Some(head)),
            (None, End::None | End::Broken) => Through::from_start(key, record, None),
        };
        if is_lost {
            through.note(Fault::NoEnd);
        }
        while !rows.is_empty() {
            through.take(&rows);
            // Others are served by this thread.
            tokio::task::yield_now().await;
            rows = pages.next(&mut transaction).await?;
        }
        transaction.commit().await?;
        self.version = Some(version);
        Ok(through.end())
    }

    async fn records(&mut self) -> Result<u64, StoreError> {
        let mut line = self.line.lock().await;
        let records: i64 = sqlx::query_scalar(RECORDS).fetch_one(line.get().await?).await?;
        Ok(u64::try_from(records).unwrap_or_default())
    }

    async fn close(&mut self) {
        self.line.lock().await.close().await;
    }
}
