-- How far each receiver of webhooks has come along the log. The log is the outbox: nothing here holds a message, only places in the log.

-- Every event up to sequence was looked at: what the receiver wants of it was delivered, is a dead letter, or is ahead in one of its streams.
-- One node delivers at a time: the one that made the epoch, until held_until by the database's own clock. Whatever it writes names the epoch.
create table ledger_outbox_receivers (
  name       text        not null primary key,
  sequence   bigint      not null check (sequence >= 0),
  epoch      bigint      not null default 0,
  holder     text        null,
  held_until timestamptz null
) with (fillfactor = 20);

-- One row for each stream that has something to deliver: its next event. What follows in the stream is found in the log. due_at is null
-- while the stream waits for its dead letter.
create table ledger_outbox_streams (
  receiver         text        not null references ledger_outbox_receivers (name),
  stream_id        varchar     not null,
  sequence         bigint      not null,
  due_at           timestamptz null,
  attempts         int         not null default 0 check (attempts >= 0),
  first_attempt_at timestamptz null,
  problem          text        null,
  primary key (receiver, stream_id)
) with (fillfactor = 70);
create index ledger_outbox_streams_by_due on ledger_outbox_streams (receiver, due_at);
create index ledger_outbox_streams_by_sequence on ledger_outbox_streams (receiver, sequence);

-- What was given up. due_at is null while it rests, and round counts the attempts since it was replayed.
create table ledger_outbox_dead_letters (
  receiver         text        not null references ledger_outbox_receivers (name),
  sequence         bigint      not null,
  stream_id        varchar     not null,
  attempts         int         not null check (attempts > 0),
  first_attempt_at timestamptz not null,
  last_attempt_at  timestamptz not null,
  status           int         null,
  problem          text        not null,
  due_at           timestamptz null,
  round            int         not null default 0 check (round >= 0),
  primary key (receiver, sequence)
);
create index ledger_outbox_dead_letters_due on ledger_outbox_dead_letters (receiver, stream_id, sequence) where due_at is not null;

-- A receiver's place is never forgotten: who comes back goes on where they were.
grant select, insert, update (sequence, epoch, holder, held_until) on ledger_outbox_receivers to ledger_app;
grant select, insert, delete, update (sequence, due_at, attempts, first_attempt_at, problem) on ledger_outbox_streams to ledger_app;
grant select, insert, delete, update (attempts, first_attempt_at, last_attempt_at, status, problem, due_at, round) on ledger_outbox_dead_letters to ledger_app;
