using System.Runtime.CompilerServices;
using Ledger.GraphQL.Execution;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Http.EventStreams;

/// <summary>Responses as server-sent events (GraphQL over SSE). JSON as it is written here has no line breaks, so each is one line of data.</summary>
internal static class EventStream
{
    // An EventSource hears no event without data, so there is some, empty.
    private static readonly ReadOnlyMemory<byte> Completed = "event: complete\ndata: \n\n"u8.ToArray();

    /// <summary>A comment, which nobody hears but proxies.</summary>
    public static ReadOnlyMemory<byte> KeepAlive { get; } = ":\n\n"u8.ToArray();

    /// <summary>A stream of one operation ("distinct connections mode").</summary>
    /// <param name="results">The responses.</param>
    /// <param name="request">Disposed when the stream ends.</param>
    /// <param name="keepAlive">How long it may be silent.</param>
    /// <param name="cancellationToken">Cancelled when the client has gone.</param>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Of(
        IAsyncEnumerable<ExecutionResult> results, IDisposable? request, TimeSpan keepAlive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var owned = request;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var source = results.GetAsyncEnumerator(ended.Token);
        Task<bool>? next = null;
        try
        {
            // At once, so that the client sees its request accepted.
            yield return KeepAlive;
            while (true)
            {
                next ??= source.MoveNextAsync().AsTask();
                if (!await IsReadyAsync(next, keepAlive, cancellationToken).ConfigureAwait(false))
                {
                    yield return KeepAlive;
                    continue;
                }

                if (!await next.ConfigureAwait(false)) break;
                next = null;
                using var result = source.Current;
                using var frame = Next(result.Json.Span, null);
                yield return frame.Written;
            }

            yield return Completed;
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            // A source can only be disposed between two of its events.
            if (next is not null) await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>An event <c>next</c>.</summary>
    /// <param name="json">The response.</param>
    /// <param name="id">The operation's where several share the stream; else null.</param>
    public static JsonBuffer Next(ReadOnlySpan<byte> json, string? id)
    {
        var frame = new JsonBuffer(json.Length + 128);
        frame.WriteRaw("event: next\ndata: "u8);
        if (id is not null)
        {
            frame.WriteRaw("{\"id\":"u8);
            frame.WriteString(id);
            frame.WriteRaw(",\"payload\":"u8);
        }

        frame.WriteRaw(json);
        frame.WriteRaw(id is null ? "\n\n"u8 : "}\n\n"u8);
        return frame;
    }

    /// <summary>An event <c>complete</c> of one of several operations.</summary>
    public static JsonBuffer Complete(string id)
    {
        var frame = new JsonBuffer(128);
        frame.WriteRaw("event: complete\ndata: {\"id\":"u8);
        frame.WriteString(id);
        frame.WriteRaw("}\n\n"u8);
        return frame;
    }

    /// <summary>Waits for something, but not longer than a stream may be silent; false when it is not there yet.</summary>
    public static async ValueTask<bool> IsReadyAsync(Task task, TimeSpan keepAlive, CancellationToken cancellationToken)
    {
        if (task.IsCompleted) return true;
        await task.WaitAsync(keepAlive, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return task.IsCompleted;
    }
}
