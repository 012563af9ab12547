//! The file of doses: JSON Lines, added to at the end, never changed.
//!
//! Each line has a number and a link, a hash over the link of the line before and over
//! what it says. So a line that is missing, changed, moved or put in is found out and
//! named, and then no dose is allowed. Lines of earlier versions have neither; the first
//! line of this one holds them fast. What is cut off at the end of the file is not found
//! out: the record of the pages (`unclench serve`) notes its own end.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::Context;
use care::{Count, Dose, DoseLog, Taken};
use jiff::{Timestamp, Zoned};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::exit::BadInput;
use crate::{answers_in, input};

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A dose.
    Taken {
        /// What was taken.
        taken: Taken,
        /// The country by whose limits it was looked at.
        region: Option<String>,
    },
    /// A clinician cleared what was too much.
    Cleared {
        /// When.
        at: Timestamp,
        /// Which ingredients.
        ingredients: Vec<String>,
        /// The country by whose limits it was looked at.
        region: Option<String>,
    },
}

impl Entry {
    /// The country by whose limits it was looked at.
    pub(crate) fn region(&self) -> Option<&str> {
        match self {
            Self::Taken { region, .. } | Self::Cleared { region, .. } => region.as_deref(),
        }
    }
}

/// The log that the lines of a file make, in their order.
pub(crate) fn log_of(entries: &[Entry]) -> DoseLog {
    let mut log = DoseLog::default();
    for entry in entries {
        match entry {
            Entry::Taken { taken, .. } => log.push(taken.clone()),
            Entry::Cleared { at, ingredients, .. } => {
                for ingredient in ingredients {
                    log.clear(*at, ingredient.clone());
                }
            }
        }
    }
    log
}

/// Where doses are written down.
pub(crate) struct LogFile<'p> {
    path: &'p Path,
}

impl<'p> LogFile<'p> {
    pub(crate) fn at(path: &'p Path) -> Self {
        Self { path }
    }

    /// The doses so far; none where the file is not there yet.
    pub(crate) fn read_if_there(&self) -> anyhow::Result<Vec<Entry>> {
        if self.path.exists() { self.read() } else { Ok(Vec::new()) }
    }

    /// Every line of it.
    pub(crate) fn read(&self) -> anyhow::Result<Vec<Entry>> {
        read(self.path)
    }

    /// Adds a dose as one line, and returns once it is on the disk.
    pub(crate) fn add(&self, at: &Zoned, taken: &Taken, dose: &Dose, region: &str) -> anyhow::Result<()> {
        let ingredients: Map<String, Value> =
            dose.amounts().map(|(ingredient, amount)| (ingredient.to_owned(), json!(amount))).collect();
        let mut line = json!({ "at": at.to_string(), "ingredients": ingredients, "region": region });
        if let (Some(product), Some(fields)) = (dose.product(), line.as_object_mut()) {
            fields.insert("product".to_owned(), json!(product));
            fields.insert("units".to_owned(), number(dose.count()));
        }
        if let (false, Some(fields)) = (taken.is_time_known(), line.as_object_mut()) {
            fields.insert("time".to_owned(), json!(UNKNOWN));
        }
        self.add_line(&line)
    }

    /// Adds that a clinician cleared these ingredients.
    pub(crate) fn clear(&self, at: &Zoned, ingredients: &[&str], region: &str) -> anyhow::Result<()> {
        self.add_line(&json!({ "at": at.to_string(), "cleared": ingredients, "region": region }))
    }

    fn add_line(&self, line: &Value) -> anyhow::Result<()> {
        let cannot = || format!("the dose could not be written to {}", self.path.display());
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            // What somebody takes is nobody else's business.
            options.mode(0o600);
        }
        let mut file = options.open(self.path).with_context(cannot)?;
        // Two programs that write at once take turns. Where the file system knows no
        // locks, a dose that is written without one is still better than none.
        let _ = file.lock();
        let mut before = String::new();
        // A file that is no text is written to all the same, and refused when it is read.
        let _ = Read::by_ref(&mut file).take(input::MOST_BYTES).read_to_string(&mut before);
        let line = Chain::over(&before).next(line);
        let mut bytes = Vec::new();
        if ends_within_a_line(&mut file).with_context(cannot)? {
            // A line that was cut off by a crash stays by itself.
            bytes.push(b'\n');
        }
        bytes.extend(line.to_string().into_bytes());
        bytes.push(b'\n');
        file.write_all(&bytes).with_context(cannot)?;
        file.sync_all().with_context(cannot)
    }
}

/// What stands in a line whose time nobody knows.
const UNKNOWN: &str = "unknown";

/// A count as JSON has it: `2`, or `1.5`.
pub(crate) fn number(count: Count) -> Value {
    count.as_whole().map_or_else(|| json!(f64::from(count.hundredths()) / 100.0), |whole| json!(whole))
}

fn ends_within_a_line(file: &mut File) -> std::io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Every dose of a file.
///
/// # Errors
///
/// Every line that cannot be read: a dose that is not understood must not be
/// taken as none.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Entry>> {
    let text = input::read_file(path, input::MOST_BYTES).map_err(|error| {
        BadInput::because(format!(
            "cannot open the log {}: {error:#}; `unclench dose log` makes one",
            path.display()
        ))
    })?;
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    let mut chain = Chain::default();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        // A line that was cut off was never written down, so it hangs on nothing.
        let read = json_of(line).and_then(|value| {
            chain.check(&value)?;
            entry(&value)
        });
        match read {
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push(format!("line {number}: {problem}")),
        }
    }
    if problems.is_empty() {
        return Ok(entries);
    }
    Err(BadInput::because(format!(
        "the log {} is not as it was written, and a dose that is not known cannot be counted, so ask a \
         pharmacist or doctor first; take out a line that was cut off, else bring back a copy that you kept, \
         or begin a new log and write down again what you took of late:\n  {}",
        path.display(),
        problems.join("\n  ")
    )))
}

/// A line as one object, in which nothing is said twice.
fn json_of(line: &str) -> Result<Value, String> {
    let value = answers_in::json(line).map_err(|unusable| unusable.messages().join("; "))?;
    if value.is_object() { Ok(value) } else { Err("it is no object".to_owned()) }
}

/// What a line may say.
const KEYS: [&str; 9] = ["at", "ingredients", "region", "product", "units", "time", "cleared", NUMBER, LINK];
const NUMBER: &str = "number";
const LINK: &str = "link";

/// The chain over the lines.
#[derive(Default)]
struct Chain {
    lines: u64,
    link: String,
    /// Whether a line with a link was seen: from there on every line has one.
    is_linked: bool,
}

impl Chain {
    /// Over everything in a text that reads, whether it holds or not.
    fn over(text: &str) -> Self {
        let mut chain = Self::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for value in text.lines().filter_map(|line| json_of(line).ok()) {
            // What does not hold is said whenever the log is read.
            let _ = chain.check(&value);
        }
        chain
    }

    /// A line at the end of the chain.
    fn next(&self, line: &Value) -> Value {
        let mut line = line.clone();
        if let Some(fields) = line.as_object_mut() {
            fields.insert(NUMBER.to_owned(), json!(self.lines + 1));
        }
        let tie = self.link_of(&line);
        if let Some(fields) = line.as_object_mut() {
            fields.insert(LINK.to_owned(), json!(tie));
        }
        line
    }

    /// Whether a line is the one that was written at its place.
    fn check(&mut self, line: &Value) -> Result<(), String> {
        let stored = line.get(LINK).and_then(Value::as_str).map(str::to_owned);
        let number = line.get(NUMBER).and_then(Value::as_u64);
        let next = self.lines + 1;
        let computed = self.link_of(line);
        let was_linked = self.is_linked;
        self.lines = number.unwrap_or(next);
        self.is_linked |= stored.is_some();
        self.link = stored.clone().unwrap_or_else(|| computed.clone());
        match (stored, number) {
            (None, None) if !was_linked => Ok(()),
            (Some(stored), Some(number)) if number == next && stored == computed => Ok(()),
            (Some(_), Some(number)) if number > next && number - next == 1 => {
                Err(format!("entry {next} is missing before it"))
            }
            (Some(_), Some(number)) if number > next => {
                Err(format!("entries {next} to {} are missing before it", number - 1))
            }
            (Some(_), Some(_)) => Err("it was changed or moved, or something before it was".to_owned()),
            _ => Err("it was put in by another program".to_owned()),
        }
    }

    /// The hash over the link of the line before and over what this one says.
    fn link_of(&self, line: &Value) -> String {
        let mut line = line.clone();
        if let Some(fields) = line.as_object_mut() {
            fields.shift_remove(LINK);
        }
        line.sort_all_objects();
        care::hex(&Sha256::digest(format!("{}\n{line}", self.link)))
    }
}

fn entry(value: &Value) -> Result<Entry, String> {
    if let Some(key) =
        value.as_object().into_iter().flatten().map(|(key, _)| key).find(|key| !KEYS.contains(&key.as_str()))
    {
        return Err(format!("`{key}` is nothing that a line says"));
    }
    let at = value.get("at").and_then(Value::as_str).ok_or("no time (`at`)")?;
    let at: Timestamp = at
        .parse()
        .map_err(|_| format!("`{at}` is not a time with an offset, such as 2026-11-22T08:00:00-05:00"))?;
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let region = text("region");
    if let Some(cleared) = value.get("cleared") {
        let names = cleared.as_array().into_iter().flatten().map(|name| name.as_str().map(str::to_owned));
        let ingredients: Option<Vec<String>> = names.collect();
        let ingredients =
            ingredients.filter(|names| !names.is_empty()).ok_or("`cleared` names no ingredient")?;
        return Ok(Entry::Cleared { at, ingredients, region });
    }
    let ingredients = value.get("ingredients").and_then(Value::as_object).ok_or("no `ingredients`")?;
    let amount = |(name, amount): (&String, &Value)| {
        let amount =
            amount.as_u64().and_then(|amount| u32::try_from(amount).ok()).filter(|amount| *amount > 0);
        amount
            .map(|amount| (name.clone(), amount))
            .ok_or_else(|| format!("the amount of {name} is not known"))
    };
    let amounts = ingredients.iter().map(amount).collect::<Result<Vec<_>, _>>()?;
    let taken = Taken::restore(at, text("product"), amounts).map_err(|error| error.to_string())?;
    let is_unknown = text("time").as_deref() == Some(UNKNOWN);
    let taken = if is_unknown { taken.at_unknown_time() } else { taken };
    Ok(Entry::Taken { taken, region })
}
