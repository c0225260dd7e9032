using System.Diagnostics;
using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.GraphQL.Tests.Http;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>
/// What is sent to the ledger's endpoint to bring it down, to learn what it does not tell, or to get round who may see what. Each is
/// refused or answered at once, on every way to it, and the next one is answered.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class HostileTests(RunningServer server)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private string Url => new Uri(server.Address, "graphql").ToString();

    private PlainClient Auditor => new(Url, server.Token("auditor"));

    [Theory]
    [InlineData("http")]
    [InlineData("streams")]
    [InlineData("sockets")]
    public async Task Documents_that_are_made_to_cost_are_refused_or_answered_at_once(string transport)
    {
        using var client = Auditor;
        foreach (var hostile in HostileRequests.All.Where(each => Encoding.UTF8.GetByteCount(each.Document) < 200_000))
        {
            var started = Stopwatch.GetTimestamp();
            hostile.ShouldBeMet(await client.AskAsync(transport, hostile.Document));
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(AtOnce, hostile.Name);
            (await client.AskAsync(transport, "{ viewer { role } }")).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(101, "release(service: \"s\", version: \"v\") { name }")]
    [InlineData(1, "releases(first: 100) { nodes { events(first: 100) { nodes { release { events(first: 100) { nodes { id } } } } } } }")]
    public async Task A_question_that_costs_too_much_is_refused_before_it_is_asked(int times, string part)
    {
        using var client = Auditor;
        var codes = await client.AskAsync("http", $"{{ {string.Concat(Enumerable.Range(0, times).Select(i => $"a{i}: {part} "))}}}");
        codes.ShouldContain(code => code == "ALIAS_LIMIT_EXCEEDED" || code == "ROOT_FIELD_LIMIT_EXCEEDED" || code == "COST_LIMIT_EXCEEDED", string.Join(' ', codes));
    }

    [Fact]
    public async Task A_body_is_read_no_further_than_its_limit()
    {
        using var client = Auditor;
        foreach (var filler in new[] { ' ', '#', ',', 'x' })
            (await client.PostAsync($$"""{"query":"{ viewer { role } }{{new string(filler, 5_000_000)}}"}""")).Status.ShouldBe(413, $"'{filler}'");
        (await client.PostAsync(GzipBomb())).Status.ShouldBe(413);
        (await client.PostAsync($$"""{"query":"{ viewer { role } }{{new string(' ', 200_000)}}"}""")).Status.ShouldBe(200, "white space is one token");
        (await client.GetAsync($"?query={new string('a', 20_000)}")).Status.ShouldBeOneOf(400, 414, 431);
        (await client.AskAsync("http", "{ viewer { role } }")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Variables_that_nest_without_end_are_refused()
    {
        using var client = Auditor;
        var body = $$"""{"query":"{ viewer { role } }","variables":{{HostileRequests.Repeat("{\"a\":", 30_000)}}1{{new string('}', 30_000)}}}""";
        (await client.PostAsync(body)).Status.ShouldBe(400);
        using var socket = await client.ConnectAsync();
        await PlainClient.SendAsync(socket, $$"""{"type":"subscribe","id":"1","payload":{{body}}}""");
        (await PlainClient.CloseCodeAsync(socket)).ShouldBe(4400);
        (await client.AskAsync("http", "{ viewer { role } }")).ShouldBeEmpty();
    }

    // Each error shows the value: fifteen thousand of them would show it for minutes.
    [Fact]
    public async Task Variables_of_which_everything_is_wrong_are_refused_at_once_and_in_few_words()
    {
        using var client = Auditor;
        var fields = string.Join(',', Enumerable.Range(0, 15_000).Select(i => $"\"u{i}\":1"));
        var started = Stopwatch.GetTimestamp();
        var (_, text) = await client.PostAsync($$"""{"query":"query($f: ReleaseFilter) { releases(filter: $f) { totalCount } }","variables":{"f":{ {{fields}} } } }""");
        text.ShouldContain("BAD_USER_INPUT");
        text.Length.ShouldBeLessThan(50_000);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(AtOnce);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5_000)]
    public async Task A_batch_is_refused(int count)
    {
        using var client = Auditor;
        (await client.PostAsync($"[{string.Join(',', Enumerable.Repeat("""{"query":"{ viewer { role } }"}""", count))}]")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task What_a_page_could_send_unasked_is_refused(string mediaType)
    {
        using var client = Auditor;
        using var body = new ByteArrayContent("""{"query":"{ viewer { role } }"}"""u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        (await client.PostAsync(body)).Status.ShouldBe(415);
    }

    [Fact]
    public async Task There_is_nothing_to_change_by_GET_or_otherwise()
    {
        using var client = Auditor;
        (await client.GetAsync("?query=mutation%7Bx%7D", "application/graphql-response+json")).Status.ShouldBeOneOf(400, 405);
        (await client.AskAsync("http", "mutation { x }")).ShouldContain("GRAPHQL_VALIDATION_FAILED");
    }

    [Fact]
    public async Task Without_a_token_nothing_is_told_of_the_schema()
    {
        using var client = new PlainClient(Url);
        foreach (var document in new[] { "{ releas }", "{ __schema { queryType { name } } }", "{ __typename }", "{" })
        {
            var (status, text) = await client.PostAsync(new JsonObject { ["query"] = document }.ToJsonString());
            status.ShouldBe(401, document);
            text.ShouldNotContain("Did you mean");
            text.ShouldNotContain("release");
        }
    }

    [Fact]
    public async Task A_document_by_a_hash_that_is_not_its_own_is_refused_and_not_kept()
    {
        using var client = Auditor;
        const string Hash = "abababababababababababababababababababababababababababababababab";
        const string Extension = $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{Hash}}}"}}""";
        (await client.PostAsync($$"""{"query":"{ viewer { role } }","extensions":{{Extension}}}""")).Text.ShouldContain("PERSISTED_QUERY_MISMATCH");
        (await client.PostAsync($$"""{"extensions":{{Extension}}}""")).Text.ShouldContain("PERSISTED_QUERY_NOT_FOUND");
    }

    [Theory]
    [InlineData("releases(first: 99999999)")]
    [InlineData("releases(first: -1)")]
    [InlineData("events(first: 2147483647)")]
    [InlineData("events(last: 101)")]
    public async Task A_page_has_a_largest_size(string list)
    {
        using var client = Auditor;
        var codes = await client.AskAsync("http", $"{{ {list} {{ nodes {{ id }} }} }}");
        codes.ShouldHaveSingleItem().ShouldBeOneOf("PAGE_SIZE_LIMIT_EXCEEDED", "COST_LIMIT_EXCEEDED", "BAD_ARGUMENT");
    }

    [Fact]
    public async Task A_node_that_is_made_up_or_not_the_callers_is_not_there_and_looks_like_none()
    {
        var path = await server.OpenAsync("hidden");
        var id = Base64Url($"Release:{path["v1/releases/".Length..]}");
        using var auditor = Auditor;
        (await Node(auditor, id)).ShouldContain("\"id\"");

        using var stranger = new PlainClient(Url, await server.MakeTokenAsync("auditor", ["other"]));
        var hidden = await Node(stranger, id);
        hidden.ShouldNotContain("\"id\"");
        foreach (var forged in new[] { Base64Url("Release:hidden/none"), Base64Url("Nothing:1"), Base64Url("Release:"), "%%%", "", new string('A', 10_000) })
        {
            var (mine, theirs) = (await Node(auditor, forged), await Node(stranger, forged));
            mine.ShouldNotContain("\"id\"", Case.Sensitive, forged);
            mine.ShouldNotContain("INTERNAL", Case.Sensitive, forged);
            theirs.ShouldBe(mine);
        }

        (await Node(stranger, Base64Url("Release:hidden/none"))).ShouldBe(hidden, "what is hidden looks like what is not there");
        (await stranger.PostAsync("""{"query":"{ releases(first: 100) { totalCount nodes { name } edges { node { name } } } }"}""")).Text.ShouldNotContain("hidden/");
    }

    [Theory]
    [InlineData(4400, "no JSON")]
    [InlineData(4401, """{"type":"subscribe","id":"1","payload":{"query":"{ viewer { role } }"}}""")]
    [InlineData(4403, """{"type":"connection_init"}""")]
    [InlineData(4403, """{"type":"connection_init","payload":{"authorization":"Bearer wrong"}}""")]
    [InlineData(4403, """{"type":"connection_init","payload":{"authorization":"\ud800"}}""")]
    [InlineData(4429, "INIT", "INIT")]
    [InlineData(4409, "INIT", "FOLLOW", "FOLLOW")]
    public async Task A_socket_that_breaks_the_rules_is_closed(int code, params string[] messages)
    {
        using var client = Auditor;
        using var socket = await client.ConnectAsync([.. messages.Select(message => message switch
        {
            "INIT" => client.Init,
            "FOLLOW" => """{"type":"subscribe","id":"1","payload":{"query":"subscription { eventAppended(from: 9999999) { sequence } }"}}""",
            _ => message,
        })]);
        (await PlainClient.CloseCodeAsync(socket)).ShouldBe(code);
    }

    [Fact]
    public async Task A_socket_that_says_nothing_is_closed_and_so_is_one_of_another_protocol()
    {
        using var silent = new ClientWebSocket();
        silent.Options.AddSubProtocol("graphql-transport-ws");
        using var other = new ClientWebSocket();
        other.Options.AddSubProtocol("graphql-ws");
        var url = new Uri(Url.Replace("http", "ws", StringComparison.Ordinal));
        await silent.ConnectAsync(url, CancellationToken.None);
        (await PlainClient.CloseCodeAsync(silent)).ShouldBe(4408);
        // What no server speaks is not agreed on, which a strict client finds out by itself.
        await Should.ThrowAsync<WebSocketException>(async () =>
        {
            await other.ConnectAsync(url, CancellationToken.None);
            (await PlainClient.CloseCodeAsync(other)).ShouldBe(4406);
            throw new WebSocketException("closed with 4406");
        });
    }

    [Fact]
    public async Task So_many_sockets_of_one_caller_and_no_more()
    {
        const int Many = 60;
        using var client = new PlainClient(Url, await server.MakeTokenAsync("auditor", ["sockets"]));
        var sockets = new List<ClientWebSocket>();
        var refused = 0;
        try
        {
            for (var i = 0; i < Many; i++)
            {
                try
                {
                    sockets.Add(await client.ConnectAsync());
                }
                catch (Exception exception) when (exception is WebSocketException or ShouldAssertException)
                {
                    refused++;
                }
            }

            refused.ShouldBe(Many - 50);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        (await client.AskAsync("http", "{ viewer { role } }")).ShouldBeEmpty();
    }

    private static async Task<string> Node(PlainClient client, string id) =>
        (await client.PostAsync(new JsonObject { ["query"] = "query($id: ID!) { node(id: $id) { id } }", ["variables"] = new JsonObject { ["id"] = id } }.ToJsonString())).Text;

    private static string Base64Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    // A hundred megabytes of a document that is 100 KB on the wire.
    private static ByteArrayContent GzipBomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write("""{"query":"{ viewer { role } }"""u8);
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (var i = 0; i < 100; i++) gzip.Write(spaces);
            gzip.Write("\"}"u8);
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
