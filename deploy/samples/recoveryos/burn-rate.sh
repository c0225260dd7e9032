#!/usr/bin/env bash
# RecoveryOS as it would have gone back: at 10 % its error budget burns at more than twice what it burnt before, and the ledger's rule fires.
# usage: burn-rate.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: burn-rate.sh LEDGER}
release=recoveryos/2025-08-14-burn-rate
sample=recoveryos-burn-rate
day=2025-08-16
. "$(dirname "$0")/ready.sh"

# Phase 2 goes wrong in its ninth minute.
play "$here/burn-rate.txt" "${day}T09:30:00Z"
run rollback start "$release" --cause rule --reason "error budget burn > 2x baseline"
at "${day}T09:41:00Z"
run rollback complete "$release"
at "${day}T09:44:00Z"
run rollback verify "$release" --note "release_20250814 is at 0 %: error rate 0.11 %, the budget burns at 0.8 % again"
run release close "$release" --outcome rolled_back --reason "the error budget burnt at 2.4 times its baseline while 10 % had the release"
