//! The file: what is in it, how it is made, and how connections to it behave.
//!
//! A file is looked at read-only before anything is done with it, so that one we
//! refuse stays as it was.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};

use super::error::{OpenError, folder, is_locked, is_not_writable};
use super::identity::{self, Identity};
use super::statements::{ABOUT, FOREIGN_PARTS, FORGET, NOTE, PURGE, SEAL};
use super::{tables, upgrade};
use crate::record_id::RecordId;
use crate::seal::Key;

/// "Uncl", so that no other program's file is taken for ours, nor ours for theirs.
const APPLICATION_ID: i32 = 0x556e_636c;
/// How long to wait for another program to let go of the file.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// SQLite's own page size, set so that a new file does not depend on a build option.
const PAGE: u32 = 4096;
/// Up to this size the whole file is checked when it is opened, which takes a
/// tenth of a second. Damage in a larger one is found when the page is read.
const CHECKED: u64 = 32 << 20;

/// What is wrong with a file that had a chain and has none.
pub(super) const WITHOUT_CHAIN: &str = "what shows that nothing is missing was taken out of it";

/// What is in a file.
pub(super) enum Found {
    /// Nothing yet.
    Nothing,
    /// A record, in a format that we know.
    Record(Format),
}

/// In which form a file keeps its records.
pub(super) struct Format {
    /// Its number.
    pub(super) version: i64,
    /// Which file it is, with the wrapped key if it is sealed.
    pub(super) identity: Identity,
    /// How it can be read where it cannot be written to.
    pub(super) options: Box<SqliteConnectOptions>,
}

/// How every connection behaves.
pub(super) fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        // As full, and the folder too is written when the journal goes, which is what commits.
        .synchronous(SqliteSynchronous::Extra)
        .pragma("secure_delete", "on")
        // Sorting and VACUUM would otherwise leave health data in the system's folder for temporary files.
        .pragma("temp_store", "memory")
        // What another program wrote into the schema runs nothing of SQLite that could do harm.
        .pragma("trusted_schema", "off")
        .disable_statement_logging()
}

/// How a connection behaves that only reads.
pub(super) fn options_to_read(path: &Path) -> SqliteConnectOptions {
    options(path).read_only(true)
}

/// Whether the owner of a file has said that it is not to be written to: no write bit
/// is set for it or for its folder. The administrator could write all the same.
pub(super) fn is_read_only(path: &Path) -> bool {
    let is = |path: &Path| fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly());
    is(path) || is(folder(path))
}

/// Whether a side file of SQLite has anything in it.
fn has_beside(path: &Path, ending: &str) -> bool {
    let mut beside = path.as_os_str().to_owned();
    beside.push(ending);
    fs::metadata(beside).is_ok_and(|metadata| metadata.len() > 0)
}

/// Looks at a file without changing what is in it. Only a write that was cut off is
/// undone, as any program would that opens it.
///
/// Only SQLite may open it: closing any other handle would drop the locks that
/// connections of this process hold (<https://www.sqlite.org/howtocorrupt.html>, 2.2).
pub(super) async fn look(path: &Path) -> Result<Found, OpenError> {
    let size = match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Err(OpenError::NotADatabase { path: path.to_owned() }),
        Ok(metadata) => metadata.len(),
        Err(problem) if problem.kind() == ErrorKind::NotFound => {
            let is_link = fs::symlink_metadata(path).is_ok();
            let nowhere = OpenError::LeadsNowhere { path: path.to_owned() };
            return if is_link { Err(nowhere) } else { Ok(Found::Nothing) };
        }
        Err(problem) if problem.kind() == ErrorKind::NotADirectory => {
            return Err(OpenError::FolderNotWritable { folder: folder(path).to_owned() });
        }
        Err(problem) => return Err(OpenError::Unreadable { path: path.to_owned(), problem }),
    };
    if size == 0 {
        return Err(OpenError::Empty { path: path.to_owned() });
    }
    let (mut connection, options) = connect_to_look(path).await?;
    let found = look_inside(path, &mut connection, size).await;
    // Whatever closing says, nothing was to be written.
    let _ = connection.close().await;
    let (version, identity) = found?;
    Ok(Found::Record(Format { version, identity, options: Box::new(options) }))
}

/// Connects and reads a first page; and how.
async fn connect_to_look(path: &Path) -> Result<(SqliteConnection, SqliteConnectOptions), OpenError> {
    let is_cut_off = has_beside(path, "-journal");
    let is_whole = !is_cut_off && !has_beside(path, "-wal");
    let may_write = !is_read_only(path);
    // The first format makes a side file even to be read. Where it cannot, nobody else
    // writes either, which SQLite needs to be told.
    let untouched = options_to_read(path).immutable(true);
    let ways = [
        (is_whole && !may_write, untouched.clone()),
        (true, options_to_read(path)),
        // A write was cut off, and to undo it SQLite has to write.
        (is_cut_off && may_write, options(path)),
        (is_whole, untouched),
    ];
    for (_, options) in ways.into_iter().filter(|(may, _)| *may) {
        match connect_and_read(options.clone()).await {
            Ok(connection) => return Ok((connection, options)),
            Err(error) if is_not_writable(&error) => {}
            Err(error) => return Err(OpenError::of(path, &error)),
        }
    }
    let path = path.to_owned();
    Err(match fs::File::open(&path) {
        Err(problem) => OpenError::Unreadable { path, problem },
        // It would have to be written to first, and may not.
        Ok(_) => OpenError::ReadOnly { path },
    })
}

async fn connect_and_read(options: SqliteConnectOptions) -> Result<SqliteConnection, sqlx::Error> {
    let mut connection = options.connect().await?;
    sqlx::query("pragma schema_version").execute(&mut connection).await?;
    sqlx::query("select count(*) from sqlite_master").execute(&mut connection).await?;
    Ok(connection)
}

fn refuse(path: &Path, application: i32, version: i64) -> Result<(), OpenError> {
    if application != APPLICATION_ID {
        return Err(OpenError::Foreign { path: path.to_owned() });
    }
    if version > tables::known() {
        return Err(OpenError::Newer { path: path.to_owned(), found: version, known: tables::known() });
    }
    Ok(())
}

/// The format, and which file it is.
async fn look_inside(
    path: &Path,
    connection: &mut SqliteConnection,
    size: u64,
) -> Result<(i64, Identity), OpenError> {
    let of = |error: sqlx::Error| OpenError::of(path, &error);
    // One transaction, so that all answers are about the same state.
    let mut transaction = connection.begin().await.map_err(of)?;
    if is_empty(&mut transaction).await.map_err(of)? {
        return Err(OpenError::Empty { path: path.to_owned() });
    }
    let application: i32 =
        sqlx::query_scalar("pragma application_id").fetch_one(&mut *transaction).await.map_err(of)?;
    let version = tables::format(&mut transaction).await.map_err(of)?;
    refuse(path, application, version)?;
    let damaged = |problem: String| OpenError::Damaged { path: path.to_owned(), problem };
    if size <= CHECKED {
        // The quick one does not compare the indexes with the rows.
        let verdict: String =
            sqlx::query_scalar("pragma integrity_check(1)").fetch_one(&mut *transaction).await.map_err(of)?;
        if verdict != "ok" {
            return Err(damaged(verdict));
        }
    }
    if let Some(part) = foreign_part(&mut transaction).await.map_err(of)? {
        return Err(damaged(format!("another program put something into it that runs by itself, {part}")));
    }
    if tables::CHAINED <= version && !tables::has_chain(&mut transaction).await.map_err(of)? {
        return Err(damaged(WITHOUT_CHAIN.to_owned()));
    }
    let identity = Identity::of(&mut transaction).await.map_err(of)?;
    Ok((version, identity))
}

/// A trigger or a view, of which our files have none.
async fn foreign_part(connection: &mut SqliteConnection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar(FOREIGN_PARTS).fetch_optional(connection).await
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
///
/// It is filled before it gets its name: whoever stops us half way leaves no empty file
/// there, and so one that is empty was cut off.
pub(super) async fn create(path: &Path, sealed: Option<(&Key, &str)>) -> Result<(), OpenError> {
    let of_system = |problem: std::io::Error| match problem.kind() {
        ErrorKind::StorageFull => OpenError::DiskFull { path: path.to_owned() },
        _ => OpenError::FolderNotWritable { folder: folder(path).to_owned() },
    };
    let nameless = make_nameless(path).map_err(of_system)?;
    let named = match fill(&nameless, sealed).await {
        Ok(()) => give_name(&nameless, path).map_err(of_system),
        Err(error) => Err(OpenError::of(path, &error)),
    };
    // Where it was renamed it is gone already.
    let _ = fs::remove_file(&nameless);
    named?;
    keep_name(path);
    Ok(())
}

/// A record in which nothing was written yet.
async fn fill(nameless: &Path, sealed: Option<(&Key, &str)>) -> Result<(), sqlx::Error> {
    let mut connection = options(nameless).page_size(PAGE).connect().await?;
    let mut transaction = connection.begin_with("begin immediate").await?;
    let mark = sqlx::AssertSqlSafe(format!("pragma application_id = {APPLICATION_ID}"));
    sqlx::query(mark).execute(&mut *transaction).await?;
    tables::migrate(&mut transaction).await?;
    if let Some((_, seal)) = sealed {
        note(&mut transaction, SEAL, seal).await?;
    }
    let key = sealed.map(|(key, _)| key);
    upgrade::begin(&mut transaction, key, RecordId::own().as_str()).await?;
    identity::note(&mut transaction).await?;
    transaction.commit().await?;
    connection.close().await
}

/// Puts a wrap that says that the file is chained in the place of one that does not, unless
/// another process has sealed the file otherwise meanwhile.
pub(super) async fn renew_seal(
    connection: &mut SqliteConnection,
    before: Option<&str>,
    renewed: &str,
) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin_with("begin immediate").await?;
    if about(&mut transaction, SEAL).await?.as_deref() == before {
        note(&mut transaction, SEAL, renewed).await?;
    }
    transaction.commit().await
}

/// Turns a file with a write-ahead log into one without: then it holds everything at
/// any moment, and a copy of it is a whole record.
pub(super) async fn leave_log(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let give_up = std::time::Instant::now() + PATIENCE;
    loop {
        // SQLite does not wait for a lock here, so we do.
        match leave_log_now(connection).await {
            Err(error) if is_locked(&error) && std::time::Instant::now() < give_up => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            result => return result,
        }
    }
}

/// The same, if nobody else has it open.
pub(super) async fn leave_log_now(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query_scalar::<_, String>("pragma journal_mode = delete").fetch_one(connection).await.map(drop)
}

/// Whether a file that was read from has a write-ahead log: another program gave it one.
pub(super) async fn has_log(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let mode: String = sqlx::query_scalar("pragma journal_mode").fetch_one(connection).await?;
    Ok(mode == "wal")
}

/// Removes what was deleted from the file; false if another program is reading, so
/// that traces of it remain.
pub(super) async fn purge(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // `secure_delete` overwrites what is deleted, but a page that was split earlier
    // may hold a copy; VACUUM writes every page anew.
    match sqlx::query("vacuum").execute(&mut *connection).await {
        Err(error) if is_locked(&error) => return Ok(false),
        done => done?,
    };
    forget(connection, PURGE).await?;
    Ok(true)
}

/// A record that everybody may read is closed to others, as a new one would be. Best
/// effort: whoever may write to it need not own it.
pub(super) fn close_to_others(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let Ok(metadata) = fs::metadata(path) else { return };
        let mode = metadata.permissions().mode();
        if mode & 0o077 != 0 {
            let _ = fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700));
        }
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Files made so far, so that two tasks never use one name.
static MADE: AtomicU32 = AtomicU32::new(0);

/// Makes an empty file that only the owner reads, beside where it is to be: SQLite gives
/// its side files the same permissions.
fn make_nameless(path: &Path) -> std::io::Result<PathBuf> {
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
    let mut nameless = path.as_os_str().to_owned();
    nameless.push(format!(".{}-{}.new", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed)));
    let nameless = PathBuf::from(nameless);
    options.open(&nameless)?;
    Ok(nameless)
}

/// Gives a file its name; where there is one of that name, that one stays.
fn give_name(nameless: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(nameless, path) {
        Err(problem) if problem.kind() == ErrorKind::AlreadyExists => Ok(()),
        // A file system without links: whoever makes the name first puts the file there.
        Err(_) => match fs::OpenOptions::new().write(true).create_new(true).open(path) {
            Ok(_) => fs::rename(nameless, path),
            Err(problem) if problem.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(problem) => Err(problem),
        },
        Ok(()) => Ok(()),
    }
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
