//! Every statement that reads or writes a record.
//!
//! Each runs unchanged on SQLite and on PostgreSQL: `$1` placeholders, text and
//! bigint only, and JSON is never looked into.

/// The last sequence of a record; null where there is none.
pub(super) const LAST: &str = "select max(sequence) from events where record = $1";

/// One event more. No row is written if the record has seen the token.
pub(super) const INSERT: &str = "insert into events (record, sequence, written_at, once, payload) \
     values ($1, $2, $3, $4, $5) \
     on conflict (record, once) where once is not null do nothing";

/// The events of a record from a sequence on, in order.
pub(super) const FROM: &str = "select sequence, written_at, once, payload from events \
     where record = $1 and sequence >= $2 order by sequence";

/// Deletes a record.
pub(super) const ERASE: &str = "delete from events where record = $1";

/// How many records there are.
pub(super) const RECORDS: &str = "select count(distinct record) from events";

/// The next events of the whole file after a place, to seal them anew.
pub(super) const PAGE: &str = "select record, sequence, written_at, payload from events \
     where (record, sequence) > ($1, $2) order by record, sequence limit 100";

/// Puts another payload in the place of one.
pub(super) const REPLACE: &str = "update events set payload = $3 where record = $1 and sequence = $2";

/// What is known about the file under a name.
pub(super) const ABOUT: &str = "select value from about where name = $1";

/// Notes something about the file.
pub(super) const NOTE: &str = "insert into about (name, value) values ($1, $2) \
     on conflict (name) do update set value = excluded.value";

/// Takes a note about the file back.
pub(super) const FORGET: &str = "delete from about where name = $1";

/// The name under which the wrapped key is noted.
pub(super) const SEAL: &str = "seal";

/// The name under which it is noted that traces of erased events may remain.
pub(super) const PURGE: &str = "purge";
