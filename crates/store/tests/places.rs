//! A file that is moved, replaced or deleted while it is open, or that takes no writes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]
#![cfg(all(unix, feature = "sqlite"))]

mod common;

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use common::{add, at, check_in, passphrase};
use store::{Database, Fault, Mark, OpenError, RecordId, Sequence, StoreError};

async fn record(folder: &Path, sealed: Option<&str>) -> (PathBuf, Database) {
    let path = folder.join("record.db");
    let database = Database::open(&path, sealed.map(passphrase).as_ref()).await.unwrap();
    add(&database, &RecordId::own(), &["a", "b"]).await;
    (path, database)
}

async fn write(database: &Database) -> Result<store::Appended, StoreError> {
    database.append(&RecordId::own(), None, vec![(at(1), check_in("more"))]).await
}

async fn count(path: &Path) -> usize {
    let database = Database::open(path, None).await.unwrap();
    let events = database.since(&RecordId::own(), Sequence(0)).await.unwrap();
    database.close().await;
    events.len()
}

/// A sync folder writes an older copy into the file that is open: the place and the file
/// are the same, and what was acknowledged is gone.
#[tokio::test]
async fn an_older_copy_over_the_file_is_said_and_what_was_read_stays_known() {
    for sealed in [None, Some("correct horse")] {
        let folder = tempfile::tempdir().unwrap();
        let (path, database) = record(folder.path(), sealed).await;
        let own = RecordId::own();
        let older = std::fs::read(&path).unwrap();
        write(&database).await.unwrap();
        let newer = std::fs::read(&path).unwrap();
        let read = database.read(&own, &Mark::default()).await.unwrap();
        assert_eq!(read.events.len(), 3);
        std::fs::write(&path, &older).unwrap();
        let again = database.read(&own, &read.mark).await.unwrap();
        assert_eq!(again.faults, [Fault::PutBack { known: Sequence(3) }]);
        assert!(!again.anew && again.events.is_empty() && again.mark == read.mark);
        // The newer one comes back.
        std::fs::write(&path, &newer).unwrap();
        let again = database.read(&own, &again.mark).await.unwrap();
        assert!(again.faults.is_empty());
        assert!(again.events == read.events || !again.anew && again.events.is_empty());
        database.close().await;
    }
}

/// Somebody restores the record of another person, or of another device, over the one that is open.
#[tokio::test]
async fn another_record_over_the_file_is_neither_read_nor_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let (path, database) = record(folder.path(), None).await;
    let own = RecordId::own();
    let other = folder.path().join("other.db");
    let theirs = Database::open(&other, None).await.unwrap();
    add(&theirs, &own, &["x", "y", "z"]).await;
    theirs.close().await;
    let theirs = std::fs::read(&other).unwrap();
    let ours = std::fs::read(&path).unwrap();
    let read = database.read(&own, &Mark::default()).await.unwrap();
    std::fs::write(&path, &theirs).unwrap();
    assert_eq!(database.read(&own, &read.mark).await, Err(StoreError::Replaced));
    assert_eq!(write(&database).await, Err(StoreError::Replaced));
    assert_eq!(database.erase(&own).await, Err(StoreError::Replaced));
    assert_eq!(std::fs::read(&path).unwrap(), theirs, "nothing was written into it");
    // Ours comes back, and is erased by another program: it is still the same file.
    std::fs::write(&path, &ours).unwrap();
    let elsewhere = Database::open(&path, None).await.unwrap();
    assert_eq!(elsewhere.erase(&own).await, Ok(2));
    elsewhere.close().await;
    assert!(database.read(&own, &read.mark).await.unwrap().anew);
    write(&database).await.unwrap();
    database.close().await;
}

/// The administrator could write into it; the owner has said that nobody is to.
#[tokio::test]
async fn a_file_that_takes_no_writes_any_more_is_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let (path, database) = record(folder.path(), None).await;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    assert_eq!(write(&database).await, Err(StoreError::ReadOnly { path: Some(path.clone()) }));
    assert_eq!(database.read(&RecordId::own(), &Mark::default()).await.unwrap().events.len(), 2);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    write(&database).await.unwrap();
    database.close().await;
}

/// A page that cannot be read takes the rest with it nowhere but in the eyes of SQLite.
#[tokio::test]
async fn what_can_be_read_of_a_damaged_file_is_shown_and_nothing_is_written_into_it() {
    for sealed in [None, Some("correct horse")] {
        let folder = tempfile::tempdir().unwrap();
        let (path, database) = record(folder.path(), sealed).await;
        database.close().await;
        let mut bytes = std::fs::read(&path).unwrap();
        // The second page is the list of formats, which holds nothing of the person.
        bytes[4096..8192].fill(0xff);
        std::fs::write(&path, &bytes).unwrap();
        let passphrase = sealed.map(passphrase);
        let refused = Database::open(&path, passphrase.as_ref()).await.unwrap_err();
        assert!(matches!(refused, OpenError::Damaged { .. }), "{refused}");
        let database = Database::open_damaged(&path, passphrase.as_ref()).await.unwrap();
        let own = RecordId::own();
        let read = database.read(&own, &Mark::default()).await.unwrap();
        assert_eq!(read.events.len(), 2);
        assert!(!read.faults.is_empty(), "a dose may be missing");
        let again = database.read(&own, &read.mark).await.unwrap();
        assert!(!again.anew && again.events.is_empty() && again.faults == read.faults);
        assert!(matches!(write(&database).await, Err(StoreError::Unreadable(_))));
        assert!(matches!(database.erase(&own).await, Err(StoreError::Unreadable(_))));
        database.close().await;
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}

#[tokio::test]
async fn a_file_that_is_moved_or_deleted_is_not_written_to_and_it_is_said_at_once() {
    for sealed in [None, Some("correct horse")] {
        let folder = tempfile::tempdir().unwrap();
        let (path, database) = record(folder.path(), sealed).await;
        let moved = folder.path().join("moved.db");
        let gone = StoreError::Gone { path: path.clone() };
        std::fs::rename(&path, &moved).unwrap();
        assert_eq!(write(&database).await, Err(gone.clone()));
        assert_eq!(database.erase(&RecordId::own()).await, Err(gone.clone()));
        assert!(!path.exists(), "no other file is made in its place");
        let reading = database.read(&RecordId::own(), &Mark::default()).await.unwrap();
        assert_eq!(reading.faults, [Fault::Gone { path: path.clone() }], "reading says it too");
        assert_eq!(reading.events.len(), 2);
        // Back in its place it goes on.
        std::fs::rename(&moved, &path).unwrap();
        write(&database).await.unwrap();
        // Something else in its place is not taken for it.
        std::fs::rename(&path, &moved).unwrap();
        std::fs::copy(&moved, &path).unwrap();
        let copied = std::fs::read(&path).unwrap();
        assert_eq!(write(&database).await, Err(gone.clone()));
        assert_eq!(std::fs::read(&path).unwrap(), copied);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(write(&database).await, Err(gone));
        database.close().await;
        assert!(!path.exists());
    }
}

#[tokio::test]
async fn a_deleted_file_is_not_made_again_by_a_new_connection() {
    let folder = tempfile::tempdir().unwrap();
    let (path, database) = record(folder.path(), None).await;
    std::fs::remove_file(&path).unwrap();
    for _ in 0..3 {
        assert!(matches!(write(&database).await, Err(StoreError::Gone { .. })));
    }
    database.close().await;
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn a_read_only_copy_is_read_and_never_written_to() {
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/tests/old_records/2026_11_2/spasm_over_weeks.db");
    for (file_mode, folder_mode) in [(0o400, 0o500), (0o400, 0o700), (0o600, 0o500)] {
        for is_old in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let inside = folder.path().join("inside");
            std::fs::create_dir(&inside).unwrap();
            let path = inside.join("record.db");
            if is_old {
                std::fs::copy(old, &path).unwrap();
            } else {
                record(&inside, None).await.1.close().await;
            }
            let expected = count(&{
                let copy = folder.path().join("copy.db");
                std::fs::copy(&path, &copy).unwrap();
                copy
            })
            .await;
            let bytes = std::fs::read(&path).unwrap();
            set_mode(&path, file_mode);
            set_mode(&inside, folder_mode);
            let database = Database::open(&path, None).await.unwrap();
            assert!(matches!(database.refusal(), Some(StoreError::ReadOnly { .. })));
            let reading = database.read(&RecordId::own(), &Mark::default()).await.unwrap();
            assert_eq!((reading.events.len(), reading.faults), (expected, Vec::new()));
            let refused = StoreError::ReadOnly { path: Some(path.clone()) };
            assert_eq!(write(&database).await, Err(refused.clone()));
            assert_eq!(database.erase(&RecordId::own()).await, Err(refused));
            database.close().await;
            let sealed = Database::seal_with(&path, &passphrase("correct horse")).await.unwrap_err();
            assert!(matches!(sealed, OpenError::ReadOnly { .. }), "{sealed}");
            set_mode(&inside, 0o700);
            assert_eq!(std::fs::read(&path).unwrap(), bytes);
            assert_eq!(std::fs::read_dir(&inside).unwrap().count(), 1, "nothing is left beside it");
        }
    }
}

#[tokio::test]
async fn a_link_that_leads_nowhere_is_named_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    std::os::unix::fs::symlink(folder.path().join("away.db"), &path).unwrap();
    let error = Database::open(&path, None).await.unwrap_err();
    assert!(matches!(error, OpenError::LeadsNowhere { .. }), "{error}");
    assert!(!folder.path().join("away.db").exists());
}

#[tokio::test]
async fn what_is_no_file_is_refused_at_once() {
    for path in ["/dev/zero", "/dev/null"] {
        let error = Database::open(Path::new(path), None).await.unwrap_err();
        assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_log_that_another_program_turns_on_is_said_and_left_once_it_can_be() {
    use sqlx::{ConnectOptions as _, Connection as _};
    let folder = tempfile::tempdir().unwrap();
    let (path, database) = record(folder.path(), None).await;
    let own = RecordId::own();
    // The connection that reads is there before.
    database.read(&own, &Mark::default()).await.unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut other = options.connect().await.unwrap();
    sqlx::query("pragma journal_mode = wal").execute(&mut other).await.unwrap();
    sqlx::query("select count(*) from events").execute(&mut other).await.unwrap();
    assert_eq!(write(&database).await, Err(StoreError::HasLog));
    let read = database.read(&own, &Mark::default()).await.unwrap();
    assert_eq!((read.events.len(), read.faults.len()), (2, 0), "it can still be read");
    other.close().await.unwrap();
    write(&database).await.unwrap();
    let copy = folder.path().join("copy.db");
    std::fs::copy(&path, &copy).unwrap();
    assert_eq!(count(&copy).await, 3, "a copy of the one file is the whole record");
    assert_eq!(database.read(&own, &Mark::default()).await.unwrap().events.len(), 3);
    database.close().await;
}
