//! What can still be read of a file that is damaged.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::error::OpenError;
use super::heads::{self, End};
use super::statements::{LAST_ROW, ROW, SEAL};
use super::{Database, file, key};
use crate::chain::{Row, Verifier};
use crate::event::Stored;
use crate::fault::Fault;
use crate::passphrase::Passphrase;
use crate::record_id::RecordId;
use crate::row;
use crate::seal::Key;
use crate::store_error::StoreError;

/// A row of any record.
type Whole = (Vec<u8>, i64, Vec<u8>, Option<Vec<u8>>, Vec<u8>, Option<Vec<u8>>);

/// What was found of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Salvaged {
    /// The events that can be read and hold, in order.
    pub events: Vec<Stored>,
    /// What is known to be missing. Never empty.
    pub faults: Vec<Fault>,
}

impl Database {
    /// Reads what can still be read of a record in a file that [`Database::open`]
    /// refuses as damaged. Changes nothing.
    ///
    /// # Errors
    ///
    /// If not even the parts can be reached that say how to read the rest.
    pub async fn salvage(
        path: &Path,
        passphrase: Option<&Passphrase>,
        record: &RecordId,
    ) -> Result<Salvaged, OpenError> {
        let of = |error: sqlx::Error| OpenError::of(path, &error);
        // With the first of these SQLite reads a file that is shorter than it says of
        // itself; before it nothing may be asked that looks into the file.
        let options = SqliteConnectOptions::new().filename(path).read_only(true);
        let options = options.pragma("writable_schema", "on").pragma("trusted_schema", "off");
        let mut connection = options.connect().await.map_err(of)?;
        let found = read(path, passphrase, record, &mut connection).await;
        // Nothing was to be written, so closing cannot fail in a way that matters.
        let _ = connection.close().await;
        found
    }
}

async fn read(
    path: &Path,
    passphrase: Option<&Passphrase>,
    record: &RecordId,
    connection: &mut SqliteConnection,
) -> Result<Salvaged, OpenError> {
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    let seal = match file::about(connection, SEAL).await {
        // It may be plain, and then it can be read without.
        Err(_) if passphrase.is_none() => None,
        seal => seal.map_err(of)?,
    };
    let key = key(path, seal.as_deref(), passphrase).await?.map(|opened| opened.key);
    let end = heads::end(connection, key.as_ref(), record.as_str()).await;
    let head = match end {
        Ok(End::At(head)) => Some(head),
        _ => None,
    };
    let (rows, lost) = rows(connection, record).await.map_err(of)?;
    let is_end_known = head.is_some();
    let mut verifier = Verifier::from_start(key.as_ref(), record.as_str(), head);
    let events = events(key.as_ref(), record, &rows, &mut verifier);
    let mut faults = verifier.end();
    if !is_end_known {
        faults.push(Fault::NoEnd);
    }
    if lost || faults.is_empty() {
        faults.push(Fault::Unreadable);
    }
    Ok(Salvaged { events, faults })
}

fn events(key: Option<&Key>, record: &RecordId, rows: &[Row], verifier: &mut Verifier<'_>) -> Vec<Stored> {
    let mut events = Vec::new();
    for row in rows {
        if verifier.holds(row) {
            match row::read(key, record, row) {
                Ok(stored) => events.push(stored),
                Err(StoreError::Damaged { .. }) => verifier.unreadable(row.sequence),
                Err(_) => {}
            }
        }
    }
    events
}

/// The rows of a record one by one, without any index, so that a page which cannot be
/// read takes with it only what stands in it; and whether there was such a page.
async fn rows(connection: &mut SqliteConnection, record: &RecordId) -> Result<(Vec<Row>, bool), sqlx::Error> {
    // The rows fill the file without gaps, and none is shorter than a few bytes: a
    // bound for where the highest cannot be reached.
    let pages: i64 = sqlx::query_scalar("pragma page_count").fetch_one(&mut *connection).await?;
    let size: i64 = sqlx::query_scalar("pragma page_size").fetch_one(&mut *connection).await?;
    let most = pages.saturating_mul(size) / SHORTEST_ROW;
    let last: Result<Option<i64>, _> = sqlx::query_scalar(LAST_ROW).fetch_one(&mut *connection).await;
    let last = last.ok().flatten().unwrap_or(most).clamp(0, most);
    let (mut rows, mut is_lost) = (Vec::new(), false);
    for number in 1..=last {
        let row: Result<Option<Whole>, _> =
            sqlx::query_as(ROW).bind(number).fetch_optional(&mut *connection).await;
        match row {
            Ok(Some((of_record, sequence, written_at, once, payload, link)))
                if of_record == record.as_str().as_bytes() =>
            {
                rows.push(Row { sequence, written_at, once, payload, link });
            }
            Ok(_) => {}
            Err(_) => is_lost = true,
        }
    }
    rows.sort_by_key(|row| row.sequence);
    rows.dedup_by_key(|row| row.sequence);
    Ok((rows, is_lost))
}

/// Bytes of the shortest row there can be, a token-less event of the shortest kind.
const SHORTEST_ROW: i64 = 64;
