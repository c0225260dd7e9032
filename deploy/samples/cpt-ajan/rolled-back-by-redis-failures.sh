#!/usr/bin/env bash
# cpt-ajan as it would have gone back in its second phase: more than five failed connections to Redis in five minutes.
# usage: rolled-back-by-redis-failures.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: rolled-back-by-redis-failures.sh LEDGER}
sample=cpt-ajan-redis
release=cpt-ajan/v5.7.1-redis
day=2025-09-05
. "$(dirname "$0")/ready.sh"

play "$here/canary.txt" "${day}T10:00:00Z"
run canary complete "$release" canary
run canary step "$release" expansion

play "$here/redis-failures.txt" "${day}T10:05:00Z"
at "${day}T10:09:05Z"
run rollback start "$release" --cause rule --reason "more than 5 failed connections to Redis in 5 minutes"
at "${day}T10:10:40Z"
run rollback complete "$release"
at "${day}T10:15:00Z"
run rollback verify "$release" --note "v5.6-stable answers: Redis connections 24, none failed"
run release close "$release" --outcome rolled_back --reason "connections to Redis failed in the second phase"
