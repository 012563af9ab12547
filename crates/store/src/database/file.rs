//! The file: what is in it, how it is made, and how connections to it behave.
//!
//! A file is looked at read-only before anything is done with it, so that one we
//! refuse stays as it was.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Sqlite};

use super::error::{OpenError, folder};
use super::statements::{ABOUT, FORGET, NOTE, PURGE, SEAL};

/// "Uncl", so that no other program's file is taken for ours, nor ours for theirs.
const APPLICATION_ID: i32 = 0x556e_636c;
/// How long to wait for another program to let go of the file.
const PATIENCE: Duration = Duration::from_secs(5);
/// SQLite's own page size, set so that a new file does not depend on a build option.
const PAGE: u32 = 4096;
/// Up to this size the whole file is checked when it is opened, which takes a
/// tenth of a second. Damage in a larger one is found when the page is read.
const CHECKED: u64 = 32 << 20;

static MIGRATIONS: Migrator = sqlx::migrate!();

/// What is in a file.
pub(super) enum Found {
    /// Nothing yet.
    Nothing,
    /// A record, in a format that we know.
    Record {
        /// Of which format.
        version: i64,
        /// The wrapped key, if it is sealed.
        seal: Option<String>,
    },
}

/// The newest format we know.
fn known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// How every connection behaves.
pub(super) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "on")
        // Sorting and VACUUM would otherwise leave health data in the system's folder for temporary files.
        .pragma("temp_store", "memory")
        .disable_statement_logging()
}

/// Connections that stay: an idle one costs little, and a new one a millisecond.
pub(super) fn pool(most: u32) -> PoolOptions<Sqlite> {
    PoolOptions::new().max_connections(most).idle_timeout(None).max_lifetime(None).test_before_acquire(false)
}

/// Looks at a file without changing a byte.
///
/// Only SQLite may open it: closing any other handle would drop the locks that
/// connections of this process hold (<https://www.sqlite.org/howtocorrupt.html>, 2.2).
pub(super) async fn look(path: &Path) -> Result<Found, OpenError> {
    let size = match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => return Err(OpenError::NotADatabase { path: path.to_owned() }),
        Ok(metadata) => metadata.len(),
        Err(problem) if problem.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(problem) if problem.kind() == ErrorKind::NotADirectory => {
            return Err(OpenError::FolderNotWritable { folder: folder(path).to_owned() });
        }
        Err(problem) => return Err(OpenError::Unreadable { path: path.to_owned(), problem }),
    };
    if size == 0 || was_cut_short(path, size) {
        return Ok(Found::Nothing);
    }
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    let mut connection = options(path).read_only(true).connect().await.map_err(of)?;
    let found = look_inside(path, &mut connection, size).await;
    // Whatever closing says, nothing was to be written.
    let _ = connection.close().await;
    found
}

/// Whether the making of the file ended before there was a table in it: one page
/// holds none. SQLite rolls it back once it may write.
fn was_cut_short(path: &Path, size: u64) -> bool {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    size <= u64::from(PAGE) && fs::metadata(journal).is_ok_and(|journal| journal.len() > 0)
}

fn refuse(path: &Path, application: i32, version: i64) -> Result<(), OpenError> {
    if application != APPLICATION_ID {
        return Err(OpenError::Foreign { path: path.to_owned() });
    }
    if version > known() {
        return Err(OpenError::Newer { path: path.to_owned(), found: version, known: known() });
    }
    Ok(())
}

async fn look_inside(path: &Path, connection: &mut SqliteConnection, size: u64) -> Result<Found, OpenError> {
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    // One transaction, so that all answers are about the same state.
    let mut transaction = connection.begin().await.map_err(of)?;
    if is_empty(&mut transaction).await.map_err(of)? {
        return Ok(Found::Nothing);
    }
    let application: i32 =
        sqlx::query_scalar("pragma application_id").fetch_one(&mut *transaction).await.map_err(of)?;
    let version: i64 =
        sqlx::query_scalar("pragma user_version").fetch_one(&mut *transaction).await.map_err(of)?;
    refuse(path, application, version)?;
    if size <= CHECKED {
        let verdict: String =
            sqlx::query_scalar("pragma quick_check(1)").fetch_one(&mut *transaction).await.map_err(of)?;
        if verdict != "ok" {
            return Err(OpenError::Damaged { path: path.to_owned(), problem: verdict });
        }
    }
    let seal = about(&mut transaction, SEAL).await.map_err(of)?;
    Ok(Found::Record { version, seal })
}

/// What is noted about the file under a name.
pub(super) async fn about(
    connection: &mut SqliteConnection,
    name: &'static str,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar(ABOUT).bind(name).fetch_optional(connection).await
}

/// Notes something about the file.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    name: &'static str,
    value: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(NOTE).bind(name).bind(value).execute(connection).await.map(drop)
}

/// Takes a note about the file back.
pub(super) async fn forget(connection: &mut SqliteConnection, name: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(FORGET).bind(name).execute(connection).await.map(drop)
}

async fn is_empty(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let application: i32 = sqlx::query_scalar("pragma application_id").fetch_one(&mut *connection).await?;
    let tables: i64 = sqlx::query_scalar("select count(*) from sqlite_master").fetch_one(connection).await?;
    Ok(application == 0 && tables == 0)
}

/// Makes the file and its folder. Does nothing if another process was quicker.
pub(super) async fn create(path: &Path, seal: Option<&str>) -> Result<(), OpenError> {
    make_file(path).map_err(|problem| match problem.kind() {
        ErrorKind::StorageFull => OpenError::DiskFull { path: path.to_owned() },
        _ => OpenError::FolderNotWritable { folder: folder(path).to_owned() },
    })?;
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    let mut connection = options(path).page_size(PAGE).connect().await.map_err(of)?;
    switch_to_wal(&mut connection).await.map_err(of)?;
    let mut transaction = connection.begin_with("begin immediate").await.map_err(of)?;
    if is_empty(&mut transaction).await.map_err(of)? {
        let mark = sqlx::AssertSqlSafe(format!("pragma application_id = {APPLICATION_ID}"));
        sqlx::query(mark).execute(&mut *transaction).await.map_err(of)?;
        migrate(&mut transaction).await.map_err(of)?;
        if let Some(seal) = seal {
            note(&mut transaction, SEAL, seal).await.map_err(of)?;
        }
        transaction.commit().await.map_err(of)?;
        // So that from now on the first page says whose file it is.
        empty_log(&mut connection).await.map_err(of)?;
    } else {
        transaction.rollback().await.map_err(of)?;
    }
    connection.close().await.map_err(of)?;
    keep_name(path);
    Ok(())
}

/// SQLite does not wait for a lock here, so we do.
async fn switch_to_wal(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let give_up = std::time::Instant::now() + PATIENCE;
    loop {
        match sqlx::query("pragma journal_mode = wal").execute(&mut *connection).await {
            Err(sqlx::Error::Database(error))
                if error.code().as_deref() == Some("5") && std::time::Instant::now() < give_up =>
            {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            result => return result.map(drop),
        }
    }
}

/// Brings the tables up to date. The caller commits.
async fn migrate(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    MIGRATIONS
        .run_direct(None, &mut *connection, false)
        .await
        .map_err(|error| sqlx::Error::Migrate(Box::new(error)))?;
    // Kept in the first page too, where it can be read without opening the file.
    let version = sqlx::AssertSqlSafe(format!("pragma user_version = {}", known()));
    sqlx::query(version).execute(connection).await.map(drop)
}

/// Brings an older file up to date, whole or not at all.
pub(super) async fn update(connection: &mut SqliteConnection, version: i64) -> Result<(), sqlx::Error> {
    if version >= known() {
        return Ok(());
    }
    let mut transaction = connection.begin_with("begin immediate").await?;
    migrate(&mut transaction).await?;
    transaction.commit().await
}

/// Tables for a database in memory.
pub(super) async fn create_in_memory(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    migrate(connection).await
}

/// Removes what was deleted from the file and from its log; false if another
/// program is reading, so that traces of it remain.
pub(super) async fn purge(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // `secure_delete` overwrites what is deleted, but a page that was split earlier
    // may hold a copy; VACUUM writes every page anew.
    sqlx::query("vacuum").execute(&mut *connection).await?;
    if !empty_log(connection).await? {
        return Ok(false);
    }
    forget(connection, PURGE).await?;
    Ok(true)
}

/// Moves the write-ahead log into the file and cuts it to nothing; false if
/// another program still reads from it.
async fn empty_log(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let (busy, _, _): (i64, i64, i64) =
        sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(connection).await?;
    Ok(busy == 0)
}

/// Files made so far, so that two tasks never use one name.
static MADE: AtomicU32 = AtomicU32::new(0);

/// Makes an empty file that only the owner reads: SQLite gives its side files the
/// same permissions.
///
/// It gets its name once our handle to it is closed, for the reason given at [`look`].
fn make_file(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        builder.mode(0o700);
        options.mode(0o600);
    }
    builder.create(folder(path))?;
    if fs::exists(path)? {
        return Ok(());
    }
    let mut nameless = path.as_os_str().to_owned();
    nameless.push(format!(".{}-{}.new", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed)));
    options.open(&nameless)?;
    let named = match fs::hard_link(&nameless, path) {
        Err(problem) if problem.kind() == ErrorKind::AlreadyExists => Ok(()),
        // A file system without links. Two programs that make the file at once may
        // then both find it empty, and SQLite lets one of them fill it.
        Err(_) if !fs::exists(path)? => options.open(path).map(drop),
        result => result,
    };
    fs::remove_file(&nameless)?;
    named
}

/// A new name in a folder survives a power cut only once the folder is written.
/// Best effort: some file systems cannot, and write it soon anyway.
fn keep_name(path: &Path) {
    let folder = folder(path);
    for folder in [Some(folder), folder.parent()].into_iter().flatten() {
        if let Ok(folder) = fs::File::open(folder) {
            let _ = folder.sync_all();
        }
    }
}
