//! A line of a table with commas.
//!
//! A record is a line, also where a quote is never closed: such a line is refused alone and takes
//! no other with it. So no cell holds the end of a line.

use care::Guideline;

use crate::header::Column;
use crate::record::{Record, answer_from_cell};

/// Reads one line, without its end, into `record`.
///
/// # Errors
///
/// Why it is no record.
pub(crate) fn read(
    guideline: &Guideline,
    columns: &[Column],
    line: &str,
    record: &mut Record,
) -> Result<(), String> {
    record.clear();
    let mut count = 0;
    cells(line, |cell| {
        let column = columns.get(count);
        count += 1;
        match column {
            Some(Column::Id) => record.set_id(cell),
            Some(Column::Answers(finding)) => {
                if let Some(answer) = answer_from_cell(guideline, *finding, cell)? {
                    record.answers.push((*finding, answer));
                }
                Ok(())
            }
            Some(Column::Other) | None => Ok(()),
        }
    })?;
    if count != columns.len() {
        return Err(format!("it has {count} cells, and the first line {}", columns.len()));
    }
    Ok(())
}

/// Hands each cell of a line over, without its quotes.
///
/// # Errors
///
/// The first of `take`, or of a quote that is not closed or is followed by more than a comma.
pub(crate) fn cells(line: &str, mut take: impl FnMut(&str) -> Result<(), String>) -> Result<(), String> {
    let mut rest = line;
    loop {
        let Some(quoted) = rest.strip_prefix('"') else {
            match memchr::memchr(b',', rest.as_bytes()) {
                Some(comma) => {
                    take(&rest[..comma])?;
                    rest = &rest[comma + 1..];
                    continue;
                }
                None => return take(rest),
            }
        };
        let mut cell = String::new();
        let mut inside = quoted;
        let after = loop {
            let Some(quote) = memchr::memchr(b'"', inside.as_bytes()) else {
                return Err("a quote is opened and never closed".to_owned());
            };
            cell.push_str(&inside[..quote]);
            inside = &inside[quote + 1..];
            match inside.strip_prefix('"') {
                Some(more) => {
                    cell.push('"');
                    inside = more;
                }
                None => break inside,
            }
        };
        take(&cell)?;
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(()),
            None => return Err("something stands behind a closed quote".to_owned()),
        }
    }
}

/// A cell as it is written: in quotes where it needs them.
pub(crate) fn write_cell(cell: &str, out: &mut Vec<u8>) {
    if cell.contains([',', '"', '\n', '\r']) {
        out.push(b'"');
        out.extend(cell.replace('"', "\"\"").bytes());
        out.push(b'"');
    } else {
        out.extend(cell.bytes());
    }
}
