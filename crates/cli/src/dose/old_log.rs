//! The log of doses that earlier versions kept in a file of its own: JSON Lines, read once
//! to be brought into the record.
//!
//! Each line has a number and a link, a hash over the link of the line before and over
//! what it says. So a line that is missing, changed, moved or put in is found out and
//! named, and nothing of the file is taken. Lines of the first versions have neither.

use std::path::Path;

use care::medicine::Found;
use care::{Count, DoseLevel, Guideline, Taken};
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use store::{DoseCleared, DoseTaken, Event, Sequence, Stored};

use crate::exit::BadInput;
use crate::{answers_in, input};

/// The doses and clearances of a file, as a record keeps them. `region` is the country of
/// whatever does not say by whose limits it was looked at.
///
/// # Errors
///
/// Every line that cannot be read: a dose that is not understood must not be
/// taken as none.
pub(crate) fn read(guideline: &Guideline, path: &Path, region: &str) -> anyhow::Result<Vec<Stored>> {
    let text = input::read_file(path, input::MOST_BYTES)?;
    let mut entries: Vec<(Timestamp, Event)> = Vec::new();
    let mut problems = Vec::new();
    let mut chain = Chain::default();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        // A line that was cut off was never written down, so it hangs on nothing.
        let read = json_of(line).and_then(|value| {
            chain.check(&value)?;
            entry(guideline, &value, region)
        });
        match read {
            Ok(read) => entries.extend(read),
            Err(problem) => problems.push(format!("line {number}: {problem}")),
        }
    }
    if problems.is_empty() && entries.is_empty() {
        let shown = path.display().to_string();
        return Err(BadInput::because(format!(
            "there is no dose in {}; is it the right file?",
            care::printable(&shown)
        )));
    }
    if problems.is_empty() {
        let numbered = (1..).map(Sequence).zip(entries);
        return Ok(numbered
            .map(|(sequence, (at, event))| Stored { sequence, at, once: None, event })
            .collect());
    }
    Err(BadInput::because(format!(
        "the log {} is not as it was written, and a dose that is not known cannot be counted, so ask a \
         pharmacist or doctor first; take out a line that was cut off, else bring back a copy that you kept, \
         or write down again what you took of late. Nothing was added:\n  {}",
        path.display(),
        problems.join("\n  ")
    )))
}

/// A line as one object, in which nothing is said twice.
fn json_of(line: &str) -> Result<Value, String> {
    let value = answers_in::json(line).map_err(|unusable| unusable.messages().join("; "))?;
    if value.is_object() { Ok(value) } else { Err("it is no object".to_owned()) }
}

/// What stands in a line whose time nobody knows.
const UNKNOWN: &str = "unknown";

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

/// Whether doses of this are counted: an ingredient under another name would be none.
fn is_counted(guideline: &Guideline, name: &str) -> Result<(), String> {
    if web::counts(guideline, name) {
        Ok(())
    } else {
        Err(format!("`{}` is no painkiller that is known here", care::printable(name)))
    }
}

fn is_region(guideline: &Guideline, region: &Value) -> bool {
    guideline.book().regions.iter().any(|known| region == known.id.as_str())
}

fn is_count(units: &Value) -> bool {
    units.is_number() && Count::read(&units.to_string()).is_some_and(|count| count.hundredths() > 0)
}

/// What a line says: a dose, or a clearance of one ingredient or several.
fn entry(guideline: &Guideline, value: &Value, region: &str) -> Result<Vec<(Timestamp, Event)>, String> {
    let mut keys = value.as_object().into_iter().flatten().map(|(key, _)| key);
    if let Some(key) = keys.find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("`{key}` is nothing that a line says"));
    }
    let at = value.get("at").and_then(Value::as_str).ok_or("no time (`at`)")?;
    let at: Timestamp = at
        .parse()
        .map_err(|_| format!("`{at}` is not a time with an offset, such as 2026-11-22T08:00:00-05:00"))?;
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    if let Some(cleared) = value.get("cleared") {
        if let Some(other) =
            ["ingredients", "product", "units", "time"].iter().find(|key| value.get(key).is_some())
        {
            return Err(format!("it says both `cleared` and `{other}`, and only one of them can be meant"));
        }
        let names = cleared.as_array().into_iter().flatten().map(|name| name.as_str().map(str::to_owned));
        let names: Option<Vec<String>> = names.collect();
        let names = names.filter(|names| !names.is_empty()).ok_or("`cleared` names no ingredient")?;
        names.iter().try_for_each(|name| is_counted(guideline, name))?;
        let cleared = |ingredient| (at, Event::DoseCleared(DoseCleared { at, ingredient }));
        return Ok(names.into_iter().map(cleared).collect());
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
    amounts.iter().try_for_each(|(name, _)| is_counted(guideline, name))?;
    for (key, is_right) in [
        ("product", value.get("product").is_none_or(Value::is_string)),
        ("region", value.get("region").is_none_or(|region| is_region(guideline, region))),
        ("time", value.get("time").is_none_or(|time| time == UNKNOWN)),
        ("units", value.get("units").is_none_or(is_count)),
    ] {
        if !is_right {
            return Err(format!("`{key}` does not read"));
        }
    }
    let product = text("product");
    let taken = Taken::restore(at, product.clone(), amounts).map_err(|error| error.to_string())?;
    let count = value.get("units").map(ToString::to_string).and_then(|units| Count::read(&units));
    let hundredths = count.map_or(100, Count::hundredths);
    let found = product.as_deref().and_then(|id| Found::with_id(guideline, id));
    let names: Vec<String> =
        taken.amounts().iter().map(|(name, amount)| format!("{name} {amount}")).collect();
    let dose = DoseTaken {
        at,
        name: match (found, count) {
            (Some(found), Some(count)) => web::shown_name(&found, count),
            _ => names.join(", ").replace('_', " "),
        },
        units: if product.is_some() {
            hundredths.div_ceil(100)
        } else {
            taken.amounts().first().map_or(0, |(_, amount)| *amount)
        },
        hundredths: Some(hundredths).filter(|hundredths| product.is_some() && hundredths % 100 > 0),
        product,
        amounts: taken.amounts().to_vec(),
        region: text("region").unwrap_or_else(|| region.to_owned()),
        // What the guard said at that time was not written down.
        verdict: DoseLevel::AskFirst,
        time_unknown: text("time").as_deref() == Some(UNKNOWN),
    };
    Ok(vec![(at, Event::DoseTaken(dose))])
}
