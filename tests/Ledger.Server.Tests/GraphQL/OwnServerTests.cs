using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Domain.Actors;
using Ledger.Server.GraphQL.Http;
using Ledger.Server.Tests.Witnesses;
using Ledger.Store.Tokens;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>What takes a server of its own: documents that alone are answered, and a clock that a test moves on.</summary>
[Collection(ServerCollection.Name)]
public sealed class OwnServerTests(RunningServer cluster)
{
    private const string Trusted = "query Role { viewer { role } }";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Where_only_trusted_documents_are_answered_no_other_is_on_any_way()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-trusted-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "role.graphql"), Trusted);
        await using var server = await WatchedServer.StartAsync(cluster, graphql: new GraphQLSettings { TrustedDocuments = folder, OnlyTrusted = true });
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Trusted)));
        var unknown = Convert.ToHexStringLower(SHA256.HashData("{ viewer { subject } }"u8));

        // By its hash, by its text, by GET; in an event stream.
        string[] known = [$$$"""{"documentId":"sha256:{{{hash}}}"}""", $$$$"""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{{{hash}}}}"}}}""", $$"""{"query":"{{Trusted}}"}"""];
        foreach (var body in known) (await PostAsync(server, body)).ShouldBe("""{"data":{"viewer":{"role":"ADMIN"}}}""", body);
        (await server.Client.GetStringAsync($"graphql?documentId=sha256:{hash}")).ShouldBe("""{"data":{"viewer":{"role":"ADMIN"}}}""");
        string[] others =
        [
            """{"query":"{ viewer { subject } }"}""", """{"query":"{ __schema { types { name } } }"}""", """{"query":"subscription { eventAppended { sequence } }"}""",
            $$$"""{"documentId":"sha256:{{{unknown}}}"}""",
            $$$$"""{"query":"{ viewer { subject } }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{{{unknown}}}}"}}}""",
        ];
        foreach (var body in others)
        {
            Code(await PostAsync(server, body)).ShouldBe("DOCUMENT_NOT_TRUSTED", body);
            (await PostAsync(server, body, "text/event-stream")).ShouldContain("DOCUMENT_NOT_TRUSTED", customMessage: body);
        }

        // Nothing of them was kept.
        Code(await PostAsync(server, $$$"""{"documentId":"sha256:{{{unknown}}}"}""")).ShouldBe("DOCUMENT_NOT_TRUSTED");
        Code(await PostAsync(server, $$$"""{"query":"{ viewer { subject } }","documentId":"sha256:{{{hash}}}"}""")).ShouldBe("PERSISTED_QUERY_MISMATCH");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_token_that_is_taken_back_ends_what_it_listens_to()
    {
        var clock = new MovedClock();
        await using var server = await WatchedServer.StartAsync(cluster, clock: clock);
        var made = await (await server.Client.PostJsonAsync("v1/tokens", """{"role":"auditor","services":["*"],"subject":"leaver"}""")).JsonAsync();
        using var leaver = new HttpClient { BaseAddress = server.Client.BaseAddress, Timeout = Patience };
        leaver.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Text("token"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = Asked.Body("subscription { eventAppended { sequence } }") };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await leaver.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        var first = await server.AppendAsync();
        var heard = await NextAsync(reader);
        if (heard!.Value.At("data.eventAppended.sequence").GetInt64() < first) heard = await NextAsync(reader);
        heard!.Value.At("data.eventAppended.sequence").GetInt64().ShouldBe(first);

        TokenText.TryHash(made.Text("token"), out var hash).ShouldBeTrue();
        (await server.Store.Tokens.RevokeAsync(hash)).ShouldBeTrue();
        clock.Move(TimeSpan.FromSeconds(11));
        await server.AppendAsync();
        (await NextAsync(reader))!.Value.TextAt("errors.0.extensions.code").ShouldBe("TOKEN_ENDED");
        (await NextAsync(reader)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_may_not_ask_what_can_be_asked_is_told_nothing_of_it()
    {
        await using var server = await WatchedServer.StartAsync(cluster, graphql: new GraphQLSettings { IntrospectionRoles = [Role.Admin] });
        var made = await (await server.Client.PostJsonAsync("v1/tokens", """{"role":"ci","services":["*"],"subject":"robot"}""")).JsonAsync();
        using var robot = new HttpClient { BaseAddress = server.Client.BaseAddress };
        robot.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Text("token"));
        foreach (var (client, mayAsk) in new[] { (server.Client, true), (robot, false) })
        {
            var schema = await client.GetAsync("graphql/schema.graphql");
            schema.StatusCode.ShouldBe(mayAsk ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
            var types = await client.AnswerAsync("{ __schema { queryType { name } } }");
            types.TryGetProperty("data", out _).ShouldBe(mayAsk);
            if (!mayAsk) types.TextAt("errors.0.extensions.code").ShouldBe("INTROSPECTION_DISABLED");
            (await client.AnswerAsync("{ viewr { role } }")).TextAt("errors.0.message")!.Contains("Did you mean", StringComparison.Ordinal).ShouldBe(mayAsk);
            (await client.AskAsync("{ __typename viewer { __typename } }")).TextAt("viewer.__typename").ShouldBe("Viewer");
        }
    }

    private static async Task<string> PostAsync(WatchedServer server, string body, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd(accept);
        using var response = await server.Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static string? Code(string answer) => JsonElement.Parse(answer).TextAt("errors.0.extensions.code");

    // Null where the stream says that it is complete.
    private static async Task<JsonElement?> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line == "event: complete") return null;
            if (line.StartsWith("data: {", StringComparison.Ordinal)) return JsonElement.Parse(line["data: ".Length..]);
        }

        throw new EndOfStreamException("the stream ended before it was complete");
    }

    /// <summary>The real clock, moved on by hand.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private long _moved;

        public void Move(TimeSpan by) => Interlocked.Add(ref _moved, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _moved));

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => System.GetElapsedTime(0, System.GetTimestamp()).Ticks + Interlocked.Read(ref _moved);
    }
}
