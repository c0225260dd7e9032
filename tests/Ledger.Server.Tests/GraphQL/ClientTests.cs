using System.Text.Json.Nodes;
using Ledger.GraphQL.Tests.Reference;
using Ledger.Server.GraphQL;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>The ledger's endpoint as others see it: the audits of GraphQL over HTTP, and clients of every way to be connected.</summary>
[Collection(ServerCollection.Name)]
public sealed class ClientTests(RunningServer server)
{
    private const string Subscription = "subscription($from: Long!) { eventAppended(from: $from) { sequence type } }";

    private string Url => new Uri(server.Address, "graphql").ToString();

    [Fact]
    public async Task All_audits_of_GraphQL_over_HTTP_pass()
    {
        var audits = (await GraphQLJs.TalkAsync("audits", Url, server.Token("auditor"))).AsArray();
        audits.Count.ShouldBe(61);
        audits.Where(audit => (string)audit!["status"]! != "ok").Select(audit => audit!.ToJsonString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_learns_the_schema_that_is_committed()
    {
        using var client = server.Client("auditor");
        var query = (string)GraphQLJs.Ask("introspectionQuery", [""])[0]!;
        var answer = await client.PostJsonAsync("graphql", new JsonObject { ["query"] = query }.ToJsonString());
        var learnt = GraphQLJs.Ask("introspection", [await answer.Content.ReadAsStringAsync()], LedgerSchema.Text)[0]!;
        ((string)learnt["printed"]!).ShouldBe(LedgerSchema.Text.TrimEnd('\n'));
    }

    [Theory]
    [InlineData("report", true)]
    [InlineData("validate", false)]
    public async Task Whoever_asks_is_told_what_a_question_costs(string header, bool isAnswered)
    {
        using var client = server.Client("auditor");
        client.DefaultRequestHeaders.Add("GraphQL-Cost", header);
        using var answer = await client.PostJsonAsync("graphql", """{"query":"{ releases(first: 7) { nodes { name } } }"}""");
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        (json["data"] is not null).ShouldBe(isAnswered);
        var cost = json["extensions"]!["operationCost"]!;
        ((double)cost["typeCost"]!).ShouldBeGreaterThanOrEqualTo(7);
        ((double)cost["fieldCost"]!).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("sockets")]
    [InlineData("streams")]
    [InlineData("sharedStreams")]
    [InlineData("apollo")]
    [InlineData("urql")]
    public async Task A_client_asks_follows_the_log_and_goes_on_where_it_left_it(string client)
    {
        for (var i = 0; i < 6; i++) await server.OpenAsync("followed");
        var asks = new
        {
            query = new { query = "{ viewer { role } }" },
            subscription = new { query = Subscription, variables = new { from = 1 } },
            count = 3,
            refused = new { query = "{ missing }" },
        };
        var seen = await GraphQLJs.TalkAsync(client, Url, server.Token("auditor"), asks);
        var role = seen["query"]![0]!["data"]!["viewer"]!["role"]!;
        ((string)role!).ShouldBe("AUDITOR");
        seen["refused"]!.ToJsonString().ShouldContain("error");
        Sequences(seen).ShouldBe([1, 2, 3]);

        var further = await GraphQLJs.TalkAsync(client, Url, server.Token("auditor"), new { subscription = new { query = Subscription, variables = new { from = 4 } }, count = 3 });
        Sequences(further).ShouldBe([4, 5, 6]);
    }

    [Theory]
    [InlineData("sockets")]
    [InlineData("streams")]
    public async Task What_is_appended_while_a_client_listens_comes_once_and_in_order(string client)
    {
        var from = await server.SizeAsync() + 1;
        const int Count = 20;
        var following = GraphQLJs.TalkAsync(client, Url, server.Token("auditor"), new { subscription = new { query = Subscription, variables = new { from } }, count = Count });
        for (var i = 0; i < Count; i++) await server.OpenAsync("followed");
        Sequences(await following).ShouldBe(Enumerable.Range(0, Count).Select(i => from + i));
    }

    private static IEnumerable<long> Sequences(JsonNode seen) =>
        seen["subscription"]!.AsArray().Select(each => (long)(each!["data"] ?? throw new InvalidOperationException(each.ToJsonString()))["eventAppended"]!["sequence"]!);
}
