using System.Text.Json;

namespace Ledger.Server.Tests.GraphQL.Deployments;

/// <summary>Releases found by how they went on their way to their users, and heard of while they go.</summary>
[Collection(ServerCollection.Name)]
public sealed class DeploymentFilterTests(RunningServer server)
{
    [Fact]
    public async Task Releases_are_found_by_phase_rollback_deviation_and_rule()
    {
        const string Service = "found-by-way";
        var waiting = (await Rollout.OpenAsync(server, Service)).Version;
        var running = (await Rollout.FailingAsync(server, Service)).Version;
        var back = await Rollout.FailingAsync(server, Service);
        await back.RollBackAsync();
        var deviated = await Rollout.OpenAsync(server, Service);
        await deviated.DoAsync("deployment/start", $$"""{"commit":"fedcba9","observed":{"at":"{{DateTimeOffset.UtcNow:O}}","source":"argocd/shop"} }""");

        await FindsAsync("phase: [NOT_STARTED]", waiting);
        await FindsAsync("phase: [STARTED]", running, deviated.Version);
        await FindsAsync("phase: [ROLLED_BACK]", back.Version);
        await FindsAsync("phase: [NOT_STARTED, ROLLED_BACK]", waiting, back.Version);
        await FindsAsync("phase: [ROLLING_BACK, ABORTED]");
        await FindsAsync("rolledBack: true", back.Version);
        await FindsAsync("rolledBack: false", waiting, running, deviated.Version);
        await FindsAsync("deviations: true", deviated.Version);
        await FindsAsync("deviations: false", waiting, running, back.Version);
        await FindsAsync("deviation: \"wrong_commit\"", deviated.Version);
        await FindsAsync("deviation: \"outside_window\"");
        await FindsAsync("triggered: true", running, back.Version);
        await FindsAsync("rule: \"in-a-row\"", running, back.Version);
        await FindsAsync("rule: \"in-a-row\", rolledBack: false", running);
        await FindsAsync("rule: \"burning\"");

        async Task FindsAsync(string filter, params string[] versions)
        {
            var found = (await server.AskAsync($$"""{ releases(filter: { services: ["{{Service}}"], deployment: { {{filter}} } }, orderBy: { direction: ASC }) { totalCount nodes { version } } }""")).At("releases");
            found.At("nodes").Each("version").ShouldBe(versions, filter);
            found.At("totalCount").GetInt64().ShouldBe(versions.Length, filter);
        }
    }

    [Fact]
    public async Task A_release_is_found_as_it_was_before_its_rule_fired()
    {
        var rollout = await Rollout.FailingAsync(server, "found-before");
        var fired = (await server.AskAsync($$"""{ release({{rollout.Named}}) { events(types: [ROLLBACK_TRIGGERED]) { nodes { sequence } } } }""")).At("release.events.nodes.0.sequence").GetInt64();
        (await CountAsync(fired - 1)).ShouldBe(0);
        (await CountAsync(fired)).ShouldBe(1);

        async Task<long> CountAsync(long sequence) => (await server.AskAsync(
            $$"""{ releases(filter: { services: ["found-before"], deployment: { rule: "in-a-row" } }, asOf: { sequence: {{sequence}} }) { totalCount } }""")).At("releases.totalCount").GetInt64();
    }

    [Fact]
    public async Task What_happens_on_the_way_is_heard_by_its_type()
    {
        var first = await server.SizeAsync() + 1;
        var rollout = await Rollout.FailingAsync(server, "heard-on-the-way");
        var heard = await HearAsync($"subscription {{ eventAppended(from: {first}, filter: {{ services: [\"heard-on-the-way\"], types: [ROLLBACK_TRIGGERED] }}) {{ type stream release {{ deployment {{ phase triggers {{ rule }} }} }} }} }}");
        heard.TextAt("data.eventAppended.type").ShouldBe("ROLLBACK_TRIGGERED");
        heard.TextAt("data.eventAppended.release.deployment.triggers.0.rule").ShouldBe("in-a-row");
        var change = await HearAsync($"subscription {{ releaseChanged(from: {first}, service: \"heard-on-the-way\", version: \"{rollout.Version}\", types: [DEPLOYMENT_STARTED, ROLLBACK_TRIGGERED]) {{ event {{ type }} release {{ deployment {{ phase }} }} }} }}");
        change.TextAt("data.releaseChanged.event.type").ShouldBe("DEPLOYMENT_STARTED");
        change.TextAt("data.releaseChanged.release.deployment.phase").ShouldBe("STARTED");
    }

    // The first thing that a subscription brings.
    private async Task<JsonElement> HearAsync(string subscription)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = Asked.Body(subscription) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = server.Client("auditor");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        while (await reader.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return JsonElement.Parse(line["data: ".Length..]);
        throw new InvalidOperationException("the stream ended");
    }
}
