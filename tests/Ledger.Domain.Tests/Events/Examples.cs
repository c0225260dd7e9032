using System.Text.Json;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.Events;
using Ledger.Domain.ExternalEvents;
using Ledger.Domain.FollowUps;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Log;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Rollbacks;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
using Ledger.Domain.Watches;
using MaintenanceWindow = Ledger.Domain.Releases.MaintenanceWindow;

namespace Ledger.Domain.Tests.Events;

/// <summary>One event of each type with everything in it that it can hold, and the least it can hold.</summary>
internal static class Examples
{
    public static readonly LedgerEvent[] Full =
    [
        new LogEvent.Created("ledger.example/log", "ledger.example/log+0a0b0c0d+AQID"),
        new PolicyEvent.Published(TestPolicy.Published.Reference, JsonSerializer.SerializeToElement(new { name = "web", title = "Web services" })),
        new ReleaseEvent.Opened(
            "shop", "1.2.3", Story.Commit, [new Artifact("shop", Story.Image)], "production", TestPolicy.Published.Reference, "v1.2.3",
            new MaintenanceWindow(Story.Start.AddHours(2), Story.Start.AddHours(4)), Story.Start.AddHours(1), "A new basket", Risk.Medium),
        new ReleaseEvent.GateReported(
            "load", "k6", TestReport.K6().Evidence, TestReport.K6(p95: 200).Measurements, Outcome.Failed,
            [Result(Outcome.NotEvaluated, null), Result(Outcome.Failed, 200)],
            [new ConditionResult("critical-cve", Result(Outcome.Passed, 0))], 2, "aborted after a second", new Supersedes(3, "the database was cold")),
        new ReleaseEvent.GateAttested("redis", ["aof", "replica"], true, "both are on", "https://example.com/redis", new Supersedes(4)),
        new ReleaseEvent.GateWaived("load", "the owner", "no time to tune", "watched by hand", Story.Start.AddDays(1)),
        new ReleaseEvent.SignedOff(
            "technical", "tech-lead", "ada", "Ada Moss", SignOffChoice.Reject, "I looked at it, and it is not ready", TestDigest.Of(0x31), TestDigest.Of(0x32),
            new SignOffEnvelope("application/vnd.in-toto+json", "e30=", [new EnvelopeSignature("AQID", "ada's key")]), TestDigest.Of(0x33)),
        new ReleaseEvent.SignOffWithdrawn(TestDigest.Of(0x31), "ada", "the test was wrong, not the release"),
        new ReleaseEvent.DecisionMade(
            Verdict.Go, TestPolicy.Published.Reference, new GoNoGoSeen(Verdict.Pending, Story.Start, TestDigest.Of(0x34)), [new EventReference(5, 1), new EventReference(9, 3)],
            "customers cannot pay", new Emergency("the payment provider changed its certificate", Story.Start.AddDays(1))),
        new DeploymentEvent.Started(2, Terms, [new Artifact("shop", Story.Image)], Story.Commit, new EventReference(9, 3), Seen),
        new DeploymentEvent.StepStarted("canary", TestPolicy.Quantity("10%"), Seen),
        new DeploymentEvent.Measured(
        [
            new Sample("error_rate", Story.Start, "prometheus", Unit.Ratio, 0.25, "query-1", "it is the mean of two", SampleTiming.Late),
            new Sample("error_rate", Story.Start.AddSeconds(30), "prometheus", Unit.Ratio),
        ]),
        new DeploymentEvent.StepCompleted("canary", [new AnalysisResult("errors", Outcome.Passed, 10, 1, 0)], Seen),
        new DeploymentEvent.Paused("lunch", Seen),
        new DeploymentEvent.Resumed("back from lunch", Seen),
        new DeploymentEvent.Promoted(Seen),
        new DeploymentEvent.Aborted("customers complain", Seen),
        new DeploymentEvent.TrafficSwitched("green", true, "blue", Seen),
        new DeploymentEvent.DeviationRecorded("step_skipped", "the step 'canary' was not taken", Seen, "full"),
        new RollbackEvent.Triggered(
            "burn", RuleKind.AboveBaseline, "error_budget.burn > 2 × baseline", "error_budget.burn", new RuleWindow(Story.Start, Story.Start.AddMinutes(5)), 2, [7, 9],
            "error_budget.burn was 0.5, more than 2 times 0.2", 3),
        new RollbackEvent.Started(RollbackCause.Manual, "customers complain", "Ada Moss", new EventReference(21, 9), Seen),
        new RollbackEvent.Completed(240_000, 300_000, true, Seen),
        new RollbackEvent.Verified(true, "the old version answers", "https://example.com/check"),
        new RollbackEvent.Rehearsed(250_000, "done twice", 300_000, true, "rehearsal", "https://example.com/rehearsal"),
        new WatchEvent.Checked(CheckList.Watch, "burn", Outcome.Passed, "prometheus", 0.05, Unit.Ratio, "looked at twice", new Supersedes(8, "the query was wrong")),
        new WatchEvent.Ended(Outcome.NotEvaluated, [new WatchedCheck("burn", Outcome.Passed), new WatchedCheck("no-incidents", Outcome.NotEvaluated)], Story.Start.AddDays(1)),
        new DeadlineEvent.Passed(DeadlineKind.Silence, Story.Start.AddMinutes(2), true, "measurements of errors are missing", "errors"),
        new FollowUpEvent.Recorded("review", FollowUpOutcome.Dropped, "nobody had the release for a day", "ticket 12", new Supersedes(9, "it was taken back")),
        new ExternalEvent.Kept(
            "/ci/runs", "run-7", "dev.cdevents.incident.detected.0.3.0", new Evidence(TestDigest.Of(0x36), 512, "application/cloudevents+json"), 2, Story.Start.AddMinutes(3), "incident in production", new EventReference(20, 1)),
        new InboxEvent.Received(
            "/ci/runs", "run-8", "dev.cdevents.pipelinerun.finished.0.3.0", new Evidence(TestDigest.Of(0x37), 512, "application/cloudevents+json"), 1, "no release is found that the event is about",
            Story.Start.AddMinutes(4), "pipeline main: success"),
        new InboxEvent.Assigned("/ci/runs", new EventReference(20, 1), "cpt-ajan/v5.7.1", new EventReference(21, 9)),
        new LogEvent.SandboxClockSet(Story.Start, Story.Start.AddHours(1)),
        new ReleaseEvent.Closed(CloseOutcome.RolledBack, "p95 over 150 ms for five minutes"),
        new SignerEvent.Enrolled("ada", "Ada Moss", ["tech-lead", "security-lead"], ["ci-of-ada"]),
        new SignerEvent.Changed(["tech-lead"], [], "moved to another team"),
        new SignerEvent.KeyAdded(
            new SignerKey(TestDigest.Of(0x32), "ecdsa-p256-sha256", "AQID", Story.Start, Story.Start.AddYears(1)), TestDigest.Of(0x35)),
        new SignerEvent.KeyRevoked(TestDigest.Of(0x32), "the laptop was stolen"),
    ];

    public static readonly LedgerEvent[] Least =
    [
        Full[0],
        Full[1],
        new ReleaseEvent.Opened("shop", "1.2.3", Story.Commit, [new Artifact("shop", Story.Image)], "production", TestPolicy.Published.Reference),
        new ReleaseEvent.GateReported("load", "k6", TestReport.K6().Evidence, [], Outcome.NotEvaluated, [], [], 0),
        new ReleaseEvent.GateAttested("backup", [], false, "none"),
        Full[5],
        new ReleaseEvent.SignedOff(
            "technical", "tech-lead", "ada", "Ada Moss", SignOffChoice.Approve, "ready", TestDigest.Of(0x31), TestDigest.Of(0x32),
            new SignOffEnvelope("application/vnd.in-toto+json", "e30=", [new EnvelopeSignature("AQID")])),
        Full[7],
        new ReleaseEvent.DecisionMade(
            Verdict.NoGo, TestPolicy.Published.Reference, new GoNoGoSeen(Verdict.NoGo, Story.Start, TestDigest.Of(0x34)), [new EventReference(5, 1)]),
        new DeploymentEvent.Started(1, new DeploymentTerms(DeploymentStrategy.Rolling, [new StepTerms("all", [])], [], []), []),
        new DeploymentEvent.StepStarted("canary"),
        new DeploymentEvent.Measured([new Sample("error_rate", Story.Start, "prometheus", Unit.Ratio)]),
        new DeploymentEvent.StepCompleted("canary", []),
        new DeploymentEvent.Paused("lunch"),
        new DeploymentEvent.Resumed("back from lunch"),
        new DeploymentEvent.Promoted(),
        new DeploymentEvent.Aborted("customers complain"),
        new DeploymentEvent.TrafficSwitched("blue", false),
        new DeploymentEvent.DeviationRecorded("drifted", "another commit runs", Seen),
        new RollbackEvent.Triggered("slow", RuleKind.Sustained, "p95 > 150ms for 5min", "p95", new RuleWindow(Story.Start, Story.Start.AddMinutes(5)), 11, [7], "p95 > 150ms in 11 measurements over 5 min"),
        new RollbackEvent.Started(RollbackCause.Rule, "the rule says so"),
        new RollbackEvent.Completed(240_000),
        new RollbackEvent.Verified(false, "it does not start"),
        new RollbackEvent.Rehearsed(250_000, "done twice"),
        new WatchEvent.Checked(CheckList.Success, "no-incidents", Outcome.Failed, "pager"),
        new WatchEvent.Ended(Outcome.Passed, [], Story.Start.AddDays(1)),
        new DeadlineEvent.Passed(DeadlineKind.WindowEnd, Story.Start.AddHours(1), true, "the maintenance window ended"),
        new FollowUpEvent.Recorded("review", FollowUpOutcome.Done, "held"),
        new ExternalEvent.Kept("/ci/runs", "run-7", "com.example.done", new Evidence(TestDigest.Of(0x36), 2, "application/json"), 0),
        new InboxEvent.Received("/ci/runs", "run-8", "com.example.done", new Evidence(TestDigest.Of(0x37), 2, "application/json"), 0, "no release is found that the event is about"),
        new InboxEvent.Assigned("/ci/runs", new EventReference(20, 1), "cpt-ajan/v5.7.1", new EventReference(21, 9)),
        new LogEvent.SandboxClockSet(),
        new ReleaseEvent.Closed(CloseOutcome.RolledBack, "p95 over 150 ms for five minutes"),
        new SignerEvent.Enrolled("ada", "Ada Moss", [], []),
        Full[^3],
        new SignerEvent.KeyAdded(new SignerKey(TestDigest.Of(0x32), "ed25519", "AQID")),
        Full[^1],
    ];

    private static Observation Seen => new(Story.Start.AddMinutes(-1), "argo-rollouts/shop");

    private static DeploymentTerms Terms => new(
        DeploymentStrategy.FeatureFlag,
        [new StepTerms("canary", ["errors"], TestPolicy.Quantity("10%"), TestPolicy.Quantity("5min"), TestPolicy.Quantity("0min"), 1), new StepTerms("full", [], TestPolicy.Quantity("100%"))],
        [new AnalysisTerms("errors", "error_rate", Comparator.Less, TestPolicy.Quantity("0.5%"), TestPolicy.Quantity("30s"), 2, 1, 1, Ledger.Domain.Policies.AnalysisFailure.Rollback)],
        [
            new RuleTerms("sustained", RuleKind.Sustained, "error_rate", Comparator.Greater, TestPolicy.Quantity("0.5%"), TestPolicy.Quantity("10min")),
            new RuleTerms("in-a-row", RuleKind.FailuresInARow, ConsecutiveFailures: 2, Analysis: "errors"),
            new RuleTerms("redis", RuleKind.Occurrences, "redis.failures", MoreThan: 5, Within: TestPolicy.Quantity("5min")),
            new RuleTerms("burn", RuleKind.AboveBaseline, "error_budget.burn", TimesBaseline: 2),
        ],
        "new-basket",
        TestPolicy.Quantity("2min"),
        TestPolicy.Quantity("5min"),
        TestPolicy.Quantity("24h"));

    private static CriterionResult Result(Outcome outcome, double? value) =>
        new("http_req_duration.p(95)", Comparator.Less, TestPolicy.Criterion("k6", "x", Comparator.Less, "150ms").Threshold, outcome, value);
}
