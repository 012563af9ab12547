//! The record of the siege: a triage, and a diary of 100,000 entries.

use std::fs;
use std::time::Duration;

use anyhow::{Context, ensure};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Folder, MARK};
use crate::run::{root, within};

/// As many as an import takes.
const EVENTS: usize = 100_000;

/// An entry every two minutes, nearly five months of them: the last is before the day this
/// was written, as an import takes nothing that is still to come.
const APART: SignedDuration = SignedDuration::from_mins(2);

/// A record of somebody with a spasm, which the tests keep.
const BASE: &str = "crates/web/tests/old_records/2026_11_2/spasm_over_weeks.json";

/// Makes the record, and sets the clock to just after its last entry.
pub(super) fn make(folder: &Folder) -> anyhow::Result<()> {
    let text = fs::read_to_string(root().join(BASE)).with_context(|| format!("cannot read {BASE}"))?;
    let mut export: Value = serde_json::from_str(&text)?;
    let events = export["events"].as_array_mut().context("the record has no events")?;
    let last = events.last().context("the record is empty")?;
    let mut at: Timestamp = last["at"].as_str().unwrap_or_default().parse()?;
    let mut sequence = last["sequence"].as_i64().context("an event has no number")?;
    while events.len() < EVENTS {
        (at, sequence) = (at + APART, sequence + 1);
        events.push(json!({ "sequence": sequence, "at": at, "event": entry(at, sequence, MARK) }));
    }
    fs::write(folder.file("clock"), format!("{}\n", at + APART))?;
    export["exported"] = json!(at);
    let file = folder.file("export.json");
    fs::write(&file, export.to_string())?;
    let mut import = folder.program();
    import.arg("record").arg("--record").arg(folder.file("record.db")).arg("import").arg(&file).arg("--yes");
    within(Duration::from_secs(300), &mut import).context("the record cannot be made")?;
    ensure!(folder.file("record.db").exists(), "there is no record");
    Ok(())
}

/// An entry of the diary, as an export has it.
pub(super) fn entry(at: Timestamp, number: i64, note: &str) -> Value {
    json!({
        "kind": "checked_in", "at": at, "pain_now": number.rem_euclid(4) + 2, "pain_worst": null, "regions": [],
        "function": 5, "sleep": null, "activity": null, "triggers": [], "new_danger": "no",
        "note": format!("{note} {number}"),
    })
}
