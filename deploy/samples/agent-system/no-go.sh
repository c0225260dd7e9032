#!/usr/bin/env bash
# agent-system as it would not have gone: the same evening, two days later, and the VP Engineering does not sign. GO is refused at the go/no-go
# time, and NO_GO is decided.
# usage: no-go.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: no-go.sh LEDGER}
release=agent-system/v2.2.0-no-go
sample=agent-system-no-go
eve=2023-11-21
. "$(dirname "$0")/evening.sh"

four_sign

at "${eve}T23:00:00Z"
# Whoever asks for GO all the same is told what is missing.
if "$ledger" decide "$release" go; then
  echo "no-go.sh: GO was taken without the VP Engineering" >&2
  exit 1
fi
run decide "$release" no-go --reason "the business sign-off is incomplete: the VP Engineering (vp-engineering) has not signed, so the final authorization cannot open"
run release close "$release" --outcome abandoned --reason "decided NO_GO at the go/no-go time; the window of $day is given up"
