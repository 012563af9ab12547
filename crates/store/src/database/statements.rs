//! Every statement that reads or writes a record.
//!
//! Texts are read as the bytes they are: a bit may have flipped, and one row that is
//! no text must not keep the others from being read.

/// Where a record ends.
pub(super) const HEAD: &str = "select cast(start as blob), cast(last as integer), cast(link as blob), \
     cast(proof as blob) from heads where record = $1";

/// Notes where a record ends.
pub(super) const SET_HEAD: &str = "insert into heads (record, start, last, link, proof) \
     values ($1, $2, $3, $4, $5) on conflict (record) do update \
     set start = excluded.start, last = excluded.last, link = excluded.link, proof = excluded.proof";

/// The last sequence of a record; null where there is none.
pub(super) const LAST: &str = "select max(sequence) from events where record = $1";

/// One event more. No row is written if the record has seen the token.
pub(super) const INSERT: &str = "insert into events (record, sequence, written_at, once, payload, link) \
     values ($1, $2, $3, $4, $5, $6) \
     on conflict (record, once) where once is not null do nothing";

/// The next events of a record after a sequence, in order.
pub(super) const PAGE: &str = "select cast(sequence as integer), cast(written_at as blob), \
     cast(once as blob), cast(payload as blob), cast(link as blob) from events \
     where record = $1 and sequence > $2 order by sequence limit 500";

/// The same in a file of the first format, which has no links.
pub(super) const PAGE_IN_FIRST_FORMAT: &str = "select cast(sequence as integer), cast(written_at as blob), \
     cast(once as blob), cast(payload as blob), null from events \
     where record = $1 and sequence > $2 order by sequence limit 500";

/// Puts another payload and link in the place of those of an event.
pub(super) const REPLACE: &str =
    "update events set payload = $3, link = $4 where record = $1 and sequence = $2";

/// The highest row of the whole file.
pub(super) const LAST_ROW: &str = "select max(rowid) from events not indexed";

/// One row of the whole file, found without an index.
pub(super) const ROW: &str = "select cast(record as blob), cast(sequence as integer), \
     cast(written_at as blob), cast(once as blob), cast(payload as blob), cast(link as blob) \
     from events not indexed where rowid = $1";

/// Deletes a record.
pub(super) const ERASE: &str = "delete from events where record = $1";

/// Every record that has events or an end.
pub(super) const NAMES: &str = "select record from events union select record from heads";

/// Every record that has events in a file of the first format.
pub(super) const NAMES_IN_FIRST_FORMAT: &str = "select distinct record from events";

/// How many records have events.
pub(super) const RECORDS: &str = "select count(distinct record) from events";

/// What is known about the file under a name.
pub(super) const ABOUT: &str = "select value from about where name = $1";

/// What tells a record's file from another: its wrapped key, and which file it is.
pub(super) const IDENTITY: &str =
    "select (select value from about where name = 'seal'), (select value from about where name = 'file')";

/// Notes something about the file.
pub(super) const NOTE: &str = "insert into about (name, value) values ($1, $2) \
     on conflict (name) do update set value = excluded.value";

/// Takes a note about the file back.
pub(super) const FORGET: &str = "delete from about where name = $1";

/// Whether the file holds something that runs by itself, which this program never makes.
pub(super) const FOREIGN_PARTS: &str =
    "select name from sqlite_master where type not in ('table', 'index') limit 1";

/// Whether there is a list of the formats that the file went through.
pub(super) const HAS_LIST: &str =
    "select exists (select 1 from sqlite_master where name = '_sqlx_migrations')";

/// The newest of them.
pub(super) const LISTED: &str = "select max(version) from _sqlx_migrations";

/// Whether events have links.
pub(super) const HAS_LINKS: &str =
    "select exists (select 1 from pragma_table_info('events') where name = 'link')";

/// Whether it is noted where records end.
pub(super) const HAS_ENDS: &str = "select exists (select 1 from sqlite_master where name = 'heads')";

/// Changes whenever another connection has written to the file.
pub(super) const VERSION: &str = "pragma data_version";

/// Drops every page that a connection holds in memory.
pub(super) const FORGET_PAGES: &str = "pragma shrink_memory";

/// The name under which the wrapped key is noted.
pub(super) const SEAL: &str = "seal";

/// The name under which it is noted which file it is: it stays the same whatever is written into
/// it or erased from it, and a copy has it too.
pub(super) const FILE: &str = "file";

/// The name under which it is noted that traces of erased events may remain.
pub(super) const PURGE: &str = "purge";
