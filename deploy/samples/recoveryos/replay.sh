#!/usr/bin/env bash
# Replays RecoveryOS 2025-08-14 into a running sandbox ledger, from open to close: the merge-blocking gates of its release-ready report, its
# flag turned to 5 %, 10 % and 100 %, each phase watched, and the close a day later.
# usage: replay.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: replay.sh LEDGER}
here=$(cd "$(dirname "$0")" && pwd)
policies=$here/../../../schema/policies
release=recoveryos/2025-08-14
sample=recoveryos
day=2025-08-14
. "$here/../common.sh"
. "$here/gates.sh"

at "${day}T08:00:00Z"
policy recoveryos
announced
gates

at "${day}T09:00:00Z"
run canary measure "$release" --baseline error_budget.burn=0.8% --source prometheus --at "${day}T08:55:00Z"
run canary start "$release" --commit 7a41c9e0d25b
run canary step "$release" initial
measured "${day}T09:05:00Z" p95_latency=214ms error_rate=0.11% error_budget.burn=0.8%
measured "${day}T09:10:00Z" p95_latency=221ms error_rate=0.12% error_budget.burn=0.9%
measured "${day}T09:15:00Z" p95_latency=218ms error_rate=0.09% error_budget.burn=0.8%
measured "${day}T09:20:00Z" p95_latency=225ms error_rate=0.14% error_budget.burn=0.9%
measured "${day}T09:25:00Z" p95_latency=219ms error_rate=0.10% error_budget.burn=0.8%
measured "${day}T09:30:00Z" p95_latency=220ms error_rate=0.11% error_budget.burn=0.8%
run canary complete "$release" initial
run canary step "$release" gradual
measured "${day}T09:35:00Z" p95_latency=223ms error_rate=0.13% error_budget.burn=0.9%
measured "${day}T09:40:00Z" p95_latency=228ms error_rate=0.15% error_budget.burn=1.0%
measured "${day}T09:45:00Z" p95_latency=226ms error_rate=0.12% error_budget.burn=0.9%
measured "${day}T09:50:00Z" p95_latency=222ms error_rate=0.13% error_budget.burn=0.9%
measured "${day}T09:55:00Z" p95_latency=227ms error_rate=0.14% error_budget.burn=0.9%
measured "${day}T10:00:00Z" p95_latency=224ms error_rate=0.12% error_budget.burn=0.9%
run canary complete "$release" gradual
run canary step "$release" full
run canary promote "$release"

# The triggers stay armed through the day.
measured "${day}T16:00:00Z" p95_latency=231ms error_rate=0.16% error_budget.burn=1.0%
measured "${day}T22:00:00Z" p95_latency=217ms error_rate=0.12% error_budget.burn=0.8%
measured "${next}T04:00:00Z" p95_latency=209ms error_rate=0.08% error_budget.burn=0.7%
measured "${next}T09:55:00Z" p95_latency=222ms error_rate=0.12% error_budget.burn=0.9%
run post check "$release" p95-latency --source prometheus --value 222ms
run post check "$release" error-rate --source prometheus --value 0.12%

met() { run post check "$release" "$1" --success --source "$2" --met --note "$3"; } # CRITERION SOURCE NOTE
at "${next}T10:00:00Z"
run canary complete "$release" full
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
