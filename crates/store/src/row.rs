//! An event as a row: how it is kept, and read back.

use jiff::Timestamp;

use crate::chain::Row;
use crate::event::{Event, Once, Sequence, Stored};
use crate::place::{Place, SEALED};
use crate::record_id::RecordId;
use crate::seal::{Key, Opened, SealError};
use crate::store_error::StoreError;

/// An event as it is to be kept, still without its link.
pub(crate) fn of(
    key: Option<&Key>,
    record: &str,
    sequence: i64,
    (at, event): (Timestamp, &Event),
    once: Option<&Once>,
) -> Result<Row, StoreError> {
    let other = |problem: String| StoreError::Other(problem);
    let json = serde_json::to_string(event).map_err(|error| other(error.to_string()))?;
    let written_at = at.to_string();
    let place = Place { record, sequence, written_at: &written_at };
    let payload = payload(key, place, json).map_err(|error| other(error.to_string()))?;
    Ok(Row {
        sequence,
        written_at: written_at.into_bytes(),
        once: once.map(|once| once.clone().into_bytes()),
        payload: payload.into_bytes(),
        link: None,
    })
}

/// The event of a row that holds.
///
/// # Errors
///
/// [`StoreError::Damaged`] says what does not read, never what is there.
pub(crate) fn read(key: Option<&Key>, record: &RecordId, row: &Row) -> Result<Stored, StoreError> {
    let sequence = Sequence(row.sequence);
    let damaged = |problem: String| StoreError::Damaged { sequence, problem };
    let text =
        |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| damaged("it is not text".to_owned()));
    let written_at = text(&row.written_at)?;
    let place = Place { record: record.as_str(), sequence: row.sequence, written_at: &written_at };
    let payload = text(&row.payload)?;
    let json = json(key, place, &payload).map_err(|error| damaged(error.to_string()))?;
    Ok(Stored {
        sequence,
        at: written_at.parse().map_err(|_| damaged("its time does not read".to_owned()))?,
        once: row.once.as_deref().map(text).transpose()?,
        // Line and column say where; the message of serde could repeat what is there.
        event: serde_json::from_str(&json)
            .map_err(|error| damaged(format!("its text does not read, at character {}", error.column())))?,
    })
}

/// JSON as it is kept: sealed where there is a key.
pub(crate) fn payload(key: Option<&Key>, place: Place<'_>, json: String) -> Result<String, SealError> {
    match key {
        Some(key) => key.seal(place, &json),
        None => Ok(json),
    }
}

/// The JSON of a payload. In a sealed file, one that is not sealed was put there by somebody else.
pub(crate) fn json(key: Option<&Key>, place: Place<'_>, payload: &str) -> Result<Opened, SealError> {
    match key {
        Some(key) => key.open(place, payload),
        None if payload.starts_with(SEALED) => Err(SealError::Broken),
        None => Ok(Opened::from(payload.to_owned())),
    }
}
