using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Ledger.Server.Tests.GraphQL;

/// <summary>While the database is away questions are told so, by a code, and what was heard of before goes on where it was.</summary>
[Collection(ServerCollection.Name)]
public sealed class UnavailableTests(RunningServer server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_question_is_told_to_come_back_and_a_subscription_waits_and_loses_nothing()
    {
        var first = await server.SizeAsync() + 1;
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {server.Token("auditor")}");
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Host = "127.0.0.1", Path = "/graphql" }.Uri, CancellationToken.None);
        await SendAsync(socket, """{"type":"connection_init"}""");
        (await ReceiveAsync(socket)).Text("type").ShouldBe("connection_ack");
        await SendAsync(socket, $$$"""{"id":"s","type":"subscribe","payload":{"query":"subscription { eventAppended(from: {{{first}}}) { sequence } }"}}""");
        await server.OpenAsync("away");
        (await ReceiveAsync(socket)).At("payload.data.eventAppended.sequence").GetInt64().ShouldBe(first);

        await using (var database = await StoppedDatabase.StopAsync(server))
        {
            // Whose token was looked up a moment ago is told so by GraphQL, and who cannot be looked up by HTTP: the same, and when to come back.
            using var client = server.Client("auditor");
            var away = await client.PostAsync("graphql", Asked.Body("{ releases { totalCount } }"));
            away.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
            if (away.StatusCode == HttpStatusCode.OK) (await away.JsonAsync()).TextAt("errors.0.extensions.code").ShouldBe("UNAVAILABLE");
            else await away.ShouldBeProblemAsync(503, "unavailable");

            // Who is known already is told so in the answer.
            await SendAsync(socket, """{"id":"q","type":"subscribe","payload":{"query":"{ viewer { role } release(service: \"away\", version: \"v1\") { name } releases { totalCount } }"}}""");
            var answer = await ReceiveAsync(socket);
            (answer.Text("id"), answer.Text("type")).ShouldBe(("q", "next"));
            answer.At("payload.data").ValueKind.ShouldBe(JsonValueKind.Null);
            foreach (var error in answer.At("payload.errors").EnumerateArray())
            {
                error.TextAt("extensions.code").ShouldBe("UNAVAILABLE");
                error.Text("message").ShouldBe("The ledger's database does not answer now. Ask again in a moment.");
            }

            (await ReceiveAsync(socket)).Text("type").ShouldBe("complete");
            server.Log.ShouldContain("the database did not answer a question");
        }

        await AppendAsync();
        (await ReceiveAsync(socket)).At("payload.data.eventAppended.sequence").GetInt64().ShouldBe(first + 1);
        await SendAsync(socket, """{"id":"q","type":"subscribe","payload":{"query":"{ releases(first: 1) { totalCount } }"}}""");
        (await ReceiveAsync(socket)).At("payload.data.releases.totalCount").GetInt64().ShouldBeGreaterThan(0);
        server.Log.ShouldContain("the database answers questions again");
    }

    // Until the database is back, which takes it a moment.
    private async Task AppendAsync()
    {
        var patience = Stopwatch.StartNew();
        using var client = server.Client();
        while (true)
        {
            var answer = await client.PostJsonAsync("v1/releases", RunningServer.OpenBody("away/v-back"), "away-v-back");
            if (answer.StatusCode == HttpStatusCode.Created) return;
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            patience.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(100);
        }
    }

    private static async Task SendAsync(ClientWebSocket socket, string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using var whole = new MemoryStream();
            var buffer = new byte[8192];
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, patience.Token);
                whole.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var message = JsonElement.Parse(whole.ToArray());
            if (message.Text("type") != "ping") return message;
            await SendAsync(socket, """{"type":"pong"}""");
        }
    }
}
