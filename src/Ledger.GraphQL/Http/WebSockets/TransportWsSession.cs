using System.Text.Json;

namespace Ledger.GraphQL.Http.WebSockets;

/// <summary>What a message leads to.</summary>
internal enum TransportWsStep : byte
{
    /// <summary>Nothing is to be done.</summary>
    None,

    /// <summary>The host decides whether the client may connect.</summary>
    Initialize,

    /// <summary>A ping is to be answered.</summary>
    Pong,

    /// <summary>An operation is to be executed.</summary>
    Start,

    /// <summary>An operation is to be ended.</summary>
    Stop,

    /// <summary>The connection is to be closed.</summary>
    Close,
}

/// <summary>
/// The states of a connection of <c>graphql-transport-ws</c>: what each message means after those before it. It sends and executes nothing.
/// Not thread-safe.
/// </summary>
/// <param name="operationsMax">Operations at a time.</param>
internal sealed class TransportWsSession(int operationsMax)
{
    private readonly HashSet<string> _operations = new(StringComparer.Ordinal);
    private bool _isInitialized;

    /// <summary>Whether the client was told that it is connected.</summary>
    public bool IsAcknowledged { get; private set; }

    /// <summary>What a message leads to.</summary>
    /// <param name="message">The message.</param>
    /// <param name="close">Why the connection is closed, where it is.</param>
    public TransportWsStep Receive(in TransportWsMessage message, out TransportWsClose close)
    {
        close = TransportWsClose.InvalidMessage;
        return message.Type switch
        {
            "connection_init" => Initialize(message, ref close),
            "ping" => TransportWsStep.Pong,
            "pong" => TransportWsStep.None,
            "subscribe" => Start(message, ref close),
            "complete" when message.Id is not null => _operations.Remove(message.Id) ? TransportWsStep.Stop : TransportWsStep.None,
            _ => TransportWsStep.Close,
        };
    }

    /// <summary>The client is told that it is connected.</summary>
    public void Acknowledge() => IsAcknowledged = true;

    /// <summary>An operation ended by itself; false when the client ended it before, and is to hear no more of it.</summary>
    public bool TryEnd(string id) => _operations.Remove(id);

    private TransportWsStep Initialize(in TransportWsMessage message, ref TransportWsClose close)
    {
        if (message.Payload.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object)) return TransportWsStep.Close;
        if (!_isInitialized)
        {
            _isInitialized = true;
            return TransportWsStep.Initialize;
        }

        close = TransportWsClose.TooManyInitialisations;
        return TransportWsStep.Close;
    }

    private TransportWsStep Start(in TransportWsMessage message, ref TransportWsClose close)
    {
        if (message.Id is null || message.Payload.ValueKind != JsonValueKind.Object) return TransportWsStep.Close;
        if (!IsAcknowledged) close = TransportWsClose.Unauthorized;
        else if (_operations.Contains(message.Id)) close = TransportWsClose.DuplicateId;
        else if (_operations.Count >= operationsMax) close = TransportWsClose.TooManyOperations;
        else if (_operations.Add(message.Id)) return TransportWsStep.Start;
        return TransportWsStep.Close;
    }
}
