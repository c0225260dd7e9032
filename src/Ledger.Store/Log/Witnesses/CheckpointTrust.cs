using Ledger.Integrity.Notes;
using Ledger.Integrity.Timestamps;

namespace Ledger.Store.Log.Witnesses;

/// <summary>Whose word about the log's checkpoints counts. Immutable and thread-safe.</summary>
/// <param name="Witnesses">The keys of the witnesses, those that are asked no more included: their cosignatures are still checked.</param>
/// <param name="TimestampRoots">The roots that timestamps are believed under; null for none.</param>
public sealed record CheckpointTrust(IReadOnlyList<VerifierKey> Witnesses, TimestampAnchors? TimestampRoots = null)
{
    /// <summary>Nobody is asked, and nobody is believed.</summary>
    public static CheckpointTrust Nobody { get; } = new([]);
}
