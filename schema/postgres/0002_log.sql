-- The transparency log beside the events: what was sealed, when, and under which checkpoint.

-- One row: the size of the tree. Moving it is the first thing an append does, by compare-and-set; its row lock orders all writers.
create table ledger_head (
  singleton boolean not null default true primary key check (singleton),
  size      bigint  not null check (size >= 0),
  root      bytea   not null check (octet_length(root) = 32)
) with (fillfactor = 10);
insert into ledger_head (size, root) values (0, sha256(''));

-- One row a commit: the leaf hashes it added, and the checkpoint signed over the tree with them.
create table ledger_seals (
  size       bigint not null primary key check (size > 0),
  leaves     bytea  not null check (octet_length(leaves) > 0 and octet_length(leaves) % 32 = 0),
  root       bytea  not null check (octet_length(root) = 32),
  checkpoint text   not null
);

-- Full tiles of 256 hashes (C2SP tlog-tiles). The tree's right edge is in the seals.
create table ledger_tiles (
  level  smallint not null check (level >= 0),
  index  bigint   not null check (index >= 0),
  hashes bytea    not null check (octet_length(hashes) = 8192),
  primary key (level, index)
);

-- The first answer to each idempotency key. key and request are SHA-256.
create table ledger_idempotency (
  key      bytea  not null primary key check (octet_length(key) = 32),
  request  bytea  not null check (octet_length(request) = 32),
  sequence bigint not null,
  count    int    not null check (count > 0)
);

-- The bytes that events rest on, redacted, by their SHA-256.
create table ledger_evidence (
  digest     bytea  not null primary key check (octet_length(digest) = 32),
  media_type text   not null,
  bytes      bytea  not null
);
alter table ledger_evidence alter column bytes set compression lz4;

-- Bearer tokens, by the SHA-256 of their text. The text is shown once and never stored.
create table ledger_tokens (
  hash       bytea       not null primary key check (octet_length(hash) = 32),
  subject    text        not null,
  role       text        not null,
  services   text[]      not null,
  created_at timestamptz not null,
  expires_at timestamptz null,
  revoked_at timestamptz null
);
