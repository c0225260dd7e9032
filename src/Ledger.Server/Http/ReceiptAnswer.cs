using Ledger.Store.Append;

namespace Ledger.Server.Http;

/// <summary>Where an event stands in the log, and the signed checkpoint that commits to it.</summary>
/// <param name="Sequence">Its place in the log, from 1.</param>
/// <param name="LeafIndex">Its leaf's place in the tree, from 0.</param>
/// <param name="LeafHash">RFC 6962 hash of its leaf, 64 hexadecimal digits.</param>
/// <param name="TreeSize">The size of the tree under the checkpoint.</param>
/// <param name="Checkpoint">The signed note (C2SP tlog-checkpoint).</param>
/// <param name="Proof">With <c>?receipt=tlog-proof</c>: that the leaf is in that tree, in one text that verifies offline (c2sp.org/tlog-proof@v1).</param>
internal sealed record ReceiptAnswer(long Sequence, long LeafIndex, string LeafHash, long TreeSize, string Checkpoint, string? Proof = null)
{
    public static ReceiptAnswer Of(Receipt receipt) =>
        new(receipt.Sequence, receipt.LeafIndex, receipt.LeafHash.ToString(), receipt.TreeSize, receipt.Checkpoint);
}
