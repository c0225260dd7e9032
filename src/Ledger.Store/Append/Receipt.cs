using Ledger.Integrity;

namespace Ledger.Store.Append;

/// <summary>Where an event stands in the log, and the signed checkpoint that commits to it.</summary>
/// <param name="Sequence">From 1.</param>
/// <param name="LeafHash">RFC 6962 hash of its leaf.</param>
/// <param name="TreeSize">The size of the tree under <paramref name="Checkpoint"/>.</param>
/// <param name="Checkpoint">The signed note (C2SP tlog-checkpoint).</param>
public sealed record Receipt(long Sequence, Hash LeafHash, long TreeSize, string Checkpoint)
{
    /// <summary>The leaf's place in the tree, from 0.</summary>
    public long LeafIndex => Sequence - 1;
}
