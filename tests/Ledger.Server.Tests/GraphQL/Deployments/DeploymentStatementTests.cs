using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ledger.Server.Tests.GraphQL.Deployments;

/// <summary>What deployments cost in SQL statements, counted as the driver sends them.</summary>
[Collection(ServerCollection.Name)]
public sealed class DeploymentStatementTests(RunningServer server)
{
    private const string State =
        "deployment { phase attempt strategy started { at } steps { name progress weight outcome analyses { name outcome because measured failed } } rules { name progress because } triggers { rule found } rollback { cause reason withinObjective works } deviations { code count } watch { until outcome checks { name outcome } missing { name } } success { name outcome } } deadlines { kind due status }";

    private const string OfEvents =
        "deployment { commit started { event { sequence } } steps { actualWeight started { event { sequence } } } triggers { metric count event { sequence } } rollback { person durationMs started { event { sequence } } verified { event { sequence } } verificationNote } deviations { at source event { sequence } } }";

    [Fact]
    public async Task A_release_costs_two_with_its_whole_deployment()
    {
        var rollout = await Rollout.FailingAsync(server, "deployed-counted");
        await rollout.RollBackAsync();
        foreach (var selection in new[] { State, OfEvents })
        {
            var query = $$"""{ release({{rollout.Named}}) { name verdict {{selection}} } }""";
            await CountAsync(query);
            var statements = await CountAsync(query);
            statements.Length.ShouldBeLessThanOrEqualTo(2, string.Join("\n\n", statements));
        }
    }

    [Fact]
    public async Task A_page_of_fifty_costs_at_most_six()
    {
        const string Service = "deployed-page";
        for (var i = 0; i < 50; i++)
        {
            if (i % 10 > 0) await Rollout.OpenAsync(server, Service);
            else await (await Rollout.FailingAsync(server, Service)).RollBackAsync();
        }

        var page = $$"""{ releases(first: 50, filter: { services: ["{{Service}}"] }) { nodes { name gates { outcome } signOffs { name } signOffChain { status } {0} } } }""";
        var plain = await CountAsync(page.Replace("{0}", "", StringComparison.Ordinal));
        plain = await CountAsync(page.Replace("{0}", "", StringComparison.Ordinal));
        (await CountAsync(page.Replace("{0}", State, StringComparison.Ordinal))).Length.ShouldBe(plain.Length);
        var whole = await CountAsync(page.Replace("{0}", OfEvents.Replace("metric count", "metric count measurements { value }", StringComparison.Ordinal), StringComparison.Ordinal));
        whole.Length.ShouldBeLessThanOrEqualTo(6, string.Join("\n\n", whole));
    }

    private async Task<string[]> CountAsync(string query)
    {
        var statements = new ConcurrentQueue<string>();
        var trace = ActivityTraceId.CreateRandom();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql" && activity.TraceId == trace) statements.Enqueue(string.Join("; ", activity.TagObjects.Select(tag => tag.Value)));
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = Asked.Body(query) };
        request.Headers.Add("traceparent", $"00-{trace.ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var client = server.Client("auditor");
        var answer = await (await client.SendAsync(request)).JsonAsync();
        answer.TryGetProperty("errors", out _).ShouldBeFalse($"{query} {answer}");
        return [.. statements];
    }
}
