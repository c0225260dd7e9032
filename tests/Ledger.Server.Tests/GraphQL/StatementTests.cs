using Ledger.Server.Tests.SignOffs;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>How many SQL statements a question costs, counted as the driver sends them.</summary>
[Collection(ServerCollection.Name)]
public sealed class StatementTests(RunningServer server)
{
    private const string Parts = "name verdict gates { name outcome criteria { metric } checks { met } } signOffs { name role state at } signOffChain { status firstReason links { checks { name outcome detail } } }";

    [Fact]
    public async Task A_release_with_gates_sign_offs_and_chain_costs_two()
    {
        var name = await FullRelease.MakeAsync(server, "counted");
        var query = $$"""{ release(service: "counted", version: "{{name.Split('/')[1]}}") { {{Parts}} } }""";
        await server.AskAsync("{ viewer { role } }");
        await server.AskAsync($$"""{ release(service: "counted", version: "none") { {{Parts}} } }""");

        // Right after an append, when the tree has grown since anybody looked at it, and again.
        await server.OpenAsync("counted");
        await ShouldCostAsync(query, 2);
        await ShouldCostAsync(query, 2);
        var after = await FullRelease.MakeAsync(server, "counted");
        await ShouldCostAsync(query.Replace(name.Split('/')[1], after.Split('/')[1], StringComparison.Ordinal), 2);
    }

    [Fact]
    public async Task A_page_of_fifty_releases_with_gates_sign_offs_and_chains_costs_at_most_six()
    {
        for (var i = 0; i < 50; i++)
        {
            var path = await SignedRelease.OpenAsync(server);
            if (i % 10 > 0) continue;
            using var lead = await Person.EnrolAsync(server, "lead");
            await lead.SignAsync(server, path, "technical").ShouldBeCreatedAsync();
        }

        var query = $$"""{ releases(first: 50, filter: { policy: "signed" }) { nodes { {{Parts}} } } }""";

        // Tiles of the tree that nobody looked at before are read once, together.
        (await CountAsync(query)).Length.ShouldBeInRange(3, 6);
        await ShouldCostAsync(query, 3);
        await ShouldCostAsync(query.Replace("state at", "state at meaning keyId signer { name } withdrawal { reason } event { sequence }", StringComparison.Ordinal), 5);
        await ShouldCostAsync(query.Replace("filter: { policy: \"signed\" }", "filter: { policy: \"signed\", verdict: [GO, PENDING, NO_GO] }", StringComparison.Ordinal), 3);
        await ShouldCostAsync("{ releases(first: 50) { nodes { events(first: 3) { nodes { type } } gates { reports { outcome isCurrent } waivers { owner } attestations { met } } decisions { verdict } } } }", 7);
        var answer = await server.AskAsync(query);
        answer.At("releases.nodes").GetArrayLength().ShouldBe(50);
    }

    [Fact]
    public async Task What_is_refused_costs_none()
    {
        await server.AskAsync("{ viewer { role } }");
        string[] refused =
        [
            "{", "{ nothing }", "{ releases(first: 99999999) { nodes { name } } }", "{ releases(first: 101) { nodes { name } } }", "{ releases(after: \"x\") { nodes { name } } }",
            $"{{ {string.Join(' ', Enumerable.Range(0, 101).Select(i => $"a{i}: __typename"))} }}", $"{{ {string.Join(' ', Enumerable.Range(0, 25).Select(i => $"a{i}: log {{ size }}"))} }}",
            "{ releases(first: 100) { nodes { policy { versions(first: 100) { nodes { versions(first: 100) { nodes { name } } } } } } } }", "{ nodes(ids: [" + string.Concat(Enumerable.Repeat("\"x\",", 51)) + "]) { id } }",
            "subscription { eventAppended { sequence } }", "mutation { a }", "{ release(service: \"a\", version: \"b\", asOf: { sequence: 0 }) { name } }",
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        ];
        foreach (var query in refused)
        {
            var statements = await CountAsync(query, isRefused: true);
            statements.ShouldBeEmpty(query);
        }
    }

    private async Task ShouldCostAsync(string query, int statements)
    {
        var sent = await CountAsync(query);
        sent.Length.ShouldBe(statements, string.Join("\n\n", sent));
    }

    // Who asks is looked up before anything is asked.
    private async Task<string[]> CountAsync(string query, bool isRefused = false) =>
        [.. (await SentStatements.OfAsync(server, query, isRefused))
            .Where(statement => !statement.StartsWith("CONNECT", StringComparison.Ordinal) && !statement.Contains("ledger_tokens", StringComparison.Ordinal))];
}
