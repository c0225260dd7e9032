using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Ledger.Cli.Tests.Support;

/// <summary>What the scripted server does with one request.</summary>
internal sealed class Reply
{
    private readonly Func<Socket, CancellationToken, Task> _send;

    private Reply(Func<Socket, CancellationToken, Task> send) => _send = send;

    /// <summary>Says nothing for as long as the caller waits.</summary>
    public static Reply Silence { get; } = new((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));

    /// <summary>Takes the request and breaks the connection.</summary>
    public static Reply Reset { get; } = new((socket, _) =>
    {
        socket.LingerState = new LingerOption(true, 0);
        return Task.CompletedTask;
    });

    public static Reply Json(int status, string json, params string[] headers) =>
        Raw(Head(status, status < 400 ? "application/json" : "application/problem+json", Encoding.UTF8.GetByteCount(json), headers) + json);

    public static Reply Ok(string json) => Json(200, json);

    public static Reply Created(string json) => Json(201, json);

    public static Reply Problem(int status, string code, string detail, string? hint = null, string more = "", params string[] headers) => Json(
        status,
        $$"""{"type":"urn:ledger:problem:{{code.Replace('_', '-')}}","title":"{{code}}","status":{{status}},"detail":"{{detail}}","code":"{{code}}","correlationId":"c-1"{{(hint is null ? "" : $",\"hint\":\"{hint}\"")}}{{more}}}""",
        headers);

    /// <summary>An answer that ends before the length it states.</summary>
    public static Reply CutOff(string json) => Raw(Head(200, "application/json", Encoding.UTF8.GetByteCount(json) + 100, []) + json);

    public static Reply Html(int status) => Raw(Head(status, "text/html", 15, []) + "<html>no</html>");

    public static Reply Raw(string bytes) => new(async (socket, cancellationToken) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(bytes), cancellationToken));

    public Task SendAsync(Socket socket, CancellationToken cancellationToken) => _send(socket, cancellationToken);

    private static string Head(int status, string mediaType, int length, string[] headers) => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} Status\r\nContent-Type: {mediaType}\r\nContent-Length: {length}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");
}
