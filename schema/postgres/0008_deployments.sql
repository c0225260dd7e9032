-- How far each release is on its way to its users, and when something of it takes effect by itself. A row of its own, so that a measurement
-- rewrites neither the release's facts nor the terms that its deployment is held to.

create table ledger_deployments (
  stream_id varchar     not null primary key references mt_streams (id),
  terms     jsonb       null,
  state     jsonb       null,
  due_at    timestamptz null,
  deadline  text        null,
  check ((due_at is null) = (deadline is null))
) with (fillfactor = 70);
create index ledger_deployments_by_due on ledger_deployments (due_at) where due_at is not null;

grant select, insert on ledger_deployments to ledger_app;
grant update (terms, state, due_at, deadline) on ledger_deployments to ledger_app;

-- The next deadline of releases that were opened before there were any: waivers, windows and approvals that are owed.
insert into ledger_deployments (stream_id, due_at, deadline)
select distinct on (stream_id) stream_id, due_at, deadline
from (
  select g.stream_id, (g.state -> 'waiver' ->> 'until')::timestamptz as due_at, 'waiver_end/' || g.gate as deadline
  from ledger_gates g where g.state ? 'waiver'
  union all
  select r.stream_id, (r.facts -> 'opened' -> 'window' ->> 'end')::timestamptz, 'window_end'
  from ledger_releases r where r.facts -> 'opened' ? 'window'
  union all
  select r.stream_id, (r.facts -> 'decision' ->> 'approveBy')::timestamptz, 'approval_due'
  from ledger_releases r where r.facts -> 'decision' ->> 'verdict' = 'GO' and r.facts -> 'decision' ? 'approveBy'
) deadlines
where not exists (select from ledger_releases r where r.stream_id = deadlines.stream_id and r.facts ? 'closed')
order by stream_id, due_at, deadline collate "C";
