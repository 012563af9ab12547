//! Which file it is, so that another one put over it while it is open is not taken for it.

use sqlx::{Connection as _, SqliteConnection};

use super::statements::{FILE, IDENTITY, NOTE};
use crate::seal;

/// What tells the file of a record from others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Identity {
    /// The wrapped key of a sealed file.
    pub(super) seal: Option<String>,
    /// Drawn by chance when the file was made, and kept whatever is written into it or erased
    /// from it; none in one of an earlier program that takes no writes.
    pub(super) file: Option<String>,
}

impl Identity {
    /// Which file it is.
    pub(super) async fn of(connection: &mut SqliteConnection) -> Result<Self, sqlx::Error> {
        let (seal, file) = sqlx::query_as(IDENTITY).fetch_one(connection).await?;
        Ok(Self { seal, file })
    }

    /// Whether it was another file that was open: an older or newer state of a file is no other.
    pub(super) fn is_other_than(&self, opened: &Self) -> bool {
        opened.file.is_some() && self.file != opened.file
    }
}

/// Notes which file it is, in one that has no such note yet.
pub(super) async fn identify(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    if Identity::of(connection).await?.file.is_some() {
        return Ok(());
    }
    let mut transaction = connection.begin_with("begin immediate").await?;
    // Another process may have been quicker.
    if Identity::of(&mut transaction).await?.file.is_none() {
        note(&mut transaction).await?;
    }
    transaction.commit().await
}

/// Notes which file it is, in one that is being made.
pub(super) async fn note(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query(NOTE).bind(FILE).bind(by_chance()?).execute(connection).await.map(drop)
}

/// A text that nobody can guess and that never comes twice.
pub(super) fn by_chance() -> Result<String, sqlx::Error> {
    seal::fresh().map_err(|error| sqlx::Error::Io(std::io::Error::other(error.to_string())))
}
