using System.Buffers;
using System.Net.WebSockets;

namespace Ledger.GraphQL.Http.WebSockets;

/// <summary>Whole messages over a WebSocket. Any thread may send; one receives.</summary>
internal sealed class MessageSocket(WebSocket socket, int messageBytesMax, CancellationToken ended) : IDisposable
{
    private const int ReadBytes = 1024;

    /// <summary>How long the other side may take to answer a close before it is left alone.</summary>
    public static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private long _heardAtMs = Environment.TickCount64;

    /// <summary>How long ago the other side was heard, in milliseconds.</summary>
    public long SilentMs => Environment.TickCount64 - Interlocked.Read(ref _heardAtMs);

    /// <summary>The next message, empty where it is not text; null when the connection was closed, or is now because it is too long.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>(ReadBytes);
        while (true)
        {
            var received = await socket.ReceiveAsync(message.GetMemory(ReadBytes), ended).ConfigureAwait(false);
            Interlocked.Exchange(ref _heardAtMs, Environment.TickCount64);
            message.Advance(received.Count);
            var close = received.MessageType == WebSocketMessageType.Close ? TransportWsClose.Normal
                : message.WrittenCount > messageBytesMax ? TransportWsClose.TooLarge
                : default(TransportWsClose?);
            if (close is { } reason)
            {
                await CloseAsync(reason).ConfigureAwait(false);
                return null;
            }

            if (received.EndOfMessage) return received.MessageType == WebSocketMessageType.Text ? message.WrittenMemory : ReadOnlyMemory<byte>.Empty;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        await _sending.WaitAsync(ended).ConfigureAwait(false);
        try
        {
            if (socket.State == WebSocketState.Open) await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, ended).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Says that the connection ends, and why; nothing can be sent any more.</summary>
    public async Task CloseAsync(TransportWsClose close)
    {
        await _sending.WaitAsync(ended).ConfigureAwait(false);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync((WebSocketCloseStatus)close.Code, close.Reason, ended).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Waits for the other side's close, so that ours arrives: a connection that is reset loses what was sent last.</summary>
    public async Task DrainAsync()
    {
        using var limited = new CancellationTokenSource(CloseTime);
        var ignored = new byte[ReadBytes];
        while (socket.State == WebSocketState.CloseSent) await socket.ReceiveAsync(ignored.AsMemory(), limited.Token).ConfigureAwait(false);
    }

    /// <summary>Ends a connection whose other side is gone.</summary>
    public void Abort() => socket.Abort();

    public void Dispose() => _sending.Dispose();
}
