#!/usr/bin/env bash
# A release that went with a waived gate: a high vulnerability without a fix, somebody who answers for it until a stated day, GO, a rollout, and
# the waiver's end. Unlike the other releases that are replayed it has no document: service, people and vulnerability are invented.
# usage: waiver.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: waiver.sh LEDGER}
release=shop/1.3.0
sample=shop-waiver
day=2025-10-06
. "$(dirname "$0")/../common.sh"
here=$samples/web-service

at "${day}T08:00:00Z"
policy web-service-rollout "$here"
run release open "$release" --policy web-service-rollout --commit 3be1c0ffee0 \
  --artifact registry.example.com/shop=sha256:3f0c6d8e1a974b25c8e0d3f6a1b7925e40c8d7f3b6a1925e0d4c7f8b3a69251e \
  --summary "Customers see pictures of what they ordered (an invented release, to show a waiver)" --risk medium
report load-test "$here/k6.json"
report vulnerabilities "$here/trivy-high.json"

at "${day}T09:00:00Z"
run gate waive "$release" vulnerabilities --owner "Mara Lindqvist, head of platform" \
  --reason "CVE-2025-90001 in libexample-pictures has no fixed version yet, and the shop opens only pictures that its own staff uploaded" \
  --control "uploads are for staff alone, the decoder runs without network and with 256 MB, and the image is scanned every night" \
  --until 2025-10-20T08:00:00Z

at "${day}T09:30:00Z"
run decide "$release" go --reason "the load test passed; the vulnerability is answered for until 20 October"

at "${day}T10:00:00Z"
run canary start "$release" --commit 3be1c0ffee0
run canary step "$release" half
play "$here/rollout.txt" "${day}T10:00:00Z"
run canary complete "$release" half
run canary step "$release" all
run canary complete "$release" all
run canary promote "$release"
at "${day}T11:05:00Z"
run post check "$release" error-rate --source prometheus --value 0.11%

# The waiver ends at 08:00, by itself.
at 2025-10-20T09:00:00Z
run release close "$release" --outcome succeeded --reason "served everybody for eleven days, until 1.3.1 with the fixed library took its place on 17 October; the waiver has ended"
