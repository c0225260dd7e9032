using System.Diagnostics;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http;
using Ledger.GraphQL.Validation;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>
/// Requests that are made to cost, over HTTP, event streams and sockets: each is answered or refused at once with the right code, at most
/// five errors and little memory, and the server answers the next one.
/// </summary>
public class HostileRequestTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    // As a host would for callers from outside.
    private static readonly ExecutorOptions Options = new() { Validation = new ValidationOptions { AliasesMax = 100, RootFieldsMax = 50, DepthMax = 20 } };

    [Theory]
    [InlineData("http")]
    [InlineData("streams")]
    [InlineData("sockets")]
    public async Task Each_is_answered_or_refused_at_once_and_the_next_is_answered(string transport)
    {
        await using var server = new LiveServer(new GraphQLExecutor(CountingSchema.Create(), Options));
        using var client = new PlainClient(server.Url);
        foreach (var hostile in HostileRequests.All)
        {
            var before = GC.GetTotalAllocatedBytes();
            var started = Stopwatch.GetTimestamp();
            var codes = await client.AskAsync(transport, hostile.Document);
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(AtOnce, hostile.Name);
            (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(100 << 20, hostile.Name);
            hostile.ShouldBeMet(codes);
            (await client.AskAsync(transport, "{ a }")).ShouldBeEmpty();
        }

        server.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public async Task A_batch_is_refused(int count)
    {
        await using var server = new LiveServer();
        using var client = new PlainClient(server.Url);
        var (status, text) = await client.PostAsync($"[{string.Join(',', Enumerable.Repeat("""{"query":"{ a }"}""", count))}]");
        status.ShouldBe(400);
        text.ShouldContain("Batches of requests are not answered.");
    }

    [Fact]
    public async Task Variables_that_nest_fifty_thousand_deep_are_refused_on_every_transport()
    {
        await using var server = new LiveServer();
        using var client = new PlainClient(server.Url);
        var body = $$"""{"query":"{ a }","variables":{{HostileRequests.Repeat("{\"a\":", 50_000)}}1{{new string('}', 50_000)}}}""";
        (await client.PostAsync(body)).Status.ShouldBe(400);
        (await client.PostAsync(body, MediaTypes.EventStream)).Status.ShouldBe(400);
        using var socket = await client.ConnectAsync();
        await PlainClient.SendAsync(socket, $$"""{"type":"subscribe","id":"1","payload":{{body}}}""");
        (await PlainClient.CloseCodeAsync(socket)).ShouldBe(4400);
        (await client.AskAsync("http", "{ a }")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_near_an_unknown_name_is_named()
    {
        await using var server = new LiveServer();
        using var client = new PlainClient(server.Url);
        var (_, text) = await client.PostAsync("""{"query":"{ ech }"}""");
        text.ShouldContain("Cannot query field");
        text.ShouldNotContain("Did you mean");
        text.ShouldNotContain("echo");
    }

    [Fact]
    public async Task A_resolver_that_throws_shows_a_correlation_id_and_nothing_else()
    {
        await using var server = new LiveServer();
        using var client = new PlainClient(server.Url);
        using var socket = await client.ConnectAsync();
        await PlainClient.SendAsync(socket, """{"type":"subscribe","id":"1","payload":{"query":"{ broken }"}}""");
        foreach (var text in new[] { (await client.PostAsync("""{"query":"{ broken }"}""")).Text, await PlainClient.ReadAsync(socket) })
        {
            text.ShouldNotBeNull().ShouldNotContain("secret");
            text.ShouldNotContain("Exception");
            text.ShouldNotContain("   at ");
            text.ShouldContain(ErrorCodes.Internal);
            text.ShouldMatch("\"correlationId\":\"[0-9a-f]{16}\"");
        }
    }
}
