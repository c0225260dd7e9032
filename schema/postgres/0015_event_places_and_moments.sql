-- Where in the log the events of a kind, of an actor and of a service are, so that a page of a few among many costs what any page costs. The log has two
-- indexes and gets no more, for each would cost every append; this is written once for every 1,024 events, when they are there: one row for each thing that
-- any of them has, with a bit for each of them. Those behind the last full block are looked at one by one. Nothing is here that the events do not say.

-- Block n has the events from n * 1024 + 1. The kind is type, actor, service (the empty one for what is of no release) or, once for each block, all.
create table ledger_event_places (
  kind   text      not null,
  value  text      collate "C" not null,
  block  bigint    not null check (block >= 0),
  places bit(1024) not null,
  primary key (kind, value, block)
);

-- The service whose release a stream is of. What is of none is everybody's, save events that fit no release: a star stands for them, which no service is called.
create function ledger_service_of(stream_id text) returns text language sql immutable parallel safe as $$
  select case when starts_with(stream_id, 'release/') then split_part(stream_id, '/', 2) when starts_with(stream_id, 'inbox/') then '*' else '' end
$$;

-- The place of an event in its block.
create function ledger_place(sequence bigint) returns bit language sql immutable parallel safe as $$
  select set_bit(repeat('0', 1024)::bit(1024), ((sequence - 1) % 1024)::int, 1)
$$;

-- What some blocks bring.
create function ledger_event_places_of(first_block bigint, last_block bigint) returns table (kind text, value text, block bigint, places bit) language sql stable as $$
  select case grouping(e.type, e.actor, e.service) when 3 then 'type' when 5 then 'actor' when 6 then 'service' else 'all' end,
         coalesce(e.type, e.actor, e.service, ''), e.block, bit_or(e.place)
  from (
    select m.type collate "C" as type, coalesce(m.headers -> 'actor' ->> 'id', '') collate "C" as actor, ledger_service_of(m.stream_id) collate "C" as service,
           (m.seq_id - 1) / 1024 as block, ledger_place(m.seq_id) as place
    from mt_events m
    where m.seq_id > first_block * 1024 and m.seq_id <= (last_block + 1) * 1024
  ) e
  group by grouping sets ((e.block, e.type), (e.block, e.actor), (e.block, e.service), (e.block))
$$;

-- Who appends writes a block's rows with the event that fills it. Where they did not, because they did not see all of it, they are made here.
create function ledger_fill_event_places() returns trigger language plpgsql as $$
declare
  blocks bigint := (select size from ledger_head) / 1024;
begin
  if blocks > 0 and not exists (select from ledger_event_places p where p.kind = 'all' and p.value = '' and p.block = blocks - 1) then
    insert into ledger_event_places (kind, value, block, places)
    select f.kind, f.value, f.block, f.places
    from ledger_event_places_of(coalesce((select p.block + 1 from ledger_event_places p where p.kind = 'all' and p.value = '' order by p.block desc limit 1), 0), blocks - 1) f;
  end if;
  return null;
end $$;

create trigger ledger_event_places after insert on mt_events
  for each statement execute function ledger_fill_event_places();
create trigger ledger_append_only before update or delete or truncate on ledger_event_places
  for each statement execute function ledger_refuse_change();

-- The next block, from one on, that has any of some values.
create function ledger_next_block(of_kind text, any_of text[], from_block bigint, descending boolean) returns bigint language plpgsql stable as $$
begin
  if descending then
    return (select max(n.block) from unnest(any_of) v (value) cross join lateral (
      select p.block from ledger_event_places p where p.kind = of_kind and p.value = v.value and p.block <= from_block order by p.block desc limit 1) n);
  end if;
  return (select min(n.block) from unnest(any_of) v (value) cross join lateral (
    select p.block from ledger_event_places p where p.kind = of_kind and p.value = v.value and p.block >= from_block order by p.block limit 1) n);
end $$;

-- Where events are that have one of some kinds, one of some actors and one of some services (null for any), after the sequence number low and up to high:
-- block by block along the log or against it, until there are as many as wanted (null for all). A last row without places says which block was not looked
-- at any more, after blocks_max of them.
create function ledger_find_events(
  types text[], actors text[], services text[], low bigint, high bigint, descending boolean, wanted bigint, blocks_max bigint)
returns table (block bigint, places bit) language plpgsql stable rows 50 as $$
declare
  size constant bigint := (select h.size from ledger_head h);
  full_blocks constant bigint := size / 1024;
  ending constant bigint := least(high, size);
  first_block constant bigint := low / 1024;
  last_block constant bigint := (ending - 1) / 1024;
begin
  if ending <= low then
    return;
  end if;
  block := case when descending then last_block else first_block end;
  while block between first_block and last_block loop
    if blocks_max = 0 then
      places := null;
      return next;
      return;
    end if;
    blocks_max := blocks_max - 1;

    if block >= full_blocks then
      places := (
        select bit_or(ledger_place(e.seq_id)) from mt_events e
        where e.seq_id > block * 1024 and e.seq_id <= ending
          and (types is null or e.type = any (types))
          and (actors is null or coalesce(e.headers -> 'actor' ->> 'id', '') = any (actors))
          and (services is null or ledger_service_of(e.stream_id) = any (services)));
    else
      places := repeat('1', 1024)::bit(1024);
      if types is not null then
        places := places & (select bit_or(p.places) from ledger_event_places p where p.kind = 'type' and p.value = any (types) and p.block = ledger_find_events.block);
      end if;
      if actors is not null then
        places := places & (select bit_or(p.places) from ledger_event_places p where p.kind = 'actor' and p.value = any (actors) and p.block = ledger_find_events.block);
      end if;
      if services is not null then
        places := places & (select bit_or(p.places) from ledger_event_places p where p.kind = 'service' and p.value = any (services) and p.block = ledger_find_events.block);
      end if;

      -- A block that lacks one of the three is left, and so are all up to the next one that has it.
      if places is null then
        if descending then
          block := least(
            case when types is not null then coalesce(ledger_next_block('type', types, block, true), -1) end,
            case when actors is not null then coalesce(ledger_next_block('actor', actors, block, true), -1) end,
            case when services is not null then coalesce(ledger_next_block('service', services, block, true), -1) end);
        else
          block := greatest(
            case when types is not null then coalesce(ledger_next_block('type', types, block, false), full_blocks) end,
            case when actors is not null then coalesce(ledger_next_block('actor', actors, block, false), full_blocks) end,
            case when services is not null then coalesce(ledger_next_block('service', services, block, false), full_blocks) end);
        end if;
        continue;
      end if;
    end if;

    if block = first_block then
      places := places & (repeat('0', (low % 1024)::int) || repeat('1', 1024 - (low % 1024)::int))::bit(1024);
    end if;
    if block = last_block then
      places := places & (repeat('1', ((ending - 1) % 1024)::int + 1) || repeat('0', 1023 - ((ending - 1) % 1024)::int))::bit(1024);
    end if;
    if bit_count(places) > 0 then
      return next;
      wanted := wanted - bit_count(places);
      if wanted <= 0 then
        return;
      end if;
    end if;
    block := block + case when descending then -1 else 1 end;
  end loop;
end $$;

-- The events that a block's places stand for; 32 are looked at together, for of most blocks there are few. How many rows are awaited is said here and above, and
-- the planner sees no further: else it takes a page for so dear that it compiles it, which costs a hundred times what the page costs.
create function ledger_sequences_of(block bigint, places bit) returns setof bigint language plpgsql immutable rows 20 as $$
begin
  return query
  select block * 1024 + i + 1
  from generate_series(0, 31) w cross join generate_series(w * 32, w * 32 + 31) i
  where substring(places from w * 32 + 1 for 32) <> repeat('0', 32)::bit(32) and get_bit(places, i) = 1;
end $$;

grant select, insert on ledger_event_places to ledger_app;

-- What was appended before there was such a table.
insert into ledger_event_places (kind, value, block, places)
select f.kind, f.value, f.block, f.places from ledger_event_places_of(0, (select size / 1024 from ledger_head) - 1) f;

-- Releases in the order in which they were decided, and ended: a term for each such event, whose value is its place in the log.
create function ledger_terms_of_moments(first_sequence bigint, last_sequence bigint) returns table (kind text, value text, release bigint, sequence bigint) language sql stable as $$
  select case e.type when 'decision_made' then 'decided_at' else 'closed_at' end, e.seq_id::text, r.opened_sequence, e.seq_id
  from mt_events e
  join ledger_releases r on r.stream_id = e.stream_id
  where e.seq_id between first_sequence and last_sequence and e.type in ('decision_made', 'release_closed')
$$;

create or replace function ledger_terms_of(first_sequence bigint, last_sequence bigint) returns table (kind text, value text, release bigint, sequence bigint) language sql stable as $$
  select * from ledger_terms_of_gates(first_sequence, last_sequence)
  union all
  select * from ledger_terms_of_deployments(first_sequence, last_sequence)
  union all
  select * from ledger_terms_of_moments(first_sequence, last_sequence)
$$;

-- Which of a release's is the newest, and which of a kind come next. Other terms are not in them, and pay nothing for them.
create index ledger_terms_by_moment on ledger_terms (release) where kind in ('decided_at', 'closed_at');
create index ledger_terms_in_order on ledger_terms (kind, sequence) where kind in ('decided_at', 'closed_at');

insert into ledger_terms (kind, value, release, sequence)
select m.kind, m.value, m.release, m.sequence from ledger_terms_of_moments(1, (select coalesce(max(seq_id), 0) from mt_events)) m;
