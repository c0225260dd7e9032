using Ledger.GraphQL.Http.EventStreams;

namespace Ledger.GraphQL.Http;

/// <summary>What is answered over HTTP.</summary>
public sealed record GraphQLHttpOptions
{
    /// <summary>Bytes of a body, decompressed. A host need not read more than one byte beyond.</summary>
    public int BodyBytesMax { get; init; } = 1 << 20;

    /// <summary>Characters of a query string.</summary>
    public int QueryStringMax { get; init; } = 16 << 10;

    /// <summary>How long an event stream may be silent before a comment keeps proxies from closing it.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Event streams that several operations share; null when there are none, and each operation has a connection of its own.</summary>
    public SharedStreams? SharedStreams { get; init; }
}
