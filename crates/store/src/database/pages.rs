//! The rows of a record, some at a time, so that a long record is never in memory twice.

use sqlx::SqliteConnection;

use super::statements::{PAGE, PAGE_IN_FIRST_FORMAT};
use super::{RowTuple, row_of};
use crate::chain::Row;

/// What is still to be read of a record.
pub(super) struct Pages<'r> {
    record: &'r str,
    statement: &'static str,
    after: i64,
    is_over: bool,
}

impl<'r> Pages<'r> {
    /// The rows of a record after a place; of a file with a chain, or of the first format.
    pub(super) fn after(record: &'r str, after: i64, is_chained: bool) -> Self {
        let statement = if is_chained { PAGE } else { PAGE_IN_FIRST_FORMAT };
        Self { record, statement, after, is_over: false }
    }

    /// The next of them, in order; none after the last.
    pub(super) async fn next(&mut self, connection: &mut SqliteConnection) -> Result<Vec<Row>, sqlx::Error> {
        if self.is_over {
            return Ok(Vec::new());
        }
        let rows: Vec<RowTuple> =
            sqlx::query_as(self.statement).bind(self.record).bind(self.after).fetch_all(connection).await?;
        let last = rows.iter().map(|row| row.0).max();
        // Where another program wrote a text in the place of a number, SQLite takes it for
        // more than any number, and it would come again and again.
        self.is_over = last.is_none_or(|last| last <= self.after);
        self.after = last.unwrap_or(self.after);
        Ok(rows.into_iter().map(row_of).collect())
    }
}
