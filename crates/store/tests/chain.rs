//! A row that is missing, moved, changed or put in is named, in plain and sealed files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what goes wrong in a helper is a failed test"
)]
#![cfg(feature = "sqlite")]

mod common;

use std::path::{Path, PathBuf};
use std::time::Duration;

use common::{add, note_of, passphrase};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use store::{Database, Fault, Mark, OpenError, RecordId, Sequence, StoreError};

const EVENTS: i64 = 30;
const SEALED: [Option<&str>; 2] = [None, Some("correct horse")];

async fn record(folder: &Path, sealed: Option<&str>) -> PathBuf {
    let path = folder.join("record.db");
    let database = open(&path, sealed).await;
    for number in 1..=EVENTS {
        add(&database, &RecordId::own(), &[&format!("note {number}")]).await;
    }
    database.close().await;
    path
}

async fn open(path: &Path, sealed: Option<&str>) -> Database {
    Database::open(path, sealed.map(passphrase).as_ref()).await.unwrap()
}

async fn sql(path: &Path, statements: &str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    connection.execute(sqlx::AssertSqlSafe(statements.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}

/// What a reader is told, and how many events are given.
async fn said(path: &Path, sealed: Option<&str>) -> (Vec<String>, usize) {
    let database = open(path, sealed).await;
    let reading = database.read(&RecordId::own(), &Mark::default()).await.unwrap();
    database.close().await;
    (reading.faults.iter().map(ToString::to_string).collect(), reading.events.len())
}

#[tokio::test]
async fn whatever_another_program_does_to_a_row_is_said_with_its_number() {
    let changed = |number: &str| format!("entry {number} was changed or moved after it was written");
    let cases: [(&str, Vec<String>); 15] = [
        ("delete from events where sequence = 5", vec!["entry 5 is missing".into()]),
        ("delete from events where sequence = 1", vec!["entry 1 is missing".into()]),
        ("delete from events where sequence = 30", vec!["entry 30 is missing".into()]),
        ("delete from events where sequence > 20", vec!["entries 21 to 30 are missing".into()]),
        ("delete from events where sequence < 9", vec!["entries 1 to 8 are missing".into()]),
        ("delete from events", vec!["entries 1 to 30 are missing".into()]),
        (
            "delete from events where sequence in (3, 9)",
            vec!["entry 3 is missing".into(), "entry 9 is missing".into()],
        ),
        // Away with one, and the others moved up.
        (
            "delete from events where sequence = 29; update events set sequence = 29 where sequence = 30",
            vec![changed("29"), "entry 30 is missing".into()],
        ),
        ("update events set written_at = '2020-01-01T00:00:00Z' where sequence = 7", vec![changed("7")]),
        ("update events set once = 'a form' where sequence = 7", vec![changed("7")]),
        ("update events set payload = substr(payload, 2) where sequence = 7", vec![changed("7")]),
        ("update events set link = null where sequence = 7", vec![changed("7")]),
        ("update events set record = 'other' where sequence = 7", vec!["entry 7 is missing".into()]),
        (
            "insert into events select record, 31, written_at, once, payload, link from events where sequence = 4",
            vec!["entry 31 was put in by another program".into()],
        ),
        ("delete from heads", vec!["the note of where it ends is missing or was changed".into()]),
    ];
    for sealed in SEALED {
        let folder = tempfile::tempdir().unwrap();
        let path = record(folder.path(), sealed).await;
        let before = std::fs::read(&path).unwrap();
        assert_eq!(said(&path, sealed).await, (Vec::new(), 30));
        for (tampering, expected) in &cases {
            std::fs::write(&path, &before).unwrap();
            sql(&path, tampering).await;
            let (faults, _) = said(&path, sealed).await;
            assert_eq!(&faults, expected, "sealed: {}, {tampering}", sealed.is_some());
            let database = open(&path, sealed).await;
            let strict = database.since(&RecordId::own(), Sequence(0)).await;
            assert!(matches!(strict, Err(StoreError::Damaged { .. } | StoreError::NoEnd)), "{tampering}");
            database.close().await;
        }
    }
}

/// The number of the format stands in the first page, and one flipped bit makes 0 of 2. What
/// is missing must not be hidden by a chain made anew over what is left.
#[tokio::test]
async fn whoever_lowers_the_number_of_the_format_hides_nothing() {
    for sealed in SEALED {
        let folder = tempfile::tempdir().unwrap();
        let path = record(folder.path(), sealed).await;
        let before = std::fs::read(&path).unwrap();
        for version in [0, 1] {
            std::fs::write(&path, &before).unwrap();
            sql(&path, &format!("delete from events where sequence = 5; pragma user_version = {version}"))
                .await;
            assert_eq!(said(&path, sealed).await, (vec!["entry 5 is missing".to_owned()], 29));
            sql(&path, "delete from events").await;
            assert_eq!(said(&path, sealed).await, (vec!["entries 1 to 30 are missing".to_owned()], 0));
        }
        for taken_out in [
            "drop table heads",
            "alter table events drop column link",
            "drop table heads; drop table _sqlx_migrations",
        ] {
            std::fs::write(&path, &before).unwrap();
            sql(
                &path,
                &format!("delete from events where sequence = 5; {taken_out}; pragma user_version = 1"),
            )
            .await;
            let refused = Database::open(&path, sealed.map(passphrase).as_ref()).await.unwrap_err();
            assert!(matches!(refused, OpenError::Damaged { .. }), "{taken_out}: {refused}");
        }
    }
}

/// A plain file can be made anew by whoever knows how; a sealed one only with its passphrase.
#[tokio::test]
async fn a_sealed_file_cannot_be_made_one_of_the_first_format() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), SEALED[1]).await;
    sql(&path, &format!("delete from events where sequence = 5; {TO_FIRST_FORMAT}")).await;
    let refused = Database::open(&path, SEALED[1].map(passphrase).as_ref()).await.unwrap_err();
    assert!(matches!(refused, OpenError::Damaged { .. }), "{refused}");
    sql(
        &path,
        "update about set value = replace(value, '\"version\":2', '\"version\":1') where name = 'seal'",
    )
    .await;
    let refused = Database::open(&path, SEALED[1].map(passphrase).as_ref()).await.unwrap_err();
    assert!(matches!(refused, OpenError::WrongPassphrase { .. }), "{refused}");
}

/// Makes a file what one of the first format was.
const TO_FIRST_FORMAT: &str = "drop table heads; alter table events drop column link; \
     delete from _sqlx_migrations where version = 2; pragma user_version = 1";

/// SQLite takes a text for more than any number, so that a program which reads on from the
/// last number would read it for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_in_the_place_of_a_number_keeps_nobody_busy() {
    for first_format in ["", TO_FIRST_FORMAT] {
        let folder = tempfile::tempdir().unwrap();
        let path = record(folder.path(), None).await;
        sql(
            &path,
            &format!(
                "pragma ignore_check_constraints = on; \
                 update events set sequence = 'x' where sequence = 30; \
                 update events set sequence = '7z' where sequence = 29; {first_format}"
            ),
        )
        .await;
        let work = async {
            let opened = Database::open(&path, None).await;
            if let Ok(database) = opened {
                let reading = database.read(&RecordId::own(), &Mark::default()).await.unwrap();
                assert!(!reading.faults.is_empty(), "{first_format}");
                assert!(reading.events.len() >= 28, "{first_format}");
                database.close().await;
            }
            let sealed = Database::seal_with(&path, &passphrase("correct horse")).await;
            assert!(sealed.is_err(), "{first_format}");
        };
        tokio::time::timeout(Duration::from_secs(60), work).await.expect("it goes on for ever");
    }
}

#[tokio::test]
async fn two_rows_that_changed_places_are_both_named() {
    for sealed in SEALED {
        let folder = tempfile::tempdir().unwrap();
        let path = record(folder.path(), sealed).await;
        sql(
            &path,
            "update events set sequence = 1000 where sequence = 5; \
             update events set sequence = 5 where sequence = 6; \
             update events set sequence = 6 where sequence = 1000",
        )
        .await;
        let (faults, count) = said(&path, sealed).await;
        for number in [5, 6] {
            let words = format!("entry {number} was changed or moved after it was written");
            assert!(faults.contains(&words), "{faults:?}");
        }
        assert!(count <= 28);
    }
}

/// In a sealed file not even somebody who knows the program can make it look whole.
#[tokio::test]
async fn a_sealed_record_cannot_be_cut_back_to_an_earlier_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), SEALED[1]).await;
    for forgery in [
        "delete from events where sequence > 10; \
         update heads set last = 10, link = (select link from events where sequence = 10)",
        "delete from events; update heads set last = 0, link = start",
        "update heads set start = 'abc', last = 0, link = 'abc'; delete from events",
    ] {
        let before = std::fs::read(&path).unwrap();
        sql(&path, forgery).await;
        let (faults, _) = said(&path, SEALED[1]).await;
        assert_eq!(faults, ["the note of where it ends is missing or was changed"], "{forgery}");
        let database = open(&path, SEALED[1]).await;
        let events = vec![(common::at(1), common::check_in("a"))];
        let write = database.append(&RecordId::own(), None, events).await;
        assert_eq!(write, Err(StoreError::NoEnd), "a new end would hide that the old one is gone");
        database.close().await;
        std::fs::write(&path, before).unwrap();
    }
}

#[tokio::test]
async fn a_fault_stays_said_after_more_was_written_and_the_rest_is_read() {
    for sealed in SEALED {
        let folder = tempfile::tempdir().unwrap();
        let path = record(folder.path(), sealed).await;
        sql(&path, "delete from events where sequence in (5, 30)").await;
        let database = open(&path, sealed).await;
        let own = RecordId::own();
        let first = database.read(&own, &Mark::default()).await.unwrap();
        let stored = add(&database, &own, &["more"]).await;
        assert_eq!(stored[0].sequence, Sequence(31), "the number of what is gone is not used again");
        let second = database.read(&own, &first.mark).await.unwrap();
        assert_eq!(second.events.iter().map(note_of).collect::<Vec<_>>(), ["more"]);
        assert_eq!(second.faults, first.faults);
        database.close().await;
        let (faults, count) = said(&path, sealed).await;
        assert_eq!(faults, ["entry 5 is missing", "entry 30 is missing"]);
        assert_eq!(count, 29);
    }
}

#[tokio::test]
async fn what_is_done_to_the_file_while_it_is_open_is_said_with_the_next_reading() {
    for sealed in SEALED {
        let folder = tempfile::tempdir().unwrap();
        let path = record(folder.path(), sealed).await;
        let database = open(&path, sealed).await;
        let own = RecordId::own();
        let whole = database.read(&own, &Mark::default()).await.unwrap();
        let again = database.read(&own, &whole.mark).await.unwrap();
        assert!(!again.anew && again.faults.is_empty(), "nothing has happened");
        sql(&path, "delete from events where sequence = 5").await;
        let reading = database.read(&own, &again.mark).await.unwrap();
        assert_eq!(
            reading.faults,
            [Fault::Missing { first: Sequence(5), last: Sequence(5) }],
            "sealed: {}",
            sealed.is_some()
        );
        assert!(reading.anew && reading.events.len() == 29);
        database.close().await;
    }
}

/// Any bit of the file: it is refused, or said to be damaged, or all is there as it was.
#[tokio::test]
async fn no_flipped_bit_takes_an_event_away_unseen() {
    for sealed in SEALED {
        let folder = tempfile::tempdir().unwrap();
        let path = record(folder.path(), sealed).await;
        let database = open(&path, sealed).await;
        let own = RecordId::own();
        let expected = database.since(&own, Sequence(0)).await.unwrap();
        database.close().await;
        let before = std::fs::read(&path).unwrap();
        let mut place = 0x1234_5678_u64;
        // Each opening of a sealed file costs a derivation of its key.
        for _ in 0..if sealed.is_some() { 40 } else { 400 } {
            place = place.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let bit = usize::try_from(place >> 20).unwrap() % (before.len() * 8);
            let mut bytes = before.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            std::fs::write(&path, &bytes).unwrap();
            let opened = Database::open(&path, sealed.map(passphrase).as_ref()).await;
            let Ok(database) = opened else { continue };
            let reading = database.read(&own, &Mark::default()).await;
            if let Ok(reading) = reading {
                assert!(!reading.faults.is_empty() || reading.events == expected, "bit {bit}");
                assert!(reading.events.iter().all(|event| expected.contains(event)), "bit {bit}");
            }
            database.close().await;
            std::fs::remove_file(&path).unwrap();
        }
    }
}

#[tokio::test]
async fn a_record_of_the_first_format_is_chained_when_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    for (name, sealed) in [("spasm_over_weeks", None), ("sealed", Some("four random words here"))] {
        let path = folder.path().join(name);
        let old = format!("{}/../web/tests/old_records/2026_11_2/{name}.db", env!("CARGO_MANIFEST_DIR"));
        std::fs::copy(old, &path).unwrap();
        let (faults, count) = said(&path, sealed).await;
        assert_eq!(faults, [""; 0]);
        assert!(count > 10);
        sql(&path, "delete from events where sequence = 3").await;
        assert_eq!(said(&path, sealed).await, (vec!["entry 3 is missing".to_owned()], count - 1));
    }
}

#[tokio::test]
async fn a_gap_in_a_record_of_the_first_format_is_said_and_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/../web/tests/old_records/2026_11_2/spasm_over_weeks.db");
    std::fs::copy(old, &path).unwrap();
    sql(&path, "delete from events where sequence = 7").await;
    for _ in 0..2 {
        assert_eq!(said(&path, None).await.0, ["entry 7 is missing"]);
    }
}

#[tokio::test]
async fn a_record_with_a_fault_is_not_sealed_nor_unsealed_as_if_it_were_whole() {
    for sealed in SEALED {
        let folder = tempfile::tempdir().unwrap();
        let path = record(folder.path(), sealed).await;
        sql(&path, "delete from events where sequence = 5").await;
        let before = std::fs::read(&path).unwrap();
        let key = passphrase("correct horse");
        let done = match sealed {
            None => Database::seal_with(&path, &key).await,
            Some(_) => Database::unseal(&path, &key).await,
        };
        let error = done.unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains("entry 5 is missing"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[tokio::test]
async fn what_is_left_can_be_taken_out_and_makes_a_whole_record_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), None).await;
    sql(&path, "delete from events where sequence = 5").await;
    let database = open(&path, None).await;
    let own = RecordId::own();
    let reading = database.read(&own, &Mark::default()).await.unwrap();
    let export = store::to_json(&reading.events, common::at(2));
    database.erase(&own).await.unwrap();
    let import = store::from_json(&export).unwrap();
    let empty = store::Record::default();
    database.append_after(&own, Sequence(0), None, store::to_import(&empty, &import)).await.unwrap();
    database.close().await;
    assert_eq!(said(&path, None).await, (Vec::new(), 29));
}

#[tokio::test]
async fn a_trigger_of_another_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path(), None).await;
    sql(&path, "create trigger eats after insert on events begin delete from events where sequence = 1; end")
        .await;
    let error = Database::open(&path, None).await.unwrap_err().to_string();
    assert!(error.contains("runs by itself, eats"), "{error}");
}
