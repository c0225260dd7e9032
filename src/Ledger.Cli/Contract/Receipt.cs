using System.Text;
using Ledger.Integrity;
using Ledger.Integrity.Notes;

namespace Ledger.Cli.Contract;

/// <summary>An answer that says where something is recorded.</summary>
internal interface IRecorded
{
    Receipt Receipt { get; }
}

/// <summary>An answer that says where something is recorded, where anything had to be.</summary>
internal interface IMayBeRecorded
{
    Receipt? Receipt { get; }
}

/// <summary>Where an append stands in the log, and the signed checkpoint that commits to it.</summary>
internal sealed record Receipt(long Sequence, long LeafIndex, string LeafHash, long TreeSize, string Checkpoint, string? Proof = null)
{
    /// <summary>Whether the numbers fit together: an event without a place in the log was not recorded.</summary>
    public bool IsCoherent =>
        Sequence >= 1 && LeafIndex == Sequence - 1 && TreeSize > LeafIndex && Hash.TryParseHex(LeafHash, out _) && Checkpoint.Length > 0;

    /// <summary>Whether the log signed a checkpoint of the tree that is stated.</summary>
    public bool IsSignedBy(VerifierKey logKey) =>
        Integrity.Notes.Checkpoint.Verify(Encoding.UTF8.GetBytes(Checkpoint), logKey.Name, logKey, out var signed).IsValid && signed!.Size == TreeSize;
}
