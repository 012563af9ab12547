//! A sealed file shows nothing of what people wrote, and becomes sealed, plain or
//! otherwise sealed as a whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]
#![cfg(feature = "sqlite")]

mod common;

use std::path::{Path, PathBuf};

use common::{add, at, check_in, files_with, passphrase};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use store::{Database, OpenError, RecordId, Sequence, StoreError, Stored};

const MARKER: &str = "words for nobody else";
const PASSPHRASE: &str = "correct horse";

async fn filled(path: &Path, sealed: bool) -> Vec<Stored> {
    let database = Database::open(path, sealed.then(|| passphrase(PASSPHRASE)).as_ref()).await.unwrap();
    for number in 0..250_usize {
        let record = RecordId::of_session(&format!("secret {}", number % 2));
        add(&database, &record, &[&format!("{MARKER} {number} {}", "é".repeat(number * 7 % 900))]).await;
    }
    let events = read(&database).await;
    database.close().await;
    events
}

async fn read(database: &Database) -> Vec<Stored> {
    let mut events = database.since(&RecordId::of_session("secret 0"), Sequence(0)).await.unwrap();
    events.extend(database.since(&RecordId::of_session("secret 1"), Sequence(0)).await.unwrap());
    events
}

async fn opened(path: &Path, with: Option<&str>) -> Result<Vec<Stored>, OpenError> {
    let database = Database::open(path, with.map(passphrase).as_ref()).await?;
    let events = read(&database).await;
    database.close().await;
    Ok(events)
}

fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    (folder, path)
}

#[tokio::test]
async fn a_sealed_file_holds_no_plain_text() {
    let (folder, path) = file();
    let database = Database::open(&path, Some(&passphrase(PASSPHRASE))).await.unwrap();
    let stored = add(&database, &RecordId::own(), &[MARKER]).await;
    for marker in [MARKER, "checked_in", "pain_now", PASSPHRASE] {
        assert_eq!(files_with(folder.path(), marker), [""; 0], "{marker}");
    }
    assert_eq!(database.since(&RecordId::own(), Sequence(0)).await.unwrap(), stored);
    database.close().await;
    let again = Database::open(&path, Some(&passphrase(PASSPHRASE))).await.unwrap();
    assert_eq!(again.since(&RecordId::own(), Sequence(0)).await.unwrap(), stored);
}

#[tokio::test]
async fn a_plain_file_that_is_sealed_keeps_its_events_and_no_trace() {
    let (folder, path) = file();
    let before = filled(&path, false).await;
    assert!(!files_with(folder.path(), MARKER).is_empty(), "the test would find it");
    Database::seal_with(&path, &passphrase(PASSPHRASE)).await.unwrap();
    assert_eq!(files_with(folder.path(), MARKER), [""; 0]);
    assert_eq!(opened(&path, Some(PASSPHRASE)).await.unwrap(), before);
    assert!(matches!(opened(&path, None).await, Err(OpenError::PassphraseNeeded { .. })));
    let twice = Database::seal_with(&path, &passphrase(PASSPHRASE)).await;
    assert!(matches!(twice, Err(OpenError::AlreadySealed { .. })));
}

#[tokio::test]
async fn a_sealed_file_that_is_unsealed_is_plain_again() {
    let (folder, path) = file();
    let before = filled(&path, true).await;
    let wrong = Database::unseal(&path, &passphrase("battery staple")).await;
    assert!(matches!(wrong, Err(OpenError::WrongPassphrase { .. })));
    Database::unseal(&path, &passphrase(PASSPHRASE)).await.unwrap();
    assert_eq!(opened(&path, None).await.unwrap(), before);
    assert!(!files_with(folder.path(), MARKER).is_empty());
    let again = Database::unseal(&path, &passphrase(PASSPHRASE)).await;
    assert!(matches!(again, Err(OpenError::NotSealed { .. })));
}

#[tokio::test]
async fn another_passphrase_opens_the_same_events() {
    let (_folder, path) = file();
    let before = filled(&path, true).await;
    let open = Database::open(&path, Some(&passphrase(PASSPHRASE))).await.unwrap();
    let new = passphrase("battery staple");
    Database::change_passphrase(&path, &passphrase(PASSPHRASE), &new).await.unwrap();
    // The key is the same, so whoever has the file open goes on.
    assert_eq!(read(&open).await, before);
    add(&open, &RecordId::own(), &["more"]).await;
    open.close().await;
    assert!(matches!(opened(&path, Some(PASSPHRASE)).await, Err(OpenError::WrongPassphrase { .. })));
    assert_eq!(opened(&path, Some("battery staple")).await.unwrap(), before);
}

#[tokio::test]
async fn whoever_has_the_file_open_while_it_is_sealed_writes_nothing_in_plain_text() {
    let (folder, path) = file();
    filled(&path, false).await;
    let open = Database::open(&path, None).await.unwrap();
    read(&open).await;
    Database::seal_with(&path, &passphrase(PASSPHRASE)).await.unwrap();
    let own = RecordId::own();
    let write = open.append(&own, None, vec![(at(1), check_in(MARKER))]).await;
    assert_eq!(write, Err(StoreError::Resealed));
    let read = open.since(&RecordId::of_session("secret 0"), Sequence(0)).await;
    assert_eq!(read, Err(StoreError::Resealed));
    assert_eq!(files_with(folder.path(), MARKER), [""; 0]);
}

#[tokio::test]
async fn rows_that_were_swapped_moved_or_put_in_are_found_out() {
    for tampering in [
        // Payloads of two events of one record swapped.
        "update events set payload = (select payload from events other where other.record = events.record \
         and other.sequence = 5 - events.sequence) where sequence in (2, 3)",
        // An event of one record in the place of the other's.
        "update events set payload = (select payload from events other where other.record <> events.record \
         and other.sequence = 2) where sequence = 2",
        "update events set written_at = '2020-01-01T00:00:00Z' where sequence = 2",
        "update events set payload = '{\"kind\":\"settings_changed\"}' where sequence = 2",
    ] {
        let (_folder, path) = file();
        filled(&path, true).await;
        let mut other = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
        other.execute(tampering).await.unwrap();
        other.close().await.unwrap();
        let database = Database::open(&path, Some(&passphrase(PASSPHRASE))).await.unwrap();
        let error = database.since(&RecordId::of_session("secret 0"), Sequence(0)).await.unwrap_err();
        assert!(matches!(error, StoreError::Damaged { sequence: Sequence(2), .. }), "{tampering}: {error}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_sealed_as_a_whole_stays_plain_as_a_whole() {
    let (_folder, path) = file();
    filled(&path, false).await;
    let mut other = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    // The last row that would be rewritten looks sealed already.
    other
        .execute(
            "update events set payload = 'sealed:1:x' where sequence = 125 \
             and record = (select max(record) from events)",
        )
        .await
        .unwrap();
    other.close().await.unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = Database::seal_with(&path, &passphrase(PASSPHRASE)).await.unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn sealing_what_is_not_there_says_so() {
    let (folder, path) = file();
    let error = Database::seal_with(&path, &passphrase(PASSPHRASE)).await.unwrap_err();
    assert!(matches!(error, OpenError::Missing { .. }));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
