#!/usr/bin/env bash
# A release of agent-system up to its sign-offs, by the real clock: opened for a maintenance window that begins in an hour, with every gate of
# its production sign-off reported and attested, and none of its NO-GO conditions there.
# usage: gates.sh LEDGER [RELEASE]   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: gates.sh LEDGER [RELEASE]}
here=$(cd "$(dirname "$0")" && pwd)
policies=$here/../../../schema/policies
release=${2:-agent-system/v2.3.0}
sample=gates-${release#*/}
. "$here/../common.sh"

# The window that was opened with is written down, so that the script says the same when it is run again.
times=$kept/$sample.window
[ -e "$times" ] || date -u -d '+1 hour' +%FT%TZ >"$times"
start=$(cat "$times")
eve=${start%T*}
. "$here/evening.sh"
at() { :; }

"$ledger" policy show agent-system >/dev/null 2>&1 || policy agent-system
step=1
announced "$start/$(date -u -d "$start + 2 hours" +%FT%TZ)" "$start"
gates
