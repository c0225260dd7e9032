using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.GoNoGo;
using Ledger.Domain.Log;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Domain.Tests.Releases;
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
        Full[9],
        new SignerEvent.Enrolled("ada", "Ada Moss", [], []),
        Full[11],
        new SignerEvent.KeyAdded(new SignerKey(TestDigest.Of(0x32), "ed25519", "AQID")),
        Full[13],
    ];

    private static CriterionResult Result(Outcome outcome, double? value) =>
        new("http_req_duration.p(95)", Comparator.Less, TestPolicy.Criterion("k6", "x", Comparator.Less, "150ms").Threshold, outcome, value);
}
