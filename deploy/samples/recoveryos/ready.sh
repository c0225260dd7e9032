# RecoveryOS up to its first phase, for those who replay it; sourced, with `ledger` the path of the tool, `sample` the name of the replay,
# `release` and the `day` it happens on.
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
here=$samples/recoveryos

loaded() { # ENDPOINT
  report "load-$1" "$here/k6-$1.json"
  report "load-$1" "$here/cost-$1.json"
}

at "${day}T08:00:00Z"
policy recoveryos
run release open "$release" --policy recoveryos --commit 7a41c9e0d25b --tag release_20250814 \
  --artifact registry.example.com/recoveryos=sha256:9b2e64f017d8c3a5e81b40f6d7c2935ae0481f6cb7d3925e0a46f81c3b7d9e52 \
  --summary "Ten elite AI endpoints behind the flag release_20250814, with merge-blocking gates, observability, load tests and a canary"

at "${day}T08:30:00Z"
report endpoint-status "$here/endpoints.json"
attest endpoint-status "all ten documented with root causes, fixes and coverage; staging samples for happy path and negative cases"
report test-coverage "$here/coverage.xml"
report test-coverage "$here/tests.xml"
report dependency-audit "$here/pip-audit.json"
report dependency-audit "$here/safety.json"
attest dependency-audit "aiohttp is 3.11.18"
report static-security "$here/bandit.json"
report code-quality "$here/code-quality.json"
report code-quality "$here/ruff.sarif"
report container-security "$here/trivy.json"
loaded continual-learning
loaded federated-learning
loaded edge-ai
report pii-redaction "$here/pii-redaction.xml"
attest pii-redaction "each of the five kinds becomes its mark, in logs and answers"
attest observability "both metrics addresses answer, spans carry correlation IDs, JSON logs are redacted, the flag turns it on and off"

at "${day}T08:50:00Z"
run decide "$release" go --reason "100 % release-ready: every merge-blocking gate passed"

# Phase 1: the flag at 5 % for 30 minutes, after what it was before.
at "${day}T09:00:00Z"
run canary measure "$release" --baseline error_budget.burn=0.8% --source prometheus --at "${day}T08:55:00Z"
run canary start "$release" --commit 7a41c9e0d25b
run canary step "$release" initial
play "$here/initial.txt" "${day}T09:00:00Z"
run canary complete "$release" initial
run canary step "$release" gradual
