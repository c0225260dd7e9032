namespace Ledger.GraphQL.Http.EventStreams;

/// <summary>What shared streams may cost.</summary>
public sealed record SharedStreamOptions
{
    /// <summary>Streams that are reserved or open.</summary>
    public int StreamsMax { get; init; } = 1_000;

    /// <summary>Operations of one stream at a time.</summary>
    public int OperationsMax { get; init; } = 100;

    /// <summary>Responses that wait to be sent. A client that reads slower makes its operations wait.</summary>
    public int PendingMax { get; init; } = 100;

    /// <summary>How long a reservation waits to be opened.</summary>
    public TimeSpan ReservationTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stream may be silent.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(12);
}
