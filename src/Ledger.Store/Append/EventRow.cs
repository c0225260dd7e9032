namespace Ledger.Store.Append;

/// <summary>A row of <c>mt_events</c>. Data and headers are canonical JSON, so that anybody can recompute the leaf from the row.</summary>
internal sealed record EventRow(
    long Sequence, Guid Id, string Stream, long Version, byte[] Data, string Type, DateTime Time, byte[] Headers);
