using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http;
using Ledger.GraphQL.Http.WebSockets;
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
        using var http = new HttpClient();
        using var socket = await ConnectAsync(server);
        foreach (var hostile in HostileRequests.All)
        {
            var before = GC.GetTotalAllocatedBytes();
            var started = Stopwatch.GetTimestamp();
            var errors = await AskAsync(hostile.Document);
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(AtOnce, hostile.Name);
            (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(100 << 20, hostile.Name);
            errors.Count.ShouldBeLessThanOrEqualTo(5, hostile.Name);
            if (hostile.Codes.Length == 0) errors.ShouldBeEmpty(hostile.Name);
            else errors.ShouldContain(code => hostile.Codes.Contains(code), $"{hostile.Name}: {string.Join(' ', errors)}");
            (await AskAsync("{ a }")).ShouldBeEmpty();
        }

        server.Failures.ShouldBeEmpty();

        Task<List<string>> AskAsync(string document) => transport switch
        {
            "http" => AskHttpAsync(http, server.Url, document, MediaTypes.GraphQLResponse),
            "streams" => AskHttpAsync(http, server.Url, document, MediaTypes.EventStream),
            _ => AskSocketAsync(socket, document),
        };
    }

    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public async Task A_batch_is_refused(int count)
    {
        await using var server = new LiveServer();
        using var http = new HttpClient();
        using var content = Json($"[{string.Join(',', Enumerable.Repeat("""{"query":"{ a }"}""", count))}]");
        using var answer = await http.PostAsync(new Uri(server.Url), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Batches of requests are not answered.");
    }

    [Fact]
    public async Task Variables_that_nest_fifty_thousand_deep_are_refused_on_every_transport()
    {
        await using var server = new LiveServer();
        using var http = new HttpClient();
        var body = $$"""{"query":"{ a }","variables":{{HostileRequests.Repeat("{\"a\":", 50_000)}}1{{new string('}', 50_000)}}}""";
        foreach (var accept in new[] { MediaTypes.Json, MediaTypes.EventStream })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Url) { Content = Json(body) };
            request.Headers.Add("Accept", accept);
            using var answer = await http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        using var socket = await ConnectAsync(server);
        await SendAsync(socket, $$"""{"type":"subscribe","id":"1","payload":{{body}}}""");
        (await ReadAsync(socket)).ShouldBeNull();
        ((int)socket.CloseStatus!).ShouldBe(4400);
        (await AskHttpAsync(http, server.Url, "{ a }", MediaTypes.Json)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_near_an_unknown_name_is_named()
    {
        await using var server = new LiveServer();
        using var http = new HttpClient();
        using var content = Json("""{"query":"{ ech }"}""");
        using var answer = await http.PostAsync(new Uri(server.Url), content);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("Cannot query field");
        text.ShouldNotContain("Did you mean");
        text.ShouldNotContain("echo");
    }

    [Fact]
    public async Task A_resolver_that_throws_shows_a_correlation_id_and_nothing_else()
    {
        await using var server = new LiveServer();
        using var http = new HttpClient();
        using var socket = await ConnectAsync(server);
        using var content = Json("""{"query":"{ broken }"}""");
        using var answer = await http.PostAsync(new Uri(server.Url), content);
        await SendAsync(socket, """{"type":"subscribe","id":"1","payload":{"query":"{ broken }"}}""");
        foreach (var text in new[] { await answer.Content.ReadAsStringAsync(), await ReadAsync(socket) })
        {
            text.ShouldNotBeNull().ShouldNotContain("secret");
            text.ShouldNotContain("Exception");
            text.ShouldNotContain("   at ");
            text.ShouldContain(ErrorCodes.Internal);
            text.ShouldMatch("\"correlationId\":\"[0-9a-f]{16}\"");
        }
    }

    private static async Task<List<string>> AskHttpAsync(HttpClient http, string url, string document, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = Json(RequestOf(document)) };
        request.Headers.Add("Accept", accept);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        // Of a stream the first event is the answer.
        if (answer.Content.Headers.ContentType!.MediaType == MediaTypes.EventStream)
            text = text.Split('\n').First(line => line.StartsWith("data: ", StringComparison.Ordinal))["data: ".Length..];
        return CodesOf(JsonNode.Parse(text)!["errors"]);
    }

    private static async Task<List<string>> AskSocketAsync(ClientWebSocket socket, string document)
    {
        // A request without a document is no request at all there, and ends the connection.
        if (document.Length == 0) return [ErrorCodes.BadRequest];
        await SendAsync(socket, $$"""{"type":"subscribe","id":"1","payload":{{RequestOf(document)}}}""");
        var answer = JsonNode.Parse((await ReadAsync(socket)).ShouldNotBeNull())!;
        if ((string)answer["type"]! == "error") return CodesOf(answer["payload"]);
        JsonNode.Parse((await ReadAsync(socket)).ShouldNotBeNull())!["type"]!.GetValue<string>().ShouldBe("complete");
        return CodesOf(answer["payload"]!["errors"]);
    }

    private static List<string> CodesOf(JsonNode? errors) => [.. errors?.AsArray().Select(error => (string)error!["extensions"]!["code"]!) ?? []];

    private static string RequestOf(string document) => $$"""{"query":{{JsonSerializer.Serialize(document)}}}""";

    private static StringContent Json(string body) => new(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue(MediaTypes.Json));

    private static async Task<ClientWebSocket> ConnectAsync(LiveServer server)
    {
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol(TransportWsOptions.Subprotocol);
        await client.ConnectAsync(new Uri(server.Url.Replace("http", "ws", StringComparison.Ordinal)), CancellationToken.None);
        await SendAsync(client, """{"type":"connection_init"}""");
        await ReadAsync(client);
        return client;
    }

    private static Task SendAsync(ClientWebSocket client, string message) =>
        client.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    // Null once the connection is closed.
    private static async Task<string?> ReadAsync(ClientWebSocket client)
    {
        using var limited = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[100_000];
        var received = await client.ReceiveAsync(buffer, limited.Token);
        return received.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
