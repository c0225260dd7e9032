namespace Ledger.GraphQL.Execution;

/// <summary>What executing one request may cost. Each is checked while it runs, on every transport.</summary>
public sealed record ExecutionLimits
{
    /// <summary>The limits of a request that comes from outside.</summary>
    public static ExecutionLimits Default { get; } = new();

    /// <summary>
    /// How long execution may take, and each event of a subscription. Resolvers that answer at once are not interrupted: time is looked
    /// at between objects. A resolver that is awaited is left behind.
    /// </summary>
    public TimeSpan TimeMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many fields and fragments may stand in one another on the way to a field, fragments counted where they are spread. The
    /// executor recurses because of this limit: a stack that overflows cannot be caught.
    /// </summary>
    public int DepthMax { get; init; } = 200;

    /// <summary>Bytes of the answer.</summary>
    public int ResponseBytesMax { get; init; } = 32 << 20;

    /// <summary>Objects in the answer, the same object counted wherever it is selected.</summary>
    public int ObjectsMax { get; init; } = 100_000;

    /// <summary>Errors in the answer.</summary>
    public int ErrorsMax { get; init; } = 1_000;

    /// <summary>Selections that may be merged for one operation, once for each object type they are made on.</summary>
    public int SelectionsMax { get; init; } = 10_000;
}
