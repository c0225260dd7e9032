#!/usr/bin/env bash
# cpt-ajan as it would have gone back in its first phase: two analyses in a row that found more errors than it bears.
# usage: rolled-back-by-analysis-failures.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: rolled-back-by-analysis-failures.sh LEDGER}
sample=cpt-ajan-analysis-failures
release=cpt-ajan/v5.7.1-analysis-failures
day=2025-09-03
. "$(dirname "$0")/ready.sh"

play "$here/analysis-failures.txt" "${day}T10:00:00Z"
at "${day}T10:02:10Z"
run rollback start "$release" --cause rule --reason "2 consecutive analysis failures"
at "${day}T10:03:25Z"
run rollback complete "$release"
at "${day}T10:06:00Z"
run rollback verify "$release" --note "v5.6-stable answers: error rate 0.1%"
run release close "$release" --outcome rolled_back --reason "error rate in the first phase"
