namespace Ledger.Integrity.Notes;

/// <summary>A checkpoint that its log's key signed, with those cosignatures of known witnesses that came with it.</summary>
public sealed class VerifiedCheckpoint
{
    internal VerifiedCheckpoint(Checkpoint checkpoint, IReadOnlyList<Cosignature> cosignatures) => (Checkpoint, Cosignatures) = (checkpoint, cosignatures);

    /// <summary>What was signed.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Who cosigned and when, each witness once, in the order of the signatures; empty when nobody did.</summary>
    public IReadOnlyList<Cosignature> Cosignatures { get; }
}
