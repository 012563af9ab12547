//! The note of where each record ends.

use sqlx::SqliteConnection;

use super::statements::{HEAD, SET_HEAD};
use crate::chain::Head;
use crate::seal::Key;

/// What a file says of the end of a record.
pub(super) enum End {
    /// Nothing.
    None,
    /// Something that this program did not write.
    Broken,
    /// Where it is.
    At(Head),
}

/// Where a record starts, its last number, the link there, and the proof of the three.
type Row = (Vec<u8>, i64, Vec<u8>, Vec<u8>);

/// Reads where a record ends.
pub(super) async fn end(
    connection: &mut SqliteConnection,
    key: Option<&Key>,
    record: &str,
) -> Result<End, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(HEAD).bind(record).fetch_optional(connection).await?;
    let Some((start, last, link, proof)) = row else { return Ok(End::None) };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let head = Head { start: text(&start), last, link: text(&link) };
    Ok(if head.proof(key, record).as_bytes() == proof { End::At(head) } else { End::Broken })
}

/// Notes where a record ends.
pub(super) async fn set(
    connection: &mut SqliteConnection,
    key: Option<&Key>,
    record: &str,
    head: &Head,
) -> Result<(), sqlx::Error> {
    sqlx::query(SET_HEAD)
        .bind(record)
        .bind(&head.start)
        .bind(head.last)
        .bind(&head.link)
        .bind(head.proof(key, record))
        .execute(connection)
        .await
        .map(drop)
}
