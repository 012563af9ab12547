//! A file of the first format, which has no chain, is chained when it is first opened.

use sqlx::{Connection as _, SqliteConnection};

use super::pages::Pages;
use super::statements::{LAST, NAMES_IN_FIRST_FORMAT, REPLACE};
use super::{heads, identity, tables};
use crate::chain::{Head, link};
use crate::record_id::RecordId;
use crate::seal::Key;

/// Brings an older file up to date, whole or not at all.
pub(super) async fn upgrade(
    connection: &mut SqliteConnection,
    version: i64,
    key: Option<&Key>,
) -> Result<(), sqlx::Error> {
    if version >= tables::known() {
        return Ok(());
    }
    let mut transaction = connection.begin_with("begin immediate").await?;
    // Another process may have been quicker.
    let now = tables::format(&mut transaction).await?;
    if now < tables::known() {
        tables::migrate(&mut transaction).await?;
        let records: Vec<String> =
            sqlx::query_scalar(NAMES_IN_FIRST_FORMAT).fetch_all(&mut *transaction).await?;
        let own = RecordId::own();
        for record in records.iter().map(String::as_str).filter(|record| *record != own.as_str()) {
            chain(&mut transaction, key, record).await?;
        }
        // Also where it has no event: a person's own record always has an end.
        chain(&mut transaction, key, own.as_str()).await?;
    }
    transaction.commit().await
}

/// The end of a record in which nothing was written yet.
pub(super) async fn begin(
    connection: &mut SqliteConnection,
    key: Option<&Key>,
    record: &str,
) -> Result<Head, sqlx::Error> {
    let head = Head::new(identity::by_chance()?);
    heads::set(connection, key, record, &head).await?;
    Ok(head)
}

/// Chains the events of a record as they are. A gap among their numbers stays one.
async fn chain(
    connection: &mut SqliteConnection,
    key: Option<&Key>,
    record: &str,
) -> Result<(), sqlx::Error> {
    let mut head = begin(connection, key, record).await?;
    let mut pages = Pages::after(record, head.last, true);
    loop {
        let rows = pages.next(connection).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            // A text in the place of a number comes after all numbers and reads as a small one:
            // it must not be written over the event that has that number.
            if row.sequence <= head.last {
                continue;
            }
            head.link = link(key, record, &head.link, &row);
            head.last = row.sequence;
            let payload = String::from_utf8_lossy(&row.payload).into_owned();
            replace(connection, record, row.sequence, &payload, &head.link).await?;
        }
    }
    heads::set(connection, key, record, &head).await
}

/// Puts another payload and link in the place of those of an event.
pub(super) async fn replace(
    connection: &mut SqliteConnection,
    record: &str,
    sequence: i64,
    payload: &str,
    link: &str,
) -> Result<(), sqlx::Error> {
    let replace = sqlx::query(REPLACE).bind(record).bind(sequence).bind(payload).bind(link);
    replace.execute(connection).await.map(drop)
}

/// The last sequence among the events of a record.
pub(super) async fn last_event(
    connection: &mut SqliteConnection,
    record: &str,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar(LAST).bind(record).fetch_one(connection).await
}
