using Ledger.Integrity;

namespace Ledger.Store.Log.Audit;

/// <summary>A row of <c>ledger_seals</c>.</summary>
internal sealed record SealRow(long Size, Hash[] Leaves, byte[] Root, string Checkpoint)
{
    /// <summary>The size of the tree before it.</summary>
    public long Before => Size - Leaves.Length;
}
