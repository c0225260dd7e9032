using System.Text.Json;
using Ledger.GraphQL.Execution;

namespace Ledger.GraphQL.Http.WebSockets;

/// <summary>What a connection of <c>graphql-transport-ws</c> may cost, and who may connect.</summary>
public sealed record TransportWsOptions
{
    /// <summary>The subprotocol that client and server have to agree on (<c>Sec-WebSocket-Protocol</c>).</summary>
    public const string Subprotocol = "graphql-transport-ws";

    /// <summary>
    /// Whether a client may connect, by what it says first (undefined when nothing): what requests of it are about, or null to close with
    /// 4403. By default anybody may.
    /// </summary>
    public Func<JsonElement, CancellationToken, ValueTask<GraphQLRequest?>> Connect { get; init; } =
        static (_, _) => new ValueTask<GraphQLRequest?>(new GraphQLRequest());

    /// <summary>How long a client may take to say who it is; then 4408.</summary>
    public TimeSpan InitialisationTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often the client is asked whether it is there. One that said nothing for more than twice as long is gone.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long a client may be connected without an operation; then 1000.</summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of a message; then 1009.</summary>
    public int MessageBytesMax { get; init; } = 1 << 20;

    /// <summary>Operations at a time; then 4429.</summary>
    public int OperationsMax { get; init; } = 100;
}
