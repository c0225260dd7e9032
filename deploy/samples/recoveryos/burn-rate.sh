#!/usr/bin/env bash
# RecoveryOS as it would have gone back: at 10 % its error budget burns at more than twice what it burnt before, and the ledger's rule fires.
# replay.sh goes before it: it publishes the policy.
# usage: burn-rate.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: burn-rate.sh LEDGER}
here=$(cd "$(dirname "$0")" && pwd)
policies=$here/../../../schema/policies
release=recoveryos/2025-08-14-burn-rate
sample=recoveryos-burn-rate
day=2025-08-16
. "$here/../common.sh"
. "$here/gates.sh"

at "${day}T08:00:00Z"
announced
gates

at "${day}T09:00:00Z"
run canary measure "$release" --baseline error_budget.burn=0.8% --source prometheus --at "${day}T08:55:00Z"
run canary start "$release" --commit 7a41c9e0d25b
run canary step "$release" initial
measured "${day}T09:05:00Z" p95_latency=214ms error_rate=0.11% error_budget.burn=0.8%
measured "${day}T09:10:00Z" p95_latency=221ms error_rate=0.12% error_budget.burn=0.9%
measured "${day}T09:15:00Z" p95_latency=218ms error_rate=0.15% error_budget.burn=1.1%
measured "${day}T09:20:00Z" p95_latency=225ms error_rate=0.14% error_budget.burn=1.0%
measured "${day}T09:25:00Z" p95_latency=219ms error_rate=0.15% error_budget.burn=1.1%
measured "${day}T09:30:00Z" p95_latency=220ms error_rate=0.16% error_budget.burn=1.2%
run canary complete "$release" initial
run canary step "$release" gradual
measured "${day}T09:35:00Z" p95_latency=236ms error_rate=0.21% error_budget.burn=1.4%
measured "${day}T09:40:00Z" p95_latency=241ms error_rate=0.34% error_budget.burn=1.9%
run rollback start "$release" --cause rule --reason "error budget burn > 2x baseline"
at "${day}T09:42:00Z"
run rollback complete "$release"
at "${day}T09:45:00Z"
run rollback verify "$release" --note "release_20250814 is at 0 %: error rate 0.11 %, the budget burns at 0.8 % again"
run release close "$release" --outcome rolled_back --reason "the error budget burnt at 2.4 times its baseline while 10 % had the release"
