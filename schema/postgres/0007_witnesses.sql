-- What others say of the log's checkpoints: witnesses, that they saw no other tree, and an authority, that a checkpoint was there by then.
-- Beside the seals and not in them: a seal's checkpoint is what the log itself signed, with its one signature, and never changes.

-- One row a checkpoint and witness. line is the note's signature line, without its line feed; witness the verifier key that checks it.
create table ledger_cosignatures (
  size    bigint not null references ledger_seals (size),
  witness text   not null,
  line    text   not null,
  primary key (size, witness)
);
create index ledger_cosignatures_by_witness on ledger_cosignatures (witness, size);

-- token is an RFC 3161 response over SHA-256 of the seal's checkpoint, as it was answered.
create table ledger_timestamps (
  size  bigint not null primary key references ledger_seals (size),
  token bytea  not null check (octet_length(token) > 0)
);

create trigger ledger_append_only before update or delete or truncate on ledger_cosignatures
  for each statement execute function ledger_refuse_change();
create trigger ledger_append_only before update or delete or truncate on ledger_timestamps
  for each statement execute function ledger_refuse_change();

grant select, insert on ledger_cosignatures, ledger_timestamps to ledger_app;
