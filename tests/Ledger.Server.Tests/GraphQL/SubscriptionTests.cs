using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>Subscriptions by event stream and by socket: whoever breaks off and asks again from where they were hears everything once.</summary>
[Collection(ServerCollection.Name)]
public sealed class SubscriptionTests(RunningServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task After_breaks_at_random_places_nothing_is_lost_and_nothing_repeated()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var first = await server.SizeAsync() + 1;
        using var ended = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                await server.OpenAsync("heard");
                await Task.Delay(random.Next(20));
            }
        });

        var heard = new List<long>();
        while (heard.Count < 120)
        {
            var next = heard.Count == 0 ? first : heard[^1] + 1;
            var enough = random.Next(1, 30);
            await foreach (var data in StreamAsync(server.Client("auditor"), $"subscription {{ eventAppended(from: {next}) {{ sequence type }} }}"))
            {
                heard.Add(data.At("data.eventAppended.sequence").GetInt64());
                if (--enough == 0) break;
            }
        }

        await ended.CancelAsync();
        await writing;
        heard.ShouldBe(Enumerable.Range(0, heard.Count).Select(place => first + place), $"seed {seed}");
    }

    [Fact]
    public async Task Many_hear_the_same_whether_they_came_early_or_late()
    {
        var first = await server.SizeAsync() + 1;
        var early = Enumerable.Range(0, 10).Select(_ => HearAsync(first, 30)).ToList();
        for (var i = 0; i < 15; i++) await server.OpenAsync("together");
        var late = Enumerable.Range(0, 5).Select(_ => HearAsync(1, (int)first + 29)).ToList();
        for (var i = 0; i < 15; i++) await server.OpenAsync("together");
        foreach (var heard in await Task.WhenAll(early)) heard.ShouldBe(Enumerable.Range(0, 30).Select(place => first + place));
        foreach (var heard in await Task.WhenAll(late)) heard.ShouldBe(Enumerable.Range(1, (int)first + 29).Select(place => (long)place));

        async Task<List<long>> HearAsync(long from, int count)
        {
            var heard = new List<long>();
            await foreach (var data in StreamAsync(server.Client("auditor"), $"subscription {{ eventAppended(from: {from}) {{ sequence }} }}"))
            {
                heard.Add(data.At("data.eventAppended.sequence").GetInt64());
                if (heard.Count == count) break;
            }

            return heard;
        }
    }

    [Fact]
    public async Task A_release_is_heard_of_as_each_event_left_it_over_a_socket()
    {
        var path = await server.OpenAsync("socket");
        var version = path.Split('/')[^1];
        using var socket = await ConnectAsync();
        await SendAsync(socket, """{"type":"connection_init","payload":{"authorization":"Bearer TOKEN"}}""".Replace("TOKEN", server.Token("auditor"), StringComparison.Ordinal));
        (await ReceiveAsync(socket)).Text("type").ShouldBe("connection_ack");
        await SendAsync(socket, new JsonObject
        {
            ["id"] = "1",
            ["type"] = "subscribe",
            ["payload"] = new JsonObject { ["query"] = $$"""subscription { releaseChanged(service: "socket", version: "{{version}}", from: 1) { sequence event { type } release { verdict gates { outcome } } } }""" },
        }.ToJsonString());
        var opened = (await ReceiveAsync(socket)).At("payload.data.releaseChanged");
        opened.TextAt("event.type").ShouldBe("RELEASE_OPENED");
        opened.At("release.gates").Each("outcome").ShouldBe(["PENDING", "PENDING"]);
        await server.OpenAsync("socket");
        await server.Client("ci").ReportAsync(path, RunningServer.FailingReport);
        var reported = (await ReceiveAsync(socket)).At("payload.data.releaseChanged");
        reported.TextAt("event.type").ShouldBe("GATE_REPORTED");
        reported.TextAt("release.verdict").ShouldBe("NO_GO");
        await SendAsync(socket, """{"id":"1","type":"complete"}""");

        // A question over the same socket is answered anew each time.
        for (var i = 0; i < 2; i++)
        {
            await SendAsync(socket, """{"id":"q","type":"subscribe","payload":{"query":"{ releases(first: 1) { totalCount } }"}}""");
            (await ReceiveAsync(socket)).Text("type").ShouldBe("next");
            (await ReceiveAsync(socket)).Text("type").ShouldBe("complete");
        }
    }

    [Fact]
    public async Task Without_a_good_token_a_socket_hears_nothing()
    {
        using var silent = await ConnectAsync();
        await SendAsync(silent, """{"type":"connection_init"}""");
        (await CloseOfAsync(silent)).ShouldBe(4403);
        using var wrong = await ConnectAsync();
        await SendAsync(wrong, """{"type":"connection_init","payload":{"authorization":"Bearer ldg_nonsense"}}""");
        (await CloseOfAsync(wrong)).ShouldBe(4403);
        using var early = await ConnectAsync();
        await SendAsync(early, """{"id":"1","type":"subscribe","payload":{"query":"{ viewer { role } }"}}""");
        (await CloseOfAsync(early)).ShouldBe(4401);
        await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(options => options.SetRequestHeader("Authorization", "Bearer ldg_nonsense")));
        await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(options => options.SetRequestHeader("Origin", "https://elsewhere.example")));
        using var header = await ConnectAsync(options => options.SetRequestHeader("Authorization", $"Bearer {server.Token("ci")}"));
        await SendAsync(header, """{"type":"connection_init"}""");
        (await ReceiveAsync(header)).Text("type").ShouldBe("connection_ack");
    }

    [Fact]
    public async Task A_token_of_one_service_hears_of_no_other()
    {
        using var client = server.WithToken(await server.MakeTokenAsync("auditor", ["ours"]));
        var first = await server.SizeAsync() + 1;
        await server.OpenAsync("theirs");
        var ours = await server.OpenAsync("ours");
        await server.OpenAsync("theirs");
        var again = await server.OpenAsync("ours");
        var heard = new List<string>();
        await foreach (var data in StreamAsync(client, $"subscription {{ releaseChanged(from: {first}) {{ release {{ name }} }} }}"))
        {
            heard.Add(data.TextAt("data.releaseChanged.release.name")!);
            if (heard.Count == 2) break;
        }

        heard.ShouldBe([ours["v1/releases/".Length..], again["v1/releases/".Length..]]);
        var errors = new List<JsonElement>();
        await foreach (var data in StreamAsync(client, "subscription { eventAppended(from: 0) { sequence } }")) errors.Add(data);
        errors.Single().TextAt("errors.0.extensions.code").ShouldBe("BAD_ARGUMENT");
    }

    [Fact]
    public async Task A_release_s_history_is_heard_as_the_replay_has_it_whatever_is_left_out()
    {
        var name = await FullRelease.MakeAsync(server, "replayed");
        var (service, version) = (name.Split('/')[0], name.Split('/')[1]);
        const string State = "name verdict lastSequence gates { name outcome } signOffs { name state } closing { outcome }";
        var events = (await server.AskAsync($$"""{ release(service: "{{service}}", version: "{{version}}") { events(first: 100) { nodes { sequence type } } } }""")).At("release.events.nodes").EnumerateArray().ToList();
        foreach (var types in new[] { "", ", types: [GATE_WAIVED, SIGNED_OFF, RELEASE_CLOSED]" })
        {
            var expected = events.Where(stored => types.Length == 0 || types.Contains(stored.Text("type"), StringComparison.Ordinal)).Select(stored => stored.At("sequence").GetInt64()).ToList();
            var heard = new List<JsonElement>();
            await foreach (var data in StreamAsync(server.Client("auditor"), $$"""subscription { releaseChanged(service: "{{service}}", version: "{{version}}", from: 1{{types}}) { sequence release { {{State}} } again: release { name } } }"""))
            {
                heard.Add(data.At("data.releaseChanged"));
                if (heard.Count == expected.Count) break;
            }

            heard.Select(change => change.At("sequence").GetInt64()).ShouldBe(expected);
            foreach (var change in heard)
            {
                var then = await server.AskAsync($$"""{ release(service: "{{service}}", version: "{{version}}", asOf: { sequence: {{change.At("sequence")}} }) { {{State}} } }""");
                change.At("release").ToString().ShouldBe(then.At("release").ToString());
            }
        }
    }

    private static async IAsyncEnumerable<JsonElement> StreamAsync(HttpClient client, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql") { Content = Asked.Body(query) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.IsSuccessStatusCode.ShouldBeTrue();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line == "event: complete") yield break;
            if (line.StartsWith("data: {", StringComparison.Ordinal)) yield return JsonElement.Parse(line["data: ".Length..]);
        }
    }

    private async Task<ClientWebSocket> ConnectAsync(Action<ClientWebSocketOptions>? with = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        with?.Invoke(socket.Options);
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Host = "127.0.0.1", Path = "/graphql" }.Uri, CancellationToken.None);
        return socket;
    }

    private static async Task SendAsync(ClientWebSocket socket, string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        while (true)
        {
            var message = await WholeAsync(socket);
            if (message.Text("type") != "ping") return message;
            await SendAsync(socket, """{"type":"pong"}""");
        }
    }

    private static async Task<JsonElement> WholeAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var whole = new MemoryStream();
        var buffer = new byte[8192];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, patience.Token);
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonElement.Parse(whole.ToArray());
    }

    private static async Task<int> CloseOfAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[1024];
        while (socket.CloseStatus is null) await socket.ReceiveAsync(buffer, patience.Token);
        return (int)socket.CloseStatus;
    }
}
