namespace Ledger.Store.Log.Witnesses;

/// <summary>A checkpoint that the log signed.</summary>
/// <param name="Size">The size of its tree.</param>
/// <param name="Note">The signed note: of the log alone, or with cosignatures after the log's signature.</param>
public sealed record SignedCheckpoint(long Size, string Note);
