-- What releases are found by, beside their service and the order in which they were opened: one row for each thing that a release has, with the
-- event that brought it, so that a search can also be made as of an earlier place in the log. Rows are only ever added. Values that change with
-- time alone, as a verdict does when a waiver ends, are not here: they are judged when they are asked for.

create table ledger_terms (
  kind     text   not null,
  value    text   collate "C" not null,
  release  bigint not null,
  sequence bigint not null,
  primary key (kind, value, release)
);

create index ledger_releases_by_name on ledger_releases (stream_id collate "C");

-- The words of a text, as they are stored. What parts them, and which letters have a small form, is said of ASCII alone: so it is the same under every locale.
create function ledger_words(text text) returns setof text language sql immutable parallel safe as $$
  select distinct left(word, 64)
  from string_to_table(
    translate(text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' || e'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\t\n\r', 'abcdefghijklmnopqrstuvwxyz' || repeat(' ', 35)), ' ') word
  where length(word) > 1
$$;

-- How many events were appended before a time. Times never decrease along the log and sequence numbers have no gaps, so it is found by halving.
create function ledger_events_before(at timestamptz) returns bigint language plpgsql stable parallel safe as $$
declare
  low bigint := 0;
  high bigint := coalesce((select seq_id from mt_events order by seq_id desc limit 1), 0) + 1;
  middle bigint;
begin
  while high - low > 1 loop
    middle := (low + high) / 2;
    if (select e.timestamp < at from mt_events e where e.seq_id = middle) then low := middle; else high := middle; end if;
  end loop;
  return low;
end $$;

-- The artifacts that an event names; none where somebody changed it into something that cannot name any.
create function ledger_artifacts(data jsonb) returns setof jsonb language sql immutable parallel safe as $$
  select jsonb_array_elements(case when jsonb_typeof(data -> 'artifacts') = 'array' then data -> 'artifacts' else '[]' end)
$$;

-- What the events of a stretch of the log bring: once for the write path, for what was there before, and for the audit.
create function ledger_terms_of(first_sequence bigint, last_sequence bigint) returns table (kind text, value text, release bigint, sequence bigint) language plpgsql stable as $$
begin
  return query
  select t.kind, t.value, r.opened_sequence, min(e.seq_id)
  from mt_events e
  join ledger_releases r on r.stream_id = e.stream_id
  cross join lateral (
    select 'version', e.data ->> 'version' where e.type = 'release_opened'
    union all select 'environment', e.data ->> 'environment' where e.type = 'release_opened'
    union all select 'commit', lower(e.data ->> 'commit') where e.type = 'release_opened'
    union all select 'policy', e.data #>> '{policy,name}' where e.type = 'release_opened'
    union all select 'artifact', artifact ->> 'digest' from ledger_artifacts(e.data) artifact where e.type = 'release_opened'
    union all select 'tool', e.data ->> 'tool' where e.type = 'gate_reported'
    union all select 'waived', e.data ->> 'gate' where e.type = 'gate_waived'
    union all select 'signer', e.data ->> 'signer' where e.type = 'signed_off'
    union all select 'role', e.data ->> 'role' where e.type = 'signed_off'
    union all select 'decision', e.data ->> 'verdict' where e.type = 'decision_made'
    union all select 'closed', e.data ->> 'outcome' where e.type = 'release_closed'
    union all select 'word', word from ledger_words(concat_ws(' ',
        e.data ->> 'service', e.data ->> 'version', e.data ->> 'tag', e.data ->> 'summary', e.data ->> 'environment',
        (select string_agg(artifact ->> 'name', ' ') from ledger_artifacts(e.data) artifact))) word
      where e.type = 'release_opened'
    union all select 'word', word from ledger_words(concat_ws(' ',
        e.data ->> 'gate', e.data ->> 'owner', e.data ->> 'reason', e.data ->> 'control', e.data #>> '{emergency,reason}')) word
      where e.type in ('gate_waived', 'decision_made', 'sign_off_withdrawn', 'release_closed')
  ) t (kind, value)
  where e.seq_id between first_sequence and last_sequence
    and e.type in ('release_opened', 'gate_reported', 'gate_waived', 'signed_off', 'sign_off_withdrawn', 'decision_made', 'release_closed')
    and t.value is not null
  group by t.kind, t.value, r.opened_sequence;
end $$;

-- Adds it. The same stretch twice adds nothing twice.
create function ledger_index(first_sequence bigint, last_sequence bigint) returns void language plpgsql as $$
begin
  insert into ledger_terms (kind, value, release, sequence)
  select t.kind, t.value, t.release, t.sequence from ledger_terms_of(first_sequence, last_sequence) t
  on conflict do nothing;
end $$;

grant select, insert on ledger_terms to ledger_app;

-- What was appended before there was a search.
select ledger_index(1, (select coalesce(max(seq_id), 0) from mt_events));
