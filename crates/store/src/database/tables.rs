//! The tables of a file, and the format that they are in.

use std::sync::LazyLock;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{SqlSafeStr as _, SqliteConnection};

use super::statements::{HAS_ENDS, HAS_LINKS, HAS_LIST, LISTED};

/// Listed by hand: the macro that lists them would have all of SQLite compiled a second time.
static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let steps = [
        ("record", include_str!("../../migrations/0001_record.sql")),
        ("chain", include_str!("../../migrations/0002_chain.sql")),
    ];
    let step = |(version, (name, sql)): (i64, (&'static str, &'static str))| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations((1..).zip(steps).map(step).collect())
});

/// The newest format we know.
pub(super) fn known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// The first format in which events are chained.
pub(super) const CHAINED: i64 = 2;

/// The format of the tables. Its number stands in the first page; where that says less than
/// what is there, what is there counts, or else whoever lowers it, be it by a flipped bit,
/// would have the chain made anew over whatever is left.
pub(super) async fn format(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    let noted: i64 = sqlx::query_scalar("pragma user_version").fetch_one(&mut *connection).await?;
    let has_list: bool = sqlx::query_scalar(HAS_LIST).fetch_one(&mut *connection).await?;
    let listed: Option<i64> =
        if has_list { sqlx::query_scalar(LISTED).fetch_one(&mut *connection).await? } else { None };
    let has_links: bool = sqlx::query_scalar(HAS_LINKS).fetch_one(&mut *connection).await?;
    let has_ends: bool = sqlx::query_scalar(HAS_ENDS).fetch_one(connection).await?;
    let chained = if has_links || has_ends { CHAINED } else { 0 };
    Ok(noted.max(chained).max(listed.unwrap_or_default()))
}

/// Whether all that a chain needs is there.
pub(super) async fn has_chain(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let has_links: bool = sqlx::query_scalar(HAS_LINKS).fetch_one(&mut *connection).await?;
    let has_ends: bool = sqlx::query_scalar(HAS_ENDS).fetch_one(connection).await?;
    Ok(has_links && has_ends)
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
