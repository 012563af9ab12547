//! How far a run came, so that it can go on after it was killed.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use care::Guideline;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::batch::Position;
use crate::cohort_error::{CohortError, open, shown};
use crate::format::Format;
use crate::header::Others;
use crate::worker::Counts;

/// What stands beside the outcomes while a run goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    pub(crate) run: Run,
    pub(crate) done: Progress,
}

/// Which run it is: another may not go on with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    /// The hash of the book.
    book: String,
    input: Seen,
    /// In what form outcomes are written.
    out: Format,
    others: Others,
    keeps_planes: bool,
    program: String,
}

/// A file, as far as it can be told without reading all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    bytes: u64,
    /// When it was changed, in nanoseconds since 1970.
    changed: u128,
    /// The SHA-256 of 64 samples all over it.
    samples: String,
}

/// What is done and safely in the files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    /// Where the records go on; none at the beginning.
    pub(crate) position: Option<Position>,
    /// How long the files are so far.
    pub(crate) out: u64,
    pub(crate) rejects: u64,
    pub(crate) kept: u64,
    pub(crate) counts: Counts,
}

impl Run {
    pub(crate) fn of(
        guideline: &Guideline,
        input: &Path,
        out: Format,
        others: Others,
        keeps_planes: bool,
    ) -> Result<Self, CohortError> {
        Ok(Self {
            book: guideline.book().hash.clone(),
            input: Seen::of(input)?,
            out,
            others,
            keeps_planes,
            program: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// In what this run differs from another.
    fn differs(&self, other: &Self) -> Option<&'static str> {
        let differences = [
            (self.book != other.book, "the book is another"),
            (self.input != other.input, "the file with the records was changed"),
            (self.out != other.out, "outcomes are written in another form"),
            (self.others != other.others, "--ignore-others"),
            (self.keeps_planes != other.keeps_planes, "--keep-planes"),
            (self.program != other.program, "the program is another version"),
        ];
        differences.into_iter().find_map(|(differs, what)| differs.then_some(what))
    }
}

impl Seen {
    fn of(path: &Path) -> Result<Self, CohortError> {
        let cannot = |error: std::io::Error| CohortError::cannot_read(&shown(path), &error);
        let mut file = open(path)?;
        let metadata = file.metadata().map_err(cannot)?;
        let bytes = metadata.len();
        let changed = metadata.modified().map_err(cannot)?.duration_since(UNIX_EPOCH);
        let mut hash = Sha256::new();
        let mut sample = Vec::new();
        for number in 0..SAMPLES {
            let from = bytes.saturating_sub(SAMPLE) / (SAMPLES - 1) * number;
            file.seek(SeekFrom::Start(from)).map_err(cannot)?;
            sample.clear();
            (&mut file).take(SAMPLE).read_to_end(&mut sample).map_err(cannot)?;
            hash.update(&sample);
        }
        let changed = changed.map(|since| since.as_nanos()).unwrap_or_default();
        Ok(Self { bytes, changed, samples: care::hex(&hash.finalize()) })
    }
}

const SAMPLES: u64 = 64;
const SAMPLE: u64 = 1 << 16;

impl Checkpoint {
    /// What a run that was stopped left here; none if there was none.
    ///
    /// # Errors
    ///
    /// If it was another run, or the file cannot be read.
    pub(crate) fn read(path: &Path, run: &Run) -> Result<Option<Progress>, CohortError> {
        let mut text = String::new();
        match File::open(path) {
            Ok(file) => file.take(LONGEST).read_to_string(&mut text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => Err(error),
        }
        .map_err(|error| CohortError::cannot_read(&shown(path), &error))?;
        let file = shown(path);
        let Ok(checkpoint) = serde_json::from_str::<Self>(&text) else {
            return Err(CohortError::OtherRun { file, what: "it cannot be read" });
        };
        match run.differs(&checkpoint.run) {
            Some(what) => Err(CohortError::OtherRun { file, what }),
            None => Ok(Some(checkpoint.done)),
        }
    }

    /// Writes it in one step: after a kill the old or the new one is there.
    pub(crate) fn write(&self, path: &Path) -> Result<(), CohortError> {
        let cannot = |error: std::io::Error| CohortError::cannot_write(&shown(path), &error);
        let text = serde_json::to_vec_pretty(self).map_err(|error| cannot(error.into()))?;
        let new = path.with_extension("json.new");
        let mut file = File::create(&new).map_err(cannot)?;
        file.write_all(&text).and_then(|()| file.sync_data()).map_err(cannot)?;
        std::fs::rename(&new, path).map_err(cannot)
    }
}

/// 1 MiB: counts of some hundred rules.
const LONGEST: u64 = 1 << 20;
