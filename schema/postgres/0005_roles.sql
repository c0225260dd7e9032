-- The server's role: it appends and reads. It cannot change or remove what is in the log.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ledger_app') then
    create role ledger_app nologin;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of this cluster made it at the same moment
end $$;

grant usage on schema public to ledger_app;
grant select on all tables in schema public to ledger_app;
grant insert on mt_events, mt_streams, mt_event_progression to ledger_app;
grant insert on ledger_seals, ledger_tiles, ledger_idempotency, ledger_evidence, ledger_releases, ledger_gates, ledger_tokens to ledger_app;
grant update (facts) on ledger_releases to ledger_app;
grant update (state) on ledger_gates to ledger_app;
grant update (version, timestamp) on mt_streams to ledger_app;
grant update on mt_event_progression to ledger_app;
grant update (size, root) on ledger_head to ledger_app;
grant update (revoked_at) on ledger_tokens to ledger_app;
grant usage, select, update on sequence mt_events_sequence to ledger_app;
