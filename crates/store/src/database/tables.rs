//! The tables of a file, and the format that they are in.

use sqlx::SqliteConnection;
use sqlx::migrate::Migrator;

static MIGRATIONS: Migrator = sqlx::migrate!();

/// The newest format we know.
pub(super) fn known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// Brings the tables up to date. The caller commits.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    MIGRATIONS
        .run_direct(None, &mut *connection, false)
        .await
        .map_err(|error| sqlx::Error::Migrate(Box::new(error)))?;
    // Kept in the first page too, where it can be read without opening the file.
    let version = sqlx::AssertSqlSafe(format!("pragma user_version = {}", known()));
    sqlx::query(version).execute(connection).await.map(drop)
}
