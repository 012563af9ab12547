//! The record of the person at this computer: the one that `unclench serve` writes. Commands
//! of the terminal read it, and add to it as the pages do.

use std::path::{Path, PathBuf};

use anyhow::Context;
use care::{Guideline, State, Urgency, printable};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Zoned};
use store::{
    Appended, Database, Event, Fault, Import, Mark, Record, RecordId, StoreError, Stored, is_sealed_copy,
    open_copy,
};
use tokio::runtime::Runtime;
use web::{Situation, read_import, reported_new};

use crate::exit::BadInput;
use crate::{input, page, record_file};

/// Which record a command uses.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct WhichRecord {
    /// The file with the record, or an export of it to read; left out: your own, see `unclench record where`
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    /// Look at no record and keep nothing: a try
    #[arg(long, conflicts_with = "record")]
    pub(crate) no_record: bool,
}

impl WhichRecord {
    /// Whether a record is used. A program that wants JSON gets nothing of the person at this
    /// computer, and adds nothing to it, unless it names the record.
    pub(crate) fn is_used(&self, json: bool) -> bool {
        self.record.is_some() || !json && !self.no_record
    }

    /// Refuses to go on where there is nothing to go by.
    ///
    /// # Errors
    ///
    /// [`BadInput`] where a program wants JSON and names no record.
    pub(crate) fn need_named(&self, json: bool) -> anyhow::Result<()> {
        if self.is_used(json) || self.no_record {
            return Ok(());
        }
        Err(BadInput::because(
            "with --json no record is used unless it is named; give --record FILE (`unclench record where` \
             prints yours)",
        ))
    }
}

/// What a command wants of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wants {
    /// To look at it.
    Reading,
    /// To add to it, and to make it if there is none.
    Adding,
}

/// Another program may add to the record meanwhile; then what is to be kept is worked out
/// again. Each time somebody has written, so as many as write at once are enough.
const TRIES: u32 = 50;

/// A record, and where it is kept.
pub(crate) struct OwnRecord {
    record: Record,
    kept: Kept,
}

enum Kept {
    /// Nowhere: it is a try.
    Nowhere,
    /// In an export, to which nothing is added.
    InExport,
    /// In a file that is made once there is something to keep.
    NotYet(PathBuf),
    /// In a file.
    In(Box<File>),
}

struct File {
    runtime: Runtime,
    database: Database,
    mark: Mark,
}

impl OwnRecord {
    /// A record that is kept nowhere.
    pub(crate) fn nowhere() -> Self {
        Self { record: Record::default(), kept: Kept::Nowhere }
    }

    /// A record that came out of an export.
    pub(crate) fn of_export(record: Record) -> Self {
        Self { record, kept: Kept::InExport }
    }

    /// Opens the record that is meant. What is wrong with it is said.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is named and not there to be looked at; the message says why.
    pub(crate) fn open(guideline: &Guideline, which: &WhichRecord, wants: Wants) -> anyhow::Result<Self> {
        if which.no_record {
            return Ok(Self::nowhere());
        }
        let path = record_file::path(which.record.as_deref())?;
        let shown = path.display().to_string();
        if !path.exists() && !path.is_symlink() {
            let none = format!("there is no record at {} yet", printable(&shown));
            if wants == Wants::Reading && which.record.is_some() {
                return Err(BadInput::because(none));
            }
            if wants == Wants::Reading {
                page::note(&format!("unclench: {none}; the first answer or dose begins one"));
            }
            return Ok(Self { record: Record::default(), kept: Kept::NotYet(path) });
        }
        if let Some(text) = export_in(&path)? {
            if wants == Wants::Adding {
                return Err(into_export());
            }
            return Ok(Self::of_export(read_export(guideline, &text, &path)?));
        }
        let file = File::open(&path)?;
        if let Some(refusal) = file.database.refusal().filter(|_| wants == Wants::Adding) {
            return Err(refusal.clone()).context("nothing was kept");
        }
        let mut own = Self { record: Record::default(), kept: Kept::In(Box::new(file)) };
        own.refresh()?;
        say_faults(&path, &own.record);
        say_zone(&own.record);
        say_overdose(guideline, &own.record);
        say_since(guideline, &own.record);
        Ok(own)
    }

    /// The time, as [`now_of`] its record.
    pub(crate) fn now(&self) -> Zoned {
        now_of(&self.record)
    }

    /// What it holds.
    pub(crate) fn record(&self) -> &Record {
        &self.record
    }

    /// Whether there is one: not so in a try, and before the first thing is kept.
    pub(crate) fn is_there(&self) -> bool {
        matches!(self.kept, Kept::In(_) | Kept::InExport)
    }

    /// Whether what is added stays.
    pub(crate) fn is_kept(&self) -> bool {
        matches!(self.kept, Kept::In(_) | Kept::NotYet(_))
    }

    /// Takes in what other programs have added to it or erased from it.
    ///
    /// # Errors
    ///
    /// If the file cannot be read any more.
    pub(crate) fn refresh(&mut self) -> anyhow::Result<()> {
        let Kept::In(file) = &mut self.kept else { return Ok(()) };
        let reading = file.runtime.block_on(file.database.read(&RecordId::own(), &file.mark))?;
        if reading.anew {
            self.record = Record::default();
        }
        self.record.extend(reading.events);
        self.record.note_faults(reading.faults);
        file.mark = reading.mark;
        Ok(())
    }

    /// Adds what `make` wants kept of the record as it is now: all of it or none. Where another
    /// program was quicker, it is made again of what is there by then. What was added.
    ///
    /// # Errors
    ///
    /// If it could not be written. Nothing of it is there then.
    pub(crate) fn keep(
        &mut self,
        make: impl Fn(&Record, Timestamp) -> Vec<(Timestamp, Event)>,
    ) -> anyhow::Result<Vec<Stored>> {
        for _ in 0..TRIES {
            let events = make(&self.record, Timestamp::now());
            if events.is_empty() {
                return Ok(Vec::new());
            }
            let file = match &mut self.kept {
                Kept::In(file) => file,
                Kept::Nowhere => return Ok(self.pretend(events)),
                Kept::InExport => return Err(into_export()),
                Kept::NotYet(path) => {
                    let path = path.clone();
                    self.begin(&path)?;
                    continue;
                }
            };
            let (own, last) = (RecordId::own(), self.record.last());
            match file.runtime.block_on(file.database.append_after(&own, last, None, events)) {
                Ok(Appended::Stored(stored)) => {
                    page::has_kept();
                    self.refresh().context("it is kept, but the record cannot be read any more")?;
                    return Ok(stored);
                }
                Ok(Appended::SeenBefore) => return Ok(Vec::new()),
                Err(StoreError::Overtaken { .. } | StoreError::Erased) => self.refresh()?,
                Err(error) => return Err(error).context("nothing was kept"),
            }
        }
        anyhow::bail!("nothing was kept: other programs write to the record all the time; try again")
    }

    /// Makes the file.
    fn begin(&mut self, path: &Path) -> anyhow::Result<()> {
        self.kept = Kept::In(Box::new(File::open(path)?));
        page::note(&format!("unclench: your record begins in {}", printable(&path.display().to_string())));
        self.refresh()
    }

    /// The same with a record that is kept nowhere.
    fn pretend(&mut self, events: Vec<(Timestamp, Event)>) -> Vec<Stored> {
        let before = self.record.events().len();
        for (at, event) in events {
            self.record.add(at, event);
        }
        self.record.events()[before..].to_vec()
    }
}

impl File {
    fn open(path: &Path) -> anyhow::Result<Self> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start")?;
        let opened = runtime.block_on(record_file::open(path))?;
        Ok(Self { runtime, database: opened.database, mark: Mark::default() })
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.runtime.block_on(self.database.close());
    }
}

/// The text of a file that is an export and no record.
fn export_in(path: &Path) -> anyhow::Result<Option<String>> {
    use std::io::Read as _;
    let mut start = [0; 4];
    // What is no file, or cannot be read, is left to whoever opens the record to say.
    let read = path.is_file().then(|| std::fs::File::open(path).and_then(|mut file| file.read(&mut start)));
    match &start[..read.and_then(Result::ok).unwrap_or_default()] {
        // With or without a mark of the byte order.
        [b'{', ..] | [0xef, 0xbb, 0xbf, b'{'] | [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            input::read_file(path, store::MOST_BYTES as u64).map(Some)
        }
        _ => Ok(None),
    }
}

fn into_export() -> anyhow::Error {
    BadInput::because("that file is an export, to which nothing can be added; import it first")
}

/// Whether a text is that of an export, and no table.
pub(crate) fn is_export(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// The zone by which the pages show the times of a record; without one that of this computer,
/// which may be at another place, or have none set.
fn zone_of(record: &Record) -> Option<TimeZone> {
    TimeZone::get(record.settings().time_zone.as_ref()?).ok()
}

/// The time, in the zone of a record.
pub(crate) fn now_of(record: &Record) -> Zoned {
    let now = Zoned::now();
    zone_of(record).map_or(now.clone(), |zone| now.with_time_zone(zone))
}

/// Says that too much of a painkiller was taken, whatever else is asked.
fn say_overdose(guideline: &Guideline, record: &Record) {
    let settings = record.settings();
    let region = settings.dose_region.as_ref().or(settings.region.as_ref()).map_or("", String::as_str);
    let overdose = care::medicine::overdose(guideline, region, &record.dose_log(), Timestamp::now());
    if let Some(excess) = overdose {
        page::note(&format!(
            "Get help now. {} `unclench dose check {}` says whom to call.",
            tell::medicine::overdosed(&excess),
            excess.medicine.ingredient
        ));
    }
}

/// Says what was told since the outcome that stands, and makes it more urgent or may do so.
fn say_since(guideline: &Guideline, record: &Record) {
    let now = now_of(record);
    let situation = Situation::of(guideline, record, now.timestamp());
    let stands = situation.outcome().filter(|_| !situation.is_concluded());
    let certain = State::of(guideline, situation.answers()).bounds().lower;
    if let Some(stands) = stands
        && (stands.urgency() < certain || stands.urgency() == Urgency::Emergency)
    {
        let title = &guideline.outcome(certain.max(stands.urgency())).title;
        page::note(&format!("What you said since points to: {title}. `unclench interview` asks the rest."));
        return;
    }
    if let Some(at) = reported_new(record) {
        let when = tell::Clock::of(&now_of(record)).words(at);
        page::note(&format!(
            "Something may be new: you wrote so {when}, and the danger signs were not asked since. \
             `unclench interview` asks them."
        ));
    }
}

/// Says whose clock is meant, where it is not that of this computer.
fn say_zone(record: &Record) {
    let (here, theirs) = (Zoned::now(), now_of(record));
    if let Some(name) = theirs.time_zone().iana_name().filter(|_| here.offset() != theirs.offset()) {
        page::note(&format!(
            "unclench: times are those of {}, as in the record, where it is {} now",
            printable(name),
            theirs.strftime("%H:%M")
        ));
    }
}

/// The record that an export holds. What is wrong with it is said.
///
/// # Errors
///
/// As [`checked_import`].
pub(crate) fn read_export(guideline: &Guideline, text: &str, path: &Path) -> anyhow::Result<Record> {
    let import = checked_import(guideline, text, &path.display().to_string())?;
    let mut record = Record::of(import.events().to_vec());
    if import.missing > 0 {
        record.note_faults(vec![Fault::Unreadable]);
    }
    say_faults(path, &record);
    say_overdose(guideline, &record);
    say_since(guideline, &record);
    let saved = import.exported.to_zoned(now_of(&record).time_zone().clone());
    page::note(&format!(
        "unclench: this is a copy of {}; what was taken or answered since is not in it",
        saved.strftime("%-d %B %Y, %H:%M")
    ));
    Ok(record)
}

/// An export, sealed or not, or a hand-off as FHIR, that says nothing which could not have been written here.
///
/// # Errors
///
/// [`BadInput`] with what is wrong with it.
pub(crate) fn checked_import(guideline: &Guideline, text: &str, name: &str) -> anyhow::Result<Import> {
    let refused = |error: &dyn std::error::Error| BadInput::because(format!("{}: {error}", printable(name)));
    let opened = if is_sealed_copy(text) {
        let passphrase = record_file::known("The passphrase of this copy")?;
        Some(open_copy(text, &passphrase).map_err(|error| refused(&error))?)
    } else {
        None
    };
    let zones = TimeZoneDatabase::from_env().into();
    let read = read_import(guideline, &zones, opened.as_deref().unwrap_or(text), Timestamp::now());
    read.map_err(|error| refused(&error))
}

/// Says what is wrong with a record, beside the output; whether it is whole.
pub(crate) fn say_faults(path: &Path, record: &Record) -> bool {
    if record.faults().is_empty() {
        return true;
    }
    let faults: Vec<String> = record.faults().iter().map(ToString::to_string).collect();
    page::error(&format!(
        "the record at {} is not whole, and a dose or an answer may be missing in it:\n  {}\n\
         put back a copy of the file that you kept; or export what is left, move the file away and import it",
        path.display(),
        faults.join("\n  ")
    ));
    false
}
