using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;

namespace Ledger.Intake.Tests.Policies;

/// <summary>What the three releases' documents say, held against the ready policies: nothing of substance is left over.</summary>
public sealed class DocumentFactsTests
{
    private static readonly Policy CptAjan = ReadyPolicyTests.Read("cpt-ajan").Policy;
    private static readonly Policy RecoveryOs = ReadyPolicyTests.Read("recoveryos").Policy;
    private static readonly Policy AgentSystem = ReadyPolicyTests.Read("agent-system").Policy;

    [Theory]
    [InlineData("Redis Persistence", "redis-persistence", "TTL=7d, noeviction, AOF enabled")]
    [InlineData("Feedback API", "api-validation", "Zod validation, auth, rate limiting")]
    [InlineData("AIOps Metrics", "aiops-metrics", "3 counters, scrape OK")]
    [InlineData("OpenTelemetry", "opentelemetry", "10% sampling, tail sampling")]
    [InlineData("RBAC/NP", "rbac-network-policies", "Least privilege, policies active")]
    [InlineData("JWT Rotation", "jwt-rotation", "JWKS endpoint, active/next keys")]
    [InlineData("Load Test", "load-test", "p95<120ms, error<0.5%")]
    [InlineData("GitOps/ArgoCD", "gitops", "Synced/Healthy")]
    [InlineData("Security Gates", "security", "Trivy/Cosign/Kyverno/OPA")]
    [InlineData("SLO/Budget", "slo-budget", "Error budget ≥50%")]
    public void Each_audited_gate_of_cpt_ajan_is_there_with_its_evidence(string audited, string gate, string evidence) =>
        Gate(CptAjan, gate).Evidence.ShouldBe(evidence, audited);

    [Theory]
    [InlineData("redis-persistence", 5, 3)]
    [InlineData("api-validation", 5, 1)]
    [InlineData("load-test", 4, 1)]
    [InlineData("security", 5, 3)]
    [InlineData("observability", 5, 2)]
    [InlineData("gitops", 5, 2)]
    public void Each_checklist_gate_of_cpt_ajan_has_its_items_and_commands(string name, int items, int commands)
    {
        var gate = Gate(CptAjan, name);
        (gate.Criteria.Count + gate.Checks.Count).ShouldBeGreaterThanOrEqualTo(items);
        gate.Validate.Count.ShouldBe(commands);
        gate.Required.ShouldBeTrue();
    }

    [Theory]
    [InlineData("load-test", "k6 http_req_failed.rate < 0.5%")]
    [InlineData("load-test", "k6 http_req_duration.p(95) < 120ms")]
    [InlineData("load-test", "k6 checks.rate > 99.5%")]
    [InlineData("load-test", "k6 test_run.duration >= 30s")]
    [InlineData("load-test", "k6 vus_max.value >= 25")]
    [InlineData("security", "trivy vulnerabilities.critical == 0")]
    [InlineData("security", "trivy vulnerabilities.high == 0")]
    [InlineData("security", "cosign signatures.verified > 0")]
    [InlineData("security", "policy-report results.fail == 0")]
    [InlineData("security", "conftest failures == 0")]
    [InlineData("gitops", "argocd sync.synced == true")]
    [InlineData("gitops", "argocd health.healthy == true")]
    [InlineData("redis-persistence", "measurements redis.p95_latency < 120ms")]
    [InlineData("opentelemetry", "measurements otel.sampling.probability == 10%")]
    [InlineData("opentelemetry", "measurements otel.sampling.errors_kept == 100%")]
    [InlineData("jwt-rotation", "measurements jwt.clock_skew_tolerance == 60s")]
    [InlineData("slo-budget", "measurements error_budget.remaining >= 50%")]
    public void Cpt_ajan_measures(string gate, string criterion) => Criteria(CptAjan, gate).ShouldContain(criterion);

    [Fact]
    public void Cpt_ajan_goes_out_in_three_steps()
    {
        CptAjan.Deployment!.Strategy.ShouldBe(DeploymentStrategy.Canary);
        CptAjan.Deployment.Steps.Select(step => (step.Weight?.Text, step.Duration?.Text, step.MaxFailures, step.Analyses.Count))
            .ShouldBe([("10%", "5min", 1, 2), ("30%", "10min", 2, 3), ("100%", "24h", null, 1)]);
        CptAjan.Analyses.Select(analysis => $"{analysis.Name} {analysis.Comparator.Symbol()} {analysis.Threshold.Text} each {analysis.Interval.Text}").Take(3)
            .ShouldBe(["feedback-error-rate < 0.5% each 30s", "feedback-latency < 150ms each 30s", "redis-health > 0 each 30s"]);
        CptAjan.Analyses[3].Threshold.Text.ShouldBe("10%");
    }

    [Fact]
    public void Cpt_ajan_is_taken_back_for_four_reasons()
    {
        var rules = CptAjan.Rollback!.Rules;
        rules.Count.ShouldBe(4);
        var errors = rules[0].ShouldBeOfType<RollbackRule.Sustained>();
        (errors.Comparator, errors.Threshold.Text, errors.For.Text).ShouldBe((Comparator.Greater, "0.5%", "10min"));
        var latency = rules[1].ShouldBeOfType<RollbackRule.Sustained>();
        (latency.Comparator, latency.Threshold.Text, latency.For.Text).ShouldBe((Comparator.Greater, "150ms", "5min"));
        rules[2].ShouldBeOfType<RollbackRule.FailuresInARow>().ConsecutiveFailures.ShouldBe(2);
        var redis = rules[3].ShouldBeOfType<RollbackRule.Occurrences>();
        (redis.MoreThan, redis.Within.Text).ShouldBe((5, "5min"));
    }

    [Fact]
    public void Cpt_ajan_is_watched_for_a_day_and_afterwards()
    {
        CptAjan.AfterDeployment!.Duration.Text.ShouldBe("24h");
        CptAjan.AfterDeployment.Checks.Count.ShouldBe(5);
        CptAjan.Success.Count.ShouldBe(5);
        CptAjan.Objectives.Count.ShouldBe(5);
        CptAjan.Monitoring!.Alerts.Count.ShouldBe(4);
        CptAjan.Monitoring.Dashboards.Count.ShouldBe(3);
        CptAjan.Architecture!.Endpoints.Count.ShouldBe(10);
        CptAjan.Maintenance!.Tasks.Count(task => task.Every is not null).ShouldBe(4);
        CptAjan.Maintenance.Tasks.Count(task => task.Name.EndsWith("backup", StringComparison.Ordinal)).ShouldBe(3);
        CptAjan.Procedures.Count(procedure => procedure.Symptoms is not null).ShouldBe(3);
        CptAjan.Documents.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("endpoint-status", "measurements endpoints.working == 10")]
    [InlineData("test-coverage", "cobertura coverage.line >= 80%")]
    [InlineData("dependency-audit", "pip-audit vulnerabilities.total == 0")]
    [InlineData("dependency-audit", "measurements safety.vulnerabilities.high == 0")]
    [InlineData("static-security", "bandit issues.high == 0")]
    [InlineData("code-quality", "sarif results.total == 0")]
    [InlineData("code-quality", "measurements black.files_to_reformat == 0")]
    [InlineData("code-quality", "measurements mypy.errors == 0")]
    [InlineData("container-security", "trivy vulnerabilities.high == 0")]
    [InlineData("load-continual-learning", "k6 http_req_duration.p(95) < 500ms")]
    [InlineData("load-federated-learning", "k6 http_req_duration.p(95) < 500ms")]
    [InlineData("load-edge-ai", "k6 http_req_duration.p(95) < 400ms")]
    [InlineData("load-edge-ai", "k6 http_req_failed.rate < 1%")]
    [InlineData("load-edge-ai", "k6 http_reqs.rate >= 10/s")]
    [InlineData("load-edge-ai", "k6 test_run.duration >= 30min")]
    [InlineData("load-edge-ai", "measurements cost.per_1000_calls <= $0.18")]
    public void RecoveryOs_measures(string gate, string criterion) => Criteria(RecoveryOs, gate).ShouldContain(criterion);

    [Theory]
    [InlineData("[EMAIL_REDACTED]")]
    [InlineData("[PHONE_REDACTED]")]
    [InlineData("[SSN_REDACTED]")]
    [InlineData("[MEDICAL_RECORD_REDACTED]")]
    [InlineData("[ADDRESS_REDACTED]")]
    public void RecoveryOs_redacts_each_kind_of_personal_data(string mark) =>
        Gate(RecoveryOs, "pii-redaction").Checks.ShouldContain(check => check.Title.EndsWith(mark, StringComparison.Ordinal));

    [Fact]
    public void RecoveryOs_turns_a_flag_and_turns_it_back()
    {
        RecoveryOs.Deployment!.Strategy.ShouldBe(DeploymentStrategy.FeatureFlag);
        RecoveryOs.Deployment.Flag.ShouldBe("release_20250814");
        RecoveryOs.Deployment.Steps.Select(step => (step.Weight?.Text, step.Duration?.Text)).ShouldBe([("5%", "30min"), ("10%", "30min"), ("100%", "24h")]);
        RecoveryOs.Rollback!.Rules.Select(rule => rule.Title)
            .ShouldBe(["P95 latency > 600ms for 5+ minutes", "Error rate > 1% for 5+ minutes", "Error budget burn > 2x baseline"]);
        RecoveryOs.Rollback.Rules[2].ShouldBeOfType<RollbackRule.AboveBaseline>().TimesBaseline.ShouldBe(2);
        RecoveryOs.Monitoring!.Dashboards.ShouldHaveSingleItem().Panels.Count.ShouldBe(6);
        RecoveryOs.Monitoring.Scrapes.Select(scrape => (scrape.Environment, scrape.Interval.Text)).ShouldBe([("production", "5s"), ("staging", "10s")]);
        RecoveryOs.Monitoring.Retention?.Text.ShouldBe("15d");
        RecoveryOs.Documents.Count.ShouldBe(20);
    }

    [Theory]
    [InlineData("kubernetes-manifests", 10)]
    [InlineData("infrastructure-manifests", 9)]
    [InlineData("rollback-rehearsal", 10)]
    [InlineData("operational-runbooks", 11)]
    [InlineData("sla-targets", 6)]
    [InlineData("infrastructure-readiness", 5)]
    [InlineData("go-criteria", 7)]
    public void Each_table_of_agent_system_is_a_gate(string gate, int lines) =>
        (Gate(AgentSystem, gate).Criteria.Count + Gate(AgentSystem, gate).Checks.Count).ShouldBe(lines);

    [Theory]
    [InlineData("sla-targets", "measurements api_gateway.uptime >= 99.95%")]
    [InlineData("sla-targets", "measurements agent_coordination.response_time < 500ms")]
    [InlineData("sla-targets", "measurements security_scanning.owasp_score >= 95%")]
    [InlineData("sla-targets", "measurements database.query_time < 100ms")]
    [InlineData("sla-targets", "measurements cache.latency < 10ms")]
    [InlineData("sla-targets", "measurements load_balancer.uptime >= 99.99%")]
    [InlineData("component-tests", "junit tests.passed >= 1247")]
    [InlineData("integration-tests", "junit tests.passed >= 89")]
    [InlineData("api-tests", "measurements endpoints.passed >= 45")]
    [InlineData("load-tests", "k6 vus_max.value >= 1000")]
    [InlineData("secret-detection", "gitleaks findings.total == 0")]
    [InlineData("dependency-scan", "trivy vulnerabilities.critical == 0")]
    [InlineData("penetration-testing", "measurements pentest.findings.high == 0")]
    [InlineData("compliance", "measurements compliance.score == 100%")]
    [InlineData("rollback-rehearsal", "measurements rollback.version_rollback < 5min")]
    public void Agent_system_measures(string gate, string criterion) => Criteria(AgentSystem, gate).ShouldContain(criterion);

    [Fact]
    public void Agent_system_is_signed_in_three_stages_by_six_people()
    {
        AgentSystem.SignOff.Select(stage => (stage.Name, stage.Quorum)).ShouldBe([("technical", 3), ("business", 2), ("final", 1)]);
        AgentSystem.SignOff.SelectMany(stage => stage.Roles).SelectMany(role => AgentSystem.Roles.Single(declared => declared.Name == role).Holders!)
            .ShouldBe(["Alice Johnson", "Carol White", "David Brown", "Eve Davis", "Frank Wilson", "Grace Miller"]);
    }

    [Fact]
    public void Agent_system_follows_a_timeline_within_its_window()
    {
        var window = AgentSystem.Maintenance!.Window!;
        (window.StartsAt, window.Duration.Text, window.DecisionLead?.Text).ShouldBe(("01:00", "2h", "2h"));
        AgentSystem.Deployment!.Steps.Select(step => (step.Offset?.Text, step.Duration?.Text, step.Owner)).ShouldBe(
        [
            ("0min", "10min", "devops-lead"), ("10min", "15min", "devops-team"), ("25min", "30min", "devops-team"), ("55min", "20min", "qa-team"),
            ("75min", "5min", "devops-lead"), ("80min", "30min", "devops-team"), ("110min", "10min", "devops-lead"),
        ]);
        AgentSystem.Deployment.Steps.Sum(step => step.Commands.Count).ShouldBe(6);
    }

    [Fact]
    public void Agent_system_names_what_forbids_it_and_how_it_comes_back()
    {
        AgentSystem.NoGo.Select(noGo => noGo.Title).ShouldBe(
            ["Critical test failures", "Security vulnerabilities found", "Infrastructure issues detected", "Team members unavailable", "External dependencies not operational"]);
        (AgentSystem.Rollback!.Objective?.Text, AgentSystem.Rollback.RehearsalGate).ShouldBe(("5min", "rollback-rehearsal"));
        AgentSystem.Success.Count.ShouldBe(8);
        AgentSystem.AfterDeployment!.Checks.Count.ShouldBe(4);
        AgentSystem.Maintenance!.FollowUps.Count.ShouldBe(6);
        AgentSystem.Maintenance.Escalation.ShouldBe(["On-call DevOps", "Engineering Manager", "VP Engineering", "CTO"]);
        AgentSystem.Maintenance.Contacts.Count.ShouldBe(7);
    }

    private static Gate Gate(Policy policy, string name) => policy.Gates.Single(gate => gate.Name == name);

    private static IEnumerable<string> Criteria(Policy policy, string gate) => Gate(policy, gate).Criteria.Select(criterion => criterion.ToString());
}
