//! Sealing a file that is plain, unsealing one that is sealed, another passphrase.
//!
//! Each is one transaction: after a power cut the file is as before or as wanted.
//! A process that has the file open meanwhile is told to open it again.

use std::path::Path;

use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::error::OpenError;
use super::file::{self, Found};
use super::statements::{PAGE, PURGE, REPLACE, SEAL};
use super::{Database, key, plain, with_passphrase};
use crate::seal::{self, Key, Passphrase, Place};

impl Database {
    /// Seals a file that is plain. No trace of what it held in plain text stays in it.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: the file is as it was, except after [`OpenError::StillRead`].
    pub async fn seal_with(path: &Path, passphrase: &Passphrase) -> Result<(), OpenError> {
        let (version, None) = record(path).await? else {
            return Err(OpenError::AlreadySealed { path: path.to_owned() });
        };
        let (new, wrap) = with_passphrase(path, passphrase, seal::new_key).await?;
        rewrite(path, version, None, Some(&wrap), Some((None, Some(&new)))).await
    }

    /// Unseals a file: its events are in plain text from now on.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: the file is as it was.
    pub async fn unseal(path: &Path, passphrase: &Passphrase) -> Result<(), OpenError> {
        let (version, wrap) = record(path).await?;
        let old = key(path, wrap.as_deref(), Some(passphrase)).await?;
        rewrite(path, version, wrap.as_deref(), None, Some((old.as_ref(), None))).await
    }

    /// Gives a sealed file another passphrase. A copy that somebody made before still
    /// opens with the old one, because the key of the events stays the same; to be rid
    /// of that, unseal the file and seal it again.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: the file is as it was, except after [`OpenError::StillRead`].
    pub async fn change_passphrase(path: &Path, old: &Passphrase, new: &Passphrase) -> Result<(), OpenError> {
        let (version, Some(wrap)) = record(path).await? else {
            return Err(OpenError::NotSealed { path: path.to_owned() });
        };
        let (before, new) = (wrap.clone(), new.clone());
        let again = with_passphrase(path, old, move |old| seal::wrap_again(&before, old, &new)).await?;
        rewrite(path, version, Some(&wrap), Some(&again), None).await
    }
}

async fn record(path: &Path) -> Result<(i64, Option<String>), OpenError> {
    match file::look(path).await? {
        Found::Record { version, seal } => Ok((version, seal)),
        Found::Nothing => Err(OpenError::Missing { path: path.to_owned() }),
    }
}

/// The key of the payloads before and after; none where they are plain.
type Keys<'a> = (Option<&'a Key>, Option<&'a Key>);

async fn rewrite(
    path: &Path,
    version: i64,
    before: Option<&str>,
    after: Option<&str>,
    payloads: Option<Keys<'_>>,
) -> Result<(), OpenError> {
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    let mut connection = file::options(path).connect().await.map_err(of)?;
    file::update(&mut connection, version).await.map_err(of)?;
    let mut transaction = connection.begin_with("begin immediate").await.map_err(of)?;
    if file::about(&mut transaction, SEAL).await.map_err(of)?.as_deref() != before {
        // Another process was quicker, and the passphrase was not checked against its seal.
        return Err(OpenError::Locked { path: path.to_owned() });
    }
    if let Some(keys) = payloads {
        rewrite_payloads(path, &mut transaction, keys).await?;
    }
    match after {
        Some(wrap) => file::note(&mut transaction, SEAL, wrap).await.map_err(of)?,
        None => file::forget(&mut transaction, SEAL).await.map_err(of)?,
    }
    file::note(&mut transaction, PURGE, "due").await.map_err(of)?;
    transaction.commit().await.map_err(of)?;
    let gone = file::purge(&mut connection).await.map_err(of)?;
    connection.close().await.map_err(of)?;
    if gone { Ok(()) } else { Err(OpenError::StillRead { path: path.to_owned() }) }
}

async fn rewrite_payloads(
    path: &Path,
    connection: &mut SqliteConnection,
    (old, new): Keys<'_>,
) -> Result<(), OpenError> {
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    let damaged = |record: &str, sequence: i64, problem: &dyn std::fmt::Display| OpenError::Damaged {
        path: path.to_owned(),
        problem: format!("event {sequence} of record {record}: {problem}"),
    };
    let (mut record, mut sequence) = (String::new(), 0);
    loop {
        let rows: Vec<(String, i64, String, String)> = sqlx::query_as(PAGE)
            .bind(&record)
            .bind(sequence)
            .fetch_all(&mut *connection)
            .await
            .map_err(of)?;
        for (of_record, at, written_at, payload) in &rows {
            let place = Place { record: of_record, sequence: *at, written_at };
            let json = plain(old, place, payload).map_err(|error| damaged(of_record, *at, &error))?;
            let json = json.trim_end();
            let payload = match new {
                Some(key) => key.seal(place, json).map_err(|error| damaged(of_record, *at, &error))?,
                None => json.to_owned(),
            };
            let replace = sqlx::query(REPLACE).bind(of_record).bind(at).bind(payload);
            replace.execute(&mut *connection).await.map_err(of)?;
        }
        let Some((last, at, ..)) = rows.into_iter().next_back() else { return Ok(()) };
        (record, sequence) = (last, at);
    }
}
