-- What the database itself refuses, whoever asks. A superuser can switch triggers off; the audit then names what was changed.

create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % on % is refused', tg_op, tg_table_name
    using errcode = 'LG002', hint = 'append an event that corrects what is wrong';
end $$;

create trigger ledger_append_only before update or delete or truncate on mt_events
  for each statement execute function ledger_refuse_change();
create trigger ledger_append_only before update or delete or truncate on ledger_seals
  for each statement execute function ledger_refuse_change();
create trigger ledger_append_only before update or delete or truncate on ledger_tiles
  for each statement execute function ledger_refuse_change();
create trigger ledger_append_only before update or delete or truncate on ledger_evidence
  for each statement execute function ledger_refuse_change();
create trigger ledger_append_only before update or delete or truncate on ledger_idempotency
  for each statement execute function ledger_refuse_change();
create trigger ledger_append_only before delete or truncate on mt_streams
  for each statement execute function ledger_refuse_change();

-- An event without its leaf is refused: after any insert the newest event is the newest sealed leaf. Sequence numbers start at 1 and
-- are unique, so nothing can be slipped in below.
alter table mt_events add constraint ledger_sequence_starts_at_one check (seq_id >= 1);

create function ledger_require_seal() returns trigger language plpgsql as $$
declare
  newest bigint := (select seq_id from mt_events order by seq_id desc limit 1);
  sealed bigint := (select size from ledger_seals order by size desc limit 1);
begin
  if newest is distinct from sealed then
    raise exception 'event % has no leaf: the tree has % leaves', newest, coalesce(sealed, 0)
      using errcode = 'LG003', hint = 'events are appended by the ledger server only';
  end if;
  return null;
end $$;

create trigger ledger_sealed after insert on mt_events
  for each statement execute function ledger_require_seal();

-- Compare-and-set of the head, by size and root: a tree of the same size that another writer made is another tree. A writer whose head was
-- moved by another fails as a whole with LG001.
create function ledger_advance(size_before bigint, root_before bytea, size_after bigint, root_after bytea) returns void language plpgsql as $$
begin
  update ledger_head set size = size_after, root = root_after where size = size_before and root = root_before;
  if not found then
    raise exception 'the tree is not the one of % leaves that was built on', size_before using errcode = 'LG001';
  end if;
end $$;
