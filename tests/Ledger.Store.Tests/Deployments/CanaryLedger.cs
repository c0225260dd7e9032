using System.Text.Json;
using Ledger.Domain.Deadlines;
using Ledger.Domain.Deployments;
using Ledger.Domain.Measurements;
using Ledger.Domain.Policies;
using Ledger.Domain.Releases;
using Ledger.Store.Append;
using Ledger.Store.Tests.Append;

namespace Ledger.Store.Tests.Deployments;

/// <summary>What tests of deployments ask of a ledger.</summary>
internal static class CanaryLedger
{
    public const string Policy = "canary";
    public const string Commit = "98ee13c0aa11bb22cc33dd44ee55ff6677889900";

    /// <summary>A policy with one gate, a canary of two steps, a rule of each kind that measurements make fire, and a watch.</summary>
    public static async Task PublishAsync(TestLedger ledger)
    {
        var policy = new Policy(Policy, "Canary", [], [new Gate("ready", GateKind.Attestation, "Ready", true, true, [], [], [])], [])
        {
            Analyses = [new Analysis("errors", "Errors", "error_rate", Comparator.Less, Of("0.5%"), Of("30s"), 2, 1, null)],
            Deployment = new DeploymentPlan(DeploymentStrategy.Canary, null, [Step("canary", "10%", "5min", ["errors"]), Step("full", "100%", null, [])]),
            Rollback = new RollbackPlan(
            [
                new RollbackRule.Sustained("sustained", "Sustained", "error_rate", Comparator.Greater, Of("0.5%"), Of("5min")),
                new RollbackRule.FailuresInARow("in-a-row", "In a row", 3),
                new RollbackRule.Occurrences("redis", "Redis", "redis.failures", 5, Of("5min")),
            ], Of("5min"), null, Of("2min"), []),
            Monitoring = new MonitoringPlan([new ObservedMetric("redis.failures", "Redis failures", [])], [], [], [], null),
            AfterDeployment = new WatchPlan(Of("24h"), [new Expectation("calm", "Calm")]),
        };
        var document = JsonSerializer.Deserialize<JsonElement>(PolicyJson.Write(policy));
        await ledger.AppendAsync(new PolicyCommand.Publish(policy, document, PolicyCache.DigestOf(document)));
    }

    /// <summary>A release that was decided on, and whose canary began.</summary>
    public static async Task StartAsync(TestLedger ledger, string version)
    {
        await ledger.AppendAsync(TestLedger.Open(version) with { Policy = Policy });
        await ledger.AppendAsync(TestLedger.Attest(version));
        await ledger.AppendAsync(new ReleaseCommand.Decide(TestLedger.Release(version), Go: true));
        await ledger.AppendAsync(new DeploymentCommand.Start(TestLedger.Release(version), Commit, []));
        await ledger.AppendAsync(new DeploymentCommand.StartStep(TestLedger.Release(version), "canary"));
    }

    public static DeploymentCommand.Measure Measure(string version, string metric, DateTimeOffset at, double? value) =>
        new(TestLedger.Release(version), [new Sample(metric, at, "prometheus", metric == "redis.failures" ? Unit.Count : Unit.Ratio, value)]);

    /// <summary>What every node's clock does: asks for what is due, and lets it pass.</summary>
    public static async Task PassAsync(LedgerStore node, DateTimeOffset now)
    {
        foreach (var (release, _) in await node.Deadlines.DueAsync(now, 100, []))
            (await node.SubmitAsync(new Submission(TestLedger.Admin, new DeadlineCommand.Pass(release)))).ShouldBeAssignableTo<AppendResult>().ShouldNotBeOfType<AppendResult.Faulted>();
    }

    private static Quantity Of(string text) => Quantity.TryParse(text, out var quantity) ? quantity : throw new ArgumentException(text, nameof(text));

    private static DeploymentStep Step(string name, string weight, string? duration, IReadOnlyList<string> analyses) =>
        new(name, name, Of(weight), duration is null ? null : Of(duration), analyses, null, null, null, [], []);
}
