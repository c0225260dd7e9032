#!/usr/bin/env bash
# Replays cpt-ajan v5.7.1 into a running ledger: publishes the ready policies, opens the release, reports and attests its gates, and has the
# CEO sign it off.
# usage: replay.sh LEDGER [RELEASE]   (the path of the tool; LEDGER_URL, LEDGER_TOKEN or LEDGER_DATA say where)
set -euo pipefail

ledger=${1:?usage: replay.sh LEDGER [RELEASE]}
here=$(cd "$(dirname "$0")" && pwd)
policies=$here/../../schema/policies
release=${2:-cpt-ajan/v5.7.1}
samples=$here/cpt-ajan
sample=sample${2:+-${2#*/}}
. "$here/common.sh"

# Another release of it pins the policy that is there.
[ -n "${2:-}" ] || for name in web-service cpt-ajan recoveryos agent-system; do
  policy "$name"
done

run release open "$release" --policy cpt-ajan --commit 98ee13c --tag v5.7.1 \
  --artifact ghcr.io/your-org/cpt-ajan-backend=sha256:5d1f0c7e3a9b4826d0c1e7f95b3a6428e0d79c1f5a3b8264c0e1d7f9a5b36428 \
  --summary "Feedback persistence (Redis, 7-day TTL), AIOps observability pipeline, auto-remediation" --risk low

report redis-persistence "$samples/redis.json"
attest redis-persistence "TTL=7d, noeviction, AOF enabled: CONFIG GET checked"
attest api-validation "Zod validation, auth and rate limiting checked with curl"
report load-test "$samples/k6.json"
report security "$samples/trivy.json"
report security "$samples/cosign.json"
report security "$samples/kyverno.yaml"
report security "$samples/conftest.json"
attest security "least privilege reviewed"
attest observability "scrape, sampling, dashboards and alerts checked"
report gitops "$samples/argocd.json"
attest gitops "rollout with canary steps and automatic rollback; tag v5.7.1 is there"
attest aiops-metrics "3 counters, scrape OK"
report opentelemetry "$samples/opentelemetry.json"
attest rbac-network-policies "least privilege, policies active"
report jwt-rotation "$samples/jwt.json"
attest jwt-rotation "JWKS endpoint serves the active and the next key"
report slo-budget "$samples/slo.json"

enrol ceo "The CEO" ceo
sign final ceo ceo
