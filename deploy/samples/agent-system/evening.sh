# The evening before agent-system goes out, for those who replay it; sourced, with `ledger` the path of the tool, `sample` the name of the replay,
# `release`, `eve`, the day that the evening is of, and `tag` where it is not v2.2.0.
. "$(dirname "${BASH_SOURCE[0]}")/../common.sh"
here=$samples/agent-system

day=$(date -u -d "$eve + 1 day" +%F)  # of the maintenance window
next=$(date -u -d "$eve + 2 days" +%F)

announced() { # WINDOW DECIDE-BY
  run release open "$release" --policy agent-system --commit 2f7c1e90ab34 --tag "${tag:-v2.2.0}" \
    --artifact registry.example.com/agent-system=sha256:41c7a0de5f93b28e6a1c04d7f8b25e93a0d6c4f17e82b5394c6a0f1d8e7b2c35 \
    --window "$1" --decide-by "$2" --risk low \
    --summary "Multi-agent code generation system, blue-green with zero downtime; expected to take 2 hours, rollback in less than 5 minutes"
}

# A JUnit report with so many tests, all of them passed.
junit() { # SUITE TESTS
  printf '<testsuites>\n<testsuite name="%s">\n' "$1"
  seq -f "<testcase classname=\"$1\" name=\"case %g\" time=\"0.01\"/>" "$2"
  printf '</testsuite>\n</testsuites>\n'
}
tested() { # GATE TESTS
  report "$1" - < <(junit "$1" "$2")
  report "$1" "$here/$1.json"
}

gates() {
  at "${eve}T20:15:00Z"
  attest kubernetes-manifests "k8s/production/deployment-verification.yaml: all ten components are there"
  attest infrastructure-manifests "terraform/modules/agent-system/main.tf: all nine resources are provisioned"
  attest operational-runbooks "docs/operational_runbooks.md: complete and reviewed"
  report secret-detection "$here/gitleaks.json" --tool gitleaks
  report dependency-scan "$here/trivy.json"

  at "${eve}T21:00:00Z"
  tested component-tests 1247
  tested integration-tests 89
  tested api-tests 212
  tested security-tests 156
  attest security-tests "OWASP and secrets scan are part of the run"
  report load-tests "$here/k6.json"
  attest chaos-tests "nodes, pods and network taken away: recovered each time"
  report sla-targets "$here/sla-targets.json"

  at "${eve}T21:30:00Z"
  report owasp "$here/owasp.json"
  attest owasp "all critical issues resolved"
  report penetration-testing "$here/penetration-testing.json"
  attest penetration-testing "approved by the security team"
  report compliance "$here/compliance.json"

  at "${eve}T22:00:00Z"
  run rollback rehearse "$release" --took 212s --evidence scripts/rollback_procedures.sh \
    --note "automated rollback to v2.1.5 with backup and health verification, the 6 manual steps, emergency stop and restart; alerts and notifications arrived" \
    --measurement rollback.backup_creation=24s --measurement rollback.version_rollback=212s --measurement rollback.manual=470s \
    --measurement emergency.stop=75s --measurement emergency.restart=190s

  at "${eve}T22:15:00Z"
  attest infrastructure-readiness "provisioned, with backups and a second zone"
  attest infrastructure-issues "none detected"
  attest team-unavailable "all are there and on call"
  attest dependencies-down "all external dependencies are operational"
  attest go-criteria "all seven are met"
}

people() {
  enrol alice.johnson "Alice Johnson" devops-lead
  enrol carol.white "Carol White" security-lead
  enrol david.brown "David Brown" engineering-manager
  enrol eve.davis "Eve Davis" product-manager
  enrol frank.wilson "Frank Wilson" vp-engineering
  enrol grace.miller "Grace Miller" cto
}

# The whole evening up to the fourth signature: only the VP Engineering's and the CTO's are missing then.
four_sign() {
  at "${eve}T20:00:00Z"
  policy agent-system
  announced "${day}T01:00:00Z/${day}T03:00:00Z" "${eve}T23:00:00Z"
  people
  gates

  at "${eve}T22:30:00Z"
  sign technical devops-lead alice.johnson
  at "${eve}T22:35:00Z"
  sign technical security-lead carol.white
  at "${eve}T22:40:00Z"
  sign technical engineering-manager david.brown
  at "${eve}T22:45:00Z"
  sign business product-manager eve.davis
}
