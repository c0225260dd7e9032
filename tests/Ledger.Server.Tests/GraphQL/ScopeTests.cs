using System.Text;
using System.Text.Json;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>What is out of a token's scope is not there, whichever way it is asked for, and nothing tells that it is somewhere.</summary>
[Collection(ServerCollection.Name)]
public sealed class ScopeTests(RunningServer server)
{
    [Fact]
    public async Task Another_services_release_is_nowhere()
    {
        var name = await FullRelease.MakeAsync(server, "secret");
        var mine = await server.OpenAsync("mine");
        using var client = server.WithToken(await server.MakeTokenAsync("auditor", ["mine"]));
        var all = (await server.AskAsync(
            "query($v: String!) { release(service: \"secret\", version: $v) { id gates { id reports { id } waivers { id } } signOffs { id } decision { id } events { nodes { id sequence } } } }", new { v = name.Split('/')[1] })).GetProperty("release");
        var ids = Ids(all).ToList();
        ids.Count.ShouldBeGreaterThan(15);
        var sequence = all.At("events.nodes.0.sequence").GetInt64();
        var answer = await client.AskAsync(
            """
            query($v: String!, $ids: [ID!]!, $n: Long!, $r: String!) {
              release(service: "secret", version: $v) { name } event(sequence: $n) { type } verifyInclusion(sequence: $n) { valid } verifySignOffChain(release: $r) { status } nodes(ids: $ids) { id }
              releases { totalCount nodes { service } } filtered: releases(filter: { services: ["secret"] }) { totalCount nodes { name } }
              events(first: 100, orderBy: DESC) { nodes { stream } } own: events(filter: { services: ["secret", "mine"] }, last: 100) { nodes { stream } } stream: events(filter: { stream: "release/secret/v1" }) { totalCount nodes { type } } }
            """, new { v = name.Split('/')[1], ids, n = sequence, r = name });
        foreach (var field in new[] { "release", "event", "verifyInclusion", "verifySignOffChain" }) answer.GetProperty(field).ValueKind.ShouldBe(JsonValueKind.Null, field);
        answer.GetProperty("nodes").EnumerateArray().ShouldAllBe(node => node.ValueKind == JsonValueKind.Null);
        answer.At("releases.nodes").Each("service").ShouldAllBe(service => service == "mine");
        answer.At("releases.totalCount").GetInt64().ShouldBe(answer.At("releases.nodes").GetArrayLength());
        answer.At("filtered.totalCount").GetInt64().ShouldBe(0);
        answer.At("stream.totalCount").GetInt64().ShouldBe(0);
        answer.At("events.nodes").Each("stream").Concat(answer.At("own.nodes").Each("stream")).ShouldAllBe(stream => !stream.StartsWith("release/secret", StringComparison.Ordinal));
        answer.At("events.nodes").Each("stream").ShouldContain($"release/{mine["v1/releases/".Length..]}");
    }

    [Fact]
    public async Task A_forged_id_is_answered_as_one_of_something_that_is_not_there()
    {
        using var client = server.WithToken(await server.MakeTokenAsync("auditor", ["mine"]));
        string[] forged =
        [
            Id("Release:secret/v1"), Id("Release:mine/none"), Id("Release:../../x"), Id("Gate:mine/none/tests"), Id("Gate:mine"), Id("Event:0"), Id("Event:-1"), Id("Event:99999999999999999999"), Id("Event:x"),
            Id("Policy:standard"), Id("Policy:standard@0"), Id("Policy:@1"), Id("Signer:NOBODY"), Id("Checkpoint:123456789"), Id("0:x"), Id("Nothing:x"), Id("Release:"), "", "%%%", new string('A', 5000), Id("SignOff:1"), Id("Waiver:1"), Id("Decision:1"), Id("GateReport:1"),
        ];
        var answer = await client.AskAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = forged });
        answer.GetProperty("nodes").EnumerateArray().ShouldAllBe(node => node.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_cursor_is_of_one_question_only()
    {
        await server.OpenAsync("cursors");
        await server.OpenAsync("cursors");
        var page = await server.AskAsync("""{ releases(first: 1, filter: { services: ["cursors"] }) { pageInfo { endCursor } } events(first: 1) { pageInfo { endCursor } } }""");
        var (release, logged) = (page.TextAt("releases.pageInfo.endCursor")!, page.TextAt("events.pageInfo.endCursor")!);
        var client = server.Client("auditor");
        (await client.AskAsync("""query($c: String) { releases(first: 1, after: $c, filter: { services: ["cursors"] }) { nodes { name } } }""", new { c = release })).At("releases.nodes").GetArrayLength().ShouldBe(1);
        string[] questions =
        [
            """query($c: String) { releases(first: 1, after: $c) { nodes { name } } }""",
            """query($c: String) { releases(first: 1, after: $c, filter: { services: ["cursors"] }, orderBy: { field: NAME }) { nodes { name } } }""",
            """query($c: String) { releases(first: 1, after: $c, filter: { services: ["cursors"], environment: "production" }) { nodes { name } } }""",
            """query($c: String) { events(first: 1, after: $c) { nodes { type } } }""",
        ];
        foreach (var question in questions) (await client.RefusalAsync(question, new { c = release })).ShouldBe("BAD_CURSOR", question);
        foreach (var nonsense in new[] { "x", "", "AAAA", new string('A', 600), logged })
            (await client.RefusalAsync(questions[0], new { c = nonsense })).ShouldBe("BAD_CURSOR", nonsense);
        (await client.RefusalAsync("{ releases(first: 99999999) { nodes { name } } }")).ShouldBeOneOf("PAGE_SIZE_LIMIT_EXCEEDED", "COST_LIMIT_EXCEEDED");
        (await client.RefusalAsync("{ releases(first: 101) { pageInfo { hasNextPage } } }")).ShouldBe("PAGE_SIZE_LIMIT_EXCEEDED");
        (await client.RefusalAsync("{ releases(first: 1, last: 1) { pageInfo { hasNextPage } } }")).ShouldBe("BAD_ARGUMENT");
        (await client.RefusalAsync("{ releases(first: -1) { pageInfo { hasNextPage } } }")).ShouldBe("BAD_ARGUMENT");
    }

    private static string Id(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static IEnumerable<string> Ids(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => property.Name == "id" ? [property.Value.GetString()!] : Ids(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Ids),
        _ => [],
    };
}
