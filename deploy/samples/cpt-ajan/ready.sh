# What the replays of cpt-ajan have in common, up to its canary; sourced, with `ledger` the path of the tool, `sample` the name of the replay,
# `release`, the `day` it happens on, and `tag` where it is not v5.7.1. The documents give no date.
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
here=$samples/cpt-ajan

at "${day}T08:00:00Z"
policy cpt-ajan
run release open "$release" --policy cpt-ajan --commit 98ee13c --tag "${tag:-v5.7.1}" \
  --artifact ghcr.io/your-org/cpt-ajan-backend=sha256:5d1f0c7e3a9b4826d0c1e7f95b3a6428e0d79c1f5a3b8264c0e1d7f9a5b36428 \
  --summary "Feedback persistence (Redis, 7-day TTL), AIOps observability pipeline, auto-remediation" --risk low

# The six gates of the checklist, and the other five of the audit.
at "${day}T08:30:00Z"
report redis-persistence "$here/redis.json"
attest redis-persistence "TTL=7d, noeviction, AOF enabled: CONFIG GET checked; the client retries"
attest api-validation "Zod validation, authentication, rate limiting, 4xx codes and metrics' labels checked with curl"
report load-test "$here/k6.json"
report security "$here/trivy.json"
report security "$here/cosign.json"
report security "$here/kyverno.yaml"
report security "$here/conftest.json"
attest security "RBAC: least privilege enforced"
attest observability "scrape, sampling, metrics, dashboards and alerts checked"
report gitops "$here/argocd.json"
attest gitops "rollout with canary steps and automatic rollback; tag v5.7.1 is there"
attest aiops-metrics "3 counters, scrape OK"
report opentelemetry "$here/opentelemetry.json"
attest rbac-network-policies "least privilege, service accounts, network policies active, Redis credentials in Kubernetes secrets"
report jwt-rotation "$here/jwt.json"
attest jwt-rotation "RS256; the JWKS endpoint serves the active and the next key; keys in secure storage, rotated regularly"
report slo-budget "$here/slo.json"

at "${day}T09:00:00Z"
enrol ceo "The CEO" ceo
sign final ceo ceo
run decide "$release" go

# Phase 1 begins: 10 % for 5 minutes.
at "${day}T10:00:00Z"
run canary start "$release" --commit 98ee13c
run canary step "$release" canary
