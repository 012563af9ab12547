//! What several tests need.
#![allow(dead_code, unreachable_pub, missing_docs)]

use std::path::Path;

use jiff::Timestamp;
use store::{Appended, CheckIn, Database, Event, NewDanger, Passphrase, RecordId, Stored};

/// A moment, in seconds after a fixed one.
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).unwrap()
}

pub fn check_in(note: &str) -> Event {
    Event::CheckedIn(CheckIn {
        at: at(0),
        pain_now: 4,
        pain_worst: Some(7),
        regions: Vec::new(),
        function: None,
        sleep: None,
        activity: None,
        triggers: Vec::new(),
        new_danger: NewDanger::No,
        note: note.to_owned(),
    })
}

pub fn note_of(stored: &Stored) -> &str {
    let Event::CheckedIn(check_in) = &stored.event else { panic!("not a check-in: {stored:?}") };
    &check_in.note
}

pub fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).unwrap()
}

/// Adds check-ins with these notes in one batch.
pub async fn add(database: &Database, record: &RecordId, notes: &[&str]) -> Vec<Stored> {
    let events = notes.iter().map(|note| (at(1), check_in(note))).collect();
    match database.append(record, None, events).await.unwrap() {
        Appended::Stored(stored) => stored,
        Appended::SeenBefore => panic!("there was no token"),
    }
}

/// Every byte of every file in a folder.
pub fn bytes_in(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// The files of a folder that hold this text.
pub fn files_with(folder: &Path, marker: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(marker.len()).any(|window| window == marker.as_bytes());
    bytes_in(folder).into_iter().filter(|(_, bytes)| holds(bytes)).map(|(name, _)| name).collect()
}
