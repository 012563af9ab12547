-- The same text runs on SQLite and on PostgreSQL. Never edit a migration that
-- was released: add another.

create table events (
    -- Whose: 'own', or the SHA-256 of a session secret.
    record text not null,
    -- 1 for the first of its record, without gaps.
    sequence bigint not null check (sequence > 0),
    -- RFC 3339.
    written_at text not null,
    -- The token of the form; the first event of a form carries it.
    once text,
    -- The event as JSON, or that JSON sealed.
    payload text not null,
    primary key (record, sequence)
);

create unique index events_once on events (record, once) where once is not null;

-- What is to be known about the whole file: 'seal' if it is sealed, 'purge' while
-- something that was erased may still be in it.
create table about (
    name text not null primary key,
    value text not null
);
