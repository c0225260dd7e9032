using System.Text.Json;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>Every state can be asked for as it was, and is then what a replay comes to.</summary>
[Collection(ServerCollection.Name)]
public sealed class AsOfTests(RunningServer server)
{
    private const string State = "verdict gates { name outcome } signOffState signOffs { name state } signOffChain { status } decision { verdict } closing { outcome } reasons { code } waivers { gate hasEnded } decisions { verdict } controls(ids: [SOC_2_CC8_1]) { status }";

    [Fact]
    public async Task A_release_at_every_place_of_its_history_is_what_the_replay_says()
    {
        var name = await FullRelease.MakeAsync(server, "as-of");
        var (service, version) = (name.Split('/')[0], name.Split('/')[1]);
        var events = (await server.AskAsync("query($s: String!, $v: String!) { release(service: $s, version: $v) { events { nodes { sequence at } } } }", new { s = service, v = version })).At("release.events.nodes");
        foreach (var at in events.EnumerateArray())
        {
            var sequence = at.GetProperty("sequence").GetInt64();
            var answer = await server.AskAsync(
                $$"""
                query($s: String!, $v: String!, $n: Long!, $t: DateTime!) {
                  whole: release(service: $s, version: $v, asOf: { sequence: $n }) { {{State}} }
                  timed: release(service: $s, version: $v, asOf: { time: $t }) { {{State}} }
                  fields: release(service: $s, version: $v) { verdict(asOf: { sequence: $n }) gates(asOf: { sequence: $n }) { name outcome } signOffState(asOf: { sequence: $n }) signOffs(asOf: { sequence: $n }) { name state }
                    signOffChain(asOf: { sequence: $n }) { status } decision(asOf: { sequence: $n }) { verdict } closing(asOf: { sequence: $n }) { outcome } reasons(asOf: { sequence: $n }) { code }
                    waivers(asOf: { sequence: $n }) { gate hasEnded } decisions(asOf: { sequence: $n }) { verdict } controls(asOf: { sequence: $n }, ids: [SOC_2_CC8_1]) { status } }
                  chain: verifySignOffChain(release: "{{name}}", asOf: { sequence: $n }) { status }
                  list: releases(filter: { services: [$s] }, asOf: { sequence: $n }) { nodes { {{State}} } } }
                """, new { s = service, v = version, n = sequence, t = at.TextAt("at") });
            var whole = answer.GetProperty("whole").ToString();
            answer.GetProperty("timed").ToString().ShouldBe(whole);
            answer.GetProperty("fields").ToString().ShouldBe(whole);
            answer.At("list.nodes").EnumerateArray().Select(node => node.ToString()).ShouldContain(whole);
            answer.TextAt("chain.status").ShouldBe(answer.TextAt("whole.signOffChain.status"));

            // The same as the other way to ask.
            var shown = await (await server.Client("auditor").GetAsync($"v1/releases/{name}?asOf={sequence - 1}")).JsonAsync();
            answer.TextAt("whole.verdict").ShouldBe(shown.Text("verdict"));
            answer.At("whole.gates").Each("outcome").Select(outcome => outcome.ToLowerInvariant()).ShouldBe(shown.GetProperty("gates").Each("outcome"));
        }
    }

    [Fact]
    public async Task Before_it_was_opened_there_is_nothing()
    {
        var path = await server.OpenAsync("as-of-nothing");
        var version = path.Split('/')[^1];
        var answer = await server.AskAsync(
            """
            query($v: String!) { then: release(service: "as-of-nothing", version: $v, asOf: { sequence: 1 }) { name }
              now: release(service: "as-of-nothing", version: $v) { verdict(asOf: { sequence: 1 }) gates(asOf: { time: "2001-01-01T00:00:00Z" }) { name } signOffChain(asOf: { sequence: 1 }) { status } decision(asOf: { sequence: 1 }) { verdict }
                waivers(asOf: { sequence: 1 }) { gate } decisions(asOf: { sequence: 1 }) { verdict } controls(asOf: { sequence: 1 }, ids: [SOC_2_CC8_1]) { status } }
              releases(filter: { services: ["as-of-nothing"] }, asOf: { sequence: 1 }) { totalCount nodes { name } } }
            """, new { v = version });
        answer.GetProperty("then").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.At("now.verdict").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var list in new[] { "gates", "waivers", "decisions", "controls" }) answer.At($"now.{list}").GetArrayLength().ShouldBe(0, list);
        answer.At("now.signOffChain").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.At("releases.totalCount").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task The_policy_of_a_date_is_the_newest_that_was_published_by_then()
    {
        var first = await PublishAsync("First");
        var second = await PublishAsync("Second");
        const string Query =
            """
            query($n: Long!, $t: DateTime!) {
              bySequence: policy(name: "dated", asOf: { sequence: $n }) { title version }
              byTime: policy(name: "dated", asOf: { time: $t }) { title version }
              second: policy(name: "dated", version: 2, asOf: { sequence: $n }) { title }
              list: policies(first: 100, asOf: { sequence: $n }) { nodes { name title } } }
            """;
        var before = await server.AskAsync(Query, new { n = first.Sequence - 1, t = "2001-01-01T00:00:00Z" });
        (before.GetProperty("bySequence").ValueKind, before.GetProperty("byTime").ValueKind).ShouldBe((JsonValueKind.Null, JsonValueKind.Null));
        before.At("list.nodes").Each("name").ShouldNotContain("dated");
        foreach (var (published, title, version) in new[] { (first, "First", 1), (second, "Second", 2) })
        {
            var then = await server.AskAsync(Query, new { n = published.Sequence, t = published.At });
            foreach (var way in new[] { "bySequence", "byTime" }) (then.TextAt($"{way}.title"), then.At($"{way}.version").GetInt32()).ShouldBe((title, version));
            then.GetProperty("second").ValueKind.ShouldBe(version == 2 ? JsonValueKind.Object : JsonValueKind.Null);
            then.At("list.nodes").EnumerateArray().Single(node => node.Text("name") == "dated").Text("title").ShouldBe(title);
        }

        async Task<(long Sequence, string At)> PublishAsync(string title)
        {
            var answer = await server.PublishAsync(RunningServer.Policy.Replace("name: standard\ntitle: Standard release", $"name: dated\ntitle: {title}", StringComparison.Ordinal));
            var sequence = (await answer.JsonAsync()).At("receipt.sequence").GetInt64();
            return (sequence, (await server.AskAsync($"{{ event(sequence: {sequence}) {{ at }} }}")).TextAt("event.at")!);
        }
    }

    [Theory]
    [InlineData("{ sequence: 0 }", "BAD_ARGUMENT")]
    [InlineData("{ sequence: 1, time: \"2026-01-01T00:00:00Z\" }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("{ }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("{ time: \"2026-01-01T00:00:00\" }", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("{ time: \"yesterday\" }", "GRAPHQL_VALIDATION_FAILED")]
    public async Task What_is_no_moment_is_refused(string asOf, string code)
    {
        var response = await server.Client("auditor").PostAsync("graphql", Asked.Body($$"""{ release(service: "a", version: "b", asOf: {{asOf}}) { name } }"""));
        var answer = await response.JsonAsync();
        answer.TextAt("errors.0.extensions.code").ShouldBe(code, answer.ToString());
    }
}
