-- Inline projections: written in the transaction that appends, so that whoever appended reads what came of it. Only what an event
-- changed is rewritten: a release is one row, and each of its gates another.

create table ledger_releases (
  stream_id       varchar not null primary key references mt_streams (id),
  opened_sequence bigint  not null unique,
  service         text    not null,
  facts           jsonb   not null
) with (fillfactor = 90);
create index ledger_releases_by_service on ledger_releases (service, opened_sequence);

create table ledger_gates (
  stream_id varchar not null,
  gate      text    not null,
  state     jsonb   not null,
  primary key (stream_id, gate)
) with (fillfactor = 70);
