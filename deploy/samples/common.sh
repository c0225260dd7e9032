# What the replays of the samples have in common; sourced, with `ledger` the path of the tool and `sample` the name of the replay.

samples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
policies=$samples/../../schema/policies

# Signers' keys, and what was signed with them: a replay that is run again hands in what it signed the first time.
kept=${LEDGER_SAMPLES:-${LEDGER_DATA:-$samples/../../.ledger}/samples}
mkdir -p "$kept"

# Each command carries a key of its own, so that a replay that was cut short is simply run again.
step=0
run() {
  step=$((step + 1))
  "$ledger" "$@" --idempotency-key "$sample-$step"
}

# The times of what is replayed: a sandbox takes them, and no other ledger. With clock=real it happens now.
at() { [ "${clock:-}" = real ] || run sandbox clock "$1"; }
play() { run sandbox play "$release" "$1" --from "$2"; } # FILE START

# Whichever replay comes first publishes it.
policy() { "$ledger" policy publish "${2:-$policies}/$1.yaml" --idempotency-key "policy-$1"; } # NAME [FOLDER]
report() { run gate report "$release" "$@"; }
attest() { run gate attest "$release" "$1" --note "$2" "${@:3}"; }

enrol() { # SIGNER NAME ROLE
  if "$ledger" signer show "$1" >/dev/null 2>&1; then # by another replay, or by this one before: its number stays used
    step=$((step + 1))
    return
  fi
  [ -e "$kept/$1.key" ] || "$ledger" key new "$kept/$1.key"
  run signer enrol "$1" --name "$2" --role "$3" --key "$kept/$1.key.pub"
}

sign() { # STAGE ROLE SIGNER
  local signed=$kept/$sample-$1-$2.dsse.json
  [ -e "$signed" ] || "$ledger" sign prepare "$release" --stage "$1" --role "$2" --signer "$3" --key "$kept/$3.key" --out "$signed"
  run sign submit "$signed"
}
