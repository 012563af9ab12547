//! A write that was acknowledged survives `kill -9` at any moment, whole; one that
//! was not is there whole or not at all.
//!
//! The writers are this test program itself, started again with a variable set. How
//! many acknowledged writes there are to be is bounded here; `cargo xtask kill` has
//! 10,000 of them, plain and sealed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]
#![cfg(all(unix, feature = "sqlite"))]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{at, check_in, note_of, passphrase};
use store::{Appended, Database, Event, Record, RecordId, Sequence, Settings, Stored};

const FILE: &str = "UNCLENCH_TEST_FILE";
const NAME: &str = "UNCLENCH_TEST_NAME";
const SEALED: &str = "UNCLENCH_TEST_SEALED";
const WRITES: &str = "UNCLENCH_TEST_WRITES";
/// How many acknowledged writes there are to be, for `cargo xtask kill`.
const ACKNOWLEDGED: &str = "UNCLENCH_TEST_ACKNOWLEDGED";
/// Events in one write.
const BATCH: usize = 3;
/// Writes on their way at the same time.
const ABREAST: usize = 8;

/// Not a test by itself: what the started program does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writer() {
    let Ok(path) = std::env::var(FILE) else { return };
    let name = std::env::var(NAME).unwrap();
    let writes: usize = std::env::var(WRITES).unwrap().parse().unwrap();
    let sealed = std::env::var(SEALED).ok().map(|text| passphrase(&text));
    let database = Database::open(Path::new(&path), sealed.as_ref()).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for lane in 0..ABREAST {
        let (database, name) = (database.clone(), name.clone());
        tasks.spawn(async move {
            for number in (lane..writes).step_by(ABREAST) {
                let write = format!("{name}.{number}");
                let events = (0..BATCH).map(|part| (at(1), check_in(&format!("{write}:{part}")))).collect();
                let appended = database.append(&RecordId::own(), Some(write.clone()), events).await.unwrap();
                assert!(matches!(appended, Appended::Stored(_)));
                let mut out = std::io::stdout().lock();
                writeln!(out, "written {write}").unwrap();
                out.flush().unwrap();
            }
        });
    }
    tasks.join_all().await;
    database.close().await;
}

fn start(path: &Path, name: &str, sealed: Option<&str>, writes: usize) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "writer", "--nocapture", "--test-threads", "1"]);
    command.env(FILE, path).env(NAME, name).env(WRITES, writes.to_string()).stdout(Stdio::piped());
    if let Some(sealed) = sealed {
        command.env(SEALED, sealed);
    }
    command.spawn().unwrap()
}

/// Collects what a writer acknowledges until it ends.
fn acknowledged(child: &mut Child) -> Vec<String> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    // The first one may stand on the line on which the test harness names the test.
    lines.filter_map(|line| Some(line.split_once("written ")?.1.to_owned())).collect()
}

/// Every write by its name, with how many of its events are there.
fn writes(events: &[Stored]) -> BTreeMap<String, usize> {
    let mut writes = BTreeMap::new();
    for event in events {
        let (write, _) = note_of(event).split_once(':').unwrap();
        *writes.entry(write.to_owned()).or_default() += 1;
    }
    writes
}

async fn kill_and_look(sealed: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let mut acknowledged_ever = BTreeSet::new();
    let mut moments = Moments(0x9e37_79b9_7f4a_7c15);
    let wanted = std::env::var(ACKNOWLEDGED).map_or(200, |count| count.parse().unwrap());
    let mut rounds = 0;
    while acknowledged_ever.len() < wanted || rounds < 12 {
        let mut child = start(&path, &format!("round{rounds}"), sealed, 100_000);
        let id = child.id().to_string();
        // From before the file is open to far into the writes.
        let after = Duration::from_micros(moments.next() % 60_000 + rounds % 100 * 5_000);
        let killer = std::thread::spawn(move || {
            std::thread::sleep(after);
            Command::new("kill").args(["-9", &id]).status().unwrap()
        });
        acknowledged_ever.extend(acknowledged(&mut child));
        killer.join().unwrap();
        assert!(!child.wait().unwrap().success(), "it was killed");

        let sealed = sealed.map(passphrase);
        let database = Database::open(&path, sealed.as_ref()).await.unwrap();
        // Strict: a fault would be an error.
        let events = database.since(&RecordId::own(), Sequence(0)).await.unwrap();
        let sequences: Vec<i64> = events.iter().map(|stored| stored.sequence.0).collect();
        assert_eq!(sequences, (1..).take(sequences.len()).collect::<Vec<_>>(), "no gap");
        let there = writes(&events);
        for write in &acknowledged_ever {
            assert!(there.contains_key(write), "{write} was acknowledged and is gone, round {rounds}");
        }
        for (write, parts) in &there {
            assert_eq!(*parts, BATCH, "{write} is half there");
        }
        let again = Database::open(&path, sealed.as_ref()).await.unwrap();
        let replayed = again.since(&RecordId::own(), Sequence(0)).await.unwrap();
        assert_eq!(Record::of(replayed), Record::of(events), "the same fold");
        database.close().await;
        again.close().await;
        rounds += 1;
    }
    println!("{} acknowledged writes in {rounds} rounds, none lost", acknowledged_ever.len());
}

/// Pseudorandom, so that a failure can be repeated: xorshift64.
struct Moments(u64);

impl Moments {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

#[tokio::test]
async fn an_acknowledged_write_survives_kill_9() {
    kill_and_look(None).await;
}

#[tokio::test]
async fn an_acknowledged_write_to_a_sealed_file_survives_kill_9() {
    kill_and_look(Some("correct horse")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_write_to_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    // Both find no file, and both want to make it.
    let mut children = [start(&path, "one", None, 100), start(&path, "two", None, 100)];
    let mut all = BTreeSet::new();
    for child in &mut children {
        all.extend(acknowledged(child));
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(all.len(), 200);
    let database = Database::open(&path, None).await.unwrap();
    let events = database.since(&RecordId::own(), Sequence(0)).await.unwrap();
    assert_eq!(events.last().unwrap().sequence, Sequence(600));
    assert_eq!(writes(&events).into_keys().collect::<BTreeSet<_>>(), all);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn this_process_and_another_write_to_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let database = Database::open(&path, None).await.unwrap();
    let setting = || Event::SettingsChanged(Settings::default());
    for round in 0..5 {
        database.append(&RecordId::own(), None, vec![(at(1), setting())]).await.unwrap();
        // Opened again in this process, which must not loosen the hold of the first.
        Database::open(&path, None).await.unwrap().close().await;
        let child = tokio::task::spawn_blocking({
            let path = path.clone();
            move || {
                let mut child = start(&path, &format!("round{round}"), None, 5);
                (acknowledged(&mut child).len(), child.wait().unwrap().success())
            }
        });
        assert_eq!(child.await.unwrap(), (5, true));
        // The other was the last to close a file that we still hold open.
        database.append(&RecordId::own(), None, vec![(at(1), setting())]).await.unwrap();
    }
    let again = Database::open(&path, None).await.unwrap();
    let events = again.since(&RecordId::own(), Sequence(0)).await.unwrap();
    assert_eq!(events.len(), 5 * (2 + 5 * BATCH));
    assert_eq!(events, database.since(&RecordId::own(), Sequence(0)).await.unwrap());
}
