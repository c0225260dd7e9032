using System.Text.Json;
using Ledger.Domain.Events;
using Ledger.Domain.Log;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
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
        new ReleaseEvent.Closed(CloseOutcome.RolledBack, "p95 over 150 ms for five minutes"),
    ];

    public static readonly LedgerEvent[] Least =
    [
        Full[0],
        Full[1],
        new ReleaseEvent.Opened("shop", "1.2.3", Story.Commit, [new Artifact("shop", Story.Image)], "production", TestPolicy.Published.Reference),
        new ReleaseEvent.GateReported("load", "k6", TestReport.K6().Evidence, [], Outcome.NotEvaluated, [], [], 0),
        new ReleaseEvent.GateAttested("backup", [], false, "none"),
        Full[5],
        Full[6],
    ];

    private static CriterionResult Result(Outcome outcome, double? value) =>
        new("http_req_duration.p(95)", Comparator.Less, TestPolicy.Criterion("k6", "x", Comparator.Less, "150ms").Threshold, outcome, value);
}
