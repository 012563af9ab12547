//! Every error that SQLite can give on a write and that can be provoked from outside:
//! nothing acknowledged is lost, what was refused is not there, and writing goes on
//! when the cause is gone.
//!
//! By result code (<https://www.sqlite.org/rescode.html>): 1 ERROR, 5 BUSY, 10 IOERR,
//! 11 CORRUPT, 13 FULL, 14 CANTOPEN, 19 CONSTRAINT, 20 MISMATCH and 26 NOTADB here;
//! 7 NOMEM here in a program of its own; 8 READONLY in `places`; 8, 9 INTERRUPT, 13,
//! 18 TOOBIG and 19 within a connection in `src/database/writer/tests.rs`. 2 INTERNAL,
//! 4 ABORT, 12 NOTFOUND, 16 EMPTY, 21 MISUSE, 24 FORMAT and 25 RANGE come from faults of
//! the caller or are not used; 3 PERM, 6 LOCKED, 15 PROTOCOL, 17 SCHEMA, 22 NOLFS and 23
//! AUTH belong to ways of opening a file that we do not use.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]
#![cfg(all(target_os = "linux", feature = "sqlite"))]

mod common;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use common::{at, check_in, note_of, passphrase};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use store::{Database, Mark, RecordId, StoreError};

async fn write(database: &Database, note: &str) -> Result<store::Appended, StoreError> {
    database.append(&RecordId::own(), None, vec![(at(1), check_in(note))]).await
}

async fn connect(path: &Path) -> SqliteConnection {
    SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap()
}

async fn sql(path: &Path, statements: &'static str) {
    let mut connection = connect(path).await;
    connection.execute(statements).await.unwrap();
    connection.close().await.unwrap();
}

/// What the file holds, read by somebody who opens it anew.
async fn notes(path: &Path, sealed: Option<&str>) -> Vec<String> {
    let database = Database::open(path, sealed.map(passphrase).as_ref()).await.unwrap();
    let reading = database.read(&RecordId::own(), &Mark::default()).await.unwrap();
    database.close().await;
    assert_eq!(reading.faults, []);
    reading.events.iter().map(|stored| note_of(stored).to_owned()).collect()
}

struct Sweep {
    folder: tempfile::TempDir,
    database: Database,
    sealed: Option<&'static str>,
    expected: Vec<String>,
}

impl Sweep {
    async fn new(sealed: Option<&'static str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.db");
        let database = Database::open(&path, sealed.map(passphrase).as_ref()).await.unwrap();
        Self { folder, database, sealed, expected: Vec::new() }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("record.db")
    }

    async fn acknowledged(&mut self, note: String) {
        write(&self.database, &note).await.unwrap_or_else(|error| panic!("{note}: {error}"));
        self.expected.push(note);
    }

    /// While the cause is there; `says` is a part of the message.
    async fn refused(&self, name: &str, says: &str) {
        for number in 0..2 {
            let refused = write(&self.database, &format!("{name}, refused {number}")).await.unwrap_err();
            assert!(refused.to_string().contains(says), "{name}: {refused}");
        }
    }

    /// Once it is gone.
    async fn goes_on(&mut self, name: &str) {
        self.acknowledged(format!("after {name}")).await;
        assert_eq!(notes(&self.path(), self.sealed).await, self.expected, "{name}");
    }
}

async fn sweep(sealed: Option<&'static str>) {
    let mut sweep = Sweep::new(sealed).await;
    let path = sweep.path();
    sweep.acknowledged("the first".to_owned()).await;
    // In the schema, as another program could do it.
    for (name, statement, says) in [
        ("constraint, statement undone", "select raise(abort, 'no')", "no"),
        ("constraint, statement half done", "select raise(fail, 'no')", "no"),
        ("constraint, transaction undone", "select raise(rollback, 'no')", "no"),
        ("too big", "select zeroblob(2000000000)", "too big"),
        ("mismatch", "insert into numbers values ('no number')", "mismatch"),
        ("full", "insert into used_up (word) values ('one more')", "no room on the disk"),
    ] {
        sql(
            &path,
            "create table numbers (number integer primary key); \
             create table used_up (number integer primary key autoincrement, word text); \
             insert into used_up values (9223372036854775807, 'the last')",
        )
        .await;
        for table in ["events", "heads"] {
            let trigger = format!("create trigger t before insert on {table} begin {statement}; end");
            connect(&path).await.execute(sqlx::AssertSqlSafe(trigger)).await.unwrap();
            sweep.refused(name, says).await;
            sql(&path, "drop trigger t").await;
            sweep.goes_on(name).await;
        }
        sql(&path, "drop table numbers; drop table used_up").await;
    }
    sql(&path, "alter table heads rename to tails").await;
    sweep.refused("error", "no such table").await;
    sql(&path, "alter table tails rename to heads").await;
    sweep.goes_on("error").await;
    // Something stands where the journal is to be made.
    let journal = path.with_extension("db-journal");
    std::fs::create_dir(&journal).unwrap();
    sweep.refused("a journal that cannot be read", "the disk gave an error").await;
    std::fs::remove_dir(&journal).unwrap();
    sweep.goes_on("a journal that cannot be read").await;
    std::os::unix::fs::symlink(sweep.folder.path().join("nowhere/at all"), &journal).unwrap();
    sweep.refused("cannot open", "read-only").await;
    std::fs::remove_file(&journal).unwrap();
    sweep.goes_on("cannot open").await;
    for (name, damage, says) in [
        ("no database", (|bytes| bytes[..100].fill(0x5a)) as fn(&mut Vec<u8>), "damaged"),
        (
            "corrupt",
            |bytes| {
                // Another state, so that nothing known of the pages holds, and noise in them.
                bytes[24..28].fill(0x77);
                bytes[4096..].fill(0xa5);
            },
            "damaged",
        ),
    ] {
        let whole = std::fs::read(&path).unwrap();
        let mut bytes = whole.clone();
        damage(&mut bytes);
        std::fs::write(&path, &bytes).unwrap();
        sweep.refused(name, says).await;
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "{name}: the file was touched");
        std::fs::write(&path, whole).unwrap();
        sweep.goes_on(name).await;
    }
    let mut other = connect(&path).await;
    for hold in ["begin immediate", "begin; select * from events"] {
        other.execute(hold).await.unwrap();
        let refused = write(&sweep.database, "locked out").await;
        assert_eq!(refused, Err(StoreError::Locked), "{hold}");
        other.execute("rollback").await.unwrap();
        sweep.goes_on(hold).await;
    }
    sweep.database.close().await;
}

#[tokio::test]
async fn whatever_fails_nothing_acknowledged_is_lost_and_writing_goes_on() {
    sweep(None).await;
}

#[tokio::test]
async fn and_so_in_a_sealed_file() {
    sweep(Some("correct horse")).await;
}

const FILE: &str = "UNCLENCH_TEST_ERRORS_FILE";
/// What a writer adds at a time.
const LONG: usize = 20_000;

/// Not a test by itself: a program that is short of room for its file, and says what
/// became of each write.
#[tokio::test]
async fn writer() {
    let Ok(path) = std::env::var(FILE) else { return };
    let database = Database::open(Path::new(&path), None).await.unwrap();
    for number in 0..200 {
        let written = write(&database, &format!("{number} {}", "x".repeat(LONG))).await;
        let word = match &written {
            Ok(_) => "kept".to_owned(),
            Err(error) => format!("lost {error}"),
        };
        println!("\n{word}: {number}");
        std::io::stdout().flush().unwrap();
        if written.is_err() {
            // Until there is room again.
            let mut line = String::new();
            std::io::stdin().read_line(&mut line).unwrap();
        }
    }
    database.close().await;
}

/// Not a test by itself: a program whose SQLite gets no more than so much memory.
#[tokio::test]
async fn writer_with_little_memory() {
    let Ok(path) = std::env::var(FILE) else { return };
    let path = Path::new(&path);
    let database = Database::open(path, None).await.unwrap();
    write(&database, "before").await.unwrap();
    let mut other = connect(path).await;
    other.execute("pragma hard_heap_limit = 4000000").await.unwrap();
    for number in 0..3 {
        let refused = write(&database, &"x".repeat(9_000_000)).await;
        assert_eq!(refused, Err(StoreError::NoMemory));
        write(&database, &format!("after {number}")).await.unwrap();
    }
    database.close().await;
    println!("\nit went on");
}

#[tokio::test]
async fn after_memory_ran_out_writing_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer_with_little_memory", "--nocapture", "--test-threads", "1"])
        .env(FILE, &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("it went on"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(notes(&path, None).await, ["before", "after 0", "after 1", "after 2"]);
}

/// The disk refuses to write in the middle of a file (the limit of a file's size, which
/// SQLite reports as an error of the disk), and takes it again.
#[tokio::test]
async fn after_an_error_of_the_disk_writing_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let script = "trap '' XFSZ; ulimit -S -f 600; exec \"$0\" --exact writer --nocapture --test-threads 1";
    let mut child = Command::new("sh")
        .args(["-c", script])
        .arg(std::env::current_exe().unwrap())
        .env(FILE, &path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id().to_string();
    let mut stdin = child.stdin.take().unwrap();
    let (mut kept, mut lost) = (Vec::new(), Vec::new());
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
        let Some((word, number)) = line.rsplit_once(": ") else { continue };
        if word == "kept" {
            kept.push(number.to_owned());
        } else if let Some(why) = word.strip_prefix("lost ") {
            assert!(why.contains("disk"), "{why}");
            lost.push(number.to_owned());
            // The second time there is room.
            if lost.len() == 2 {
                let raised = Command::new("prlimit").args(["--pid", &id, "--fsize=unlimited"]).status();
                assert!(raised.unwrap().success(), "prlimit of util-linux raises the limit");
            }
            stdin.write_all(b"go on\n").unwrap();
        }
    }
    assert!(child.wait().unwrap().success());
    assert_eq!(lost.len(), 2, "{lost:?}");
    assert_eq!(kept.len(), 198);
    let there = notes(&path, None).await;
    let there: Vec<&str> = there.iter().map(|note| note.split(' ').next().unwrap()).collect();
    assert_eq!(there, kept);
}
