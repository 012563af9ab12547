//! What is written is there, in order, once, and for everybody who has the file open.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]
#![cfg(feature = "sqlite")]

mod common;

use std::collections::HashSet;

use common::{add, at, bytes_in, check_in, files_with, note_of};
use store::{Appended, Database, Mark, Record, RecordId, Sequence, StoreError};

async fn in_folder() -> (tempfile::TempDir, Database) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&folder.path().join("record.db"), None).await.unwrap();
    (folder, database)
}

fn session(number: usize) -> RecordId {
    RecordId::of_session(&format!("secret {number}"))
}

#[tokio::test]
async fn what_was_appended_is_read_in_order() {
    for database in [in_folder().await.1, Database::in_memory().await.unwrap()] {
        let own = RecordId::own();
        let first = add(&database, &own, &["a", "b"]).await;
        let second = add(&database, &own, &["c"]).await;
        assert_eq!(
            database.since(&own, Sequence(0)).await.unwrap(),
            [first.clone(), second.clone()].concat()
        );
        assert_eq!(database.since(&own, Sequence(2)).await.unwrap(), second);
        assert_eq!(database.since(&own, Sequence(3)).await.unwrap(), []);
        assert_eq!(first.iter().map(|stored| stored.sequence.0).collect::<Vec<_>>(), [1, 2]);
    }
}

#[tokio::test]
async fn a_form_sent_twice_counts_once() {
    let (_folder, database) = in_folder().await;
    let own = RecordId::own();
    let form = || (Some("token".to_owned()), vec![(at(1), check_in("a")), (at(1), check_in("b"))]);
    let (once, events) = form();
    let Appended::Stored(stored) = database.append(&own, once, events).await.unwrap() else { panic!() };
    assert_eq!(stored.iter().filter(|stored| stored.once.is_some()).count(), 1);
    let (once, events) = form();
    assert_eq!(database.append(&own, once, events).await.unwrap(), Appended::SeenBefore);
    assert_eq!(database.since(&own, Sequence(0)).await.unwrap(), stored);
    assert!(Record::of(stored).has_seen("token"));
    let (once, events) = form();
    let other = database.append(&session(1), once, events).await.unwrap();
    assert!(matches!(other, Appended::Stored(_)), "a token counts in its own record only");
}

#[tokio::test]
async fn a_form_sent_twice_at_the_same_time_spoils_nobody_elses_write() {
    let (_folder, database) = in_folder().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..60 {
        let database = database.clone();
        tasks.spawn(async move {
            let events = vec![(at(1), check_in("a")), (at(1), check_in("b"))];
            let once = Some(format!("token {}", number / 2));
            database.append(&RecordId::own(), once, events).await.unwrap()
        });
    }
    let outcomes = tasks.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Appended::SeenBefore).count(), 30);
    let events = database.since(&RecordId::own(), Sequence(0)).await.unwrap();
    assert_eq!(
        events.iter().map(|stored| stored.sequence.0).collect::<Vec<_>>(),
        (1..=60).collect::<Vec<_>>()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_leave_no_gap() {
    let (_folder, database) = in_folder().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..110 {
        let database = database.clone();
        // A hundred write to a record each, and ten more to the first of these.
        let record = session(if number < 100 { number } else { 0 });
        tasks.spawn(async move {
            for write in 0..5 {
                add(&database, &record, &[&format!("{number} {write} a"), &format!("{number} {write} b")])
                    .await;
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(database.records().await.unwrap(), 100);
    for number in 0..100 {
        let events = database.since(&session(number), Sequence(0)).await.unwrap();
        let expected = if number == 0 { 110 } else { 10 };
        assert_eq!(
            events.iter().map(|stored| stored.sequence.0).collect::<Vec<_>>(),
            (1..=expected).collect::<Vec<_>>()
        );
        let notes: HashSet<&str> = events.iter().map(note_of).collect();
        assert_eq!(notes.len(), events.len());
        for batch in events.chunks(2) {
            let (first, second) = (note_of(&batch[0]), note_of(&batch[1]));
            assert_eq!(first.strip_suffix(" a"), second.strip_suffix(" b"), "a batch stays together");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_handles_on_one_file_see_each_others_writes() {
    let (folder, one) = in_folder().await;
    let two = Database::open(&folder.path().join("record.db"), None).await.unwrap();
    let own = RecordId::own();
    let writes = |database: Database, name: &'static str| async move {
        for number in 0..50 {
            add(&database, &RecordId::own(), &[&format!("{name} {number}")]).await;
        }
    };
    tokio::join!(writes(one.clone(), "one"), writes(two.clone(), "two"));
    let events = one.since(&own, Sequence(0)).await.unwrap();
    assert_eq!(events.len(), 100);
    assert_eq!(events, two.since(&own, Sequence(0)).await.unwrap());
    assert_eq!(events.last().unwrap().sequence, Sequence(100));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_opened_twice_while_it_is_made_is_one_file() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/record.db");
        let (one, two) = tokio::join!(Database::open(&path, None), Database::open(&path, None));
        add(&one.unwrap(), &RecordId::own(), &["a"]).await;
        assert_eq!(two.unwrap().since(&RecordId::own(), Sequence(0)).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_write_for_a_record_that_has_grown_is_refused() {
    let (_folder, database) = in_folder().await;
    let own = RecordId::own();
    let import = |last| database.append_after(&own, Sequence(last), None, vec![(at(1), check_in("a"))]);
    assert!(matches!(import(0).await, Ok(Appended::Stored(_))));
    assert_eq!(import(0).await, Err(StoreError::Overtaken { last: Sequence(1) }));
    assert_eq!(database.since(&own, Sequence(0)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_erased_is_in_no_file_any_more() {
    let (folder, database) = in_folder().await;
    let marker = "the words nobody may find";
    for round in 0..40_usize {
        // Records of different sizes, in turn, so that pages are split and shared.
        let note = format!("{marker} {}", "x".repeat(round * 97 % 3000));
        add(&database, &session(1), &[&note, &note]).await;
        add(&database, &session(2), &["to be kept", &"y".repeat(round * 53 % 2000)]).await;
    }
    assert!(!files_with(folder.path(), marker).is_empty(), "the test would find it");
    assert_eq!(database.erase(&session(1)).await.unwrap(), 80);
    assert_eq!(files_with(folder.path(), marker), [""; 0]);
    assert!(!files_with(folder.path(), "to be kept").is_empty());
    assert_eq!(database.since(&session(1), Sequence(0)).await.unwrap(), []);
    assert_eq!(database.since(&session(2), Sequence(0)).await.unwrap().len(), 80);
    assert_eq!(database.records().await.unwrap(), 1);
}

#[tokio::test]
async fn not_even_the_token_of_an_erased_form_is_left_in_an_index() {
    let (folder, database) = in_folder().await;
    // In no order, so that pages of the indexes are split in their middle: what is
    // deleted later then leaves a copy that only rewriting the file removes.
    let mut number = 1_usize;
    let mut writes = tokio::task::JoinSet::new();
    for write in 0..3000 {
        number = number * 1_103_515_245 % 2_147_483_647;
        let (database, record, whose) = (database.clone(), session(number % 60), number % 60);
        let note = "x".repeat([0, 10, 200, 1500][number / 60 % 4]);
        writes.spawn(async move {
            let once = Some(format!("form {write} of session {whose}."));
            database.append(&record, once, vec![(at(1), check_in(&note))]).await.unwrap()
        });
    }
    writes.join_all().await;
    for erased in 0..40 {
        assert!(database.erase(&session(erased)).await.unwrap() > 0);
        assert_eq!(files_with(folder.path(), &format!(" of session {erased}.")), [""; 0]);
    }
    assert_eq!(database.records().await.unwrap(), 20);
}

#[tokio::test]
async fn a_reader_learns_that_a_record_was_erased() {
    let (_folder, database) = in_folder().await;
    let own = RecordId::own();
    add(&database, &own, &["a", "b"]).await;
    database.erase(&own).await.unwrap();
    assert_eq!(database.since(&own, Sequence(2)).await, Err(StoreError::Erased));
    let again = add(&database, &own, &["c"]).await;
    assert_eq!(again[0].sequence, Sequence(1));
    assert_eq!(database.since(&own, Sequence(2)).await, Err(StoreError::Erased));
}

#[tokio::test]
async fn while_another_program_reads_nothing_is_erased_and_it_says_so() {
    use sqlx::{Connection as _, Executor as _};
    let (folder, database) = in_folder().await;
    let path = folder.path().join("record.db");
    add(&database, &RecordId::own(), &["the words nobody may find"]).await;
    let mut reader = sqlx::SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    reader.execute("begin").await.unwrap();
    reader.fetch_all("select * from events").await.unwrap();
    assert_eq!(database.erase(&RecordId::own()).await, Err(StoreError::Locked));
    assert_eq!(database.since(&RecordId::own(), Sequence(0)).await.unwrap().len(), 1);
    reader.execute("rollback").await.unwrap();
    assert_eq!(database.erase(&RecordId::own()).await, Ok(1));
    assert_eq!(files_with(folder.path(), "the words nobody may find"), [""; 0]);
}

#[tokio::test]
async fn traces_that_another_reader_holds_are_named_and_go_with_the_next_start() {
    use sqlx::{Connection as _, Executor as _};
    let (folder, database) = in_folder().await;
    let path = folder.path().join("record.db");
    add(&database, &RecordId::own(), &["the words nobody may find"]).await;
    let mut reader = sqlx::SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    // As after a power cut between the two steps of erasing: deleted, and traces remain.
    database.erase(&RecordId::own()).await.unwrap();
    reader.execute("insert into about values ('purge', 'due')").await.unwrap();
    reader.execute("begin").await.unwrap();
    reader.fetch_all("select * from events").await.unwrap();
    assert_eq!(database.erase(&RecordId::own()).await, Err(StoreError::StillRead));
    reader.execute("rollback").await.unwrap();
    // Not closed: as after a power cut.
    let again = Database::open(&path, None).await.unwrap();
    assert_eq!(files_with(folder.path(), "the words nobody may find"), [""; 0]);
    assert_eq!(files_with(folder.path(), "purge"), [""; 0]);
    assert_eq!(again.records().await.unwrap(), 0);
}

#[tokio::test]
async fn closing_writes_what_was_taken_in() {
    let (folder, database) = in_folder().await;
    let own = RecordId::own();
    let waiting: Vec<_> = (0..100)
        .map(|number| {
            let (database, own) = (database.clone(), own.clone());
            tokio::spawn(async move { add(&database, &own, &[&number.to_string()]).await })
        })
        .collect();
    // All of them are in the queue before the close is.
    tokio::task::yield_now().await;
    database.close().await;
    for task in waiting {
        task.await.unwrap();
    }
    let late = database.append(&own, None, vec![(at(1), check_in("late"))]).await;
    assert_eq!(late, Err(StoreError::Closed));
    assert_eq!(database.since(&own, Sequence(0)).await, Err(StoreError::Closed));
    let names: Vec<String> = bytes_in(folder.path()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["record.db"], "everything is in the file");
    let again = Database::open(&folder.path().join("record.db"), None).await.unwrap();
    assert_eq!(again.since(&own, Sequence(0)).await.unwrap().len(), 100);
}

#[tokio::test]
async fn the_file_never_holds_the_secret_of_a_session() {
    let (folder, database) = in_folder().await;
    add(&database, &RecordId::of_session("the secret of a session"), &["a"]).await;
    assert_eq!(files_with(folder.path(), "the secret of a session"), [""; 0]);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_reads_the_file_and_its_folder() {
    use sqlx::{Connection as _, Executor as _};
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/record.db");
    let database = Database::open(&path, None).await.unwrap();
    add(&database, &RecordId::own(), &["a"]).await;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    assert_eq!(mode(&folder.path().join("a")), 0o700);
    // What is beside it while something is written.
    let mut other = sqlx::SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    other.execute("begin; update events set payload = 'other'").await.unwrap();
    assert_eq!(mode(&path.with_extension("db-journal")), 0o600);
    other.execute("rollback").await.unwrap();
    database.close().await;
    // One that everybody could read is closed to others.
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
    Database::open(&path, None).await.unwrap();
    assert_eq!(mode(&path), 0o600);
}

#[tokio::test]
async fn a_copy_of_the_one_file_is_the_whole_record_at_any_moment() {
    let (folder, database) = in_folder().await;
    let own = RecordId::own();
    for number in 1..=30 {
        let once = Some(format!("form {number}"));
        database.append(&own, once, vec![(at(number), check_in("a"))]).await.unwrap();
        let names: Vec<String> = bytes_in(folder.path()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["record.db"], "nothing stands beside it");
        let elsewhere = tempfile::tempdir().unwrap();
        let copy = elsewhere.path().join("copy.db");
        std::fs::copy(folder.path().join("record.db"), &copy).unwrap();
        let copy = Database::open(&copy, None).await.unwrap();
        let events = copy.since(&own, Sequence(0)).await.unwrap();
        assert_eq!(events, database.since(&own, Sequence(0)).await.unwrap());
        assert_eq!(events.len(), usize::try_from(number).unwrap());
    }
}

#[tokio::test]
async fn a_reader_gets_what_is_new_and_all_of_it_after_the_record_was_erased() {
    let (folder, database) = in_folder().await;
    let other = Database::open(&folder.path().join("record.db"), None).await.unwrap();
    let own = RecordId::own();
    let first = database.read(&own, &Mark::default()).await.unwrap();
    assert!(first.anew && first.events.is_empty() && first.faults.is_empty(), "{first:?}");
    add(&other, &own, &["a", "b"]).await;
    let second = database.read(&own, &first.mark).await.unwrap();
    assert!(!second.anew);
    assert_eq!(second.events.iter().map(note_of).collect::<Vec<_>>(), ["a", "b"]);
    let third = database.read(&own, &second.mark).await.unwrap();
    assert!(!third.anew && third.events.is_empty());
    // As many events as before, and others: their numbers alone do not tell.
    other.erase(&own).await.unwrap();
    add(&other, &own, &["c", "d"]).await;
    let fourth = database.read(&own, &third.mark).await.unwrap();
    assert!(fourth.anew && fourth.faults.is_empty());
    assert_eq!(fourth.events.iter().map(note_of).collect::<Vec<_>>(), ["c", "d"]);
}
