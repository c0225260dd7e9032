-- Which measurements each stream holds. Those who report them repeat everything they still know in every message; what is here is recorded
-- already, however old it is. It says nothing that the events do not.

create table ledger_measurements (
  stream_id varchar not null,
  identity  bytea   not null check (octet_length(identity) = 16),
  primary key (stream_id, identity)
);

-- What the events of a stretch of the log bring: the first half of SHA-256 over metric, time, source and whether it is a baseline, a line each.
-- For what was there before, and for the audit.
create function ledger_measurements_of(first_sequence bigint, last_sequence bigint) returns table (stream_id varchar, identity bytea) language plpgsql stable as $$
begin
  return query
  select distinct e.stream_id, substr(sha256(convert_to(concat_ws(e'\n',
    m ->> 'metric', m ->> 'at', m ->> 'source', case when m ->> 'timing' = 'baseline' then 'baseline' else '' end), 'UTF8')), 1, 16)
  from mt_events e
  cross join lateral jsonb_array_elements(case when jsonb_typeof(e.data -> 'measurements') = 'array' then e.data -> 'measurements' else '[]' end) m
  where e.seq_id between first_sequence and last_sequence and e.type = 'analysis_measured';
end $$;

grant select, insert on ledger_measurements to ledger_app;

-- What was appended before there was such a table.
insert into ledger_measurements (stream_id, identity)
select m.stream_id, m.identity from ledger_measurements_of(1, (select coalesce(max(seq_id), 0) from mt_events)) m;

-- Dead letters that somebody put away: what a receiver was never told, by whom that was decided, and why. Rows are only ever added.
create table ledger_outbox_discards (
  receiver        text        not null references ledger_outbox_receivers (name),
  sequence        bigint      not null,
  stream_id       varchar     not null,
  attempts        int         not null,
  last_attempt_at timestamptz not null,
  problem         text        not null,
  discarded_at    timestamptz not null,
  discarded_by    text        not null,
  reason          text        not null,
  primary key (receiver, sequence, discarded_at)
);

grant select, insert on ledger_outbox_discards to ledger_app;
