#!/usr/bin/env bash
# Replays cpt-ajan v5.7.1 into a sandbox, from open to close: every gate, the CEO's sign-off, the canary with an analysis every 30 seconds, 24
# hours at 100 %, the five checks after them, and the success criteria.
# usage: replay.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: replay.sh LEDGER}
sample=cpt-ajan
release=cpt-ajan/v5.7.1
day=2025-09-01
. "$(dirname "$0")/ready.sh"

play "$here/canary.txt" "${day}T10:00:00Z"
run canary complete "$release" canary

# Phase 2: 30 % for 10 minutes, with every analysis.
run canary step "$release" expansion
play "$here/expansion.txt" "${day}T10:05:00Z"
run canary complete "$release" expansion

# Phase 3: everybody, and 24 hours of looking.
run canary promote "$release"
run canary step "$release" full
play "$here/full.txt" "${day}T10:15:00Z"

# The five checks are in before the watch ends by itself.
check() { run post check "$release" "$@"; }
at "2025-09-02T10:10:00Z"
check error-budget-burn --source prometheus --value 4.2%
check no-drift --source argocd --value true
check performance --source prometheus --value 96ms
check security-incidents --source pagerduty --value 0
check critical-alerts --source alertmanager --value 0

at "2025-09-02T10:15:00Z"
run canary measure "$release" error_budget.burn=4.2% --source prometheus --at 2025-09-02T10:15:00Z
run canary complete "$release" full
check gates --success --source ledger --met --note "all eleven gates passed"
check canary --success --source argo-rollouts --met --note "promoted to 100 % at 10:15 the day before"
check no-rollback --success --source ledger --met --note "no rule fired"
check error-budget --success --source prometheus --value 4.2%
check no-incidents --success --source pagerduty --met --note "no critical incident in 24 hours"
run release close "$release" --outcome succeeded --reason "24 hours at 100 % within every objective"
