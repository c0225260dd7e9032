using Ledger.Integrity;

namespace Ledger.Cli.Contract;

/// <summary>An answer that says where something is recorded.</summary>
internal interface IRecorded
{
    Receipt Receipt { get; }
}

/// <summary>Where an append stands in the log, and the signed checkpoint that commits to it.</summary>
internal sealed record Receipt(long Sequence, long LeafIndex, string LeafHash, long TreeSize, string Checkpoint)
{
    /// <summary>Whether the numbers fit together: an event without a place in the log was not recorded.</summary>
    public bool IsCoherent =>
        Sequence >= 1 && LeafIndex == Sequence - 1 && TreeSize > LeafIndex && Hash.TryParseHex(LeafHash, out _) && Checkpoint.Length > 0;
}
