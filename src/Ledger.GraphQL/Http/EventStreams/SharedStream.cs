using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Http.EventStreams;

/// <summary>One stream of several operations. Thread-safe.</summary>
/// <param name="options">What it may cost.</param>
/// <param name="reservedAt">See <see cref="ReservedAt"/>.</param>
internal sealed class SharedStream(SharedStreamOptions options, long reservedAt)
{
    private readonly Channel<JsonBuffer> _frames = Channel.CreateBounded<JsonBuffer>(options.PendingMax);
    private readonly Dictionary<string, CancellationTokenSource> _operations = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private int _isOpen;
    private bool _isClosed;

    /// <summary>When it was reserved, as the clock's timestamp.</summary>
    public long ReservedAt => reservedAt;

    /// <summary>Opens it; false when somebody did already: one connection fulfils a reservation, never more.</summary>
    public bool TryOpen() => Interlocked.Exchange(ref _isOpen, 1) == 0;

    /// <summary>Ends every operation; none can be started any more.</summary>
    public async ValueTask CloseAsync()
    {
        CancellationTokenSource[] operations;
        lock (_lock)
        {
            _isClosed = true;
            operations = [.. _operations.Values];
            _operations.Clear();
        }

        foreach (var operation in operations) await operation.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>What goes to the client, until it goes away; then every operation ends.</summary>
    /// <param name="whenClosed">Called at the end.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Action whenClosed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            yield return EventStream.KeepAlive;
            Task? ready = null;
            while (true)
            {
                ready ??= _frames.Reader.WaitToReadAsync(cancellationToken).AsTask();
                if (!await EventStream.IsReadyAsync(ready, options.KeepAlive, cancellationToken).ConfigureAwait(false))
                {
                    yield return EventStream.KeepAlive;
                    continue;
                }

                ready = null;
                while (_frames.Reader.TryRead(out var frame))
                {
                    using (frame) yield return frame.Written;
                }
            }
        }
        finally
        {
            whenClosed();
            await CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Starts an operation, whose responses come over the stream.</summary>
    /// <returns>202; or why it is not started.</returns>
    public HttpAnswer Start(GraphQLExecutor executor, PreparedRequest prepared, RequestParameters parameters, string mediaType)
    {
        if (parameters.OperationId is not { Length: > 0 } id) return GraphQLHttpHandler.Refusal(ResponseStatus.BadRequest, "The extension \"operationId\" is missing.", mediaType);
        if (prepared.Refusal is { } errors) return new HttpAnswer(ResponseStatus.BadRequest, GraphQLHttpHandler.ContentTypeOf(mediaType), ExecutionResult.Refused(errors));
        var stopped = new CancellationTokenSource();
        var status = TryAdd(id, stopped);
        if (status != ResponseStatus.Accepted)
        {
            stopped.Dispose();
            return GraphQLHttpHandler.Refusal(status, status switch
            {
                ResponseStatus.NotFound => "There is no such stream.",
                ResponseStatus.Conflict => "The operation id is taken.",
                _ => "The stream has too many operations.",
            }, mediaType);
        }

        _ = RunAsync(id, executor.SubscribeAsync(prepared, stopped.Token), parameters, stopped);
        return new HttpAnswer(ResponseStatus.Accepted, null);
    }

    /// <summary>Ends an operation; nothing happens when there is none of that id.</summary>
    public async ValueTask StopAsync(string id)
    {
        CancellationTokenSource? operation;
        lock (_lock) _operations.Remove(id, out operation);
        if (operation is not null) await operation.CancelAsync().ConfigureAwait(false);
    }

    private int TryAdd(string id, CancellationTokenSource operation)
    {
        lock (_lock)
        {
            if (_isClosed) return ResponseStatus.NotFound;
            if (_operations.Count >= options.OperationsMax) return ResponseStatus.TooManyRequests;
            return _operations.TryAdd(id, operation) ? ResponseStatus.Accepted : ResponseStatus.Conflict;
        }
    }

    private async Task RunAsync(string id, IAsyncEnumerable<ExecutionResult> results, RequestParameters parameters, CancellationTokenSource stopped)
    {
        // Not on the thread of the request, which has its own answer to give.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using (parameters)
        {
            try
            {
                await foreach (var result in results.ConfigureAwait(false))
                {
                    using (result) await _frames.Writer.WriteAsync(EventStream.Next(result.Json.Span, id), stopped.Token).ConfigureAwait(false);
                }

                await _frames.Writer.WriteAsync(EventStream.Complete(id), stopped.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                // The client stopped it, or has gone.
            }
            finally
            {
                lock (_lock)
                {
                    if (_operations.TryGetValue(id, out var running) && running == stopped) _operations.Remove(id);
                }
            }
        }
    }
}
