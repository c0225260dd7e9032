using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>Asks a server in each of its ways, with nothing between: what a client would not send can be sent.</summary>
/// <param name="url">Where it is.</param>
/// <param name="token">Who asks, where the server wants to know.</param>
internal sealed class PlainClient(string url, string? token = null) : IDisposable
{
    private const string EventStream = "text/event-stream";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private ClientWebSocket? _socket;

    /// <summary>The codes of the errors of one document's answer.</summary>
    /// <param name="transport"><c>http</c>, <c>streams</c> or <c>sockets</c>.</param>
    /// <param name="document">The document.</param>
    public async Task<List<string>> AskAsync(string transport, string document)
    {
        // Over a socket what has no document is no request at all, and ends the connection.
        if (transport != "sockets" || document.Length == 0) return await AskHttpAsync(document, transport == "streams" ? EventStream : "application/graphql-response+json");
        _socket ??= await ConnectAsync();
        await SendAsync(_socket, $$"""{"type":"subscribe","id":"1","payload":{{RequestOf(document)}}}""");
        var answer = JsonNode.Parse((await ReadAsync(_socket)).ShouldNotBeNull())!;
        if ((string)answer["type"]! == "error") return CodesOf(answer["payload"]);
        ((string)JsonNode.Parse((await ReadAsync(_socket)).ShouldNotBeNull())!["type"]!).ShouldBe("complete");
        return CodesOf(answer["payload"]!["errors"]);
    }

    /// <summary>Posts a body.</summary>
    public async Task<(int Status, string Text)> PostAsync(HttpContent body, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = body };
        return await SendAsync(request, accept);
    }

    /// <summary>Posts JSON.</summary>
    public Task<(int Status, string Text)> PostAsync(string json, string accept = "application/json") =>
        PostAsync(new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")), accept);

    /// <summary>Asks by GET.</summary>
    public async Task<(int Status, string Text)> GetAsync(string queryString, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url + queryString);
        return await SendAsync(request, accept);
    }

    /// <summary>A socket on which messages were sent; by default one that is acknowledged.</summary>
    public async Task<ClientWebSocket> ConnectAsync(params string[] messages)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new Uri(url.Replace("http", "ws", StringComparison.Ordinal)), CancellationToken.None);
        foreach (var message in messages) await SendAsync(socket, message);
        if (messages.Length > 0) return socket;
        await SendAsync(socket, Init);
        (await ReadAsync(socket)).ShouldBe("""{"type":"connection_ack"}""");
        return socket;
    }

    /// <summary>The first message of a socket.</summary>
    public string Init => token is null ? """{"type":"connection_init"}""" : $$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{token}}}"}}""";

    public static async Task SendAsync(ClientWebSocket socket, string message)
    {
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        catch (WebSocketException) when (socket.State != WebSocketState.Open)
        {
            // It was closed for an earlier message; the code is what is asked for.
        }
    }

    /// <summary>The next message; null once the connection is closed, and the socket then has the code.</summary>
    public static async Task<string?> ReadAsync(ClientWebSocket socket)
    {
        using var limited = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[300_000];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), limited.Token);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            length += received.Count;
            if (received.EndOfMessage) return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    /// <summary>The code with which a connection is closed, whatever comes before.</summary>
    public static async Task<int> CloseCodeAsync(ClientWebSocket socket)
    {
        while (await ReadAsync(socket) is not null)
        {
        }

        return (int)socket.CloseStatus!;
    }

    public void Dispose()
    {
        _http.Dispose();
        _socket?.Dispose();
    }

    private async Task<List<string>> AskHttpAsync(string document, string accept)
    {
        var (_, text) = await PostAsync(RequestOf(document), accept);
        // Of a stream the first event is the answer.
        if (text.Split('\n').FirstOrDefault(line => line.StartsWith("data: ", StringComparison.Ordinal)) is { } data) text = data["data: ".Length..];
        return CodesOf(JsonNode.Parse(text)!["errors"]);
    }

    private async Task<(int Status, string Text)> SendAsync(HttpRequestMessage request, string accept)
    {
        request.Headers.Add("Accept", accept);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string RequestOf(string document) => $$"""{"query":{{JsonSerializer.Serialize(document)}}}""";

    private static List<string> CodesOf(JsonNode? errors) => [.. errors?.AsArray().Select(error => (string)error!["extensions"]!["code"]!) ?? []];
}
