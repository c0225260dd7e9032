using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ledger.Cli.Tests.Support;

/// <summary>One request as it arrived.</summary>
internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public string? Key => Headers.GetValueOrDefault("Idempotency-Key");
}

/// <summary>
/// A server that answers as it is told, down to the bytes: half an answer, none, or a broken connection. It speaks just enough HTTP/1.1
/// for that, one request a connection. What it was not told of, it answers with 404 as something that is no ledger would, except for what
/// every command asks of a log first: that is <see cref="Log"/>.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private const string ConsistencyPath = "/v1/proofs/consistency?from=";

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Queue<Reply>> _script = new();
    private readonly ConcurrentDictionary<string, Func<byte[], Reply>> _byBody = new();
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly Task _accepting;

    /// <param name="port">The port; 0 for any that is free.</param>
    public ScriptedServer(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <summary>What it answers for where nothing else was said.</summary>
    public TestLog Log { get; set; } = Answers.Log;

    /// <summary>What came in beside the questions about the log itself.</summary>
    public IReadOnlyList<Received> Requests => [.. _received.Where(request => !IsAboutTheLog(request))];

    /// <summary>The questions about the log itself.</summary>
    public IReadOnlyList<Received> Checks => [.. _received.Where(IsAboutTheLog)];

    /// <summary>Answers requests for <paramref name="target"/>, e.g. <c>GET /v1/log</c>, one after the other; the last answer stays.</summary>
    public ScriptedServer On(string target, params Reply[] replies)
    {
        _script[target] = new Queue<Reply>(replies);
        return this;
    }

    /// <summary>Answers requests for <paramref name="target"/> by what they hold.</summary>
    public void OnBody(string target, Func<byte[], Reply> answer) => _byBody[target] = answer;

    public async ValueTask DisposeAsync()
    {
        // It listens until nobody accepts any more: a listener that was stopped in between is no cancellation.
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var answering = new List<Task>();
        try
        {
            while (true) answering.Add(AnswerAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                if (await ReceiveAsync(socket) is not { } request) return;
                _received.Enqueue(request);
                var target = $"{request.Method} {request.Path}";
                await (_byBody.TryGetValue(target, out var answer) ? answer(request.Body) : Next(target)).SendAsync(socket, _stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // the caller went away, or the test is over
            }
        }
    }

    private static bool IsAboutTheLog(Received request) => request.Path == "/v1/log" || request.Path.StartsWith(ConsistencyPath, StringComparison.Ordinal);

    private string? Consistency(string[] sizes)
    {
        var (log, from) = (Log, int.Parse(sizes[0], CultureInfo.InvariantCulture));
        return sizes.Length == 1 ? log.Consistency(from) : int.Parse(sizes[1], CultureInfo.InvariantCulture) is var to && to > log.Leaves.Count ? null : log.Consistency(from, to);
    }

    private Reply Next(string target)
    {
        if (!_script.TryGetValue(target, out var replies))
        {
            if (target == "GET /v1/log") return Reply.Ok(Log.Log());
            return !target.StartsWith("GET " + ConsistencyPath, StringComparison.Ordinal) ? Reply.Html(404)
                : Consistency(target[("GET " + ConsistencyPath).Length..].Split("&to=")) is { } proof ? Reply.Ok(proof)
                : Reply.Problem(404, "proof_unknown", "no trees of those sizes were signed, the smaller first");
        }

        lock (replies) return replies.Count > 1 ? replies.Dequeue() : replies.Peek();
    }

    private async Task<Received?> ReceiveAsync(Socket socket)
    {
        var bytes = new List<byte>();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var end = Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var lines = Encoding.Latin1.GetString([.. bytes[..end]]).Split("\r\n");
                var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
                var length = headers.TryGetValue("Content-Length", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
                if (bytes.Count >= end + 4 + length)
                {
                    var start = lines[0].Split(' ');
                    return new Received(start[0], start[1], headers, [.. bytes[(end + 4)..(end + 4 + length)]]);
                }
            }

            var read = await socket.ReceiveAsync(buffer, _stop.Token);
            if (read == 0) return null;
            bytes.AddRange(buffer[..read]);
        }
    }
}
