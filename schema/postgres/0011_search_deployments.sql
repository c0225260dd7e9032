-- What releases are found by of their way to their users. It stands beside what they were found by before, which stays as it is.

alter function ledger_terms_of(bigint, bigint) rename to ledger_terms_of_gates;

-- The kinds are none of those of ledger_terms_of_gates, so that no term comes from both.
create function ledger_terms_of_deployments(first_sequence bigint, last_sequence bigint) returns table (kind text, value text, release bigint, sequence bigint) language plpgsql stable as $$
begin
  return query
  select t.kind, t.value, r.opened_sequence, min(e.seq_id)
  from mt_events e
  join ledger_releases r on r.stream_id = e.stream_id
  cross join lateral (
    select 'deployment', 'started' where e.type = 'deployment_started'
    union all select 'deployment', 'aborted' where e.type = 'deployment_aborted'
    union all select 'deployment', 'rolling_back' where e.type = 'rollback_started'
    union all select 'deployment', 'rolled_back' where e.type = 'rollback_completed'
    union all select 'deviation', e.data ->> 'code' where e.type = 'deviation_recorded'
    union all select 'rule', e.data ->> 'rule' where e.type = 'rollback_triggered'
  ) t (kind, value)
  where e.seq_id between first_sequence and last_sequence
    and e.type in ('deployment_started', 'deployment_aborted', 'rollback_started', 'rollback_completed', 'deviation_recorded', 'rollback_triggered')
    and t.value is not null
  group by t.kind, t.value, r.opened_sequence;
end $$;

create function ledger_terms_of(first_sequence bigint, last_sequence bigint) returns table (kind text, value text, release bigint, sequence bigint) language sql stable as $$
  select * from ledger_terms_of_gates(first_sequence, last_sequence)
  union all
  select * from ledger_terms_of_deployments(first_sequence, last_sequence)
$$;

-- What was appended before releases were found by it.
select ledger_index(1, (select coalesce(max(seq_id), 0) from mt_events));
