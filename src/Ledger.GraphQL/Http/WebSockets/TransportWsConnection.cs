using System.Net.WebSockets;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ledger.GraphQL.Execution;

namespace Ledger.GraphQL.Http.WebSockets;

/// <summary>
/// Serves one connection of <c>graphql-transport-ws</c> until it closes. The limits and rules of requests are those of the executor: a
/// socket is no way around them.
/// </summary>
public sealed class TransportWsConnection
{
    private readonly MessageSocket _socket;
    private readonly GraphQLExecutor _executor;
    private readonly TransportWsOptions _options;
    private readonly TransportWsSession _session;
    private readonly CancellationTokenSource _ended;
    private readonly Dictionary<string, CancellationTokenSource> _operations = new(StringComparer.Ordinal);
    private readonly List<Task> _running = [];
    private readonly Lock _lock = new();
    private GraphQLRequest? _about;
    private ExceptionDispatchInfo? _failure;
    private long _busyAtMs = Environment.TickCount64;

    private TransportWsConnection(MessageSocket socket, GraphQLExecutor executor, TransportWsOptions options, CancellationTokenSource ended)
    {
        (_socket, _executor, _options, _ended) = (socket, executor, options, ended);
        _session = new TransportWsSession(options.OperationsMax);
    }

    /// <summary>Serves a connection; returns when it is closed.</summary>
    /// <remarks>A browser lets every site open a socket to every other: the host looks at <c>Origin</c> before it accepts one.</remarks>
    /// <param name="socket">Accepted with <see cref="TransportWsOptions.Subprotocol"/>; with any other it is closed with 4406.</param>
    /// <param name="executor">Executes.</param>
    /// <param name="options">By default everything's default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Exception">What the host's own code threw, after the connection was closed with 4500.</exception>
    public static async Task RunAsync(WebSocket socket, GraphQLExecutor executor, TransportWsOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TransportWsOptions();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var messages = new MessageSocket(socket, options.MessageBytesMax, ended.Token);
        var connection = new TransportWsConnection(messages, executor, options, ended);
        await connection.RunAsync(socket.SubProtocol == TransportWsOptions.Subprotocol).ConfigureAwait(false);
        connection._failure?.Throw();
    }

    private async Task RunAsync(bool isAcceptable)
    {
        var watching = isAcceptable ? WatchAsync() : _socket.CloseAsync(TransportWsClose.SubprotocolNotAcceptable);
        try
        {
            while (isAcceptable && await _socket.ReceiveAsync().ConfigureAwait(false) is { } message && await HandleAsync(message).ConfigureAwait(false))
            {
            }

            await _socket.DrainAsync().ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client has gone, or the host ends: nobody is left to tell.
        }
        catch (Exception exception)
        {
            await FailAsync(exception).ConfigureAwait(false);
        }

        await _ended.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task[] running;
        lock (_lock) running = [.. _running];
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // False when the connection is closed.
    private async ValueTask<bool> HandleAsync(ReadOnlyMemory<byte> utf8)
    {
        if (!TransportWsMessage.TryRead(utf8, out var message, out var held)) return await EndAsync(TransportWsClose.InvalidMessage).ConfigureAwait(false);
        using (held)
        {
            TransportWsStep step;
            TransportWsClose close;
            lock (_lock) step = _session.Receive(message, out close);
            switch (step)
            {
                case TransportWsStep.Initialize: return await InitializeAsync(message.Payload).ConfigureAwait(false);
                case TransportWsStep.Start: return await StartAsync(message.Id!, message.Payload).ConfigureAwait(false);
                case TransportWsStep.Close: return await EndAsync(close).ConfigureAwait(false);
                case TransportWsStep.Pong: await _socket.SendAsync(TransportWsMessage.Write("pong")).ConfigureAwait(false); break;
                case TransportWsStep.Stop: await StopAsync(message.Id!).ConfigureAwait(false); break;
            }

            return true;
        }
    }

    private async ValueTask<bool> InitializeAsync(JsonElement payload)
    {
        _about = await _options.Connect(payload, _ended.Token).ConfigureAwait(false);
        if (_about is null) return await EndAsync(TransportWsClose.Forbidden).ConfigureAwait(false);
        lock (_lock) _session.Acknowledge();
        await _socket.SendAsync(TransportWsMessage.Write("connection_ack")).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<bool> StartAsync(string id, JsonElement payload)
    {
        // The payload is read as the body of a request would be: the same rules for the same parameters.
        var body = JsonMarshal.GetRawUtf8Value(payload).ToArray();
        if (!RequestJson.TryRead(body, out var parameters, out _) || parameters.ToRequest(_about!, out _) is not { } request)
        {
            parameters?.Dispose();
            return await EndAsync(TransportWsClose.InvalidMessage).ConfigureAwait(false);
        }

        var stopped = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        lock (_lock)
        {
            _operations[id] = stopped;
            _running.RemoveAll(task => task.IsCompleted);
            _running.Add(ExecuteAsync(id, request, parameters, stopped));
        }

        return true;
    }

    private async Task ExecuteAsync(string id, GraphQLRequest request, RequestParameters parameters, CancellationTokenSource stopped)
    {
        // Not on the thread that reads: the next message may end this operation.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var owned = parameters;
        try
        {
            await foreach (var result in _executor.SubscribeAsync(request, stopped.Token).ConfigureAwait(false))
            {
                using (result) await (result.HasData ? SendNextAsync(id, result, stopped) : SendErrorAsync(id, result, stopped)).ConfigureAwait(false);
            }

            // An error ended the operation by itself.
            if (TryEnd(id, stopped)) await _socket.SendAsync(TransportWsMessage.Write("complete", id)).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client ended the operation, or has gone.
            TryEnd(id, stopped);
        }
        catch (Exception exception)
        {
            TryEnd(id, stopped);
            await FailAsync(exception).ConfigureAwait(false);
        }
    }

    private async Task SendNextAsync(string id, ExecutionResult result, CancellationTokenSource operation)
    {
        using var message = TransportWsMessage.Write("next", id, result.Json.Span);
        if (!operation.IsCancellationRequested) await _socket.SendAsync(message.Written).ConfigureAwait(false);
    }

    // The payload is the errors alone.
    private async Task SendErrorAsync(string id, ExecutionResult result, CancellationTokenSource operation)
    {
        if (!TryEnd(id, operation)) return;
        using var json = JsonDocument.Parse(result.Json);
        using var message = TransportWsMessage.Write("error", id, JsonSerializer.SerializeToUtf8Bytes(json.RootElement.GetProperty("errors")));
        await _socket.SendAsync(message.Written).ConfigureAwait(false);
    }

    private bool TryEnd(string id, CancellationTokenSource operation)
    {
        lock (_lock)
        {
            _busyAtMs = Environment.TickCount64;
            // The id may be another operation's by now.
            if (!_operations.TryGetValue(id, out var running) || running != operation) return false;
            _operations.Remove(id);
            return _session.TryEnd(id);
        }
    }

    private async ValueTask StopAsync(string id)
    {
        CancellationTokenSource? operation;
        lock (_lock)
        {
            _operations.Remove(id, out operation);
            _busyAtMs = Environment.TickCount64;
        }

        if (operation is not null) await operation.CancelAsync().ConfigureAwait(false);
    }

    // Closes when the client does not say who it is, is gone, or has nothing to ask.
    private async Task WatchAsync()
    {
        await Task.Delay(_options.InitialisationTimeout, _ended.Token).ConfigureAwait(false);
        if (!IsAcknowledged)
        {
            await LeaveAsync(TransportWsClose.InitialisationTimeout).ConfigureAwait(false);
            return;
        }

        while (true)
        {
            await Task.Delay(_options.PingInterval, _ended.Token).ConfigureAwait(false);
            if (IsIdle)
            {
                await LeaveAsync(TransportWsClose.Idle).ConfigureAwait(false);
                return;
            }

            if (_socket.SilentMs > 2 * _options.PingInterval.TotalMilliseconds)
            {
                _socket.Abort();
                return;
            }

            await _socket.SendAsync(TransportWsMessage.Write("ping")).ConfigureAwait(false);
        }
    }

    private bool IsAcknowledged
    {
        get
        {
            lock (_lock) return _session.IsAcknowledged;
        }
    }

    private bool IsIdle
    {
        get
        {
            lock (_lock) return _operations.Count == 0 && Environment.TickCount64 - _busyAtMs > _options.IdleMax.TotalMilliseconds;
        }
    }

    private async ValueTask<bool> EndAsync(TransportWsClose close)
    {
        await _socket.CloseAsync(close).ConfigureAwait(false);
        return false;
    }

    // What reads waits for the client's close, but not for ever.
    private async Task LeaveAsync(TransportWsClose close)
    {
        await _socket.CloseAsync(close).ConfigureAwait(false);
        _ended.CancelAfter(MessageSocket.CloseTime);
    }

    private async Task FailAsync(Exception exception)
    {
        _failure = ExceptionDispatchInfo.Capture(exception);
        try
        {
            await _socket.CloseAsync(TransportWsClose.Internal).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The host is told all the same.
        }
    }
}
