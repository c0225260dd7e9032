-- Events of other systems that fit no release: what they are found by, and which of them are on record for a release by now. It says nothing that the
-- events do not.

create table ledger_inbox (
  sequence  bigint  not null primary key,
  stream_id varchar not null,
  id        text    not null,
  kind      text    not null,
  assigned  bigint  null
);
create index ledger_inbox_unassigned on ledger_inbox (sequence) where assigned is null;
create index ledger_inbox_by_id on ledger_inbox using hash (id);

-- What the events of a stretch of the log bring: for the write path and for the audit. A number is taken for one only where it is one, as an audit
-- reads what somebody may have changed.
create function ledger_inbox_received(first_sequence bigint, last_sequence bigint) returns table (sequence bigint, stream_id varchar, id text, kind text) language sql stable as $$
  select e.seq_id, e.stream_id, coalesce(e.data ->> 'id', ''), coalesce(e.data ->> 'kind', '')
  from mt_events e
  where e.seq_id between first_sequence and last_sequence and e.type = 'external_event_received'
$$;

create function ledger_inbox_assigned(first_sequence bigint, last_sequence bigint) returns table (sequence bigint, assigned bigint) language sql stable as $$
  select a.received, min(a.seq_id)
  from (
    select e.seq_id, case when e.data #>> '{event,sequence}' ~ '^[0-9]{1,18}$' then (e.data #>> '{event,sequence}')::bigint end as received
    from mt_events e
    where e.seq_id between first_sequence and last_sequence and e.type = 'external_event_assigned'
  ) a
  where a.received is not null
  group by a.received
$$;

-- Adds it. The same stretch twice adds nothing twice.
create function ledger_inbox_add(first_sequence bigint, last_sequence bigint) returns void language plpgsql as $$
begin
  insert into ledger_inbox (sequence, stream_id, id, kind)
  select r.sequence, r.stream_id, r.id, r.kind from ledger_inbox_received(first_sequence, last_sequence) r
  on conflict do nothing;
  update ledger_inbox i set assigned = a.assigned
  from ledger_inbox_assigned(first_sequence, last_sequence) a
  where i.sequence = a.sequence and i.assigned is null;
end $$;

grant select, insert on ledger_inbox to ledger_app;
grant update (assigned) on ledger_inbox to ledger_app;
