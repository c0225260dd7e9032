-- What a release's facts say since there are sign-offs: who opened it, who reported or attested its gates, and every sign-off. The log has
-- all of it; this brings the rows that were projected before up to what a replay comes to now.

update ledger_releases r set facts = r.facts || jsonb_build_object(
  'opener', (select e.headers -> 'actor' ->> 'id' from mt_events e where e.stream_id = r.stream_id and e.version = 1),
  'reporters', (
    select coalesce(jsonb_agg(reporter order by reporter collate "C"), '[]')
    from (
      select distinct e.headers -> 'actor' ->> 'id' as reporter
      from mt_events e
      where e.stream_id = r.stream_id and e.type in ('gate_reported', 'gate_attested')
    ) reporters),
  'signOffs', jsonb_build_array());
