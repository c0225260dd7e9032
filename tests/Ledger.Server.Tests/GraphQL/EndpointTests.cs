using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Server.GraphQL;
using Ledger.Server.GraphQL.Http;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>The address itself: who may ask, in which ways, and how much.</summary>
[Collection(ServerCollection.Name)]
public sealed class EndpointTests(RunningServer server)
{
    private const string Small = "{ viewer { role } }";

    [Fact]
    public async Task Nobody_asks_without_a_token()
    {
        (await server.Client(null).PostAsync("graphql", Asked.Body(Small))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await (await server.WithToken("ldg_nonsense").PostAsync("graphql", Asked.Body(Small))).ShouldBeProblemAsync(401, "token_invalid");
        await (await server.Client(null).GetAsync("graphql/schema.graphql")).ShouldBeProblemAsync(401, "token_missing");
        foreach (var role in Domain.Actors.Roles.All)
            (await server.AskAsync(Small, role: Domain.Actors.Roles.Name(role))).TextAt("viewer.role").ShouldBe(Domain.Actors.Roles.Name(role).ToUpperInvariant().Replace('-', '_'));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("")]
    public async Task What_a_foreign_page_could_send_unasked_is_refused(string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"query":"{ viewer { role } }"}"""));
        if (contentType.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        (await server.Client().PostAsync("graphql", content)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("https://elsewhere.example", false)]
    [InlineData("null", false)]
    [InlineData("http://127.0.0.1:1", false)]
    [InlineData("", true)]
    [InlineData("OWN", true)]
    public async Task A_page_of_another_origin_may_not_ask(string origin, bool isAllowed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = Asked.Body(Small) };
        if (origin.Length > 0) request.Headers.Add("Origin", origin == "OWN" ? server.Address.GetLeftPart(UriPartial.Authority) : origin);
        var answer = await server.Client().SendAsync(request);
        if (isAllowed) answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        else await answer.ShouldBeProblemAsync(403, "origin_not_allowed");
    }

    [Fact]
    public async Task Questions_come_by_GET_too_and_a_browser_gets_a_page()
    {
        var client = server.Client();
        (await (await client.GetAsync($"graphql?query={Uri.EscapeDataString(Small)}")).JsonAsync()).TextAt("data.viewer.role").ShouldBe("ADMIN");
        using var browser = new HttpRequestMessage(HttpMethod.Get, "graphql");
        browser.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        var page = await server.Client(null).SendAsync(browser);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await client.SendAsync(new HttpRequestMessage(HttpMethod.Patch, "graphql"))).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task The_schema_is_served_as_text()
    {
        var answer = await server.Client("ci").GetAsync("graphql/schema.graphql");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(LedgerSchema.Text);
    }

    [Fact]
    public async Task A_body_is_bounded_after_decompression()
    {
        var large = Encoding.UTF8.GetBytes($$"""{"query":"{ viewer { role } }{{new string(' ', GraphQLService.BodyBytesMax)}}"}""");
        await (await server.Client().PostAsync("graphql", Json(large))).ShouldBeProblemAsync(413, "body_too_large");
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionMode.Compress, leaveOpen: true))
            for (var i = 0; i < 1000; i++) gzip.Write(large);
        var bomb = Json(zipped.ToArray());
        bomb.Headers.ContentEncoding.Add("gzip");
        await (await server.Client().PostAsync("graphql", bomb)).ShouldBeProblemAsync(413, "body_too_large");

        using var small = new MemoryStream();
        using (var gzip = new GZipStream(small, CompressionMode.Compress, leaveOpen: true)) gzip.Write("""{"query":"{ viewer { role } }"}"""u8);
        var good = Json(small.ToArray());
        good.Headers.ContentEncoding.Add("gzip");
        (await (await server.Client().PostAsync("graphql", good)).JsonAsync()).TextAt("data.viewer.role").ShouldBe("ADMIN");
    }

    [Fact]
    public async Task A_document_that_was_sent_once_is_named_by_its_hash_from_then_on()
    {
        var query = $"{{ viewer {{ role subject }} }} # {Guid.NewGuid()}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(query)));
        var extension = $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""";
        (await AskAsync($$"""{"extensions":{{extension}}}""")).TextAt("errors.0.extensions.code").ShouldBe("PERSISTED_QUERY_NOT_FOUND");
        (await AskAsync($$"""{"query":"{ viewer { role } }","extensions":{{extension}}}""")).TextAt("errors.0.extensions.code").ShouldBe("PERSISTED_QUERY_MISMATCH");
        (await AskAsync($$"""{"query":{{JsonSerializer.Serialize(query)}},"extensions":{{extension}}}""")).TextAt("data.viewer.role").ShouldBe("ADMIN");
        (await AskAsync($$"""{"extensions":{{extension}}}""")).TextAt("data.viewer.role").ShouldBe("ADMIN");

        async Task<JsonElement> AskAsync(string body) => await (await server.Client().PostAsync("graphql", Json(Encoding.UTF8.GetBytes(body)))).JsonAsync();
    }

    [Fact]
    public async Task Cost_is_told_to_whoever_asks()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = Asked.Body("{ releases(first: 50) { nodes { name gates { name } signOffChain { links { checks { name } } } } } }") };
        request.Headers.Add("GraphQL-Cost", "validate");
        var cost = (await (await server.Client().SendAsync(request)).JsonAsync()).At("extensions.operationCost");
        cost.GetProperty("typeCost").GetDouble().ShouldBeInRange(500, 10_000);
        cost.GetProperty("fieldCost").GetDouble().ShouldBeInRange(50, 10_000);
    }

    [Fact]
    public async Task A_stream_is_shared_by_several_operations()
    {
        var client = server.Client();
        var token = await (await client.PutAsync("graphql", null)).Content.ReadAsStringAsync();
        using var opening = new HttpRequestMessage(HttpMethod.Get, "graphql");
        opening.Headers.Add("X-GraphQL-Event-Stream-Token", token);
        opening.Headers.Accept.ParseAdd("text/event-stream");
        using var stream = await client.SendAsync(opening, HttpCompletionOption.ResponseHeadersRead);
        stream.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var id in new[] { "a", "b" })
        {
            using var operation = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = Json(Encoding.UTF8.GetBytes($$$"""{"query":"{ viewer { role } }","extensions":{"operationId":"{{{id}}}"}}""")) };
            operation.Headers.Add("X-GraphQL-Event-Stream-Token", token);
            (await client.SendAsync(operation)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        var completed = new List<string>();
        while (completed.Count < 2 && await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } line)
            if (line.StartsWith("data: {", StringComparison.Ordinal) && JsonElement.Parse(line[6..]) is var data && !data.TryGetProperty("payload", out _)) completed.Add(data.Text("id"));
        completed.Order().ShouldBe(["a", "b"]);
        (await client.SendAsync(new HttpRequestMessage(HttpMethod.Put, "graphql") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "nonsense") } })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
