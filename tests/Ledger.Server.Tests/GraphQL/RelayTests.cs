using System.Text.Json.Nodes;
using Ledger.GraphQL.Tests.Reference;
using Ledger.Server.GraphQL;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>Relay's compiler takes the schema for one of its own: connections, nodes and refetching. What it compiles is answered.</summary>
[Collection(ServerCollection.Name)]
public sealed class RelayTests(RunningServer server)
{
    [Fact]
    public async Task What_Relay_compiles_pages_through_releases_and_refetches_one()
    {
        for (var i = 0; i < 3; i++) await server.OpenAsync("relayed");
        var queries = Compile();
        queries.Count.ShouldBe(4);

        var releases = (await AskAsync("ReleasesQuery", new JsonObject()))["releases"]!;
        releases["edges"]!.AsArray().Count.ShouldBe(2);
        ((bool)releases["pageInfo"]!["hasNextPage"]!).ShouldBeTrue();
        var node = releases["edges"]![0]!["node"]!;

        var next = (await AskAsync("ReleasesNextQuery", new JsonObject { ["count"] = 2, ["cursor"] = (string)releases["pageInfo"]!["endCursor"]! }))["releases"]!;
        Ids(next).Intersect(Ids(releases)).ShouldBeEmpty();

        var entry = (await AskAsync("ReleasesEntryQuery", new JsonObject { ["id"] = (string)node["id"]! }))["node"]!;
        ((string)entry["name"]!).ShouldBe((string)node["name"]!);

        async Task<JsonNode> AskAsync(string name, JsonObject variables)
        {
            var text = queries.Single(query => query.Contains($"query {name}", StringComparison.Ordinal));
            using var client = server.Client("auditor");
            using var answer = await client.PostJsonAsync("graphql", new JsonObject { ["query"] = text, ["variables"] = variables }.ToJsonString());
            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            json["errors"].ShouldBeNull(json.ToJsonString());
            return json["data"]!;
        }
    }

    private static IEnumerable<string> Ids(JsonNode connection) => connection["edges"]!.AsArray().Select(edge => (string)edge!["node"]!["id"]!);

    private static List<string> Compile()
    {
        var project = Directory.CreateTempSubdirectory("ledger-relay-").FullName;
        var source = Path.Combine(AppContext.BaseDirectory, "GraphQL", "Relay");
        Directory.CreateDirectory(Path.Combine(project, "src"));
        foreach (var file in new[] { "relay.config.json", Path.Combine("src", "Releases.js") }) File.Copy(Path.Combine(source, file), Path.Combine(project, file));
        File.WriteAllText(Path.Combine(project, "schema.graphql"), LedgerSchema.Text);
        File.WriteAllText(Path.Combine(project, "queries.json"), "{}");
        GraphQLJs.CompileRelay(project).ShouldContain("Compilation completed");
        var queries = JsonNode.Parse(File.ReadAllText(Path.Combine(project, "queries.json")))!.AsObject().Select(query => (string)query.Value!).ToList();
        Directory.Delete(project, recursive: true);
        return queries;
    }
}
