#!/usr/bin/env bash
# Replays RecoveryOS 2025-08-14 into a running sandbox ledger, from open to close: the merge-blocking gates of its release-ready report, its
# flag turned to 5 %, 10 % and 100 %, each phase watched, and the close a day later.
# usage: replay.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: replay.sh LEDGER}
release=recoveryos/2025-08-14
sample=recoveryos
day=2025-08-14
next=2025-08-15
. "$(dirname "$0")/ready.sh"

# Phase 2: 10 % for 30 minutes.
play "$here/gradual.txt" "${day}T09:30:00Z"
run canary complete "$release" gradual

# Phase 3: everybody, and 24 hours of looking.
run canary step "$release" full
run canary promote "$release"
play "$here/full.txt" "${day}T10:00:00Z"
at "${next}T09:55:00Z"
run post check "$release" p95-latency --source prometheus --value 222ms
run post check "$release" error-rate --source prometheus --value 0.12%

at "${next}T10:00:00Z"
run canary measure "$release" slo.compliance=100% p95_latency=222ms error_rate=0.12% error_budget.burn=0.9% --source prometheus --at "${next}T10:00:00Z"
run canary complete "$release" full

met() { run post check "$release" "$1" --success --source "$2" --met --note "$3"; } # CRITERION SOURCE NOTE
run post check "$release" endpoints --success --source release_status.json --value 10
met ci-gates github "every merge-blocking gate ran and passed"
met sla k6 "all three load tests are within their limits"
met pii pytest "each of the five kinds is redacted"
met observability grafana "all six panels show all ten endpoints"
met reliability alertmanager "monitoring and alerting worked through the day"
met security pip-audit "personal data is redacted, nothing HIGH is open"
met performance prometheus "p95 below 500ms and errors below 1 % through the day"
met scalability kubernetes "scaled with the load, balanced over all pods"
met compliance "clinical board" "clinical safety standards and trauma-informed principles hold"
run release close "$release" --outcome succeeded --reason "all ten endpoints serve everybody; lessons learned are documented"
