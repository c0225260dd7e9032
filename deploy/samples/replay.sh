#!/usr/bin/env bash
# Replays every sample into a new sandbox, in the order of their times, lets its clock run, and publishes the policy that is left.
# usage: replay.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: replay.sh LEDGER}
sample=samples
. "$(dirname "$0")/common.sh"

for story in \
  agent-system/replay agent-system/no-go recoveryos/replay recoveryos/burn-rate \
  cpt-ajan/replay cpt-ajan/rolled-back-by-analysis-failures cpt-ajan/rolled-back-by-error-rate cpt-ajan/rolled-back-by-redis-failures \
  web-service/waiver; do
  "$samples/$story.sh" "$ledger"
done

run sandbox clock real
policy web-service
