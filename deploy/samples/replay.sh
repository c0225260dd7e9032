#!/usr/bin/env bash
# Replays cpt-ajan v5.7.1 up to its gates into a running ledger: publishes the ready policies, opens the release, reports and attests.
# usage: replay.sh LEDGER   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: replay.sh LEDGER}
here=$(cd "$(dirname "$0")" && pwd)
policies=$here/../../schema/policies
release=cpt-ajan/v5.7.1
samples=$here/cpt-ajan

# Each command carries a key of its own, so that a replay that was cut short is simply run again.
step=0
run() {
  step=$((step + 1))
  "$ledger" "$@" --idempotency-key "sample-$step"
}

for policy in web-service cpt-ajan recoveryos agent-system; do
  run policy publish "$policies/$policy.yaml"
done

run release open "$release" --policy cpt-ajan --commit 98ee13c --tag v5.7.1 \
  --artifact ghcr.io/your-org/cpt-ajan-backend=sha256:5d1f0c7e3a9b4826d0c1e7f95b3a6428e0d79c1f5a3b8264c0e1d7f9a5b36428 \
  --summary "Feedback persistence (Redis, 7-day TTL), AIOps observability pipeline, auto-remediation" --risk low

report() { run gate report "$release" "$1" "$samples/$2"; }
attest() { run gate attest "$release" "$1" --note "$2"; }

report redis-persistence redis.json
attest redis-persistence "TTL=7d, noeviction, AOF enabled: CONFIG GET checked"
attest api-validation "Zod validation, auth and rate limiting checked with curl"
report load-test k6.json
report security trivy.json
report security cosign.json
report security kyverno.yaml
report security conftest.json
attest security "least privilege reviewed"
attest observability "scrape, sampling, dashboards and alerts checked"
report gitops argocd.json
attest gitops "rollout with canary steps and automatic rollback; tag v5.7.1 is there"
attest aiops-metrics "3 counters, scrape OK"
report opentelemetry opentelemetry.json
attest rbac-network-policies "least privilege, policies active"
report jwt-rotation jwt.json
attest jwt-rotation "JWKS endpoint serves the active and the next key"
report slo-budget slo.json
