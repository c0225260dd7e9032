-- The event store, in the layout of Marten (string stream keys, metadata columns), so that a Marten application can open it.
-- Names and types are exactly Marten's: it "corrects" what differs. Everything of our own is in tables called ledger_*.

create table mt_streams (
  id          varchar     not null constraint pkey_mt_streams_id primary key,
  type        varchar     null,
  version     bigint      null,
  timestamp   timestamptz not null default now(),
  created     timestamptz not null default now(),
  tenant_id   varchar     null default '*DEFAULT*',
  is_archived boolean     null default false
) with (fillfactor = 70);

create table mt_events (
  seq_id         bigint       not null constraint pkey_mt_events_seq_id primary key,
  id             uuid         not null,
  stream_id      varchar      null constraint fkey_mt_events_stream_id references mt_streams (id) on delete cascade,
  version        bigint       not null,
  data           jsonb        not null,
  bdata          bytea        null,
  type           varchar(500) not null,
  timestamp      timestamptz  not null,
  tenant_id      varchar      null default '*DEFAULT*',
  mt_dotnet_type varchar      null,
  correlation_id varchar      null,
  causation_id   varchar      null,
  headers        jsonb        null,
  is_archived    boolean      null default false
);
create unique index pk_mt_events_stream_and_version on mt_events (stream_id, version);

create sequence mt_events_sequence owned by mt_events.seq_id;

create table mt_event_progression (
  name         varchar     not null constraint pk_mt_event_progression primary key,
  last_seq_id  bigint      null,
  last_updated timestamptz null default transaction_timestamp()
);

create table mt_high_water_skips (
  ending_sequence   bigint      not null primary key,
  starting_sequence bigint      not null,
  timestamp         timestamptz null default transaction_timestamp()
);
