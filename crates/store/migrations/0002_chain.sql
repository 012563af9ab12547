-- The hash that ties each event to the one before it. Null only until the program
-- has gone through the events of the first format, in the same transaction.
alter table events add column link text;

-- Where each record ends: without it, the last events could be taken away unseen.
create table heads (
    record text not null primary key,
    -- Random, new whenever the record begins anew; the first link hangs on it.
    start text not null,
    -- The sequence of the last event, 0 where there is none, and its link.
    last bigint not null,
    link text not null,
    -- A hash over the rest: keyed if the file is sealed.
    proof text not null
);
