namespace Ledger.Store.Append;

/// <summary>The bounds of the write path.</summary>
public sealed record SequencerOptions
{
    /// <summary>The most submissions in one group.</summary>
    public int GroupCount { get; init; } = 512;

    /// <summary>The most bytes of evidence in one group; a single larger one makes a group of its own.</summary>
    public int GroupBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The most submissions that may wait; more are turned away as unavailable.</summary>
    public int WaitingCount { get; init; } = 10_000;

    /// <summary>How many groups may be under way: one commits while the next is decided.</summary>
    public int GroupsInFlight { get; init; } = 2;
}
