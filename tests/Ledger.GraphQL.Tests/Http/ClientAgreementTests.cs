using Ledger.GraphQL.Tests.Reference;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>The server as others see it: the audits of GraphQL over HTTP, and clients of every way to be connected.</summary>
public class ClientAgreementTests
{
    [Fact]
    public async Task All_audits_of_GraphQL_over_HTTP_pass()
    {
        await using var server = new LiveServer();
        var audits = (await GraphQLJs.TalkAsync("audits", server.Url)).AsArray();
        audits.Count.ShouldBe(61);
        audits.Where(audit => (string)audit!["status"]! != "ok").Select(audit => audit!.ToJsonString()).ShouldBeEmpty();
        server.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sockets")]
    [InlineData("streams")]
    [InlineData("sharedStreams")]
    [InlineData("apollo")]
    [InlineData("urql")]
    public async Task A_client_sees_every_answer_in_its_order(string client)
    {
        await using var server = new LiveServer();
        var seen = await GraphQLJs.TalkAsync(client, server.Url);
        Text("query").ShouldBe("""[{"data":{"a":1}},"complete"]""");
        Text("subscription").ShouldBe("""[{"data":{"counted":1}},{"data":{"counted":2}},{"data":{"counted":3}},"complete"]""");
        Text("both").ShouldBe("""[[{"data":{"counted":1}},"complete"],[{"data":{"counted":1}},{"data":{"counted":2}},"complete"]]""");
        Text("first").ShouldBe("""{"data":{"counted":1}}""");
        Text("after").ShouldBe("""[{"data":{"a":1}},"complete"]""");
        Text("refused").ShouldContain(client == "sharedStreams" ? "error" : "Cannot query field");
        server.Failures.ShouldBeEmpty();

        string Text(string what) => seen[what]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
