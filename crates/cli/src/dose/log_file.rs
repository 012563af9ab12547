//! The file of doses: JSON Lines, added to at the end, never changed.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::Context;
use care::{Count, Dose, DoseLog, Taken};
use jiff::{Timestamp, Zoned};
use serde_json::{Map, Value, json};

use crate::exit::BadInput;

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
        let open = OpenOptions::new().read(true).append(true).create(true).open(self.path);
        let mut file = open.with_context(cannot)?;
        // Two programs that write at once take turns. Where the file system knows no
        // locks, a dose that is written without one is still better than none.
        let _ = file.lock();
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
    let text = std::fs::read_to_string(path).map_err(|error| {
        BadInput::because(format!(
            "cannot open the log {}: {error}; `unclench dose log` makes one",
            path.display()
        ))
    })?;
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    // Some editors put a mark of the byte order before the first line.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match entry(line) {
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push(format!("line {number}: {problem}")),
        }
    }
    if problems.is_empty() {
        return Ok(entries);
    }
    Err(BadInput::because(format!(
        "the log {} has lines that cannot be read, and a dose that is not read cannot be counted; \
         put them right in the file:\n  {}",
        path.display(),
        problems.join("\n  ")
    )))
}

fn entry(line: &str) -> Result<Entry, String> {
    let value: Value = serde_json::from_str(line).map_err(|error| format!("not JSON: {error}"))?;
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
