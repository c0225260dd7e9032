using System.Net;
using System.Net.Sockets;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Http;
using Ledger.GraphQL.Http.EventStreams;
using Ledger.GraphQL.Http.WebSockets;

namespace Ledger.GraphQL.Tests.Http;

/// <summary>A real HTTP server around the handler, as thin as a host's: it copies a request in and an answer out.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly GraphQLExecutor _executor;
    private readonly GraphQLHttpHandler _handler;
    private readonly TransportWsOptions _sockets;
    private readonly string? _subprotocol;
    private readonly Task _serving;

    public LiveServer(GraphQLExecutor? executor = null, TransportWsOptions? sockets = null, string? subprotocol = TransportWsOptions.Subprotocol)
    {
        _executor = executor ?? new GraphQLExecutor(CountingSchema.Create());
        Streams = new SharedStreams();
        _handler = new GraphQLHttpHandler(_executor, new GraphQLHttpOptions { SharedStreams = Streams });
        (_sockets, _subprotocol) = (sockets ?? new TransportWsOptions(), subprotocol);
        Url = $"http://127.0.0.1:{FreePort()}/graphql";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    public SharedStreams Streams { get; }

    public List<Exception> Failures { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _serving;
        _ended.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request.IsWebSocketRequest)
            {
                var socket = await context.AcceptWebSocketAsync(_subprotocol);
                await TransportWsConnection.RunAsync(socket.WebSocket, _executor, _sockets, _ended.Token);
                return;
            }

            await AnswerHttpAsync(context);
        }
        catch (Exception gone) when (gone is HttpListenerException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or the test is over.
        }
        catch (Exception exception)
        {
            lock (Failures) Failures.Add(exception);
        }
    }

    private async Task AnswerHttpAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        using var answer = await _handler.AnswerAsync(
            new HttpRequestParts
            {
                Method = context.Request.HttpMethod,
                QueryString = context.Request.Url!.Query,
                ContentType = context.Request.ContentType,
                Accept = context.Request.Headers["Accept"],
                Cost = context.Request.Headers["GraphQL-Cost"],
                EventStreamToken = context.Request.Headers["X-GraphQL-Event-Stream-Token"],
                Body = body.ToArray(),
            },
            new GraphQLRequest(),
            _ended.Token);
        using var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.ContentType is { } contentType) response.ContentType = contentType;
        if (answer.Allow is { } allow) response.AddHeader("Allow", allow);
        if (answer.Events is null)
        {
            await response.OutputStream.WriteAsync(answer.Body);
            return;
        }

        response.SendChunked = true;
        await foreach (var part in answer.Events)
        {
            await response.OutputStream.WriteAsync(part);
            await response.OutputStream.FlushAsync();
        }
    }
}
