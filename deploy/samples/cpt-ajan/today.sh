#!/usr/bin/env bash
# A release of cpt-ajan by the real clock, up to the first step of its canary.
# usage: today.sh LEDGER [RELEASE]   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: today.sh LEDGER [RELEASE]}
release=${2:-cpt-ajan/v5.7.2}
sample=today-${release#*/}
clock=real day= tag=${release#*/}
. "$(dirname "$0")/ready.sh"
