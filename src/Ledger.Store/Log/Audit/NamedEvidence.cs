namespace Ledger.Store.Log.Audit;

/// <summary>What an event says of the evidence it names.</summary>
internal readonly record struct NamedEvidence(long Size, string MediaType);
