using System.Net;
using System.Text.Json;

namespace Ledger.Server.Tests.Intake;

/// <summary>Releases of a policy with a canary, rules and a watch, each with an artifact of its own.</summary>
internal static class RolledOut
{
    private const string Policy =
        """
        name: rolled
        title: Rolled out in steps
        gates:
          - name: tests
            title: Unit tests
            tool: junit
            criteria:
              - { metric: tests.failed, comparator: "==", threshold: 0 }
        analyses:
          - { name: latency, title: Latency, metric: p95, comparator: "<", threshold: 150ms, interval: 30s, failureLimit: 5 }
          - { name: alive, title: It answers, metric: alive, comparator: "==", threshold: true, interval: 30s, failureLimit: 5 }
        deployment:
          strategy: canary
          steps:
            - { name: ten, title: Ten per cent, weight: 10%, analyses: [latency, alive] }
            - { name: thirty, title: Thirty per cent, weight: 30%, analyses: [latency] }
            - { name: all, title: Everybody, weight: 100% }
        rollback:
          rules:
            - { name: in-a-row, title: 2 consecutive failures, consecutiveFailures: 2, analysis: latency }
            - { name: redis, title: More than 5 failures in 5 minutes, metric: redis.failures, moreThan: 5, within: 5min }
        monitoring:
          metrics:
            - { name: redis.failures, title: Redis failures }
        afterDeployment:
          duration: 24h
          checks:
            - { name: drift, title: No drift, measured: { metric: deployment.sha_matches, comparator: "==", threshold: true } }
            - { name: alerts, title: No critical alerts, measured: { metric: alerts.critical, comparator: "==", threshold: 0 } }
            - { name: incidents, title: No incidents, measured: { metric: security.incidents, comparator: "==", threshold: 0 } }
        """;

    // The same, and how its metric is reported.
    private static readonly string Reported = Policy
        .Replace("name: rolled", "name: reported", StringComparison.Ordinal)
        .Replace("threshold: 150ms, interval: 30s, failureLimit: 5", "threshold: 150ms, interval: 30s, failureLimit: 5, reported: { as: request-duration, unit: s }", StringComparison.Ordinal);

    private static int s_made;
    private static readonly Lazy<string> Run = new(() => Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()));
    private static readonly SemaphoreSlim Once = new(1);
    private static RunningServer? s_published;

    /// <summary>A release that may go: its path, its name and its artifact's digest.</summary>
    public static async Task<(string Path, string Name, string Digest)> OpenAsync(RunningServer server, string policy = "rolled")
    {
        await PublishAsync(server);
        var number = Interlocked.Increment(ref s_made);
        var name = $"{policy}/v{number}";
        var digest = $"sha256:{Run.Value}{number:x32}";
        (await server.Client().PostJsonAsync("v1/releases", RunningServer.OpenBody(name, policy).Replace(RunningServer.Artifact, digest, StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Client("ci").ReportAsync($"v1/releases/{name}", RunningServer.PassingReport)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var decided = await server.Client().PostJsonAsync($"v1/releases/{name}/decision", """{"verdict":"GO"}""");
        decided.StatusCode.ShouldBe(HttpStatusCode.Created, await decided.Content.ReadAsStringAsync());
        return ($"v1/releases/{name}", name, digest);
    }

    /// <summary>One whose rollout has begun.</summary>
    public static async Task<(string Path, string Name, string Digest)> StartAsync(RunningServer server, string policy = "rolled")
    {
        var release = await OpenAsync(server, policy);
        var started = await server.Client("ci").PostJsonAsync($"{release.Path}/deployment/start", $$$"""{"commit":"{{{RunningServer.Commit}}}"}""");
        started.StatusCode.ShouldBe(HttpStatusCode.Created, await started.Content.ReadAsStringAsync());
        return release;
    }

    /// <summary>One that everybody has, against the plan.</summary>
    public static async Task<(string Path, string Name, string Digest)> OutAsync(RunningServer server)
    {
        var release = await StartAsync(server);
        var promoted = await server.Client("ci").PostJsonAsync($"{release.Path}/deployment/promote", $$$"""{"observed":{"at":"{{{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}}","source":"test"}}""");
        promoted.StatusCode.ShouldBe(HttpStatusCode.Created, await promoted.Content.ReadAsStringAsync());
        return release;
    }

    public static async Task<List<JsonElement>> EventsAsync(RunningServer server, string path) =>
        [.. (await (await server.Client().GetAsync($"{path}/history?limit=500")).JsonAsync()).GetProperty("events").EnumerateArray()];

    public static async Task<List<string>> TypesAsync(RunningServer server, string path) => [.. (await EventsAsync(server, path)).Select(entry => entry.Text("type"))];

    private static async Task PublishAsync(RunningServer server)
    {
        await Once.WaitAsync();
        try
        {
            if (s_published == server) return;
            foreach (var policy in (string[])[Policy, Reported])
            {
                var published = await server.PublishAsync(policy);
                published.StatusCode.ShouldBe(HttpStatusCode.Created, await published.Content.ReadAsStringAsync());
            }

            s_published = server;
        }
        finally
        {
            Once.Release();
        }
    }
}
