using Ledger.Integrity.Merkle;

namespace Ledger.Integrity.Notes;

/// <summary>The latest tree of a log that a witness cosigned: all it needs to remember of the log.</summary>
/// <param name="Size">The number of leaves.</param>
/// <param name="Root">The root.</param>
public readonly record struct WitnessedTree(long Size, Hash Root)
{
    /// <summary>What stands for a log of which nothing was cosigned yet.</summary>
    public static WitnessedTree None => new(0, MerkleHash.Empty);
}
