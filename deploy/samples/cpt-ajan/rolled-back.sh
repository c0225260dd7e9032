#!/usr/bin/env bash
# cpt-ajan as it would have gone back: the same gates and sign-off, GO, and then two measurements in a row that its first phase does not bear.
# replay.sh goes before it: it publishes the policy.
# usage: rolled-back.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: rolled-back.sh LEDGER}
here=$(cd "$(dirname "$0")" && pwd)
release=cpt-ajan/v5.7.1-rolled-back
sample=rolled-back
"$here/../replay.sh" "$ledger" "$release"
. "$here/../common.sh"

# A measurement is told again with the time it had the first time.
measured() { # NUMBER METRIC=VALUE…
  local time=$kept/$sample-$1.time
  [ -e "$time" ] || date -u +%FT%T.%6NZ >"$time"
  run canary measure "$release" "${@:2}" --source prometheus --at "$(cat "$time")"
}

run decide "$release" go
run canary start "$release" --commit 98ee13c
run canary step "$release" canary
measured 1 feedback.error_rate=0.1% feedback.p95_latency=85ms redis.connections=12
measured 2 feedback.error_rate=0.9%
measured 3 feedback.error_rate=1.2%
run rollback start "$release" --cause rule --reason "2 consecutive analysis failures"
run rollback complete "$release"
run rollback verify "$release" --note "v5.7.0 answers: error rate 0.1%"
run release close "$release" --outcome rolled_back --reason "error rate in the first phase"
