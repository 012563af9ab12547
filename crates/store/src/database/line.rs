//! A connection that is thrown away once something failed in it.
//!
//! After some errors SQLite has rolled the transaction back by itself, after others it
//! has not, and the driver cannot tell. A new connection begins from what the file
//! holds, so whatever went wrong is over as soon as its cause is.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::place::FilePlace;
use super::statements::FORGET_PAGES;
use crate::store_error::StoreError;

pub(super) struct Line {
    /// None for a database in memory, which would be gone with its connection.
    file: Option<(SqliteConnectOptions, FilePlace)>,
    connection: Option<SqliteConnection>,
    is_closed: bool,
}

impl Line {
    /// To a file.
    pub(super) fn to(options: SqliteConnectOptions, place: FilePlace) -> Self {
        Self { file: Some((options, place)), connection: None, is_closed: false }
    }

    /// To a database that is only in memory.
    pub(super) fn in_memory(connection: SqliteConnection) -> Self {
        Self { file: None, connection: Some(connection), is_closed: false }
    }

    /// Where the file was opened.
    pub(super) fn place(&self) -> Option<&FilePlace> {
        self.file.as_ref().map(|(_, place)| place)
    }

    /// Whether the next connection is a new one.
    pub(super) fn is_new(&self) -> bool {
        self.connection.is_none()
    }

    /// The connection; a new one where there is none.
    pub(super) async fn get(&mut self) -> Result<&mut SqliteConnection, StoreError> {
        if self.is_closed {
            return Err(StoreError::Closed);
        }
        let connection = match (self.connection.take(), &self.file) {
            (Some(connection), _) => connection,
            (None, Some((options, place))) => {
                place.check()?;
                let connection = options.connect().await?;
                // Another file may have come to the place of ours.
                place.check()?;
                connection
            }
            (None, None) => return Err(StoreError::Closed),
        };
        Ok(self.connection.insert(connection))
    }

    /// The connection, with no page of the file in its memory. Whether those still hold SQLite
    /// tells by a counter in the file, and in another file that was put over it the counter may
    /// stand where it did in ours.
    pub(super) async fn get_afresh(&mut self) -> Result<&mut SqliteConnection, StoreError> {
        let is_in_file = self.file.is_some();
        let connection = self.get().await?;
        if is_in_file {
            sqlx::query(FORGET_PAGES).execute(&mut *connection).await?;
        }
        Ok(connection)
    }

    /// Whether the file is still in its place, and may be written to.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        self.place().map_or(Ok(()), FilePlace::check_to_write)
    }

    /// Closes the connection; the next one is new.
    pub(super) async fn throw_away(&mut self) {
        if self.file.is_none() {
            return;
        }
        if let Some(connection) = self.connection.take() {
            // It has failed, so what closing it says adds nothing.
            let _ = connection.close().await;
        }
    }

    /// Closes the connection for good.
    pub(super) async fn close(&mut self) {
        self.is_closed = true;
        if let Some(connection) = self.connection.take() {
            let _ = connection.close().await;
        }
    }
}
