# RecoveryOS up to GO, for those who replay it; sourced after common.sh, with `here`, `release` and `day`, the day of the release.

next=$(date -u -d "$day + 1 day" +%F)

announced() {
  run release open "$release" --policy recoveryos --commit 7a41c9e0d25b --tag release_20250814 \
    --artifact registry.example.com/recoveryos=sha256:9b2e64f017d8c3a5e81b40f6d7c2935ae0481f6cb7d3925e0a46f81c3b7d9e52 \
    --summary "Ten elite AI endpoints behind the flag release_20250814, with merge-blocking gates, observability, load tests and a canary"
}

loaded() { # ENDPOINT
  report "load-$1" "$here/k6-$1.json"
  report "load-$1" "$here/cost-$1.json"
}

gates() {
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
  run decide "$release" go --reason "100 % release-ready: every merge-blocking gate passed"
}

# What it was before, and what it is every five minutes of a phase of half an hour.
measured() { # TIME METRIC=VALUE…
  at "$1"
  run canary measure "$release" "${@:2}" --source prometheus --at "$1"
}
