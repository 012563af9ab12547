//! A file that is refused is told apart, and stays as it was.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]
#![cfg(feature = "sqlite")]

mod common;

use std::path::{Path, PathBuf};

use common::{add, bytes_in, passphrase};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use store::{Database, OpenError, RecordId, Sequence, StoreError};

/// A record of some events, closed.
async fn record(folder: &Path, sealed: Option<&str>) -> PathBuf {
    let path = folder.join("record.db");
    let sealed = sealed.map(passphrase);
    let database = Database::open(&path, sealed.as_ref()).await.unwrap();
    for number in 0..50 {
        add(&database, &RecordId::own(), &[&format!("note {number} {}", "x".repeat(500))]).await;
    }
    database.close().await;
    path
}

async fn sql(path: &Path, statements: &'static str) {
    let mut connection =
        SqliteConnection::connect(&format!("sqlite:{}?mode=rwc", path.display())).await.unwrap();
    connection.execute(statements).await.unwrap();
    connection.close().await.unwrap();
}

/// Opening fails, and the files have the same bytes before and after. Returns the message without the folder.
async fn refused(path: &Path, with: Option<&str>) -> String {
    // SQLite may leave empty side files where it read a file; they are not the file.
    let before = std::fs::read(path).unwrap();
    let with = with.map(passphrase);
    let error = Database::open(path, with.as_ref()).await.unwrap_err();
    assert_eq!(std::fs::read(path).unwrap(), before, "the file was touched: {error}");
    for (name, bytes) in bytes_in(path.parent().unwrap()) {
        assert!(path.ends_with(&name) || bytes.is_empty() || name.ends_with("-shm"), "{name} was left");
    }
    error.to_string().replace(&format!("{}/", path.parent().unwrap().display()), "")
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    for text in ["short", &"not a database, and longer than a page ".repeat(300)] {
        std::fs::write(&path, text).unwrap();
        assert_eq!(
            refused(&path, None).await,
            "notes.txt is not a record of this program; choose another file"
        );
    }
    let error = Database::open(folder.path(), None).await.unwrap_err();
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
}

#[tokio::test]
async fn the_database_of_another_program_is_refused() {
    for statements in [
        "create table bookmarks (url text); insert into bookmarks values ('x')",
        "pragma journal_mode = wal; create table bookmarks (url text)",
        "pragma application_id = 252006674; create table fossil (id integer)",
        "create table events (record text); create table about (name text, value text); pragma user_version = 1",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.db");
        sql(&path, statements).await;
        assert_eq!(refused(&path, None).await, "other.db belongs to another program; choose another file");
    }
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), None).await;
    sql(&path, "pragma user_version = 7").await;
    assert_eq!(
        refused(&path, None).await,
        "record.db was written by a newer version of this program (format 7, this one knows 2); \
         install the newer version"
    );
}

#[tokio::test]
async fn a_damaged_file_is_refused() {
    for (what, damage) in [
        ("its end is missing", (|bytes| bytes.truncate(bytes.len() / 2)) as fn(&mut Vec<u8>)),
        ("zeros in the middle", |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle..middle + 8192].fill(0);
        }),
        ("noise after the first page", |bytes| bytes[4096..8192].fill(0xa5)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = record(folder.path(), None).await;
        let mut bytes = std::fs::read(&path).unwrap();
        damage(&mut bytes);
        std::fs::write(&path, bytes).unwrap();
        let message = refused(&path, None).await;
        assert!(message.starts_with("record.db is damaged ("), "{what}: {message}");
        assert!(message.ends_with("restore it from a copy, or move it away to begin a new one"), "{message}");
    }
}

#[tokio::test]
async fn a_damaged_event_is_named_and_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), None).await;
    sql(&path, "update events set payload = '{\"kind\":\"private words\"}' where sequence = 3").await;
    let database = Database::open(&path, None).await.unwrap();
    let error = database.since(&RecordId::own(), Sequence(0)).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { sequence: Sequence(3), .. }));
    assert!(!format!("{error} {error:?}").contains("private"), "{error:?}");
    assert_eq!(database.since(&RecordId::own(), Sequence(3)).await.unwrap().len(), 47);
}

#[tokio::test]
async fn a_sealed_file_needs_its_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), Some("correct horse")).await;
    assert_eq!(refused(&path, None).await, "record.db is sealed; give its passphrase");
    assert_eq!(
        refused(&path, Some("battery staple")).await,
        "the passphrase does not open record.db; try again, nothing was changed"
    );
}

#[tokio::test]
async fn a_passphrase_for_a_plain_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), None).await;
    assert_eq!(
        refused(&path, Some("correct horse")).await,
        "record.db is not sealed; open it without a passphrase, or seal it first"
    );
}

#[tokio::test]
async fn a_file_that_another_program_has_locked_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), None).await;
    let mut other = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    other.execute("pragma locking_mode = exclusive; begin exclusive; select * from about").await.unwrap();
    let error = Database::open(&path, None).await.unwrap_err();
    assert_eq!(
        error.to_string().replace(&format!("{}/", folder.path().display()), ""),
        "record.db is locked by another program; close that program and try again"
    );
}

#[tokio::test]
async fn a_write_gives_up_when_another_program_holds_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), None).await;
    let database = Database::open(&path, None).await.unwrap();
    let mut other = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    other.execute("begin immediate").await.unwrap();
    let own = RecordId::own();
    let write = || database.append(&own, None, vec![(common::at(1), common::check_in("a"))]);
    assert_eq!(write().await, Err(StoreError::Locked));
    assert_eq!(database.since(&RecordId::own(), Sequence(0)).await.unwrap().len(), 50, "reading goes on");
    other.execute("commit").await.unwrap();
    write().await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_takes_no_files_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o555)).unwrap();
    let mut folders = vec![file];
    // The administrator may write everywhere but where the kernel says no.
    if std::fs::write(closed.join("probe"), "").is_err() {
        folders.push(closed);
    } else if cfg!(target_os = "linux") {
        folders.push("/proc/self".into());
    }
    for folder in folders {
        let error = Database::open(&folder.join("record.db"), None).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("cannot write in the folder {}; allow it or choose another place", folder.display())
        );
    }
}

/// A new record gets its name when it is whole, so one that is empty was emptied.
#[tokio::test]
async fn a_file_that_was_emptied_is_not_taken_for_a_new_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    std::fs::write(&path, "").unwrap();
    let emptied = folder.path().join("emptied.db");
    sql(&emptied, "pragma journal_mode = wal").await;
    for path in [path, emptied] {
        let before = std::fs::read(&path).unwrap();
        let error = Database::open(&path, None).await.unwrap_err();
        assert!(matches!(error, OpenError::Empty { .. }), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[tokio::test]
async fn nothing_is_left_beside_a_new_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    Database::open(&path, None).await.unwrap().close().await;
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["record.db"]);
}
