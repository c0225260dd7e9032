#!/usr/bin/env bash
# cpt-ajan as it would have gone back once everybody had it: an error rate over 0.5 % for ten minutes.
# usage: rolled-back-by-error-rate.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: rolled-back-by-error-rate.sh LEDGER}
sample=cpt-ajan-error-rate
release=cpt-ajan/v5.7.1-error-rate
day=2025-09-04
. "$(dirname "$0")/ready.sh"

play "$here/canary.txt" "${day}T10:00:00Z"
run canary complete "$release" canary
run canary step "$release" expansion
play "$here/expansion.txt" "${day}T10:05:00Z"
run canary complete "$release" expansion
run canary promote "$release"
run canary step "$release" full

play "$here/error-rate.txt" "${day}T10:15:00Z"
at "${day}T10:31:45Z"
run rollback start "$release" --cause rule --reason "error rate over 0.5 % for 10 minutes"
at "${day}T10:34:15Z"
run rollback complete "$release"
at "${day}T10:40:00Z"
run rollback verify "$release" --note "v5.6-stable answers: error rate 0.1%"
run release close "$release" --outcome rolled_back --reason "error rate at 100 %"
