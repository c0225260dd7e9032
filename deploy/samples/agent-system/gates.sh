#!/usr/bin/env bash
# A release of agent-system up to its sign-offs, by the real clock: opened for a maintenance window that begins in an hour, with every gate of
# its production sign-off reported and attested, and none of its NO-GO conditions there.
# usage: gates.sh LEDGER [RELEASE]   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: gates.sh LEDGER [RELEASE]}
release=${2:-agent-system/v2.3.0}
sample=gates-${release#*/}
clock=real eve=$(date -u +%F) tag=${release#*/}
. "$(dirname "$0")/evening.sh"

# The window that was opened with is written down, so that the script says the same when it is run again.
times=$kept/$sample.window
[ -e "$times" ] || printf '%s/%s\n' "$(date -u -d '+1 hour' +%FT%TZ)" "$(date -u -d '+3 hours' +%FT%TZ)" >"$times"
window=$(cat "$times")

policy agent-system
announced "$window" "${window%/*}"
gates
