using Ledger.Integrity;

namespace Ledger.Store.Append;

/// <summary>The end of a stream: what the next event of it follows.</summary>
/// <param name="Aggregate">What kind of stream it is.</param>
/// <param name="Version">The number of its events; 0 for a stream that does not exist yet.</param>
/// <param name="Last">The leaf hash of its last event; null when there is none.</param>
/// <param name="State">What its events come to; null when there are none.</param>
internal sealed record StreamHead(Aggregate Aggregate, long Version, Hash? Last, object? State);
