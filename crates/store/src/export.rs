//! A record as a file that its owner keeps: JSON to bring it back, CSV to look at.
//!
//! ```json
//! {"schema": "unclench-record", "version": 1, "exported": "2026-11-24T10:00:00Z", "events": [..]}
//! ```
//!
//! Everything is in it, the private notes included, except the tokens of forms,
//! which say nothing about a person. A change that an older program would
//! misread raises the version; every older version stays readable.

mod csv;
mod diary;
mod import;
mod range;

use std::collections::HashMap;
use std::fmt;

use jiff::Timestamp;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

pub use csv::to_csv;
pub use diary::{Diary, DiaryError, Moment, read_diary};
pub use import::{LeavingOut, Preview, goes_on, preview, preview_without, to_import, to_import_without};
pub use range::EARLIEST;

use crate::event::{Event, Sequence, Stored};

const SCHEMA: &str = "unclench-record";
/// What a sealed copy of an export calls itself.
pub(crate) const SEALED: &str = "unclench-sealed-record";
const VERSION: u64 = 1;
/// 64 MiB: some 2,000 triages with their certificates, which are the large events.
pub const MOST_BYTES: usize = 64 << 20;
/// What an export says of its book: names of findings that an earlier book had.
const MOST_OF_A_BOOK: usize = 1 << 20;
/// 4 MiB: a triage has some 40 kB, and nothing else is longer than what a form holds.
const MOST_OF_AN_EVENT: usize = 4 << 20;
/// A hundred events a day for nearly three years.
pub const MOST_EVENTS: usize = 100_000;

/// What an export holds: its events are numbered from 1 without gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// When it was made.
    pub exported: Timestamp,
    /// With which book; none in a file of an earlier program.
    pub book: Option<ExportBook>,
    /// How many entries the record lacked from which it was made.
    pub missing: u64,
    events: Vec<Stored>,
}

/// The book with which an export was made, so that whoever reads it can tell what an
/// earlier book asked from what nobody asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportBook {
    /// Its hash.
    pub hash: String,
    /// What the record holds answers to that do not fit this book: an earlier one asked it.
    #[serde(default)]
    pub former: Vec<String>,
}

impl Import {
    /// The events in the order in which they were written down, numbered from 1
    /// without gaps.
    pub fn events(&self) -> &[Stored] {
        &self.events
    }

    /// Looks whether every event says what this program would take in at this time. What
    /// depends on the book is for whoever has one.
    ///
    /// # Errors
    ///
    /// [`ImportError::Value`] for the first that does not, [`ImportError::Made`] where the file
    /// cannot be of the time that it says.
    pub fn check(&self, now: Timestamp) -> Result<(), ImportError> {
        if let Some(problem) = range::problem_of_export(self.exported, now) {
            return Err(ImportError::Made(problem));
        }
        for (position, stored) in (1..).zip(&self.events) {
            let problem = range::problem(stored, now).or_else(|| self.takes_back_wrongly(&stored.event));
            if let Some(problem) = problem {
                return Err(ImportError::Value { position, problem });
            }
        }
        Ok(())
    }

    /// A withdrawal of what no page takes back. One that names no entry says nothing: a record
    /// with a gap has some.
    fn takes_back_wrongly(&self, event: &Event) -> Option<String> {
        let Event::Withdrawn { entry } = event else { return None };
        let named = self.events.get(usize::try_from(entry.0).ok()?.checked_sub(1)?)?;
        (!named.event.can_be_withdrawn())
            .then(|| format!("it takes back entry {entry}, which is none that can be taken back"))
    }
}

/// Why a text is not an export that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// It is too long.
    #[error("the file has {bytes} bytes, more than the {MOST_BYTES} that can be imported")]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// It is not JSON.
    #[error("the file is not JSON ({0}); choose the file that the export gave you")]
    NotJson(String),
    /// It is JSON of something else.
    #[error("the file is not an export of a record; choose the file that the export gave you")]
    OtherSchema,
    /// It is sealed, and to be opened first.
    #[error("the file is a sealed copy, which only its passphrase opens")]
    Sealed,
    /// A newer program made it.
    #[error(
        "the file was made by a newer version of this program (format {found}, this one knows {VERSION}); \
         install the newer version"
    )]
    Newer {
        /// Its version.
        found: u64,
    },
    /// A part of it is missing or is something else.
    #[error("the file has no {0} that reads; export it again")]
    Part(&'static str),
    /// It has too many events.
    #[error("the file has {events} events, more than the {MOST_EVENTS} that can be imported")]
    TooMany {
        /// How many.
        events: usize,
    },
    /// An event does not read.
    #[error("event {position} of the file does not read: {problem}")]
    Event {
        /// Which, counted from 1.
        position: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// It cannot have been made when it says.
    #[error("the file cannot be right: {0}; nothing was added")]
    Made(String),
    /// An event says something that this program would never take in.
    #[error("event {position} of the file cannot be right: {problem}; nothing was added")]
    Value {
        /// Which, counted from 1.
        position: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// The events are not in order.
    #[error("event {position} of the file has the number {sequence}, which is not after the one before it")]
    OutOfOrder {
        /// Which, counted from 1.
        position: usize,
        /// Its number.
        sequence: Sequence,
    },
}

/// The export of a record at a time.
///
/// ```
/// # use store::{Event, Sequence, Settings, Stored};
/// let at = "2026-11-24T10:00:00Z".parse().unwrap();
/// let event = Event::SettingsChanged(Settings::default());
/// let events = [Stored { sequence: Sequence(1), at, once: None, event }];
/// let text = store::to_json(&events, at);
/// assert_eq!(store::from_json(&text).unwrap().events(), events);
/// ```
pub fn to_json(events: &[Stored], exported: Timestamp) -> String {
    to_json_with(events, exported, None, 0)
}

/// The same, with the book that the program has, and how many entries are known to be missing.
pub fn to_json_with(
    events: &[Stored],
    exported: Timestamp,
    book: Option<&ExportBook>,
    missing: u64,
) -> String {
    #[derive(Serialize)]
    struct Export<'a> {
        schema: &'static str,
        version: u64,
        exported: Timestamp,
        #[serde(skip_serializing_if = "Option::is_none")]
        book: Option<&'a ExportBook>,
        #[serde(skip_serializing_if = "is_zero")]
        missing: u64,
        events: Vec<Entry<'a>>,
    }
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    fn is_zero(missing: &u64) -> bool {
        *missing == 0
    }
    #[derive(Serialize)]
    struct Entry<'a> {
        sequence: Sequence,
        at: Timestamp,
        event: &'a Event,
    }
    let events =
        events.iter().map(|Stored { sequence, at, event, .. }| Entry { sequence: *sequence, at: *at, event });
    let export =
        Export { schema: SCHEMA, version: VERSION, exported, book, missing, events: events.collect() };
    // Only a map whose keys are not text could fail, and there is none.
    serde_json::to_string_pretty(&export).unwrap_or_default()
}

/// Reads an export of this version or an older one.
///
/// Numbers may have gaps: the events are numbered anew, and a withdrawal names the
/// same entry as before. One that names no earlier entry names 0, which is none.
///
/// # Errors
///
/// [`ImportError`] says what is wrong and where.
///
/// ```
/// assert_eq!(store::from_json("{}"), Err(store::ImportError::OtherSchema));
/// ```
pub fn from_json(text: &str) -> Result<Import, ImportError> {
    if text.len() > MOST_BYTES {
        return Err(ImportError::TooLong { bytes: text.len() });
    }
    // Some editors put a mark of the byte order before the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let whole: &RawValue =
        serde_json::from_str(text).map_err(|error| ImportError::NotJson(error.to_string()))?;
    let parts: Parts<'_> = match serde_json::from_str(whole.get()) {
        Ok(parts) if whole.get().starts_with('{') => parts,
        _ => return Err(ImportError::OtherSchema),
    };
    match value(parts.schema).as_str() {
        Some(SCHEMA) => {}
        Some(SEALED) => return Err(ImportError::Sealed),
        _ => return Err(ImportError::OtherSchema),
    }
    match value(parts.version).as_u64() {
        Some(1) => {}
        Some(found) if found > VERSION => return Err(ImportError::Newer { found }),
        _ => return Err(ImportError::Part("version")),
    }
    let exported = value(parts.exported).as_str().and_then(|time| time.parse().ok());
    let exported = exported.ok_or(ImportError::Part("time of export"))?;
    let book = parts.book.filter(|book| book.get().len() <= MOST_OF_A_BOOK);
    if parts.book.is_some() && book.is_none() {
        return Err(ImportError::Part("book"));
    }
    let book = match book.map(|book| serde_json::from_str(book.get())) {
        None => None,
        Some(Ok(book)) => Some(book),
        Some(Err(_)) => return Err(ImportError::Part("book")),
    };
    let events = parts.events.and_then(|events| serde_json::from_str::<Events<'_>>(events.get()).ok());
    let events = events.ok_or(ImportError::Part("list of events"))?;
    if events.count > MOST_EVENTS {
        return Err(ImportError::TooMany { events: events.count });
    }
    let events = read(events.first)?;
    let last = events.last().map(|stored| stored.sequence.0).unwrap_or_default();
    let gaps = u64::try_from(last).unwrap_or_default().saturating_sub(events.len() as u64);
    // Those behind the last are in no gap.
    let missing = match parts.missing {
        Some(count) => value(Some(count)).as_u64().ok_or(ImportError::Part("number of missing entries"))?,
        None => 0,
    };
    let missing = gaps.max(missing);
    Ok(Import { exported, book, missing, events: number(events) })
}

/// The parts of an export, each still as it is written: a file of 64 MiB would take
/// twenty times as much memory as values, and is looked at before anything is made of it.
#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow)]
    schema: Option<&'a RawValue>,
    #[serde(borrow)]
    version: Option<&'a RawValue>,
    #[serde(borrow)]
    exported: Option<&'a RawValue>,
    #[serde(borrow)]
    book: Option<&'a RawValue>,
    #[serde(borrow)]
    missing: Option<&'a RawValue>,
    #[serde(borrow)]
    events: Option<&'a RawValue>,
}

/// A short part as a value; null where it is missing or long.
fn value(part: Option<&RawValue>) -> Value {
    let part = part.map(RawValue::get).filter(|part| part.len() < 100);
    part.and_then(|part| serde_json::from_str(part).ok()).unwrap_or_default()
}

/// The events as they are written: as many as may be imported, and how many there are.
struct Events<'a> {
    first: Vec<&'a RawValue>,
    count: usize,
}

impl<'de> Deserialize<'de> for Events<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(EventsVisitor)
    }
}

struct EventsVisitor;

impl<'de> Visitor<'de> for EventsVisitor {
    type Value = Events<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Events<'de>, A::Error> {
        let mut events = Events { first: Vec::new(), count: 0 };
        while events.first.len() < MOST_EVENTS {
            let Some(event) = items.next_element()? else { break };
            events.first.push(event);
        }
        events.count = events.first.len();
        while items.next_element::<IgnoredAny>()?.is_some() {
            events.count += 1;
        }
        Ok(events)
    }
}

fn read(events: Vec<&RawValue>) -> Result<Vec<Stored>, ImportError> {
    let mut read: Vec<Stored> = Vec::with_capacity(events.len());
    for (position, event) in (1..).zip(events) {
        if MOST_OF_AN_EVENT < event.get().len() {
            let problem = format!("it is longer than {MOST_OF_AN_EVENT} bytes");
            return Err(ImportError::Event { position, problem });
        }
        // Of an answer that is there twice the last would win, whichever was given.
        let stored: Stored = care::strict_json(event.get())
            .and_then(serde_json::from_value)
            .map_err(|error| ImportError::Event { position, problem: error.to_string() })?;
        let sequence = stored.sequence;
        if sequence <= read.last().map(|before| before.sequence).unwrap_or_default() {
            return Err(ImportError::OutOfOrder { position, sequence });
        }
        read.push(Stored { once: None, ..stored });
    }
    Ok(read)
}

/// Numbers from 1 without gaps; withdrawals follow.
fn number(mut events: Vec<Stored>) -> Vec<Stored> {
    let mut now = HashMap::with_capacity(events.len());
    for (sequence, stored) in (1..).map(Sequence).zip(&mut events) {
        if let Event::Withdrawn { entry } = &mut stored.event {
            // Only what came before: folding knows nothing of later events either.
            *entry = now.get(entry).copied().unwrap_or_default();
        }
        now.insert(stored.sequence, sequence);
        stored.sequence = sequence;
    }
    events
}
