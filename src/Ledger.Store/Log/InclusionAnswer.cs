using Ledger.Integrity;

namespace Ledger.Store.Log;

/// <summary>That an event is in the log, for somebody who trusts nothing but the log's key.</summary>
/// <param name="Sequence">The event's place in the log, from 1.</param>
/// <param name="LeafIndex">Its leaf's place in the tree, from 0.</param>
/// <param name="LeafHash">RFC 6962 hash of its leaf.</param>
/// <param name="TreeSize">The tree it is proved in.</param>
/// <param name="Hashes">The inclusion proof (RFC 6962 §2.1.1), the leaf's sibling first.</param>
/// <param name="Root">The root of that tree.</param>
/// <param name="Checkpoint">The signed note over that tree (C2SP tlog-checkpoint).</param>
/// <param name="Proof">Index, hashes and checkpoint in one text that verifies offline (C2SP tlog-proof@v1).</param>
public sealed record InclusionAnswer(
    long Sequence, long LeafIndex, Hash LeafHash, long TreeSize, IReadOnlyList<Hash> Hashes, Hash Root, string Checkpoint, string Proof);
