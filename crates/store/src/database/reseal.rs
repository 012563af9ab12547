//! Sealing a file that is plain, unsealing one that is sealed, another passphrase.
//!
//! Each is one transaction: after a power cut the file is as before or as wanted.
//! A process that has the file open meanwhile is told to open it again.

use std::path::Path;

use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::error::OpenError;
use super::file::{self, Format, Found};
use super::heads::{self, End};
use super::pages::Pages;
use super::statements::{NAMES, PURGE, SEAL};
use super::upgrade::{replace, upgrade};
use super::{Database, key, with_passphrase};
use crate::chain::{Row, Verifier, link};
use crate::passphrase::Passphrase;
use crate::place::Place;
use crate::row;
use crate::seal::{self, Key};

impl Database {
    /// Seals a file that is plain. No trace of what it held in plain text stays in it.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: the file is as it was, except after [`OpenError::StillRead`]. One
    /// with a fault is not sealed: to make its chain anew would hide the fault.
    pub async fn seal_with(path: &Path, passphrase: &Passphrase) -> Result<(), OpenError> {
        let format = record(path).await?;
        if format.identity.seal.is_some() {
            return Err(OpenError::AlreadySealed { path: path.to_owned() });
        }
        let (new, wrap) = with_passphrase(path, passphrase, seal::new_key).await?;
        let rewriting = Rewriting { path, old: None, new: Some(&new), before: None, after: Some(&wrap) };
        rewriting.run(&format, true).await
    }

    /// Unseals a file: its events are in plain text from now on.
    ///
    /// # Errors
    ///
    /// As [`Database::seal_with`].
    pub async fn unseal(path: &Path, passphrase: &Passphrase) -> Result<(), OpenError> {
        let format = record(path).await?;
        let seal = format.identity.seal.as_deref();
        let old = key(path, seal, Some(passphrase)).await?.map(|opened| opened.key);
        let rewriting = Rewriting { path, old: old.as_ref(), new: None, before: seal, after: None };
        rewriting.run(&format, true).await
    }

    /// Gives a sealed file another passphrase. A copy that somebody made before still
    /// opens with the old one, because the key of the events stays the same; to be rid
    /// of that, unseal the file and seal it again.
    ///
    /// # Errors
    ///
    /// [`OpenError`]: the file is as it was, except after [`OpenError::StillRead`].
    pub async fn change_passphrase(path: &Path, old: &Passphrase, new: &Passphrase) -> Result<(), OpenError> {
        let format = record(path).await?;
        let Some(wrap) = format.identity.seal.clone() else {
            return Err(OpenError::NotSealed { path: path.to_owned() });
        };
        let (before, new) = (wrap.clone(), new.clone());
        let (key, again) =
            with_passphrase(path, old, move |old| seal::wrap_again(&before, old, &new)).await?;
        let rewriting =
            Rewriting { path, old: Some(&key), new: Some(&key), before: Some(&wrap), after: Some(&again) };
        rewriting.run(&format, false).await
    }
}

async fn record(path: &Path) -> Result<Format, OpenError> {
    match file::look(path).await? {
        Found::Record(_) if file::is_read_only(path) => Err(OpenError::ReadOnly { path: path.to_owned() }),
        Found::Record(format) => Ok(format),
        Found::Nothing => Err(OpenError::Missing { path: path.to_owned() }),
    }
}

/// A file whose seal becomes another.
struct Rewriting<'a> {
    path: &'a Path,
    /// The key of the payloads before and after; none where they are plain.
    old: Option<&'a Key>,
    new: Option<&'a Key>,
    /// The wrapped key before and after.
    before: Option<&'a str>,
    after: Option<&'a str>,
}

impl Rewriting<'_> {
    fn of(&self, error: &sqlx::Error) -> OpenError {
        OpenError::of(self.path, error)
    }

    fn damaged(&self, problem: String) -> OpenError {
        OpenError::Damaged { path: self.path.to_owned(), problem }
    }

    async fn run(&self, format: &Format, with_payloads: bool) -> Result<(), OpenError> {
        let of = |error: sqlx::Error| self.of(&error);
        let mut connection = file::options(self.path).connect().await.map_err(of)?;
        file::leave_log(&mut connection).await.map_err(of)?;
        upgrade(&mut connection, format.version, self.old).await.map_err(of)?;
        let mut transaction = connection.begin_with("begin immediate").await.map_err(of)?;
        if file::about(&mut transaction, SEAL).await.map_err(of)?.as_deref() != self.before {
            // Another process was quicker, and the passphrase was not checked against its seal.
            return Err(OpenError::Locked { path: self.path.to_owned() });
        }
        if with_payloads {
            let records: Vec<String> =
                sqlx::query_scalar(NAMES).fetch_all(&mut *transaction).await.map_err(of)?;
            for record in records {
                self.rewrite(&mut transaction, &record).await?;
            }
        }
        match self.after {
            Some(wrap) => file::note(&mut transaction, SEAL, wrap).await.map_err(of)?,
            None => file::forget(&mut transaction, SEAL).await.map_err(of)?,
        }
        file::note(&mut transaction, PURGE, "due").await.map_err(of)?;
        transaction.commit().await.map_err(of)?;
        let gone = file::purge(&mut connection).await.map_err(of)?;
        connection.close().await.map_err(of)?;
        if gone { Ok(()) } else { Err(OpenError::StillRead { path: self.path.to_owned() }) }
    }

    /// The events of a record with the other key, chained anew.
    async fn rewrite(&self, connection: &mut SqliteConnection, record: &str) -> Result<(), OpenError> {
        let of = |error: sqlx::Error| self.of(&error);
        let mut head = match heads::end(connection, self.old, record).await.map_err(of)? {
            End::At(head) => head,
            End::None | End::Broken => {
                return Err(self.damaged("the note of where it ends is missing or was changed".to_owned()));
            }
        };
        let mut verifier = Verifier::from_start(self.old, record, Some(head.clone()));
        head.link.clone_from(&head.start);
        let mut pages = Pages::after(record, i64::MIN, true);
        loop {
            let rows = pages.next(connection).await.map_err(of)?;
            if rows.is_empty() {
                break;
            }
            for mut row in rows {
                verifier.holds(&row);
                let payload = self.other(record, &row)?;
                row.payload.clone_from(&payload.clone().into_bytes());
                head.link = link(self.new, record, &head.link, &row);
                replace(connection, record, row.sequence, &payload, &head.link).await.map_err(of)?;
            }
        }
        if let Some(fault) = verifier.end().first() {
            return Err(self.damaged(fault.to_string()));
        }
        heads::set(connection, self.new, record, &head).await.map_err(of)
    }

    /// The payload of an event with the other key.
    fn other(&self, record: &str, row: &Row) -> Result<String, OpenError> {
        let of_event = |problem: &dyn std::fmt::Display| {
            self.damaged(format!("entry {} does not read: {problem}", row.sequence))
        };
        let written_at = String::from_utf8_lossy(&row.written_at);
        let place = Place { record, sequence: row.sequence, written_at: &written_at };
        let payload = String::from_utf8_lossy(&row.payload);
        let json = row::json(self.old, place, &payload).map_err(|error| of_event(&error))?;
        row::payload(self.new, place, json.trim_end().to_owned()).map_err(|error| of_event(&error))
    }
}
