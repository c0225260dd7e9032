using System.Net;
using System.Text.Json;

namespace Ledger.Server.Tests.GraphQL.Deployments;

/// <summary>A release that is rolled out in steps and goes wrong, as far as a test wants it.</summary>
internal sealed class Rollout
{
    private const string Policy =
        """
        name: stepwise
        title: Rolled out in steps
        gates:
          - name: review
            title: Review
        analyses:
          - { name: errors, title: Errors, metric: error_rate, comparator: "<", threshold: 0.5%, interval: 30s }
        deployment:
          strategy: canary
          steps:
            - { name: canary, title: Canary, weight: 10%, duration: 1h, analyses: [errors], maxFailures: 5 }
            - { name: full, title: Full, weight: 100% }
        rollback:
          rules:
            - { name: in-a-row, title: 2 consecutive analysis failures, consecutiveFailures: 2 }
            - { name: burning, title: Burn over its baseline, metric: burn, timesBaseline: 3 }
          objective: 5min
          rehearsalGate: review
          silenceLimit: 2min
        afterDeployment:
          duration: 1d
          checks:
            - { name: burn, title: Burn, measured: { metric: burn, comparator: "<", threshold: 10% } }
            - { name: calm, title: Calm }
        success:
          - { name: happy, title: Everybody is happy }
        """;

    private readonly RunningServer _server;

    private Rollout(RunningServer server, string path) => (_server, Path) = (server, path);

    /// <summary>Such as <c>v1/releases/shop/1.0</c>.</summary>
    public string Path { get; }

    public string Service => Path.Split('/')[^2];

    public string Version => Path.Split('/')[^1];

    /// <summary>Arguments that name the release.</summary>
    public string Named => $"service: \"{Service}\", version: \"{Version}\"";

    public static async Task<Rollout> OpenAsync(RunningServer server, string service)
    {
        (await server.PublishAsync(Policy)).StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict);
        return new Rollout(server, await server.OpenAsync(service, "stepwise"));
    }

    /// <summary>A release whose canary is measured twice, badly, so that a rule fires.</summary>
    public static async Task<Rollout> FailingAsync(RunningServer server, string service)
    {
        var rollout = await OpenAsync(server, service);
        await rollout.DoAsync("rollback/rehearsals", """{"durationMs":240000,"note":"done twice"}""");
        await rollout.DoAsync("decision", """{"verdict":"GO"}""", "admin");
        await rollout.DoAsync("deployment/start", $$"""{"commit":"{{RunningServer.Commit}}","artifacts":[{"name":"app","digest":"{{RunningServer.Artifact}}"}]}""");
        await rollout.DoAsync("deployment/steps/canary/start", "{}");
        await rollout.MeasureAsync(0.1);
        await rollout.MeasureAsync(0.2);
        return rollout;
    }

    public async Task RollBackAsync()
    {
        await DoAsync("rollback/start", """{"cause":"rule","reason":"2 consecutive analysis failures"}""");
        await DoAsync("rollback/complete", "{}");
        await DoAsync("rollback/verify", """{"note":"the old version answers"}""", "signer");
    }

    /// <summary>Brings in one measurement of the error rate for each value, in one event.</summary>
    public async Task MeasureAsync(params double[] values)
    {
        var at = DateTimeOffset.UtcNow;
        var samples = values.Select((value, i) => FormattableString.Invariant(
            $$"""{"metric":"error_rate","at":"{{at.AddMilliseconds(i):O}}","source":"prometheus","unit":"ratio","value":{{value}}}"""));
        await DoAsync("deployment/measurements", $$"""{"measurements":[{{string.Join(',', samples)}}]}""");
    }

    public async Task<JsonElement> DoAsync(string path, string body, string role = "ci")
    {
        var answer = await _server.Client(role).PostJsonAsync($"{Path}/{path}", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    /// <summary>What is asked of the release's deployment.</summary>
    public async Task<JsonElement> AskAsync(string selection, string asOf = "") =>
        (await _server.AskAsync($$"""{ release({{Named}}) { deployment{{asOf}} { {{selection}} } } }""")).At("release.deployment");
}
