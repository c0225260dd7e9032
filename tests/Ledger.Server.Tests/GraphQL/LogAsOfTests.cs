using System.Text.Json;
using Ledger.Integrity;
using Ledger.Integrity.Merkle;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>The log, its events and its checkpoints, as they were: against every leaf and every seal that there is now.</summary>
[Collection(ServerCollection.Name)]
public sealed class LogAsOfTests(RunningServer server)
{
    [Fact]
    public async Task The_log_at_any_place_has_the_tree_over_the_leaves_up_to_there_and_the_newest_checkpoint_of_then()
    {
        await FullRelease.MakeAsync(server, "log-as-of");
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var events = await EventsAsync();
        var leaves = events.Select(each => Hash.TryParseHex(each.Text("leafHash"), out var leaf) ? leaf : default).ToArray();
        var seals = events.Select(each => each.At("receipt.checkpoint.size").GetInt64()).Where(size => size <= events.Count).Distinct().ToList();
        for (var round = 0; round < 40; round++)
        {
            var size = round == 0 ? 1 : random.Next(1, events.Count + 1);
            var because = $"seed {seed}, {size} of {events.Count}";
            var answer = await server.AskAsync(
                """
                query($n: Long!) { log(asOf: { sequence: $n }) { size root } checkpoint(asOf: { sequence: $n }) { size root } events(last: 3, asOf: { sequence: $n }) { totalCount nodes { sequence } }
                  rare: events(first: 0, filter: { types: [RELEASE_OPENED] }, asOf: { sequence: $n }) { totalCount } }
                """, new { n = size });
            answer.At("log.size").GetInt64().ShouldBe(size, because);
            answer.TextAt("log.root").ShouldBe(MerkleHash.Root(leaves.AsSpan(0, size)).ToString(), because);
            answer.At("events.totalCount").GetInt64().ShouldBe(size, because);
            answer.At("events.nodes").EnumerateArray().Select(node => node.GetProperty("sequence").GetInt64()).ShouldBe(Enumerable.Range(1, size).TakeLast(3).Select(sequence => (long)sequence), because);
            answer.At("rare.totalCount").GetInt64().ShouldBe(events.Take(size).Count(each => each.Text("type") == "RELEASE_OPENED"), because);
            var newest = seals.Where(seal => seal <= size).DefaultIfEmpty().Max();
            if (newest == 0) answer.GetProperty("checkpoint").ValueKind.ShouldBe(JsonValueKind.Null, because);
            else (answer.At("checkpoint.size").GetInt64(), answer.TextAt("checkpoint.root")).ShouldBe((newest, MerkleHash.Root(leaves.AsSpan(0, (int)newest)).ToString()), because);

            // By the time of that event: all of that time are there.
            var at = events[size - 1].Text("at");
            var timed = await server.AskAsync("query($t: DateTime!) { log(asOf: { time: $t }) { size checkpoint { size } } events(first: 0, asOf: { time: $t }) { totalCount } }", new { t = at });
            var by = events.Count(each => string.CompareOrdinal(each.Text("at"), at) <= 0);
            (timed.At("log.size").GetInt64(), timed.At("events.totalCount").GetInt64()).ShouldBe((by, by), because);
            timed.At("log.checkpoint.size").GetInt64().ShouldBe(seals.Where(seal => seal <= by).Max(), because);
        }

        var now = await server.AskAsync("{ log { size root checkpoint { size root } } }");
        (now.At("log.size").GetInt64(), now.TextAt("log.root")).ShouldBe((now.At("log.checkpoint.size").GetInt64(), now.TextAt("log.checkpoint.root")));
    }

    [Fact]
    public async Task Before_the_first_event_there_is_the_empty_log()
    {
        const string Then = "asOf: { time: \"2001-01-01T00:00:00Z\" }";
        var answer = await server.AskAsync(
            $$"""{ log({{Then}}) { size root origin } checkpoint({{Then}}) { size } events({{Then}}) { totalCount nodes { sequence } } population(period: { from: "2000-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z" }, {{Then}}) { treeSize } }""");
        (answer.At("log.size").GetInt64(), answer.TextAt("log.root")).ShouldBe((0, MerkleHash.Empty.ToString()));
        answer.GetProperty("checkpoint").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("population").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.At("events.totalCount").GetInt64().ShouldBe(0);
        answer.At("events.nodes").GetArrayLength().ShouldBe(0);
        (await server.Client("auditor").RefusalAsync($"{{ log({Then}) {{ checkpoint {{ size }} }} }}")).ShouldBe("BAD_ARGUMENT");
    }

    [Theory]
    [InlineData("log(asOf: { time: \"2999-01-01T00:00:00Z\" }) { size }")]
    [InlineData("events(asOf: { time: \"2999-01-01T00:00:00Z\" }) { totalCount }")]
    [InlineData("checkpoint(asOf: { time: \"2999-01-01T00:00:00Z\" }) { size }")]
    [InlineData("checkpoint(size: 1, asOf: { sequence: 1 }) { size }")]
    [InlineData("population(period: { from: \"2000-01-01T00:00:00Z\", to: \"2001-01-01T00:00:00Z\" }, asOf: { time: \"2999-01-01T00:00:00Z\" }) { treeSize }")]
    [InlineData("log(asOf: { sequence: 0 }) { size }")]
    public async Task What_the_log_had_at_no_moment_of_the_past_is_refused(string field) => (await server.Client("auditor").RefusalAsync($"{{ {field} }}")).ShouldBe("BAD_ARGUMENT");

    [Fact]
    public async Task Everything_that_a_release_leads_to_can_be_asked_for_as_it_was()
    {
        var name = await FullRelease.MakeAsync(server, "led-to");
        var whole = await server.AskAsync(
            "query($s: String!, $v: String!) { release(service: $s, version: $v) { id events { nodes { id sequence type } } signOffs { id signer { id signerId } } policy { id } } }", new { s = "led-to", v = name.Split('/')[1] });
        var opened = whole.At("release.events.nodes.0.sequence").GetInt64();
        var signOff = whole.At("release.signOffs.0");
        var ids = new[] { whole.TextAt("release.id"), whole.TextAt("release.events.nodes.1.id"), signOff.Text("id"), signOff.TextAt("signer.id"), whole.TextAt("release.policy.id") };
        const string Query = """query($ids: [ID!]!, $n: Long!) { nodes(ids: $ids, asOf: { sequence: $n }) { __typename ... on Release { signOffs { name } } } event(sequence: OPENED) { release(asOf: { sequence: $n }) { lastSequence } } }""";

        async Task<JsonElement> AskAsync(long sequence) =>
            await server.AskAsync(Query.Replace("OPENED", $"{opened}", StringComparison.Ordinal), new { ids, n = sequence });

        var then = await AskAsync(opened);
        then.At("nodes.0.signOffs").GetArrayLength().ShouldBe(0);
        foreach (var later in new[] { 1, 2, 3 }) then.At($"nodes.{later}").ValueKind.ShouldBe(JsonValueKind.Null);
        then.TextAt("nodes.4.__typename").ShouldBe("Policy");
        then.At("event.release.lastSequence").GetInt64().ShouldBe(opened);

        var now = await AskAsync(await server.SizeAsync());
        now.At("nodes").EnumerateArray().Select(node => node.Text("__typename")).ShouldBe(["Release", "Event", "SignOff", "Signer", "Policy"]);
        now.At("nodes.0.signOffs").GetArrayLength().ShouldBe(2);
        (await AskAsync(opened - 1)).At("event.release").ValueKind.ShouldBe(JsonValueKind.Null);

        var signer = await server.AskAsync(
            "query($s: String!, $v: String!) { release(service: $s, version: $v) { signOffs { then: signer(asOf: { sequence: 1 }) { name } now: signer { name } } policy { then: versions(asOf: { sequence: 1 }) { totalCount } now: versions { totalCount } } } }", new { s = "led-to", v = name.Split('/')[1] });
        (signer.At("release.signOffs.0.then").ValueKind, signer.TextAt("release.signOffs.0.now.name")).ShouldBe((JsonValueKind.Null, "Lena Lead"));
        (signer.At("release.policy.then.totalCount").GetInt64(), signer.At("release.policy.now.totalCount").GetInt64()).ShouldBe((0, 1));
    }

    private async Task<List<JsonElement>> EventsAsync()
    {
        var events = new List<JsonElement>();
        for (string? cursor = null; ;)
        {
            var page = (await server.AskAsync("query($c: String) { events(first: 100, after: $c) { nodes { sequence type at leafHash receipt { checkpoint { size } } } pageInfo { hasNextPage endCursor } } }", new { c = cursor })).GetProperty("events");
            events.AddRange(page.GetProperty("nodes").EnumerateArray());
            if (!page.At("pageInfo.hasNextPage").GetBoolean()) return events;
            cursor = page.TextAt("pageInfo.endCursor");
        }
    }
}
