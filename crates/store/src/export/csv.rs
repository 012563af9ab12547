//! The diary, the painkillers and the remedies as one table.
//!
//! One row an entry, in the order of what they are about, with the kind of entry in
//! the first column and empty cells where a column does not apply. RFC 4180: UTF-8,
//! commas, CRLF, a header; times are ISO 8601 with the offset of the time zone.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::event::{CheckIn, DoseTaken, Trigger};
use crate::record::{Record, Timed, Trial};

pub(super) const HEADER: [&str; 22] = [
    "type",
    "time",
    "written",
    "pain_now",
    "pain_worst",
    "places",
    "function",
    "sleep",
    "activity",
    "triggers",
    "new_danger",
    "note",
    "medicine",
    "units",
    "amounts",
    "limits",
    "verdict",
    "remedy",
    "ended",
    "pain_before",
    "pain_after",
    "number",
];

/// Cells by the name of their column.
type Row = BTreeMap<&'static str, String>;

/// A table for a spreadsheet, with times in this time zone. The private notes are in it.
///
/// A text that a spreadsheet would take for a formula is written with an apostrophe
/// before it.
pub fn to_csv(record: &Record, time_zone: &TimeZone) -> String {
    let time = |at: Timestamp| {
        // The offset and not the name of the zone, which no spreadsheet reads.
        at.display_with_offset(time_zone.to_offset(at)).to_string()
    };
    let check_ins = record.check_ins().iter().map(|entry| {
        let cells = [("type", "check-in".to_owned()), ("time", time(entry.what.at))];
        (entry.what.at, whole(entry, time(entry.written), cells, check_in(&entry.what)))
    });
    let doses = record.doses().iter().map(|entry| {
        let cells = [("type", "dose".to_owned()), ("time", time(entry.what.at))];
        (entry.what.at, whole(entry, time(entry.written), cells, dose(&entry.what)))
    });
    let trials = record.trials().iter().map(|entry| {
        let cells = [("type", "remedy".to_owned()), ("time", time(entry.what.began))];
        (
            entry.what.began,
            whole(entry, time(entry.written), cells, trial(&entry.what, time(entry.what.ended))),
        )
    });
    let mut rows: Vec<(Timestamp, Row)> = check_ins.chain(doses).chain(trials).collect();
    rows.sort_by_key(|(at, _)| *at);
    let mut csv = HEADER.join(",") + "\r\n";
    for (_, mut row) in rows {
        csv += &HEADER.map(|column| row.remove(column).unwrap_or_default()).join(",");
        csv += "\r\n";
    }
    csv
}

fn whole<T>(entry: &Timed<T>, written: String, first: [(&'static str, String); 2], mut row: Row) -> Row {
    row.extend(first);
    row.extend([("written", written), ("number", entry.sequence.to_string())]);
    row
}

fn check_in(check_in: &CheckIn) -> Row {
    let places = check_in.regions.iter().map(|place| match place.pain {
        Some(pain) => format!("{} {pain}", place.region),
        None => place.region.clone(),
    });
    let triggers: Vec<&str> = check_in.triggers.iter().map(Trigger::words).collect();
    Row::from([
        ("pain_now", check_in.pain_now.to_string()),
        ("pain_worst", or_empty(check_in.pain_worst)),
        ("places", text(&places.collect::<Vec<_>>().join("; "))),
        ("function", or_empty(check_in.function)),
        ("sleep", check_in.sleep.map(word).unwrap_or_default()),
        ("activity", check_in.activity.map(word).unwrap_or_default()),
        ("triggers", text(&triggers.join("; "))),
        ("new_danger", word(check_in.new_danger)),
        ("note", text(&check_in.note)),
    ])
}

fn dose(dose: &DoseTaken) -> Row {
    let amounts = dose.amounts.iter().map(|(ingredient, amount)| format!("{ingredient} {amount}"));
    Row::from([
        ("medicine", text(&dose.name)),
        ("units", dose.units.to_string()),
        ("amounts", text(&amounts.collect::<Vec<_>>().join("; "))),
        ("limits", text(&dose.region)),
        ("verdict", word(dose.verdict)),
    ])
}

fn trial(trial: &Trial, ended: String) -> Row {
    Row::from([
        ("remedy", text(&trial.remedy)),
        ("ended", ended),
        ("pain_before", or_empty(trial.before)),
        ("pain_after", or_empty(trial.after)),
    ])
}

fn or_empty(number: Option<u8>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// The word by which the record keeps a choice.
fn word(choice: impl Serialize) -> String {
    serde_json::to_value(choice).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A cell with what somebody may have typed.
///
/// A reader that takes another separator, or no quotes, cuts the text at each of these
/// and sees a cell in every part; so each part that would be a formula has its apostrophe. What
/// would act on a terminal is written out: a table may go through a pipe to one.
fn text(cell: &str) -> String {
    let cell = cell.replace("\r\n", "\n");
    let cell = care::printable_lines(&cell);
    let mut safe = String::with_capacity(cell.len() + 2);
    for part in cell.split_inclusive([',', ';', '\t', '|', '\r', '\n']) {
        if is_formula(part) || safe.is_empty() && part.starts_with(['\t', '\r', '\n']) {
            safe.push('\'');
        }
        safe += part;
    }
    if safe.contains([',', '"', '\r', '\n']) || safe.trim() != safe {
        return format!("\"{}\"", safe.replace('"', "\"\""));
    }
    safe
}

/// Whether a spreadsheet would take a text for a formula, in quotes or not
/// (<https://owasp.org/www-community/attacks/CSV_Injection>), the wide signs included.
fn is_formula(part: &str) -> bool {
    let bare = part.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '"');
    bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reader_finds_a_formula_in_any_part_of_a_cell() {
        for (cell, written) in [
            ("plain", "plain"),
            ("=1+1", "'=1+1"),
            ("a;=1+1", "a;'=1+1"),
            ("a; @x", "a;' @x"),
            ("a\n=1", "\"a\n'=1\""),
            ("a;\"=1\"", "\"a;'\"\"=1\"\"\""),
            ("a,＝1", "\"a,'＝1\""),
            ("a|-1", "a|'-1"),
            ("lift; bend", "lift; bend"),
            ("a\n\nb", "\"a\n\nb\""),
            ("a\r\n=1", "\"a\n'=1\""),
            ("a\u{1b}]0;b\u{7}", "a\\u{1b}]0;b\\u{7}"),
        ] {
            assert_eq!(text(cell), written);
        }
    }
}
