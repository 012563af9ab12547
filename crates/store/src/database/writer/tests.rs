//! Errors that SQLite gives within a connection: whatever it has done with the
//! transaction, nothing acknowledged is lost, and the next write goes through.

use std::path::PathBuf;

use sqlx::Executor as _;

use super::*;
use crate::Settings;
use crate::database::Database;
use crate::database::identity::Identity;
use crate::database::place::FilePlace;

struct Open {
    folder: tempfile::TempDir,
    line: Arc<Mutex<Line>>,
    writer: mpsc::Sender<Request>,
}

impl Open {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.db");
        Database::open(&path, None).await.unwrap().close().await;
        let line = Line::to(file::options(&path), FilePlace::of(&path).unwrap());
        let line = Arc::new(Mutex::new(line));
        let writer = start(Writer::new(line.clone(), None, Identity::default()));
        Self { folder, line, writer }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("record.db")
    }

    /// Writes an event of so many bytes.
    async fn write(&self, number: i64, bytes: usize) -> Result<Appended, StoreError> {
        self.send(number, bytes).await.await.unwrap()
    }

    /// Asks for it to be written.
    async fn send(&self, number: i64, bytes: usize) -> oneshot::Receiver<Result<Appended, StoreError>> {
        let settings = Settings { region: Some("x".repeat(bytes)), ..Settings::default() };
        let at = Timestamp::from_second(number).unwrap();
        let events = vec![(at, Event::SettingsChanged(settings))];
        let append = Append { record: RecordId::own(), after: None, once: None, events };
        let (reply, answer) = oneshot::channel();
        self.writer.send(Request::Append(append, reply)).await.unwrap();
        answer
    }

    /// The numbers of what is in the file.
    async fn kept(&self) -> Vec<i64> {
        let database = Database::open(&self.path(), None).await.unwrap();
        let events = database.since(&RecordId::own(), Sequence(0)).await.unwrap();
        database.close().await;
        events.iter().map(|stored| stored.at.as_second()).collect()
    }
}

/// Provokes an error in the connection that writes, and looks that it is over with it.
async fn heals(open: &Open, number: i64, bytes: usize, expected: &str) {
    let before = open.kept().await;
    let refused = open.write(number, bytes).await.unwrap_err();
    assert!(refused.to_string().contains(expected), "{expected}: {refused}");
    assert_eq!(open.kept().await, before, "{expected}: nothing was written");
    open.write(number + 1, bytes).await.unwrap_or_else(|error| panic!("{expected}: {error}"));
    assert_eq!(open.kept().await, [before, vec![number + 1]].concat(), "{expected}");
}

async fn run(open: &Open, statements: &'static str) {
    open.line.lock().await.get().await.unwrap().execute(statements).await.unwrap();
}

#[tokio::test]
async fn whatever_fails_in_a_connection_is_over_with_it() {
    let open = Open::new().await;
    open.write(1, 10).await.unwrap();
    // The disk is full: SQLite rolls back by itself. The pages that there are hold no more.
    run(&open, "pragma max_page_count = 1").await;
    heals(&open, 10, 100_000, "no room on the disk").await;
    run(&open, "pragma query_only = on").await;
    heals(&open, 20, 10, "read-only").await;
    for (number, statement, expected) in [
        (30, "raise(abort, 'no')", "no"),
        (40, "raise(fail, 'no')", "no"),
        (50, "raise(rollback, 'no')", "no"),
        (60, "zeroblob(2000000000)", "too big"),
        (70, "json('{')", "malformed JSON"),
    ] {
        for table in ["events", "heads"] {
            let trigger =
                format!("create temp trigger t before insert on {table} begin select {statement}; end;");
            let mut line = open.line.lock().await;
            line.get().await.unwrap().execute(sqlx::AssertSqlSafe(trigger)).await.unwrap();
            drop(line);
            heals(&open, number + if table == "heads" { 2 } else { 0 }, 10, expected).await;
        }
    }
    let mut line = open.line.lock().await;
    line.get().await.unwrap().lock_handle().await.unwrap().set_progress_handler(1, || false);
    drop(line);
    heals(&open, 80, 10, "interrupted").await;
    let mut line = open.line.lock().await;
    line.get().await.unwrap().lock_handle().await.unwrap().set_commit_hook(|| false);
    drop(line);
    heals(&open, 90, 10, "constraint").await;
}

#[tokio::test]
async fn one_that_fails_takes_no_other_with_it() {
    let open = Open::new().await;
    open.write(1, 10).await.unwrap();
    run(&open, "pragma max_page_count = 1").await;
    // All of them wait for one transaction; only one has no room in it.
    let mut answers = Vec::new();
    for number in 10..20 {
        answers.push((number, open.send(number, if number == 14 { 100_000 } else { 10 }).await));
    }
    let mut refused = Vec::new();
    for (number, answer) in answers {
        if answer.await.unwrap().is_err() {
            refused.push(number);
        }
    }
    let kept = open.kept().await;
    for number in (1..2).chain(10..20) {
        assert_eq!(kept.contains(&number), !refused.contains(&number), "{number}: {kept:?}, {refused:?}");
    }
    assert!(refused.len() <= 1, "{refused:?}");
}
