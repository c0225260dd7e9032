#!/usr/bin/env bash
# Replays agent-system v2.2.0 into a running sandbox ledger, from open to close, with the times of its production sign-off: every gate, six
# signatures, GO two hours ahead of the window, blue-green along the timeline, the day after, and the close.
# usage: replay.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: replay.sh LEDGER}
release=agent-system/v2.2.0
sample=agent-system
eve=2023-11-19
. "$(dirname "$0")/evening.sh"

four_sign
at "${eve}T22:50:00Z"
sign business vp-engineering frank.wilson
at "${eve}T22:55:00Z"
sign final cto grace.miller
at "${eve}T23:00:00Z"
run decide "$release" go --reason "all seven GO criteria are met, and none of the five NO-GO conditions is there"

# One step ends as the next one begins.
began() { # TIME STEP
  at "${day}T$1:00Z"
  run canary complete "$release" "$running"
  running=$2
  run canary step "$release" "$2"
}

at "${day}T01:00:00Z"
run canary start "$release" --commit 2f7c1e90ab34
running=kickoff
run canary step "$release" "$running"
began 01:10 pre-verification
began 01:25 deploy-green
began 01:55 post-verification
began 02:15 switch
run canary traffic "$release" --to green --from blue
began 02:20 monitoring
play "$here/monitoring.txt" "${day}T02:20:00Z"
began 02:50 completion

met() { run post check "$release" "$1" --success --source "$2" --met --note "$3"; } # CRITERION SOURCE NOTE
run post check "$release" pods --success --source kubectl --value 3
met health-checks curl "every endpoint answers 200 OK"
met routing kubectl "the load balancer routes to green"
met certificates openssl "valid, issued by ACM"
met database psql "connections are established"
met cache redis-cli "operational"
met alerts alertmanager "no alert is active: all green"
met sla grafana "response time, error rate, throughput and uptime are within their targets"

at "${day}T03:00:00Z"
run canary complete "$release" completion
run canary promote "$release"

# The review after a day of monitoring, before the watch ends by itself.
checked() { run post check "$release" "$1" --source "$2" --value "$3"; } # CHECK SOURCE VALUE
at "${next}T02:00:00Z"
checked response-time prometheus 286ms
checked error-rate prometheus 0.03%
checked throughput prometheus 1244/s
checked uptime prometheus 99.97%
at "${next}T02:30:00Z"
followed_up() { run post follow-up "$release" "$@"; }
followed_up notification --note "sent to DevOps, Security, Engineering and Management"
followed_up documentation --note "names v2.2.0" --reference docs/operational_runbooks.md
followed_up review --note "held: response time, error rate, throughput and uptime are within their targets"
followed_up archive --note "manifests and reports are archived"
followed_up next-cycle --note "planned"
run release close "$release" --outcome succeeded --reason "v2.2.0 serves all traffic after a day of monitoring"

# The next review of the document, after the deployment.
at "${next}T09:00:00Z"
followed_up document-review --note "the sign-off was read again: nothing to change"
