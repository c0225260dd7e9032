using System.Net.WebSockets;
using System.Text;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http.WebSockets;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>The protocol <c>graphql-transport-ws</c> over real sockets: what is answered, and what closes the connection.</summary>
public class TransportWsTests
{
    private const string Init = """{"type":"connection_init"}""";
    private const string Ack = """{"type":"connection_ack"}""";
    private const string Silent = """{"type":"subscribe","id":"1","payload":{"query":"subscription { silent }"}}""";

    [Fact]
    public async Task A_query_is_answered_and_completed()
    {
        await using var server = new LiveServer();
        using var client = await ConnectAsync(server, Init);
        (await ReadAsync(client)).ShouldBe(Ack);
        await SendAsync(client, """{"type":"subscribe","id":"q","payload":{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"x"},"operationName":null}}""");
        (await ReadAsync(client)).ShouldBe("""{"type":"next","id":"q","payload":{"data":{"echo":"x"}}}""");
        (await ReadAsync(client)).ShouldBe("""{"type":"complete","id":"q"}""");
    }

    [Fact]
    public async Task A_refusal_is_an_error_and_ends_the_operation_and_not_the_connection()
    {
        await using var server = new LiveServer();
        using var client = await ConnectAsync(server, Init);
        await ReadAsync(client);
        await SendAsync(client, """{"type":"subscribe","id":"q","payload":{"query":"{ guarded }"}}""");
        (await ReadAsync(client)).ShouldBe("""{"type":"error","id":"q","payload":[{"message":"Not authorized to select \u0022Query.guarded\u0022.","locations":[{"line":1,"column":3}],"extensions":{"code":"FORBIDDEN"}}]}""");
        await SendAsync(client, """{"type":"subscribe","id":"q","payload":{"query":"{ a }"}}""");
        (await ReadAsync(client)).ShouldBe("""{"type":"next","id":"q","payload":{"data":{"a":1}}}""");
    }

    [Fact]
    public async Task Half_a_character_in_the_variables_is_the_operations_error_and_not_the_servers()
    {
        await using var server = new LiveServer();
        using var client = await ConnectAsync(server, Init);
        await ReadAsync(client);
        await SendAsync(client, """{"type":"subscribe","id":"q","payload":{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"\ud800"}}}""");
        (await ReadAsync(client)).ShouldNotBeNull().ShouldContain("The variables are not Unicode text.");
        server.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ping_is_answered_before_and_after_the_beginning()
    {
        await using var server = new LiveServer();
        using var client = await ConnectAsync(server, """{"type":"ping"}""");
        (await ReadAsync(client)).ShouldBe("""{"type":"pong"}""");
        await SendAsync(client, Init);
        await ReadAsync(client);
        await SendAsync(client, """{"type":"ping","payload":{"x":1}}""");
        (await ReadAsync(client)).ShouldBe("""{"type":"pong"}""");
    }

    [Fact]
    public async Task An_id_is_free_once_its_operation_was_ended()
    {
        await using var server = new LiveServer();
        using var client = await ConnectAsync(server, Init, Silent, """{"type":"complete","id":"1"}""", """{"type":"complete","id":"1"}""");
        await ReadAsync(client);
        await SendAsync(client, """{"type":"subscribe","id":"1","payload":{"query":"{ a }"}}""");
        (await ReadAsync(client)).ShouldBe("""{"type":"next","id":"1","payload":{"data":{"a":1}}}""");
    }

    [Theory]
    [InlineData(4400, "no JSON")]
    [InlineData(4400, "{}")]
    [InlineData(4400, """{"type":"unknown"}""")]
    [InlineData(4400, """{"type":"connection_init","payload":1}""")]
    [InlineData(4400, Init, """{"type":"subscribe","payload":{"query":"{ a }"}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"","payload":{"query":"{ a }"}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1"}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":{}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":7}}""")]
    [InlineData(4400, Init, """{"type":"subscribe","id":"\ud800","payload":{"query":"{ a }"}}""")]
    [InlineData(4401, """{"type":"subscribe","id":"1","payload":{"query":"{ a }"}}""")]
    [InlineData(4409, Init, Silent, Silent)]
    [InlineData(4429, Init, Init)]
    public async Task A_message_that_breaks_the_rules_closes_the_connection(int code, params string[] messages)
    {
        await using var server = new LiveServer();
        using var client = await ConnectAsync(server, messages);
        (await CloseCodeAsync(client)).ShouldBe(code);
        server.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_that_does_not_say_who_it_is_is_closed()
    {
        await using var server = new LiveServer(sockets: new TransportWsOptions { InitialisationTimeout = TimeSpan.FromMilliseconds(50) });
        using var client = await ConnectAsync(server);
        (await CloseCodeAsync(client)).ShouldBe(4408);
    }

    [Fact]
    public async Task A_client_that_may_not_connect_is_closed()
    {
        await using var server = new LiveServer(sockets: new TransportWsOptions { Connect = (payload, _) => new ValueTask<GraphQLRequest?>(default(GraphQLRequest)) });
        using var client = await ConnectAsync(server, """{"type":"connection_init","payload":{"token":"wrong"}}""");
        (await CloseCodeAsync(client)).ShouldBe(4403);
    }

    [Fact]
    public async Task A_client_of_another_protocol_is_closed()
    {
        await using var server = new LiveServer(subprotocol: "graphql-ws");
        using var client = await ConnectAsync(server, "graphql-ws", []);
        (await CloseCodeAsync(client)).ShouldBe(4406);
    }

    [Fact]
    public async Task A_host_that_fails_closes_the_connection_and_is_told()
    {
        await using var server = new LiveServer(sockets: new TransportWsOptions { Connect = (_, _) => throw new InvalidOperationException("bug") });
        using var client = await ConnectAsync(server, Init);
        (await CloseCodeAsync(client)).ShouldBe(4500);
        await WaitUntilAsync(() => server.Failures.Count == 1);
    }

    [Fact]
    public async Task What_is_too_large_or_too_much_closes_the_connection()
    {
        await using var server = new LiveServer(sockets: new TransportWsOptions { MessageBytesMax = 5_000, OperationsMax = 1 });
        using var large = await ConnectAsync(server, new string(' ', 10_000));
        (await CloseCodeAsync(large)).ShouldBe(1009);
        using var many = await ConnectAsync(server, Init, Silent, Silent.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        (await CloseCodeAsync(many)).ShouldBe(4429);
    }

    [Fact]
    public async Task A_client_is_asked_whether_it_is_there_and_closed_when_it_has_nothing_to_ask()
    {
        var options = new TransportWsOptions { InitialisationTimeout = TimeSpan.FromMilliseconds(20), PingInterval = TimeSpan.FromMilliseconds(200), IdleMax = TimeSpan.FromMilliseconds(500) };
        await using var server = new LiveServer(sockets: options);
        using var client = await ConnectAsync(server, Init);
        await ReadAsync(client);
        (await ReadAsync(client)).ShouldBe("""{"type":"ping"}""");
        await SendAsync(client, """{"type":"pong"}""");
        (await CloseCodeAsync(client, answerPings: true)).ShouldBe(1000);
    }

    [Fact]
    public async Task The_limits_of_a_request_hold_over_a_socket()
    {
        await using var server = new LiveServer();
        using var client = await ConnectAsync(server, Init);
        await ReadAsync(client);
        await SendAsync(client, $$$"""{"type":"subscribe","id":"1","payload":{"query":"{{{string.Concat(Enumerable.Repeat("{a", 5_000))}}}"}}""");
        (await ReadAsync(client)).ShouldContain(ErrorCodes.DocumentLimit);
        await SendAsync(client, $$$"""{"type":"subscribe","id":"2","payload":{"query":"{ {{{string.Concat(Enumerable.Range(0, 5_000).Select(i => $"a{i}: a "))}}} }"}}""");
        (await ReadAsync(client)).ShouldContain(ErrorCodes.DocumentLimit);
    }

    private static Task<ClientWebSocket> ConnectAsync(LiveServer server, params string[] messages) => ConnectAsync(server, TransportWsOptions.Subprotocol, messages);

    private static async Task<ClientWebSocket> ConnectAsync(LiveServer server, string subprotocol, string[] messages)
    {
        var client = new ClientWebSocket();
        client.Options.AddSubProtocol(subprotocol);
        await client.ConnectAsync(new Uri(server.Url.Replace("http", "ws", StringComparison.Ordinal)), CancellationToken.None);
        foreach (var message in messages) await SendAsync(client, message);
        return client;
    }

    private static async Task SendAsync(ClientWebSocket client, string message)
    {
        try
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        catch (WebSocketException) when (client.State != WebSocketState.Open)
        {
            // It was closed for an earlier message; the code is what the test asks for.
        }
    }

    private static async Task<string> ReadAsync(ClientWebSocket client)
    {
        using var limited = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[100_000];
        var received = await client.ReceiveAsync(buffer, limited.Token);
        received.MessageType.ShouldBe(WebSocketMessageType.Text);
        received.EndOfMessage.ShouldBeTrue();
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static async Task<int> CloseCodeAsync(ClientWebSocket client, bool answerPings = false)
    {
        using var limited = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[100_000];
        while ((await client.ReceiveAsync(buffer, limited.Token)).MessageType != WebSocketMessageType.Close)
        {
            if (answerPings) await SendAsync(client, """{"type":"pong"}""");
        }

        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limited.Token);
        return (int)client.CloseStatus!;
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1_000 && !condition(); i++) await Task.Delay(10);
        condition().ShouldBeTrue();
    }
}
