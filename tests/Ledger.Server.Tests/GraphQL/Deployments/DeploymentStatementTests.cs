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
            await SentStatements.OfAsync(server, query);
            var statements = await SentStatements.OfAsync(server, query);
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
        var plain = await SentStatements.OfAsync(server, page.Replace("{0}", "", StringComparison.Ordinal));
        plain = await SentStatements.OfAsync(server, page.Replace("{0}", "", StringComparison.Ordinal));
        (await SentStatements.OfAsync(server, page.Replace("{0}", State, StringComparison.Ordinal))).Length.ShouldBe(plain.Length);
        var whole = await SentStatements.OfAsync(server, page.Replace("{0}", OfEvents.Replace("metric count", "metric count measurements { value }", StringComparison.Ordinal), StringComparison.Ordinal));
        whole.Length.ShouldBeLessThanOrEqualTo(6, string.Join("\n\n", whole));
    }

    [Fact]
    public async Task Measurements_of_many_releases_cost_what_those_of_one_cost()
    {
        const string Service = "deployed-measured";
        const string Selection =
            "deployment { measurements(first: 5) { totalCount nodes { metric value outcome event { type } } } steps { analyses { measurements { totalCount nodes { value } } } } triggers { measurements { value } measurementEvents { sequence } baselineEvent { sequence } } rehearsals { note } }";
        for (var i = 0; i < 12; i++) await (await Rollout.FailingAsync(server, Service)).RollBackAsync();
        var page = $$"""{ releases(first: 12, filter: { services: ["{{Service}}"] }) { nodes { name {{Selection}} } } }""";
        var one = await SelectsAsync(page.Replace("first: 12", "first: 1", StringComparison.Ordinal));
        var twelve = await SelectsAsync(page);
        twelve.Length.ShouldBe(one.Length, string.Join("\n\n", twelve));
        twelve.Length.ShouldBeLessThanOrEqualTo(9, string.Join("\n\n", twelve));
    }

    // Read side by side they may open a connection each, and the token may be looked up again: neither is the question's.
    private async Task<string[]> SelectsAsync(string query) =>
        [.. (await SentStatements.OfAsync(server, query)).Where(statement => statement.Contains("select", StringComparison.Ordinal) && !statement.Contains("ledger_tokens", StringComparison.Ordinal))];
}
